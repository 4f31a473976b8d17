"""Cuts a caller's words into tokens and clauses; every token knows where it stands in the original text."""

import re
from dataclasses import dataclass

from complaint_desk.rules.classify.traditional import SIMPLIFIED_FOR

_FOLD = (
    SIMPLIFIED_FOR
    | {full: chr(full - 0xFEE0) for full in range(0xFF01, 0xFF5F)}
    | {0x3000: " ", 0x2019: "'", 0x2018: "'", 0x02BC: "'", 0x0060: "'", 0x00B4: "'", 0x0130: "i"}
)
_TOKEN = re.compile(
    r"(?P<n>\d+(?:[.,:/]\d+)*)|(?P<w>[a-z\u00e0-\u024f]+(?:'[a-z]+)*)|(?P<h>[\u3400-\u9fff])"
    r"|(?P<s>[$£€¥%])|(?P<p>[,;:.!?。…、~\n—()\[\]\"“”「」]+|-{2,})"
)
_SOFT = frozenset('、"“”「」()[]~')
_SUFFIXES = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Token:
    """One Chinese character, Latin word, number, sign or mark. `start` and `end` count characters of the original."""

    form: str
    kind: str
    start: int
    end: int


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
    """Tokens of a text in order. Latin words come as stems; anything that is no word, number, sign or mark is left out."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(fold(text)):
        kind = match.lastgroup or ""
        form = match.group()
        if kind == "w":
            form = stem(form)
        tokens.append(Token(form, kind, match.start(), match.end()))
    return tokens


def parts(text: str) -> list[str]:
    """The token forms of a phrase from the word lists, as they would stand in a caller's text."""
    return [token.form for token in tokenize(text)]


def is_clause_mark(token: Token) -> bool:
    """True for marks that end a clause; the Chinese list comma, quotation marks and brackets do not."""
    return token.kind == "p" and any(mark not in _SOFT for mark in token.form)


def is_sentence_mark(token: Token) -> bool:
    """True for marks that end a sentence, where the force of a "but" stops."""
    return token.kind == "p" and any(mark in ".!?。\n…;" for mark in token.form)
