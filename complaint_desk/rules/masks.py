"""Names and numbers of customers with most of their signs covered: enough to tell two lines apart, no more."""

import re
import unicodedata

COVERED = "*"
_WORDS = 3
_MASKED = re.compile(r"\*{4}\d{0,4}")
_TAIL, _SHORT_TAIL = 4, 2
_WHOLE_NUMBER = 7
"""From so many digits on a number has a tail of four."""


def mask_name(name: str | None) -> str | None:
    """A name with only the first sign of each part left: 王芳 is 王**, Margaret Hughes is M*** H***."""
    if not name or not name.strip():
        return name
    words = name.split()[:_WORDS]
    return " ".join(_first(word) + COVERED * (2 if _is_han(word) else 3) for word in words)


def mask_phone(phone: str | None) -> str | None:
    """A number with only its last four digits left, or two of a short one; what holds no digit is covered whole."""
    if not phone or not phone.strip() or _MASKED.fullmatch(phone):
        return phone
    digits = "".join(sign for sign in phone if sign.isdecimal())
    tail = (
        digits[-(_TAIL if len(digits) >= _WHOLE_NUMBER else _SHORT_TAIL) :]
        if len(digits) > _SHORT_TAIL
        else ""
    )
    return COVERED * 4 + tail


def is_masked(caller: str | None, phone: str | None) -> bool:
    """Whether a name or a number shown here is covered."""
    return bool((caller and caller.endswith(COVERED * 2)) or (phone and _MASKED.fullmatch(phone)))


def _first(word: str) -> str:
    sign = word[0]
    return sign if unicodedata.category(sign)[0] in "LN" else ""


def _is_han(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith("CJK")
