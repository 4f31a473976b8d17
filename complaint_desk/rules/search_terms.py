"""Turns a word or phrase that is asked for into the rows of tokens by which it is found."""

from collections.abc import Sequence

from complaint_desk.models.search import Phrase, Term
from complaint_desk.rules.phone_tails import (
    LONGEST_NUMBER,
    SHORTEST_NUMBER,
    SHORTEST_TAIL,
    digits_of,
    tail_asked,
)
from complaint_desk.rules.tokens import STEM_SIGN, TOKEN, asked, fold, legible, stem

_PHONE_SIGNS = frozenset("0123456789+-(). ")


def term(said: str, column: str | None = None, exact: bool = False, begins: bool = False) -> Term | None:
    """What is asked for, in a column or anywhere; None where the text holds no word.

    An English word stands for all words of its stem unless it is `exact` or only the beginning of a word. Digits
    are also the tail of a telephone number, a Latin word is also how a Chinese name is typed.
    """
    tokens, open_end = asked(said, begins)
    if not tokens:
        return None
    phrase = Phrase(tokens, open_end, column)
    alternatives: list[tuple[Phrase, ...]] = [(phrase,)]
    plain = fold(legible(said))
    if _is_a_word(plain) and not exact and not open_end:
        alternatives = [(Phrase((STEM_SIGN + stem(plain),), column=column),)]
    if column == "caller" and plain.isascii():
        alternatives.append((phrase._replace(column="sound"),))
    if column is None and len(tokens) == 1 and plain.isascii() and plain.isalpha() and not exact:
        alternatives.append((phrase._replace(column="sound"),))
    if tail := _tail(plain, column):
        alternatives.append((tail,))
    return Term(said, tuple(alternatives), column, exact, begins)


def join_numbers(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms, where numbers that stand side by side are also one telephone number, spelt with spaces."""
    joined: list[Term] = []
    group: list[Term] = []

    def close() -> None:
        digits = digits_of(" ".join(one.said for one in group))
        if len(group) > 1 and SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER:
            each = tuple(one.alternatives[0][0] for one in group)
            tail = Phrase((tail_asked(digits),), begins=True, column="phone")
            joined.append(Term(" ".join(one.said for one in group), (each, (tail,))))
        else:
            joined.extend(group)
        group.clear()

    for one in terms:
        if one.column is None and not one.exact and _PHONE_SIGNS.issuperset(fold(one.said)):
            group.append(one)
        else:
            close()
            joined.append(one)
    close()
    return tuple(joined)


def _is_a_word(plain: str) -> bool:
    found = TOKEN.fullmatch(plain)
    return found is not None and found.lastgroup == "w"


def _tail(plain: str, column: str | None) -> Phrase | None:
    """The tail of a number that is asked for, where it is long enough or a telephone number is meant."""
    digits = digits_of(plain)
    shortest = 1 if column == "phone" else SHORTEST_TAIL
    if column not in (None, "phone") or not _PHONE_SIGNS.issuperset(plain):
        return None
    if not shortest <= len(digits) <= LONGEST_NUMBER + 2:
        return None
    return Phrase((tail_asked(digits),), begins=True, column="phone")
