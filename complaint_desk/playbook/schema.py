"""The shape of every playbook entry: bilingual texts, lines with slots, and the entries made of them.

All models are frozen and know no other keys. Each entry names its source: "training text 003" for what the
training teaches, "trade" for what is common knowledge of the trade, "ours" for what this desk adds.
"""

import re
import unicodedata
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from complaint_desk.models.enums import ComplainantType, SafetyFlag, Severity
from complaint_desk.playbook.template import SLOTS, TemplateError, parse

LANGUAGES = ("zh_CN", "en")
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


def _shown_plain(text: str) -> str:
    if not text.strip():
        raise PydanticCustomError("empty_text", "the text is empty")
    for sign in text:
        if unicodedata.category(sign) in ("Cc", "Cs") or sign in _BIDI:
            raise PydanticCustomError("control_character", "{quoted}", {"quoted": f"U+{ord(sign):04X}"})
    return text


def _without_slots(text: str) -> str:
    for slot in SLOTS:
        if f"{{{slot}}}" in text:
            raise PydanticCustomError("slot_in_plain_text", "{quoted}", {"quoted": slot})
    return text


def _said(line: str) -> str:
    try:
        parse(line)
    except TemplateError as error:
        raise PydanticCustomError(error.code, "{quoted}", {"quoted": error.detail}) from error
    return line


Plain = Annotated[str, AfterValidator(_shown_plain), AfterValidator(_without_slots)]
"""Text without slots, shown as it is."""
Line = Annotated[str, AfterValidator(_shown_plain), AfterValidator(_said)]
"""A line to say, by the convention of `template`."""


class _Frozen(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, extra="forbid", strict=True, defer_build=True
    )


class Text(_Frozen):
    """One text in both languages."""

    zh_CN: Plain
    en: Plain

    def __getitem__(self, language: str) -> str:
        """The text in this language. Raises KeyError for one the desk does not speak."""
        if language not in LANGUAGES:
            raise KeyError(language)
        return self.zh_CN if language == "zh_CN" else self.en


class _List(_Frozen):
    zh_CN: tuple[str, ...]
    en: tuple[str, ...]

    def __getitem__(self, language: str) -> tuple[str, ...]:
        """The list in this language. Raises KeyError for one the desk does not speak."""
        if language not in LANGUAGES:
            raise KeyError(language)
        return self.zh_CN if language == "zh_CN" else self.en


class Texts(_List):
    """A list of texts in each language."""

    zh_CN: Annotated[tuple[Plain, ...], Field(min_length=1, strict=False)]
    en: Annotated[tuple[Plain, ...], Field(min_length=1, strict=False)]


class Lines(_List):
    """One to three lines to say, the best first, in each language."""

    zh_CN: Annotated[tuple[Line, ...], Field(min_length=1, max_length=3, strict=False)]
    en: Annotated[tuple[Line, ...], Field(min_length=1, max_length=3, strict=False)]


class Entry(_Frozen):
    """Anything the playbook holds."""

    source: Plain


class HeatLines(Lines, Entry):
    """What to say at a step to a kind of caller, or about a cause."""


class Spoken(Lines, Entry):
    """What to say at one moment of a call, and which moment that is."""

    when: Text


class Named(Entry):
    """A member of one of the trade's lists: what it is called, what it means, and its letter if any."""

    name: Text
    explain: Text
    code: Plain | None = None


class Label(Text, Entry):
    """What a part of an entry is called in the reader."""

    source: Plain = "ours"


class ChannelEntry(Named):
    """A way a complaint reaches us, with what to do when it comes that way."""

    do: Texts


class ClockEntry(Entry):
    """A promise of time: its name, what meets it, and how it is said to the caller."""

    name: Text
    explain: Text
    promise: Lines


class TypeEntry(Entry):
    """A kind of caller by the wish (training text 003), and how to serve and win one."""

    name: Text
    short: Text
    wish: Text
    aim: Text
    cues: Texts
    strong_sign: Text
    look_alikes: Texts
    do: Texts
    dont: Texts
    transform: Texts
    fails_if: Text
    share_low: Annotated[int, Field(ge=0, le=100)]
    share_high: Annotated[int, Field(ge=0, le=100)]


class Answer(_Frozen):
    """How a caller may answer a separating question, and the kind of caller it speaks for."""

    heard: Text
    speaks_for: Annotated[ComplainantType, Field(strict=False)]


class Question(Entry):
    """A question that tells kinds of caller apart; between all of them when `between` is empty."""

    between: Annotated[
        tuple[Annotated[ComplainantType, Field(strict=False)], ...], Field(max_length=2, strict=False)
    ]
    ask: Lines
    answers: Annotated[tuple[Answer, ...], Field(min_length=2, strict=False)]


class CauseEntry(Entry):
    """One of the twelve causes, with what belongs to it, where it may arise and which of RATER it touches."""

    code: Plain
    name: Text
    full: Text
    examples: Texts
    subcauses: dict[str, Text] = {}
    origins: Annotated[tuple[Plain, ...], Field(min_length=1, strict=False)]
    rater: Annotated[tuple[Plain, ...], Field(min_length=1, strict=False)]


class AvoidEntry(Entry):
    """Something not to say or do: its letter or rule, words that do it, and what to say instead."""

    name: Text
    full: Text
    why: Text
    phrases: Texts
    instead: Lines


class HelpLine(_Frozen):
    """A number to give or to dial, and what it is for."""

    number: Plain
    name: Text


class Situation(Entry):
    """A call that needs another way: how to tell, what to say and do, and whether a supervisor comes in."""

    name: Text
    signs: Texts
    say: Lines
    do: Texts
    dont: Texts
    supervisor_at_once: bool
    help_lines: Annotated[tuple[HelpLine, ...], Field(strict=False)] = ()


class Figure(Entry):
    """A figure the training gives, the file it stands in, and how far to trust it."""

    figure: Text
    caution: Text


SEVERITY_LISTS = frozenset(
    {
        "food",
        "symptom",
        "body",
        "accident",
        "person",
        "regulator",
        "press",
        "outside",
        "ill",
        "unfit",
        "foreign",
    }
    | {"wound", "hurt_by", "body_hurt", "ache", "cannot", "skin_harm", "hospital"}
)
"""The word lists that patterns of severity may name in pointed brackets."""
LIST_NAME = re.compile(r"<(@?)([a-z_]+)>")


BUILT_IN = {"built_in": True}
"""The context in which our own entries are validated: tests compile their patterns, not every start."""


def _pattern(text: str, info: ValidationInfo) -> str:
    if info.context == BUILT_IN:
        return text
    for _, name in LIST_NAME.findall(text):
        if name not in SEVERITY_LISTS:
            raise PydanticCustomError("wrong_value", "{quoted}", {"quoted": f"<{name}>"})
    try:
        compiled = re.compile(f"(?:x|{LIST_NAME.sub('x', text)}|x)")
    except re.error as error:
        raise PydanticCustomError("wrong_value", "{quoted}", {"quoted": str(error)}) from error
    if compiled.groups:
        raise PydanticCustomError("wrong_value", "{quoted}", {"quoted": "(…)"})
    return text


Pattern = Annotated[str, AfterValidator(_shown_plain), AfterValidator(_pattern)]
"""A regular expression with the shorthands that the head of `data/severity.toml` explains.

It is made part of larger ones, so it may neither capture nor set flags.
"""


class Patterns(_List):
    """Patterns in each language; both are tried on every text."""

    zh_CN: Annotated[tuple[Pattern, ...], Field(min_length=1, strict=False)]
    en: Annotated[tuple[Pattern, ...], Field(min_length=1, strict=False)]


class SeverityWords(Patterns, Entry):
    """Words that raise a flag, words that take one away (`reach` set), or a list that both are made of.

    What takes flags away leaves the signs in `spares` alone, and does nothing when `unless` is in the sentence.
    """

    explain: Text
    flag: Annotated[SafetyFlag, Field(strict=False)] | None = None
    severity: Annotated[Severity, Field(strict=False)] | None = None
    reach: Literal["just_before", "just_after", "before", "clause", "sentence"] | None = None
    spares: Annotated[tuple[Plain, ...], Field(strict=False)] = ()
    unless: Patterns | None = None
