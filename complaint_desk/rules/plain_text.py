"""Foreign text made safe to print: what could move a cursor or reorder a line is spelt out."""

from unicodedata import category

_SHOWN = 60


def plain(text: str) -> str:
    """Foreign text made safe to print on a line, and cut where it is long."""
    return spelt_out((text if len(text) <= _SHOWN else text[:_SHOWN] + "…").replace("\n", "\\n"))


def spelt_out(text: str) -> str:
    """Text in which the signs that could move the cursor or reorder the line are spelt out; lines are kept."""
    return "".join(sign if _is_harmless(sign) else sign.encode("unicode_escape").decode() for sign in text)


def _is_harmless(sign: str) -> bool:
    return sign.isprintable() or sign == "\n" or category(sign) == "Zs"
