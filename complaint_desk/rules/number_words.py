"""The words for numbers in both languages: times and sums of money are read by the same ones."""

HAN_DIGITS: dict[str, int] = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
"""The Chinese digits, nought written either way."""

UNITS: tuple[str, ...] = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
"""One to nineteen."""

TENS: tuple[str, ...] = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
"""Twenty to ninety."""

CARDINALS: dict[str, int] = {word: value for value, word in enumerate(UNITS, 1)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
"""The single English words for one to nineteen and the tens to ninety."""
