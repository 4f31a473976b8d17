"""The one door by which customers' words reach the screen: shown as they are, obeyed in nothing."""

import re

from textual.content import Content

_BIDI = {
    "\u061c": "ALM",
    "\u200e": "LRM",
    "\u200f": "RLM",
    "\u202a": "LRE",
    "\u202b": "RLE",
    "\u202c": "PDF",
    "\u202d": "LRO",
    "\u202e": "RLO",
    "\u2066": "LRI",
    "\u2067": "RLI",
    "\u2068": "FSI",
    "\u2069": "PDI",
}
_TABLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "\u2421",
    **dict.fromkeys(range(128, 160), "�"),
    **{ord(mark): f"⟨{name}⟩" for mark, name in _BIDI.items()},
    0x2028: "\n",
    0x2029: "\n",
    0xFEFF: "",
}
_LINES = {**_TABLE, 0x0A: "\n", 0x09: " "}
_ONE_LINE = {**_TABLE, 0x0A: " ", 0x09: " ", 0x2028: " ", 0x2029: " "}
_SUSPECT = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def visible(text: str, *, lines: bool = False) -> str:
    """The text with every control character as a picture of itself (␛), bidirectional marks by name (⟨RLO⟩).

    With `lines`, line breaks stay; else the text becomes one line. Halves of surrogate pairs become �.
    """
    if not _SUSPECT.search(text):
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    shown = text.translate(_LINES if lines else _ONE_LINE)
    return shown.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def plain(text: str | None, *, lines: bool = False) -> Content:
    """Customers' words as content that no markup, link or escape sequence can act in."""
    return Content(visible(text or "", lines=lines))
