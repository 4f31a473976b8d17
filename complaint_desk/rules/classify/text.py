"""Cuts a caller's words into tokens and clauses; every token knows where it stands in the original text."""

import re
from collections.abc import Sequence
from itertools import repeat
from math import sqrt
from typing import TypeAlias

from complaint_desk.rules.traditional import SIMPLIFIED_FOR

_FOLD = (
    SIMPLIFIED_FOR
    | {full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0x2019: "'", 0x2018: "'", 0x02BC: "'", 0x0060: "'", 0x00B4: "'", 0x0130: "i"}
)
_TOKEN = re.compile(
    r"(?P<n>\d+(?:[.,:/]\d+)*)|(?P<w>[a-z\u00e0-\u024f]+(?:'[a-z]+)*)|(?P<h>[\u3400-\u9fff]+)"
    r"|(?P<s>[$£€¥%])|(?P<p>[,;:.!?。…、~\n—()\[\]\"“”「」]+|-{2,})"
)
_SOFT = frozenset('、"“”「」()[]~')
_SENTENCE_ENDS = frozenset(".!?。\n…;")
_WHOLE_CALL = 50
_SUFFIXES = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))


Token: TypeAlias = tuple[str, str, int, int]
"""One Chinese character ("h"), Latin word ("w"), number ("n"), sign ("s") or mark ("p"): form, kind, start and end.

Start and end count characters of the original text.
"""


def fold(text: str) -> str:
    """Lower case, half width, Simplified characters; the length never changes, so that spans stay true."""
    folded = text.translate(_FOLD).lower()
    return folded if len(folded) == len(text) else text.translate(_FOLD)


def stem(word: str) -> str:
    """A light English stem: endings and doubled last letters go, so that "refunded" meets "refund"."""
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) > 4:
        for ending, put in _SUFFIXES:
            if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
                word = word[: len(word) - len(ending)] + put
                break
    if len(word) > 3:
        if word[-1] == "e":
            word = word[:-1]
        if word[-1] == word[-2] and word[-1] not in "aeiou":
            word = word[:-1]
    return word


def tokenize(text: str) -> list[Token]:
    """Tokens of a text in order. Latin words come as stems; what is no word, number, sign or mark is left out."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(fold(text)):
        kind = match.lastgroup or ""
        form = match.group()
        start, end = match.span()
        if kind == "h":
            tokens += zip(form, repeat("h"), range(start, end), range(start + 1, end + 1), strict=False)
        elif kind == "w":
            tokens.append((stem(form), "w", start, end))
        else:
            tokens.append((form, kind, start, end))
    return tokens


def parts(text: str) -> list[str]:
    """The token forms of a phrase from the word lists, as they would stand in a caller's text."""
    return [token[0] for token in tokenize(text)]


def is_clause_mark(mark: str) -> bool:
    """True for marks that end a clause; the Chinese list comma, quotation marks and brackets do not."""
    return not _SOFT.issuperset(mark)


def is_sentence_mark(mark: str) -> bool:
    """True for marks that end a sentence, where the force of a "but" stops."""
    return not _SENTENCE_ENDS.isdisjoint(mark)


def told_enough(tokens: Sequence[Token]) -> float:
    """How far a reading may be trusted for its length, to 1 for a call of fifty Chinese characters or so.

    The first words of a call say little of its wish; a Latin word counts for one and a half characters.
    """
    kinds = [token[1] for token in tokens]
    told = len(kinds) - kinds.count("p") + kinds.count("w") / 2
    return sqrt(min(1.0, told / _WHOLE_CALL))
