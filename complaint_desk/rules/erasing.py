"""Finds a person in free text, however the name, the number or the address is spelt there, and takes them out.

Everything is looked for in a copy of the text that has as many signs as the text itself, so that what is found there
can be taken out here: folded to half width, small letters and Simplified characters, and, for numbers, with digits of
any script and spoken ones (幺三八) as 0 to 9.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from complaint_desk.rules.customer_names import tidy_name
from complaint_desk.rules.name_sounds import DOUBLE_SURNAMES, full_sounds
from complaint_desk.rules.phone import SPOKEN_DIGITS
from complaint_desk.rules.tokens import fold

ERASED_MARK = "▇▇"
"""Stands where words of an erased person stood; in no language."""

_HAN = re.compile(r"[\u3400-\u9fff]+")
_GAP = r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff·・•.,'’-]{0,3}"
_DIGIT_GAP = r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff·・•./()\-‐‑‒–—―−]{0,3}"
_EXTENSION = r"(?:\s{0,3}(?:转|轉|分机|ext\.?|extension|x|#)\s{0,3}\d{1,7}(?!\d))?"
_TAIL = (
    r"(?:(?:尾号|尾數|末四位|末4位|后四位|后4位)|last (?:four|4)(?: digits)?|ending(?: in| with)?)"
    r"\s{0,3}(?:是|为|is|:)?\s{0,3}"
)
_POLITE = "(?:女士|先生|小姐|太太|夫人)"
_TITLE = r"(?:mr|mrs|ms|miss|madam|dr|prof)\.?\s{1,3}"
_ANYWHERE_FROM = 2
_SHORTEST_LATIN = 3
_PLAIN_FROM = 6
"""From so many letters on a single name is one in small letters too; a shorter one may be a word, such as will."""
_SHORTEST_ADDRESS = 4
_LEAST_DIGITS = 7
_LARGER_PLACE = re.compile(r"[^\d,]{1,12}?(?:自治区|省|市|区|县)")


@dataclass(frozen=True, slots=True)
class PersonTerms:
    """What a person is known by."""

    names: frozenset[str] = frozenset()
    """As they were told."""
    numbers: frozenset[str] = frozenset()
    """Digits of each number, in every length it is dialled in: abroad, at home, without its area code."""
    addresses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Redactor:
    """Takes one person out of texts."""

    terms: PersonTerms
    names: re.Pattern[str] | None = field(init=False)
    surname: re.Pattern[str] | None = field(init=False)
    """A word of a Latin name alone; it is one only where it begins with a capital."""
    numbers: re.Pattern[str] | None = field(init=False)
    closely: bool = True
    """In the person's own complaints also what alone would mean anybody: the given name, 张女士, the last digits."""
    mark: str = ERASED_MARK
    """What stands in their place."""

    def __post_init__(self) -> None:
        """Make the expressions."""
        names = [*_names(self.terms.names, self.closely), *_addresses(self.terms.addresses)]
        object.__setattr__(self, "names", _any_of(names))
        object.__setattr__(self, "surname", _any_of(_single_words(self.terms.names) if self.closely else ()))
        object.__setattr__(self, "numbers", _any_of(_numbers(self.terms.numbers, self.closely)))

    def redact(self, text: str) -> str:
        """The text with a mark where the person stood; the text itself where they do not."""
        spans = self._spans(text)
        if not spans and not unicodedata.is_normalized("NFC", text):
            composed = unicodedata.normalize("NFC", text)
            spans, text = self._spans(composed), composed if self._spans(composed) else text
        parts, at = [], 0
        for start, end in _joined(spans):
            parts += [text[at:start], self.mark]
            at = end
        return "".join([*parts, text[at:]]) if parts else text

    def finds(self, text: str) -> bool:
        """Whether the person stands in the text."""
        return self.redact(text) != text

    def redact_values(self, values: Any) -> Any:
        """Whatever an event's words hold, with the person taken out of every text in it."""
        if isinstance(values, str):
            return self.redact(values)
        if isinstance(values, Mapping):
            return {name: self.redact_values(value) for name, value in values.items()}
        if isinstance(values, list | tuple):
            return [self.redact_values(value) for value in values]
        return values

    def _spans(self, text: str) -> list[tuple[int, int]]:
        folded = _level(fold(text), text)
        found = [match.span() for match in self.names.finditer(folded)] if self.names else []
        if self.surname:
            found += [
                match.span() for match in self.surname.finditer(folded) if text[match.start()].isupper()
            ]
        if self.numbers:
            figures = _figures(folded)
            found += [match.span("it") for match in self.numbers.finditer(figures)]
        return found


def _level(folded: str, text: str) -> str:
    return folded if len(folded) == len(text) else text


def _figures(folded: str) -> str:
    """Digits of any script, and spoken ones, as 0 to 9; as long as it was."""
    spoken = folded.translate(SPOKEN_DIGITS)
    if spoken.isascii():
        return spoken
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in spoken)


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    last: tuple[int, int] | None = None
    for start, end in sorted(spans):
        if last is not None and start <= last[1]:
            last = (last[0], max(last[1], end))
            continue
        if last is not None:
            yield last
        last = (start, end)
    if last is not None:
        yield last


def _any_of(expressions: Iterable[str]) -> re.Pattern[str] | None:
    found = sorted(set(expressions), key=len, reverse=True)
    return re.compile("|".join(found)) if found else None


def _signs(text: str, gap: str = _GAP) -> str:
    return gap.join(re.escape(sign) for sign in text if not sign.isspace())


def _names(told: Iterable[str], closely: bool) -> Iterator[str]:
    for name in told:
        tidy, whole = tidy_name(name), fold(" ".join(name.split()))
        bare = tidy.plain.replace(" ", "")
        if _HAN.fullmatch(bare):
            if len(whole.replace(" ", "")) >= _ANYWHERE_FROM and (closely or not tidy.only_surname):
                yield _signs(whole)
            if not tidy.only_surname and len(bare) >= _ANYWHERE_FROM:
                yield from _chinese(bare, closely)
        elif not bare.isascii() or len(bare) >= _SHORTEST_LATIN:
            yield from _latin(tidy.plain, whole)


def _chinese(name: str, closely: bool) -> Iterator[str]:
    yield _signs(name)
    for sound in full_sounds(name):
        if len(sound) > len(name) + 1:
            yield _alone(_signs(sound, _LETTER_GAP), sound)
    if closely:
        surname = name[:2] if name[:2] in DOUBLE_SURNAMES else name[:1]
        given = name[len(surname) :]
        yield _signs(surname) + _POLITE
        if len(given) >= _ANYWHERE_FROM:
            yield _signs(given)


_LETTER_GAP = r"[\s'’-]?"


def _latin(plain: str, whole: str) -> Iterator[str]:
    words = plain.split()
    if len(words) > 1:
        yield _alone(re.escape(whole), whole)
        for order in (words, [words[-1], *words[:-1]]):
            yield _alone(r"[\s.,'’-]{1,5}".join(map(re.escape, order)), plain)
        yield _alone(_TITLE + re.escape(words[-1]), plain)
    elif len(plain) >= _PLAIN_FROM:
        yield _alone(re.escape(plain), plain)


def _single_words(told: Iterable[str]) -> Iterator[str]:
    for name in told:
        for word in tidy_name(name).plain.split() if not _HAN.search(name) else ():
            if len(word) >= _SHORTEST_LATIN:
                yield _alone(re.escape(word), word)


def _alone(expression: str, name: str) -> str:
    """No part of a longer word; a Latin word may stand between Chinese characters."""
    sign = "[a-z0-9]" if name.isascii() else r"\w"
    return f"(?<!{sign}){expression}(?!{sign})"


def _addresses(told: Iterable[str]) -> Iterator[str]:
    for address in told:
        for part in _address_parts(fold(address)):
            signs = [sign for sign in part if sign.isalnum()]
            if len(signs) >= _SHORTEST_ADDRESS:
                yield r"[\W_]{0,3}".join(map(re.escape, signs))


def _address_parts(address: str) -> Iterator[str]:
    """The address, and what is left of it without province, city and district, or with its first line alone."""
    yield address
    left = address
    while (found := _LARGER_PLACE.match(left)) is not None:
        left = left[found.end() :]
        if any(sign.isdigit() for sign in left):
            yield left
    first, comma, _rest = address.partition(",")
    if comma and any(sign.isdigit() for sign in first):
        yield first


def _numbers(told: Iterable[str], closely: bool) -> Iterator[str]:
    """Each as one group `it`, which is all that is taken out."""
    bodies, tails = [], set()
    for digits in told:
        if len(digits) >= _LEAST_DIGITS:
            bodies.append(_DIGIT_GAP.join(digits))
            tails.add(digits[-4:])
    if not bodies:
        return
    bodies.sort(key=len, reverse=True)
    dialled_first = rf"(?:\(?(?:(?:\+|00)\s{{0,3}})?\d{{1,3}}\)?{_DIGIT_GAP})?0?"
    whole = rf"(?<!\d){dialled_first}(?:{'|'.join(bodies)})(?!\d){_EXTENSION}"
    tail = f"|{_TAIL}(?:{'|'.join(sorted(tails))})(?!\\d)" if closely else ""
    yield f"(?P<it>{whole}{tail})"
