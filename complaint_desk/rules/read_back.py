"""The read-back: the 5W as one sentence to read to the caller, and the question for what is missing.

Training text 001 asks for the 5W, training text 003 for an end that sums up. Only what was told is said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final

from complaint_desk.models.enums import ComplainantType
from complaint_desk.playbook.spoken_words import GAP, AskEntry, ReadBackPart
from complaint_desk.playbook.template import Slots, fill
from complaint_desk.rules.spoken_back import (
    EN,
    as_clause,
    day_meant,
    has_more,
    language_of,
    sayable,
    shortened,
)
from complaint_desk.rules.spoken_time import SpokenTime

FIVE_W: Final = ("when", "where", "who", "what", "how")
"""The five questions of training text 001."""
SAID_IN_ORDER: Final = (*FIVE_W, "remedy_wanted", "promise")
ASKED_IN_ORDER: Final = ("what", "when", "where", "who", "how", "remedy_wanted", "contact")
"""The order in which what is missing is asked for: the matter before its circumstances, the wish, then the name."""

READ_LIMIT: Final = 2_000
"""Characters of a field that are looked at: what is read aloud is much shorter."""
_ENGLISH_IS_LONGER = 1.5
_CELLS = {"what": 120, "how": 90, "remedy_wanted": 80, "promise": 80}
_CELLS_OTHERWISE = 60
_UNCLEAR = frozenset({"unreadable", "after_receipt", "ambiguous"})


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What to read to the caller: empty while nothing of the 5W was told."""

    sentence: str
    language: str
    missing: tuple[str, ...]
    """What was not told, in the order to ask for it; `when_unclear` for a time that was not understood."""
    ask: str | None
    """The question for the first of it, in the caller's language."""


def caller_language(told: Mapping[str, str], otherwise: str) -> str:
    """The language the caller speaks, read from the story first, then from everything; else `otherwise`."""
    story = language_of(told.get("what"), told.get("how"), told.get("remedy_wanted"))
    return story or language_of(*(told.get(name) for name in FIVE_W)) or otherwise


def missing_of(told: Mapping[str, str], when: SpokenTime | None) -> tuple[str, ...]:
    """What to ask for, in order: fields not told, a time not understood, a name or number."""
    missing: list[str] = []
    for name in ASKED_IN_ORDER:
        if name == "contact":
            if not (_is_told(told.get("caller")) and _is_told(told.get("phone"))):
                missing.append(name)
        elif not _is_told(told.get(name)):
            missing.append(name)
        elif name == "when" and when is not None and when.doubt in _UNCLEAR:
            missing.append("when_unclear")
    return tuple(missing)


def _is_told(text: str | None) -> bool:
    return any(sign.isprintable() and not sign.isspace() for sign in text or "")


def question_for(
    missing: str,
    kind: ComplainantType | None,
    asking: Mapping[str, AskEntry],
    language: str,
    slots: Slots | None = None,
) -> str:
    """How to ask this kind of caller for it; of anyone where the kind is not known or needs no other words."""
    entry = asking.get(f"{missing}.{kind}") or asking[f"{missing}.any"]
    return fill(entry.ask[language][0], slots)


def read_back(
    told: Mapping[str, str],
    when: SpokenTime | None,
    *,
    received_at: datetime,
    zone: tzinfo,
    parts: Mapping[str, ReadBackPart],
    asking: Mapping[str, AskEntry],
    otherwise: str,
    kind: ComplainantType | None = None,
) -> ReadBack:
    """Put what was told into one sentence in the caller's language, and what is missing into the next question.

    `told` holds the form's fields, and `promise` where something was promised; `when` is the reading of the words
    for the time; `otherwise` is the language while no words tell the caller's.
    """
    language = caller_language(told, otherwise)
    pieces = []
    for name in SAID_IN_ORDER:
        if name == "when":
            words = _when(told.get(name), when, received_at, zone, parts, language)
        else:
            words = clause_of(told.get(name), _CELLS.get(name, _CELLS_OTHERWISE), parts, language)
        if words:
            pieces.append(around(parts, name, language, words))
    missing = missing_of(told, when)
    return ReadBack(
        sentence=_sentence(pieces, told.get("caller"), parts, language),
        language=language,
        missing=missing,
        ask=question_for(missing[0], kind, asking, language) if missing else None,
    )


def _sentence(pieces: list[str], caller: str | None, parts: Mapping[str, ReadBackPart], language: str) -> str:
    if not pieces:
        return ""
    said = around(parts, "frame", language, ("; " if language == EN else "；").join(pieces))
    if name := as_clause(sayable(caller), language):
        said = around(parts, "address", language, shortened(name, _CELLS_OTHERWISE)[0]) + said
    return said[:1].upper() + said[1:]


def around(parts: Mapping[str, ReadBackPart], name: str, language: str, words: str) -> str:
    """The words in the piece of this name; they go in once, as they are."""
    before, _, after = parts[name].say[language].partition(GAP)
    return before + words + after


def clause_of(text: str | None, cells: int, parts: Mapping[str, ReadBackPart], language: str) -> str:
    """A field as part of a sentence, shortened at a clause; empty where there is nothing to say."""
    room = round(cells * _ENGLISH_IS_LONGER) if language == EN else cells
    text = text or ""
    words, cut = shortened(sayable(text[:READ_LIMIT]), room)
    words, cut = as_clause(words, language), cut or len(text) > READ_LIMIT or has_more(text)
    return around(parts, "rest", language, words) if words and cut else words


def _when(
    said: str | None,
    read: SpokenTime | None,
    received_at: datetime,
    zone: tzinfo,
    parts: Mapping[str, ReadBackPart],
    language: str,
) -> str:
    words = clause_of(said, _CELLS_OTHERWISE, parts, language)
    meant = day_meant(read, received_at, zone, language) if words and read is not None else None
    if meant is None:
        return words
    if language_of(words) not in (language, None):
        return meant
    return words + ("，" if language != EN else ", ") + around(parts, "meant", language, meant)
