"""Numbers as people say them, in both languages."""

import re

from complaint_desk.rules.number_words import CARDINALS, HAN_DIGITS, TENS, UNITS

_HAN_TENS = {"十": 10, "廿": 20, "卅": 30}
HAN_NUMBER = r"[零〇一二两三四五六七八九十廿卅]"

_TENS = TENS[:5]
WORDS: dict[str, int] = {word: CARDINALS[word] for word in (*UNITS, *_TENS)}
WORDS |= {f"{ten} {unit}": WORDS[ten] + value for ten in _TENS[:4] for value, unit in enumerate(UNITS[:9], 1)}
_ORDINAL_UNITS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
ORDINALS: dict[str, int] = {word: value for value, word in enumerate(_ORDINAL_UNITS, 1)}
ORDINALS |= {"twentieth": 20, "thirtieth": 30, "thirty first": 31}
ORDINALS |= {f"twenty {unit}": 20 + value for value, unit in enumerate(_ORDINAL_UNITS[:9], 1)}


def alternatives(words: dict[str, int]) -> str:
    """A pattern for any of these words, the longest first, hyphen or space between their halves."""
    ordered = sorted(words, key=len, reverse=True)
    return "(?:" + "|".join(word.replace(" ", "[ -]") for word in ordered) + ")"


def english_number(said: str) -> int:
    """The value of digits, of a number word or an ordinal word. Raises KeyError for anything else."""
    word = re.sub(r"[\s-]+", " ", said.strip())
    if word.isdigit():
        return int(word)
    return WORDS[word] if word in WORDS else ORDINALS[word]


def chinese_numbers(said: str) -> list[int]:
    """The values said: one as a rule, two in 两三 (2, 3), 十一二 (11, 12), 二三十 (20, 30); none in no number."""
    if said.isdigit():
        return [int(said)]
    if not said or not re.fullmatch(rf"{HAN_NUMBER}+", said):
        return []
    together = re.fullmatch(r"([一二两三四五六七八])([一二三四五六七八九])(十?)", said)
    if together:
        times = 10 if together[3] else 1
        return [HAN_DIGITS[together[1]] * times, HAN_DIGITS[together[2]] * times]
    if re.fullmatch(r"[零〇一二三四五六七八九]+", said):
        return [int("".join(str(HAN_DIGITS[sign]) for sign in said))]
    if said == "两":
        return [2]
    tens = re.fullmatch(
        r"([一二三四五六七八九]?)([十廿卅])([一二三四五六七八九]?)([一二三四五六七八九]?)", said
    )
    if not tens:
        return []
    value = _HAN_TENS[tens[2]] * (HAN_DIGITS[tens[1]] if tens[1] else 1)
    units = [HAN_DIGITS[unit] for unit in tens.groups()[2:] if unit]
    return [value + unit for unit in units] or [value]


def chinese_number(said: str) -> int:
    """The first value said (三四 is 3: of a range, its beginning). Raises ValueError when it is no number."""
    values = chinese_numbers(said)
    if not values:
        raise ValueError(said)
    return values[0]
