"""What a complaint names that others may name too: its goods, their batch and code, the till, the person."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from complaint_desk.models.radar import SignKind
from complaint_desk.models.search import Phrase, Term
from complaint_desk.playbook.spoken_words import RadarWords
from complaint_desk.rules.search_terms import term
from complaint_desk.rules.tokens import asked, fold, legible

READ_LIMIT = 6_000
"""Characters read at most of each text."""
_MOST = {SignKind.BATCH: 1, SignKind.CODE: 2, SignKind.PERSON: 2, SignKind.TILL: 1, SignKind.PRODUCT: 2}
"""So many signs of a kind are looked for."""
_TEXTS = ("what", "how", "remedy_wanted", "where")
_BETWEEN = r"\s*(?:是|为|is|no\.?|number|#|号|:|-)?\s*"
_SIGN = r"([a-z0-9](?:[a-z0-9-]{1,18}[a-z0-9]))"
_CODE = re.compile(
    r"(?<![a-z0-9-])(?=[a-z0-9-]*[a-z])(?=(?:[a-z-]*\d){2})[a-z0-9]+(?:-[a-z0-9]+)*(?![a-z0-9-])"
)
_MEASURE = re.compile(r"\d+(?:[a-z]{1,4}|-[a-z]+)|[a-z]\d?")
_TICKET = re.compile(r".*-\d{6}-\d{3,}")
_BAR_CODE = re.compile(r"(?<!\d)(?:69\d{11}|\d{12})(?!\d)")
_SEPARATOR = re.compile(r"[,，、/;；。.()（）:：]|\band\b|和|与|跟|\n")
_CHINESE_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_LATIN_NAME = re.compile(r"[A-Z][a-z'’]+(?: [A-Z][a-z'’]+){0,2}")
_NUMBER = r"(\d{1,4}|[一二三四五六七八九十]{1,3})"
_DIGITS = {sign: place for place, sign in enumerate("零一二三四五六七八九")}


class RadarSign(NamedTuple):
    """One thing that is named, and how it is found in other complaints."""

    kind: SignKind
    said: str
    """As it was told."""
    term: Term
    in_store: bool = False
    """Only complaints about the same store can mean the same."""


class RadarSigns:
    """The playbook's words made ready to be looked for; made once."""

    def __init__(self, words: Mapping[str, RadarWords]) -> None:
        self._goods = _whole(words["goods"])
        self._roles = _whole(words["roles"])
        before_batch, before_code, before_badge = (
            _any_of(words[key]) for key in ("batches", "codes", "badges")
        )
        self._batch = re.compile(f"(?:{before_batch}){_BETWEEN}{_SIGN}")
        self._code = re.compile(f"(?:{before_code}){_BETWEEN}{_SIGN}")
        self._badge = re.compile(f"(?:{before_badge}){_BETWEEN}{_SIGN}")
        tills = _any_of(words["tills"])
        self._tills = re.compile(f"(?:({tills}){_BETWEEN}{_NUMBER}|{_NUMBER}\\s*号?({tills}))")

    def of(self, told: Mapping[str, str | None]) -> tuple[RadarSign, ...]:
        """What the form's fields name, the most telling kinds first; never raises."""
        found: dict[tuple[SignKind, str], RadarSign] = {}
        count = dict.fromkeys(SignKind, 0)
        for sign in self._each({name: legible(text or "")[:READ_LIMIT] for name, text in told.items()}):
            key = (sign.kind, fold(sign.said))
            if key not in found and count[sign.kind] < _MOST[sign.kind]:
                found[key] = sign
                count[sign.kind] += 1
        return tuple(sorted(found.values(), key=lambda sign: list(SignKind).index(sign.kind)))

    def _each(self, told: Mapping[str, str]) -> Iterator[RadarSign]:
        texts = [text for name in _TEXTS if (text := told.get(name, ""))]
        who = told.get("who", "")
        for text in texts:
            folded = fold(text)
            yield from self._codes(text, folded)
            for kind, pattern in ((SignKind.PRODUCT, self._goods),):
                for hit in pattern.finditer(folded):
                    yield from _sign(kind, text[slice(*hit.span())])
        for text in (told.get("where", ""), who, *texts):
            yield from self._tills_in(text)
        yield from self._persons(who, [who, *texts])

    def _codes(self, text: str, folded: str) -> Iterator[RadarSign]:
        for kind, pattern in ((SignKind.BATCH, self._batch), (SignKind.CODE, self._code)):
            for hit in pattern.finditer(folded):
                if any(sign.isdigit() for sign in hit[1]):
                    yield from _sign(kind, text[slice(*hit.span(1))], exact=True)
        batches = {hit[1] for hit in self._batch.finditer(folded)}
        for pattern in (_CODE, _BAR_CODE):
            for hit in pattern.finditer(folded):
                code = hit.group()
                if code not in batches and not _MEASURE.fullmatch(code) and not _TICKET.match(code):
                    yield from _sign(SignKind.CODE, text[slice(*hit.span())], exact=True)

    def _tills_in(self, text: str) -> Iterator[RadarSign]:
        for hit in self._tills.finditer(fold(text)):
            place, number = hit[1] or hit[4], hit[2] or hit[3]
            counted = _counted(number)
            spellings = dict.fromkeys((str(counted), _chinese(counted), number))
            ways = []
            for each in spellings:
                if place.isascii():
                    ways += [f"{place} {each}", f"{place} no {each}", f"{place} number {each}"]
                else:
                    ways += [f"{place}{each}", f"{each}号{place}", f"{each}{place}"]
            phrases = tuple((phrase,) for way in ways if (phrase := _phrase(way)))
            said = text[slice(*hit.span())].strip()
            yield RadarSign(SignKind.TILL, said, Term(said, phrases, exact=True), in_store=True)

    def _persons(self, who: str, texts: Iterable[str]) -> Iterator[RadarSign]:
        for text in texts:
            for hit in self._badge.finditer(fold(text)):
                number, before = hit[1], hit.group()[: -len(hit[1])].strip(" :#-")
                words, sign = _phrase(number), _phrase(re.sub(r"[是为:：#\s]+$", "", before))
                if words and sign and number.isdigit():
                    said = text[slice(*hit.span())].strip()
                    yield RadarSign(
                        SignKind.PERSON, said, Term(said, ((words, sign),), exact=True), in_store=True
                    )
        for piece in _SEPARATOR.split(who):
            folded = fold(piece)
            left = self._roles.sub(lambda hit: " " * len(hit.group()), folded)
            kept = "".join(sign if left[at] != " " else " " for at, sign in enumerate(piece))
            name = _CHINESE_NAME.fullmatch("".join(kept.split())) or _LATIN_NAME.search(kept)
            if name and not self._tills.search(folded):
                found = term(name.group(), None, exact=True)
                if found is not None:
                    column = "{who what how besides}"
                    told = tuple(
                        tuple(phrase._replace(column=column) for phrase in each)
                        for each in found.alternatives
                    )
                    yield RadarSign(
                        SignKind.PERSON, name.group(), found._replace(alternatives=told), in_store=True
                    )


def _sign(kind: SignKind, said: str, *, exact: bool = False) -> Iterator[RadarSign]:
    found = term(said, None, exact)
    if found is not None:
        yield RadarSign(kind, said, found)


def _phrase(text: str) -> Phrase | None:
    tokens, open_end = asked(text)
    return Phrase(tokens, open_end) if tokens else None


def _counted(number: str) -> int:
    """A till's number as it is counted: 2, 二, 十二."""
    if number.isdigit():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    if not ten:
        return _DIGITS.get(number[-1], 0)
    return (_DIGITS.get(tens[-1:], 1) if tens else 1) * 10 + _DIGITS.get(ones[-1:], 0)


def _chinese(number: int) -> str:
    signs = "零一二三四五六七八九"
    if number < 10:
        return signs[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return ("" if tens == 1 else signs[tens]) + "十" + (signs[ones] if ones else "")
    return str(number)


def _any_of(words: RadarWords) -> str:
    longest_first: Sequence[str] = sorted((*words.zh_CN, *words.en), key=len, reverse=True)
    return "|".join(longest_first)


def _whole(words: RadarWords) -> re.Pattern[str]:
    """Chinese words anywhere, English ones as whole words, the longest first."""
    chinese = "|".join(sorted(words.zh_CN, key=len, reverse=True))
    english = "|".join(sorted(words.en, key=len, reverse=True))
    return re.compile(rf"(?:{chinese})|(?<![a-z0-9])(?:{english})(?![a-z0-9])")
