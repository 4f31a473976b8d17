"""How grave a complaint is, from the caller's own words, the channel and the cause.

A flag puts a ticket at the head of the queue, so this is precise rather than eager: what did not happen, was only
feared, happened long ago or elsewhere, or is a figure of speech raises none. The words stand in the playbook.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, Literal

from complaint_desk.models.enums import Cause, Channel, SafetyFlag, Severity
from complaint_desk.playbook.schema import LIST_NAME, Patterns, SeverityWords
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

_CLAUSE_GAP = r"[^,.!?;:\n]{0,%d}?"
_SENTENCE_GAP = r"(?:[^.!?;\n]{0,%d}[.!?;\n])?[^.!?;\n]{0,%d}?"
_SENTENCE_END = re.compile(r"[!?;\n]|\.(?!\d)")
_CLAUSE_END = re.compile(r"[!?;\n,:]|\.(?!\d)")
_COUNTS = re.compile(r"<@([a-z_]+)>")


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


Script = Literal["any", "latin", "other"]
_LATIN, _LETTER = re.compile("[a-z]"), re.compile(r"(?<!\\)[a-zA-Z]")
_ALNUM, _HAN = re.compile(r"(?<!\\)[a-zA-Z0-9]"), re.compile(r"[\u3400-\u9fff]")
_NEVER = r"(?!)"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Each pattern once, and only when a text comes near it: most calls need a few of them."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A pattern: the words that count, and what must stand before and after them."""

    counts: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class _Cancel:
    """What takes a flag away: where it must stand, and where it does not serve."""

    reach: str
    words: str
    spares: tuple[str, ...]
    unless: str


def _whole_words(chinese: str, english: str) -> str:
    return rf"(?:(?:{chinese})|(?<![a-z0-9])(?:{english})(?![a-z0-9]))"


class Signs:
    """The word lists of severity, ready to use; made once by `compile_signs`."""

    def __init__(self, words: Mapping[str, SeverityWords], script: Script = "any") -> None:
        """For a text without Latin letters, or one in ASCII, most words need not be looked for: that is `script`."""
        self._lists = words
        self._script = script
        self._written_out: dict[str, str] = {}
        self.signs = {
            key: (entry.flag, entry.severity, tuple(self._signs(entry)))
            for key, entry in words.items()
            if entry.flag is not None and entry.severity is not None
        }
        self.cancels = tuple(self._cancel(entry) for entry in words.values() if entry.reach)
        self.turn = self._list("turn")
        self.suggestion = self._list("suggestion")
        self.trouble = self._list("trouble")

    def may_count(self, text: str) -> bool:
        """False where none of the words that count stands in a folded text, as in most of them."""
        latin = _LATIN.search(text) is not None
        if latin and not text.isascii():
            return True
        words = self._of_latin if latin else self._of_other
        return words is None or words.search(text) is not None

    @cached_property
    def _of_latin(self) -> re.Pattern[str] | None:
        return Signs(self._lists, "latin")._every_core()

    @cached_property
    def _of_other(self) -> re.Pattern[str] | None:
        return Signs(self._lists, "other")._every_core()

    def _every_core(self) -> re.Pattern[str] | None:
        cores = dict.fromkeys(
            sign.counts for _flag, _severity, signs in self.signs.values() for sign in signs
        )
        try:
            return re.compile("|".join(f"(?:{core})" for core in cores))
        except re.error:  # a list of one language only, where an item needs the other
            return None

    def _serves(self, item: str, chinese: bool) -> bool:
        """Whether an item can be met in a text of this script; one that names a list always can."""
        if self._script == "any" or "<" in item.replace("(?<", ""):
            return True
        if chinese:
            return self._script == "other" or _ALNUM.search(item) is not None or _HAN.search(item) is None
        return self._script == "latin" or _LETTER.search(item) is None

    def _expanded(self, text: str, chinese: bool) -> str:
        """The pattern with its lists and gaps written out; a list brings its words of both languages."""
        text = LIST_NAME.sub(lambda found: self._list(found[2]), text)
        near, far = (10, 40) if chinese else (40, 90)
        wide = _SENTENCE_GAP % (far, far)
        return text.replace("……", wide).replace("…", _CLAUSE_GAP % near)

    def _any(self, entry: Patterns) -> str:
        chinese, english = (
            [self._expanded(item, here) for item in items if self._serves(item, here)]
            for here, items in ((True, entry.zh_CN), (False, entry.en))
        )
        return _whole_words("|".join(chinese or [_NEVER]), "|".join(english or [_NEVER]))

    def _list(self, name: str) -> str:
        if name not in self._written_out:
            self._written_out[name] = self._any(self._lists[name])
        return self._written_out[name]

    def _signs(self, entry: SeverityWords) -> Iterator[_Sign]:
        for chinese, items in ((True, entry.zh_CN), (False, entry.en)):
            left, right = ("", "") if chinese else ("(?<![a-z0-9])", "(?![a-z0-9])")
            for item in items:
                if not self._serves(item, chinese):
                    continue
                parts = _COUNTS.split(item)
                if len(parts) == 1:
                    yield _Sign(f"{left}(?:{self._expanded(item, chinese)}){right}")
                    continue
                before, name, after = parts
                yield _Sign(
                    self._list(name),
                    f"{left}(?:{self._expanded(before, chinese)})$" if before else "",
                    f"(?:{self._expanded(after, chinese)}){right}" if after else "",
                )

    def _cancel(self, entry: SeverityWords) -> _Cancel:
        assert entry.reach is not None
        if entry.reach in ("just_before", "just_after"):
            items = [self._expanded(item, True) for item in entry.zh_CN]
            words = "|".join(items + [self._expanded(item, False) for item in entry.en])
        else:
            words = self._any(entry)
        return _Cancel(entry.reach, words, entry.spares, self._any(entry.unless) if entry.unless else "")


def compile_signs(words: Mapping[str, SeverityWords]) -> Signs:
    """The word lists made ready: once a program; the patterns themselves are compiled as texts need them."""
    return Signs(words)


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
            for found in _compiled(self._turn).finditer(self.text, sentence_from, start):
                sentence_from = found.end()
            return self.text[sentence_from:start]
        return self.text[sentence_from : max(sentence_to, end)]

    def sentence(self, at: int) -> str:
        start, end = self._bounds(_SENTENCE_END, at)
        return self.text[start:end]


_Cores = dict[str, list[tuple[int, int]]]


def _found(text: str, sign: _Sign, cores: _Cores) -> Iterator[tuple[int, int]]:
    if sign.counts not in cores:
        cores[sign.counts] = [core.span() for core in _compiled(sign.counts).finditer(text)]
    for start, end in cores[sign.counts]:
        if sign.before and not _compiled(sign.before).search(text[max(0, start - _WINDOW) : start]):
            continue
        if sign.after and not _compiled(sign.after).match(text[end : end + _WINDOW]):
            continue
        yield start, end


def _cancelled(text: _Text, key: str, start: int, end: int, cancels: tuple[_Cancel, ...]) -> bool:
    for cancel in cancels:
        if key in cancel.spares or not _compiled(cancel.words).search(text.reached(cancel.reach, start, end)):
            continue
        if not cancel.unless or not _compiled(cancel.unless).search(text.sentence(start)):
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
        if _compiled(signs.suggestion).search(text) and not _compiled(signs.trouble).search(text):
            severity = Severity.MINOR
    return Assessment(severity, tuple(flag for flag in SafetyFlag if flag in flags), spans)
