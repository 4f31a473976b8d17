"""Finds the words that were asked for in a ticket's texts, and cuts a snippet around them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from complaint_desk.models.search import Snippet, Term
from complaint_desk.rules.name_sounds import name_sounds
from complaint_desk.rules.phone_tails import SHORTEST_NUMBER, SHORTEST_TAIL, digits_of
from complaint_desk.rules.tokens import LETTER, TOKEN, fold, legible, stem

SNIPPET_LENGTH = 100
"""Characters of a snippet at most, without the … on either side."""
LED_BY = 24
"""So many characters stand before the first mark."""

_COLUMN_OF = {"where": "place", "remedy_wanted": "remedy", "when": "besides", "history": "besides"}
_BLANKS = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class _Needle:
    """How one term looks in a folded text."""

    pattern: re.Pattern[str]
    stem: str | None
    column: str | None

    def spans(self, folded: str, column: str) -> list[tuple[int, int]]:
        if self.column is not None and self.column != column:
            return []
        return [
            found.span()
            for found in self.pattern.finditer(folded)
            if self.stem is None or stem(found.group()) == self.stem
        ]


class Marker:
    """Marks the terms of one search; made once for all tickets of a page."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = tuple(terms)
        self._needles = [needle for term in self._terms if (needle := _needle(term)) is not None]

    def spans(self, text: str, field_name: str) -> tuple[list[tuple[int, int]], int]:
        """Where the terms stand in a legible text, merged and in order, and how many different ones do."""
        folded, column = fold(text), _COLUMN_OF.get(field_name, field_name)
        found = [needle.spans(folded, column) for needle in self._needles]
        different = sum(map(bool, found))
        return (_merged(span for spans in found for span in spans) if different else []), different

    def snippet(self, texts: Iterable[tuple[str, str | None]]) -> Snippet | None:
        """The snippet of the text with most of the terms, the first of several; None where no term stands in any.

        `texts` are field names, as in the JSON keys or `history`, with their texts.
        """
        best: tuple[int, str, str, list[tuple[int, int]]] | None = None
        for name, raw in texts:
            if raw:
                text = legible(raw)
                spans, different = self.spans(text, name)
                if different > (best[0] if best else 0):
                    best = (different, name, text, spans)
                    if different == len(self._needles):
                        break
        if best is None:
            return None
        return cut(best[1], best[2], best[3])

    def by_sound_or_digits(self, caller: str | None, phone: str | None) -> Snippet | None:
        """The caller's name or number as a whole, where a term is how it is typed or what it ends in."""
        sounds = name_sounds(caller) if caller else ()
        digits = digits_of(phone) if phone else ""
        for term in self._terms:
            said = fold(legible(term.said)).rstrip("*")
            if caller and term.column in (None, "caller") and _is_typed(said, term.begins, sounds):
                return cut("caller", legible(caller), [(0, len(legible(caller)))])
            asked = digits_of(said).lstrip("0") if len(digits_of(said)) > 6 else digits_of(said)
            if phone and asked and term.column in (None, "phone") and digits.endswith(asked):
                return cut("phone", legible(phone), [(0, len(legible(phone)))])
        return None


def _is_typed(said: str, begins: bool, sounds: Sequence[str]) -> bool:
    return said in sounds or (begins and bool(said) and any(sound.startswith(said) for sound in sounds))


def cut(field_name: str, text: str, spans: Sequence[tuple[int, int]] = ()) -> Snippet:
    """The part of a legible text around the first mark, on one line, with … where something was left out."""
    begin = max(0, min(spans[0][0] - LED_BY, len(text) - SNIPPET_LENGTH)) if spans else 0
    end = min(len(text), begin + SNIPPET_LENGTH)
    head, tail = "…" if begin else "", "…" if end < len(text) else ""
    shown = head + _BLANKS.sub(" ", text[begin:end]) + tail
    shift = len(head) - begin
    marks = tuple(
        (max(left, begin) + shift, min(right, end) + shift)
        for left, right in spans
        if left < end and right > begin
    )
    return Snippet(field_name, shown, marks)


def _needle(term: Term) -> _Needle | None:
    plain = fold(legible(term.said))
    runs = list(TOKEN.finditer(plain))
    if not runs:
        return None
    if len(runs) == 1 and runs[0].lastgroup == "w" and not term.exact and not term.begins:
        stemmed = stem(plain[slice(*runs[0].span())])
        return _Needle(re.compile(rf"(?<!{LETTER}){stemmed[0]}{LETTER}*"), stemmed, term.column)
    parts = []
    for run in runs:
        open_end = term.begins and run is runs[-1]
        if run.lastgroup == "n":
            parts.append(_number(run.group(), len(runs) == 1 and not term.exact, open_end))
        elif run.lastgroup == "w":
            word = rf"(?<!{LETTER}){run.group()}" if run is runs[0] else run.group()
            parts.append(word + (rf"{LETTER}*" if open_end else rf"(?!{LETTER})"))
        else:
            parts.append(run.group())
    return _Needle(re.compile(r"[\W_]*?".join(parts)), None, term.column)


def _number(said: str, may_be_a_tail: bool, open_end: bool) -> str:
    """The expression of a number: with or without commas, or as the last digits of one that is long enough."""
    digits = said.replace(",", "")
    head = ""
    if may_be_a_tail and len(digits) >= SHORTEST_TAIL:
        head = rf"(?:\d{{{max(SHORTEST_NUMBER - len(digits), 1)},}})?"
    return rf"(?<!\d){head}{',?'.join(digits)}" + ("" if open_end else r"(?!\d)")


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for left, right in sorted(spans):
        if merged and left <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(right, merged[-1][1]))
        else:
            merged.append((left, right))
    return merged
