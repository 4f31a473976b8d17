"""Telephone numbers as the index holds them: from the last digit to the first, so that any tail finds them."""

import re
from collections.abc import Iterator

from complaint_desk.rules.tokens import fold, legible, plain_digits

TAIL_SIGN = "ᵗ"
"""Stands before a number written backwards, so that it is never taken for a plain one."""
SHORTEST_TAIL = 4
"""So many last digits are a word of their own; fewer are found only when a telephone number is asked for."""
LONGEST_NUMBER = 15
"""Digits of the longest telephone number (E.164)."""

SHORTEST_NUMBER = 7
"""Fewer digits in a text are neither a telephone's nor an order's number."""
_DIGIT = re.compile(r"\d")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d\d?[-/.]\d\d?(?!\d)")
_GROUPS = re.compile(r"\d+(?:(?:[ -]|\) ?)\d+)*")


def backwards(digits: str) -> str:
    """A number, or a tail of one, as the index holds it; zeros dialled before it are left out."""
    return TAIL_SIGN + digits.lstrip("0")[::-1]


def tail_asked(digits: str) -> str:
    """What the index holds of a number begins with this when it ends in these digits."""
    if len(digits) < SHORTEST_NUMBER:
        return TAIL_SIGN + digits[::-1]
    return backwards(digits)


def digits_of(text: str) -> str:
    """The digits of a text and nothing else."""
    return plain_digits("".join(_DIGIT.findall(text if text.isascii() else fold(legible(text)))))


def numbers_in(text: str) -> Iterator[str]:
    """The digits of each number in a text that is long enough to be rung or to be an order's; days are not."""
    if len(_DIGIT.findall(text)) < SHORTEST_NUMBER:
        return
    for found in _GROUPS.finditer(_DAY.sub(" / ", fold(legible(text)))):
        whole = digits_of(found.group())
        if SHORTEST_NUMBER <= len(whole) <= LONGEST_NUMBER:
            yield whole
        else:
            yield from (part for part in re.findall(r"\d{7,}", found.group()) if part.isascii())
