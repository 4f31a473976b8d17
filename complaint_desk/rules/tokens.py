"""Cuts any text into the tokens by which it is found again, the same way for what is kept and what is asked for.

Every sign of a Chinese run begins one token: the sign with its follower, or the last sign alone. So a word of two
signs is one token, a longer one is a row of overlapping tokens, and one sign is the beginning of a token. Other
scripts are cut likewise. A Latin word is two tokens, as written and its stem; a number is one; what mixes them, such
as XK-200b, is its parts in a row.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from operator import add

from complaint_desk.rules.traditional import SIMPLIFIED_FOR

STEM_SIGN = "ˢ"
"""Stands before a stem, so that it is never taken for a word as written."""

LETTER = "[a-z]"
"""A letter of a folded Latin word, as an expression."""
TOKEN = re.compile(r"(?P<h>[^\W\d_a-z]+)|(?P<n>\d{1,3}(?:,\d{3})+(?!\d)|\d+)|(?P<w>[a-z]+)")
"""One run of a folded text: of signs of Chinese or any other script, of digits, of Latin letters."""

_UNSEEN = re.compile(r"[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")


_NEAR = {"i": "İı", "o": "ØøŒœ", "l": "Łł", "a": "Ææ", "d": "ÐðĐđ", "t": "Þþ", "s": "ẞß", "h": "Ħħ"}
"""Latin letters that no accent tells from a plain one, and the plain one."""


def _folding() -> dict[int, str]:
    """One sign for one sign: half width, Simplified, small, without accents."""
    fold = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii():
            fold[code] = base.lower()
    fold |= {ord(sign): base for base, signs in _NEAR.items() for sign in signs}
    return fold | SIMPLIFIED_FOR


_FOLD = _folding()


def legible(text: str) -> str:
    """The text composed, without signs that cannot be seen: what tokens and marks are counted in."""
    if text.isascii():
        return text
    composed = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    return _UNSEEN.sub("", composed)


def fold(text: str) -> str:
    """A legible text in half width, Simplified characters and small letters without accents; its length stays."""
    folded = text.translate(_FOLD)
    small = folded.lower()
    return small if len(small) == len(folded) else folded


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The English stem of a folded word (Porter's second stemmer)."""
    from snowballstemmer.english_stemmer import EnglishStemmer

    return str(EnglishStemmer().stemWord(word))


def tokens(text: str) -> Iterator[str]:
    """The tokens of a text in order; never raises."""
    for run in TOKEN.finditer(fold(legible(text))):
        found = run.group()
        if run.lastgroup == "h":
            yield from map(add, found, found[1:])
            yield found[-1]
        elif run.lastgroup == "n":
            yield plain_digits(found)
        else:
            yield found
            yield STEM_SIGN + stem(found)


def plain_digits(number: str) -> str:
    """The digits of a number as 0 to 9, without the commas between thousands."""
    bare = number.replace(",", "")
    return bare if bare.isascii() else "".join(str(unicodedata.digit(sign, sign)) for sign in bare)


@lru_cache(maxsize=16)
def indexed(text: str) -> str:
    """The tokens of a text with spaces between, as the index takes them; the last few texts are remembered."""
    return " ".join(tokens(text))


def asked(text: str, begins: bool = False) -> tuple[tuple[str, ...], bool]:
    """The tokens by which a phrase is looked for, in a row, and whether the last is only a token's beginning.

    The last sign of a Chinese run is left to its follower, whatever that is; `begins` asks for all words that
    begin with the last one.
    """
    found: list[str] = []
    runs = list(TOKEN.finditer(fold(legible(text))))
    for run in runs:
        found += tokens(run.group())
    if not runs:
        return (), False
    last = runs[-1]
    if last.lastgroup == "h":
        if len(last.group()) == 1:
            return tuple(found), True
        return tuple(found[:-1]), False
    if last.lastgroup == "w":
        found.pop()
    return tuple(found), begins
