"""The shape of four topics: pieces of a read-back, questions for what is missing, situations, the radar."""

from typing import Annotated, Final

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from complaint_desk.playbook.schema import Entry, Lines, Patterns, Plain, Text

GAP: Final = "___"
"""Where the caller's words go in a piece of a read-back."""


def _with_one_gap(text: str) -> str:
    if text.count(GAP) != 1:
        raise PydanticCustomError("wrong_value", "{quoted}", {"quoted": GAP})
    return text


Around = Annotated[Plain, AfterValidator(_with_one_gap)]
"""Words around one gap."""


class AroundText(Text):
    """Words around one gap, in both languages."""

    zh_CN: Around
    en: Around


class ReadBackPart(Entry):
    """One piece of what is read back to the caller or handed over to a colleague."""

    name: Text
    say: AroundText


class AskEntry(Entry):
    """How to ask for what was not told yet, of anyone or of one kind of caller."""

    name: Text
    ask: Lines


class SituationWords(Patterns, Entry):
    """Words in what was taken down that bring one of the situations to mind; none where `unless` is near."""

    name: Text
    explain: Text
    unless: Patterns | None = None


class RadarWords(Patterns, Entry):
    """Words for what two complaints may have in common: goods, roles, tills, what stands before a code."""

    name: Text
    explain: Text
