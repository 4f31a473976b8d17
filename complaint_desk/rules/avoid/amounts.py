"""Sums of money as they are said: 800, 1,500, 三千, 一千五, 2k, two hundred and fifty."""

import re
from decimal import Decimal

from complaint_desk.rules.number_words import CARDINALS, HAN_DIGITS

_ZH_UNITS = {"十": 10, "百": 100, "千": 1000}
_EN_NUMBERS = CARDINALS | {"zero": 0, "a": 1, "couple": 2, "few": 3}
_EN_SCALES = {"hundred": 100, "thousand": 1000, "grand": 1000, "million": 1_000_000}
_SUFFIXES = {"k": 1000, "thousand": 1000, "grand": 1000, "hundred": 100, "m": 1_000_000, "million": 1_000_000}
_SUFFIXES |= {"万": 10_000, "w": 10_000, "千": 1000, "百": 100}


def chinese_number(words: str) -> int | None:
    """The value of a Chinese numeral such as 三千, 一千五, 两万; None if it is none."""
    total = section = digit = 0
    unit_before = 0
    for sign in words:
        if sign in HAN_DIGITS:
            digit = HAN_DIGITS[sign]
            if HAN_DIGITS[sign] == 0:
                unit_before = 0
        elif sign in _ZH_UNITS:
            section += (digit or 1) * _ZH_UNITS[sign]
            unit_before, digit = _ZH_UNITS[sign], 0
        elif sign == "万":
            total += (section + digit or 1) * 10_000
            section = digit = 0
            unit_before = 10_000
        elif sign == "半":
            continue
        else:
            return None
    if digit and unit_before >= 100:
        digit *= unit_before // 10
    value = total + section + digit
    return value or None


def english_number(words: str) -> int | None:
    """The value of an English numeral such as two hundred and fifty; None if it is none."""
    total = section = 0
    for word in re.findall(r"[a-z]+", words):
        if word in _EN_NUMBERS:
            section += _EN_NUMBERS[word]
        elif word == "hundred":
            section = (section or 1) * 100
        elif word in _EN_SCALES:
            total += (section or 1) * _EN_SCALES[word]
            section = 0
    return total + section or None


def amount(found: re.Match[str]) -> Decimal | None:
    """The sum that a match of the `amount` phrases says; its groups are figures, scales and words."""
    value: Decimal | None = None
    for group in found.groups():
        if group is None:
            continue
        text = group.strip().replace(",", "")
        if value is not None:
            return value * _SUFFIXES.get(text, 1)
        if text[:1].isdigit() and text.isascii():
            value = Decimal(text)
        elif (number := chinese_number(text) if not text.isascii() else english_number(text)) is not None:
            value = Decimal(number)
    return value
