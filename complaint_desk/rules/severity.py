"""How grave a complaint is, from the caller's own words, the channel and the cause.

A flag puts a ticket at the head of the queue, so this is precise rather than eager: what did not happen, was only
feared, happened long ago or elsewhere, or is a figure of speech raises none. The words stand in the playbook.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from complaint_desk.models.enums import Cause, Channel, SafetyFlag, Severity
from complaint_desk.rules.severity_signs import Cancel, Sign, Signs, compiled
from complaint_desk.rules.traditional import SIMPLIFIED_FOR

_OUTSIDE_CHANNELS: Final = (Channel.MEDIA, Channel.CONSUMERS_ASSOCIATION)
_NOT_A_SUGGESTION: Final = frozenset(
    {
        Cause.GOODS_QUALITY,
        Cause.GOODS_EXPIRED_OR_DAMAGED,
        Cause.SERVICE_ATTITUDE,
        Cause.CASHIER_ERROR,
        Cause.AFTER_SALES_DELAY,
    }
)
_WINDOW = 200
"""How far before and after the words that count the rest of a pattern, or of their sentence, may reach, in signs."""

MOST_SPANS = 20
"""So many places of one sign are told; more of them make nothing graver."""

_SENTENCE_END = re.compile(r"[!?;\n]|\.(?!\d)")
_CLAUSE_END = re.compile(r"[!?;\n,:]|\.(?!\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """The words that raised a flag, by place in the caller's text, and the entry of the word list they came from."""

    start: int
    end: int
    sign: str
    flag: SafetyFlag
    severity: Severity


@dataclass(frozen=True, slots=True)
class Assessment:
    """How grave a complaint is, its flags in the order of the enumeration, and the words they rest on."""

    severity: Severity
    flags: tuple[SafetyFlag, ...]
    spans: tuple[Span, ...]


def _plain_signs() -> dict[int, int | str]:
    table: dict[int, int | str] = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    table |= SIMPLIFIED_FOR
    table |= {
        ord("。"): ord("."),
        ord("、"): ord(","),
        ord("’"): ord("'"),
        ord("‘"): ord("'"),
        0x3000: ord(" "),
    }
    return table


_PLAIN = _plain_signs()


def _folded(words: str) -> str:
    """The text in lower case, half-width and simplified signs, sign for sign, so that places stay what they were."""
    lower = words.lower()
    if len(lower) != len(words):
        lower = "".join(low if len(low := sign.lower()) == 1 else sign for sign in words)
    return lower.translate(_PLAIN)


class _Text:
    """A folded text that knows its sentences and clauses."""

    def __init__(self, text: str, turn: str) -> None:
        self.text = text
        self._turn = turn

    def _bounds(self, end: re.Pattern[str], at: int) -> tuple[int, int]:
        start = max(0, at - _WINDOW)
        for found in end.finditer(self.text, start, at):
            start = found.end()
        furthest = min(len(self.text), at + _WINDOW)
        after = end.search(self.text, at, furthest)
        return start, after.start() if after else furthest

    def reached(self, reach: str, start: int, end: int) -> str:
        """The part of the text in which words of this reach would take the flag away."""
        sentence_from, sentence_to = self._bounds(_SENTENCE_END, start)
        clause_from, clause_to = self._bounds(_CLAUSE_END, start)
        if reach == "just_before":
            return self.text[clause_from:start]
        if reach == "just_after":
            return self.text[end : max(end, sentence_to) + 1]
        if reach == "clause":
            return self.text[clause_from : max(clause_to, end)]
        if reach == "before":
            for found in compiled(self._turn).finditer(self.text, sentence_from, start):
                sentence_from = found.end()
            return self.text[sentence_from:start]
        return self.text[sentence_from : max(sentence_to, end)]

    def sentence(self, at: int) -> str:
        start, end = self._bounds(_SENTENCE_END, at)
        return self.text[start:end]


_Cores = dict[str, list[tuple[int, int]]]


def _found(text: str, sign: Sign, cores: _Cores) -> Iterator[tuple[int, int]]:
    if sign.counts not in cores:
        cores[sign.counts] = [core.span() for core in compiled(sign.counts).finditer(text)]
    for start, end in cores[sign.counts]:
        if sign.before and not compiled(sign.before).search(text[max(0, start - _WINDOW) : start]):
            continue
        if sign.after and not compiled(sign.after).match(text[end : end + _WINDOW]):
            continue
        yield start, end


def _cancelled(text: _Text, key: str, start: int, end: int, cancels: tuple[Cancel, ...]) -> bool:
    for cancel in cancels:
        if key in cancel.spares or not compiled(cancel.words).search(text.reached(cancel.reach, start, end)):
            continue
        if not cancel.unless or not compiled(cancel.unless).search(text.sentence(start)):
            return True
    return False


def _spans(words: str, signs: Signs) -> tuple[Span, ...]:
    folded = _folded(words)
    if not signs.may_count(folded):
        return ()
    text = _Text(folded, signs.turn)
    found: dict[tuple[int, int, str], Span] = {}
    cores: _Cores = {}
    for key, (flag, severity, patterns) in signs.signs.items():
        assert flag is not None
        assert severity is not None
        most = len(found) + MOST_SPANS
        for sign in patterns:
            for start, end in _found(text.text, sign, cores):
                if len(found) == most:
                    break
                if (start, end, key) in found or _cancelled(text, key, start, end, signs.cancels):
                    continue
                found[start, end, key] = Span(start, end, key, flag, severity)
    return tuple(sorted(found.values(), key=lambda span: (span.start, span.end)))


def assess(words: str, channel: Channel | None, cause: Cause | None, signs: Signs) -> Assessment:
    """How grave it is and why: injury, illness from food, danger, self-harm 4; press, regulator, unfit food 3.

    A complaint that came by the press or a consumers' association is flagged whatever its words (training text 001,
    ways D and E). 1 is a plain suggestion, 2 everything else.
    """
    spans = _spans(words, signs)
    flags = {span.flag for span in spans}
    severity = max((span.severity for span in spans), default=Severity.ORDINARY)
    if channel in _OUTSIDE_CHANNELS:
        flags.add(SafetyFlag.MEDIA_OR_REGULATOR)
        severity = max(severity, Severity.SERIOUS)
    if not flags and cause not in _NOT_A_SUGGESTION:
        text = _folded(words)
        if compiled(signs.suggestion).search(text) and not compiled(signs.trouble).search(text):
            severity = Severity.MINOR
    return Assessment(severity, tuple(flag for flag in SafetyFlag if flag in flags), spans)
