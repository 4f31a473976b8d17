"""Lines with slots, and how they read when something is not known yet.

A slot is written `{caller}` and always stands in a group in square brackets. The group is left out when a
slot in it is unknown; what follows an upright bar inside the group is said instead:

    [{caller}，]您慢慢说，我听着。            王女士，您慢慢说，我听着。 / 您慢慢说，我听着。
    I'll ring you by [{time}|a time we agree].  I'll ring you by 18:00. / I'll ring you by a time we agree.

Square brackets without a slot in them are plain text, so nothing a store writes is ever read as markup. The
first letter of a finished line is made a capital, as a left-out group may have carried it.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple, TypedDict

SLOTS: Final = ("caller", "product", "store", "time", "agent")
"""What a line may mention: the caller's form of address, the goods (without an article), the store's name,
the time promised (as it is said in the line's language), and the agent's own name."""


class Slots(TypedDict, total=False):
    """What is known when a line is said; None, blank and absent are alike."""

    caller: str | None
    product: str | None
    store: str | None
    time: str | None
    agent: str | None


class TemplateError(ValueError):
    """A line that breaks the convention: `code` says how, `detail` quotes the place."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Group(NamedTuple):
    """Words with slots, as pieces of text and slot names in turn, and what is said when a slot is unknown."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]
    otherwise: str


_BRACKET = re.compile(r"[\[\]]")
_BRACE = re.compile(r"\{([^{}]*)\}")


def _known_slots(words: str) -> tuple[str, ...]:
    names = tuple(_BRACE.findall(words))
    if any(brace in _BRACE.sub("", words) for brace in "{}"):
        raise TemplateError("unbalanced_brackets", words)
    for name in names:
        if name not in SLOTS:
            raise TemplateError("unknown_slot", name)
    return names


def _group(inside: str) -> str | Group:
    slots = _known_slots(inside)
    if not slots:
        return f"[{inside}]"
    words, _, otherwise = inside.partition("|")
    if _known_slots(otherwise):
        raise TemplateError("slot_outside_group", otherwise)
    return Group(tuple(_BRACE.split(words)[::2]), slots, otherwise)


@lru_cache(maxsize=1024)
def parse(line: str) -> tuple[str | Group, ...]:
    """The line as plain text and groups in turn. Raises TemplateError where it breaks the convention."""
    parts: list[str | Group] = []
    start, open_at = 0, -1
    for found in _BRACKET.finditer(line):
        opens = found[0] == "["
        if opens == (open_at >= 0):
            raise TemplateError("unbalanced_brackets", line)
        if opens:
            parts.append(line[start : found.start()])
            open_at = found.end()
        else:
            parts.append(_group(line[open_at : found.start()]))
            start, open_at = found.end(), -1
    if open_at >= 0:
        raise TemplateError("unbalanced_brackets", line)
    parts.append(line[start:])
    for text in parts[::2]:
        if isinstance(text, str) and _known_slots(text):
            raise TemplateError("slot_outside_group", text)
    return tuple(parts)


def _filled(group: Group, known: Mapping[str, str]) -> str:
    if any(slot not in known for slot in group.slots):
        return group.otherwise
    words = [group.pieces[0]]
    for slot, after in zip(group.slots, group.pieces[1:], strict=True):
        words += (known[slot], after)
    return "".join(words)


def fill(line: str, slots: Slots | None = None) -> str:
    """The line as it is said now. Values go in once, as they are: one that looks like a slot stays text.

    Raises TemplateError for a line that breaks the convention; the playbook holds none.
    """
    known: dict[str, str] = {}
    for slot, value in (slots or {}).items():
        words = " ".join(value.split()) if isinstance(value, str) else ""
        if words:
            known[slot] = words
    said = "".join(part if isinstance(part, str) else _filled(part, known) for part in parse(line)).strip()
    return said[:1].upper() + said[1:]
