"""By which keys a customer is found while somebody types, and which keys the words typed ask for.

A key begins with a sign that tells its kind: `<` a number from its last digit to its first, `>` a number from its
first digit, `n` Latin letters (a name, or how a Chinese name is typed), `c` any other signs of a name. So the last
four digits, the first digits and the beginning of a name are each the beginning of a key: a span of the index.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_lowercase, digits

from complaint_desk.models.customer import FoundBy
from complaint_desk.rules.customer_names import tidy_name
from complaint_desk.rules.name_sounds import DOUBLE_SURNAMES, full_sounds, name_sounds
from complaint_desk.rules.phone import SPOKEN_DIGITS
from complaint_desk.rules.phone_tails import LONGEST_NUMBER, SHORTEST_TAIL, digits_of
from complaint_desk.rules.tokens import fold, legible

LONGEST_TYPED = 100
"""Signs of what is looked at while somebody types."""
_LONGEST_KEY = 40
_MOST_WORDS = 6
_NEARLY_FROM, _NEARLY_UPTO = 4, 24
"""Letters a word must have, and may have, to be looked for with one typing error."""
_WHOLE_FROM = 10
"""Digits from which a number is looked for with one typing error."""
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LETTERS = re.compile(r"[a-z]+")
_NUMBER = re.compile(r"^[\d\s+().\-/零〇○一幺二两兩三四五六七八九·]+$")
_LABEL = re.compile(
    r"^(?:尾号|尾数|末四位|后四位|最后四位|手机|电话|座机|号码|tel|phone|mobile|ending(?: in)?|last four)"
    r"(?:号|是|为|is)?[\s:.]*"
)
"""What may stand before a number that is said or copied."""
_LAST = "\U0010ffff"


def keys_of(names: Iterable[str], numbers: Iterable[str]) -> frozenset[str]:
    """Everything a card with these names and numbers is found by."""
    keys = {key for name in names for key in _name_keys(name)}
    for number in numbers:
        if told := digits_of(number)[:LONGEST_NUMBER]:
            keys |= {"<" + told[::-1], ">" + told}
    return frozenset(keys)


@lru_cache(maxsize=1_024)
def _name_keys(told: str) -> tuple[str, ...]:
    return tuple(_keys_of_name(told))


def _keys_of_name(told: str) -> Iterator[str]:
    plain = tidy_name(told[:LONGEST_TYPED]).plain
    words = plain.split()[:_MOST_WORDS]
    compact = "".join(words)[:_LONGEST_KEY]
    if not compact:
        return
    if _LETTERS.search(compact):
        yield from _keys_of_letters(plain)
    if compact.isascii():
        if not _LETTERS.search(compact):
            yield "c" + compact
        return
    yield "c" + compact
    yield from ("c" + word[:_LONGEST_KEY] for word in words[1:])
    if _HAN.fullmatch(compact):
        surname = 2 if compact[:2] in DOUBLE_SURNAMES else 1
        if len(compact) > surname:
            yield "c" + compact[surname:]
    sounds = name_sounds(plain.replace(" ", ""))
    begun = set(sounds)
    # The surname alone is the beginning of the whole: a key for it would find nothing more.
    yield from ("n" + one for one in sounds if not any(o != one and o.startswith(one) for o in begun))


def _keys_of_letters(plain: str) -> Iterator[str]:
    words = ["".join(_LETTERS.findall(word)) for word in plain.split()[:_MOST_WORDS]]
    words = [word for word in words if word]
    yield "n" + "".join(words)[:_LONGEST_KEY]
    if len(words) > 1:
        yield "n" + "".join((words[-1], *words[:-1]))[:_LONGEST_KEY]
        yield "n" + "".join(word[0] for word in words)
        yield from ("n" + word[:_LONGEST_KEY] for word in words[1:-1] if len(word) > 1)


@dataclass(frozen=True, slots=True)
class AskedCaller:
    """The keys that the words typed ask for, the surest first."""

    whole: tuple[tuple[FoundBy, str], ...] = ()
    """Keys as they are."""
    begun: tuple[tuple[FoundBy, str], ...] = ()
    """Beginnings of keys."""
    letters: str = ""
    """Latin letters, or digits with their country code, to be looked for with one typing error; empty for none."""
    besides: tuple[str, ...] = ()
    """Further keys with one error, of other signs."""

    def nearly(self) -> Iterator[str]:
        """Every key that differs from the words by one sign, or by two signs in each other's place."""
        yield from self.besides
        if self.letters:
            alphabet, kind = (digits, ">") if self.letters.isdecimal() else (ascii_lowercase, "n")
            yield from (kind + near for near in one_error(self.letters, alphabet))


def asked_caller(typed: str, calling_code: str, e164: str | None = None) -> AskedCaller | None:
    """What to look for; None where too little was typed.

    `calling_code` is the store's country's, such as 86; `e164` the whole number that the words are, if they are one.
    """
    if e164 is not None:
        digits_told = e164.removeprefix("+")
        return AskedCaller(
            whole=((FoundBy.NUMBER, ">" + digits_told),),
            begun=((FoundBy.TAIL, "<" + digits_told[::-1]),),
            letters=digits_told,
        )
    text = _LABEL.sub("", fold(legible(typed[:LONGEST_TYPED])).strip())
    if _NUMBER.match(text):
        return _asked_number(text, calling_code)
    plain = tidy_name(text).plain
    compact = plain.replace(" ", "")
    if not compact:
        return None
    return _asked_letters(compact) if compact.isascii() else _asked_signs(compact)


def _asked_number(text: str, calling_code: str) -> AskedCaller | None:
    told = digits_of(text.translate(SPOKEN_DIGITS))[:LONGEST_NUMBER]
    if len(told) < SHORTEST_TAIL:
        return None
    bare = told.lstrip("0") if len(told) >= 7 else told
    if not bare:
        return None
    dialled = told.lstrip("0")
    own = [calling_code + dialled] if dialled else []
    spelt = list(dict.fromkeys((*own, bare)))
    return AskedCaller(
        whole=tuple((FoundBy.NUMBER, ">" + one) for one in spelt),
        begun=((FoundBy.TAIL, "<" + bare[::-1]), *((FoundBy.BEGINNING, ">" + one) for one in spelt)),
        letters=own[0] if own and len(bare) >= _WHOLE_FROM else "",
    )


def _asked_letters(compact: str) -> AskedCaller | None:
    letters = "".join(_LETTERS.findall(compact))[:_LONGEST_KEY]
    if len(letters) < 2:
        return None
    near = letters if _NEARLY_FROM <= len(letters) <= _NEARLY_UPTO else ""
    return AskedCaller(((FoundBy.SOUND, "n" + letters),), ((FoundBy.SOUND, "n" + letters),), near)


def _asked_signs(compact: str) -> AskedCaller:
    compact = compact[:_LONGEST_KEY]
    sounds = sorted(full_sounds(compact)) if len(compact) > 1 else []
    swapped = [
        "c" + compact[:at] + compact[at + 1] + compact[at] + compact[at + 2 :]
        for at in range(len(compact) - 1)
    ]
    shorter = ["c" + compact[:at] + compact[at + 1 :] for at in range(len(compact)) if len(compact) > 2]
    return AskedCaller(
        whole=((FoundBy.NAME, "c" + compact), *((FoundBy.SOUND, "n" + one) for one in sounds)),
        begun=((FoundBy.NAME, "c" + compact), *((FoundBy.SOUND, "n" + one) for one in sounds[:4])),
        letters=sounds[0] if sounds and len(sounds[0]) <= _NEARLY_UPTO else "",
        besides=tuple(dict.fromkeys((*swapped, *shorter))),
    )


def one_error(word: str, alphabet: str) -> frozenset[str]:
    """Every word that becomes this one by a sign left out, put in, taken for another, or changing places."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    taken = {a + sign + b[1:] for a, b in cuts if b for sign in alphabet}
    put_in = {a + sign + b for a, b in cuts for sign in alphabet}
    return frozenset(left_out | swapped | taken | put_in) - {word, ""}


def span(begun: str) -> tuple[str, str]:
    """The first key that begins so, and one above the last."""
    return begun, begun + _LAST
