"""Reads a caller's telephone number in any usual spelling, and shows a kept one in the region's own way."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_LONGEST_SPELLING = 64
SPOKEN_DIGITS = str.maketrans("零〇○一幺二两兩三四五六七八九", "000112223456789")
"""Digits as they are said in Chinese."""
_SPOKEN = re.compile(r"[零〇○一幺二两兩三四五六七八九]")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_DASHES = re.compile(r"[‐‑‒–—―−ー﹣~·•・_]")
_LABEL = re.compile(
    r"^(?:联系|聯繫|我的|客人)?(?:电话|電話|手机|手機|座机|座機|号码|號碼|tel(?:ephone)?|phone|mobile|cell|call)"
    r"(?:号码|號碼|号|號|no\.?|number)?(?:是|为|is)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"[\s,;.-]*\(?\s*(?:转|轉|分机|分機|内线|內線|;?ext=?|extn|extension|x|#)+(?:号|號|no)?[\s.:=#-]*(\d{1,7})\s*\)?$",
    re.IGNORECASE,
)
_CHINA_THIRD_GROUP = re.compile(r"^(.*\b0\d{2,3}\)?[\s.-]*\d{3,4}[\s.-]?\d{4})\s*-\s*(\d{1,6})$")
_ONLY_A_NUMBER = re.compile(r"^\(?\+?[\d\s().\-/]+$")
_E164 = re.compile(r"^\+[1-9]\d{5,14}$")


@dataclass(frozen=True)
class PhoneRead:
    """A number as it was said and, where it is one, in E.164 and in the region's spelling."""

    said: str
    e164: str | None
    national: str | None
    extension: str | None


def read_phone(said: str, region: str = "CN") -> PhoneRead:
    """Read a number in any usual spelling for `region` (ISO 3166, two letters); never raises.

    A number is one when the numbering plan of its country knows it as in service (`is_valid_number`). A
    possible length is not enough: 10086, 12345 and a local number without its area code would pass, and none
    of them can be rung back. All else (匿名, 10086, a number cut short) keeps None in the three other fields,
    and the words stay as typed. An extension is told apart only from a number that is one.
    """
    e164, extension = kept_phone(said, region)
    return PhoneRead(said, e164, show_phone(e164, region) if e164 else None, extension)


def kept_phone(said: str, region: str) -> tuple[str | None, str | None]:
    """The number in E.164 and its extension, as `read_phone` reads them; quicker, as nothing is shown."""
    if len(said) > _LONGEST_SPELLING * 2:
        return None, None
    plain = _plain(said)
    if not plain or len(plain) > _LONGEST_SPELLING:
        return None, None
    for number, extension in _with_and_without_extension(plain):
        e164 = _e164(number, region)
        if e164 is not None:
            return e164, extension
    return None, None


def show_phone(stored: str, region: str) -> str:
    """Show a kept number: E.164 in the national form of `region`, a foreign one in the international form.

    Anything else was never a number and is shown as typed.
    """
    if not _E164.match(stored):
        return stored
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        country_code_for_region,
        format_number,
        is_valid_number,
        parse,
    )

    try:
        number = parse(stored, None)
    except NumberParseException:
        return stored
    if not is_valid_number(number):
        return stored
    own = number.country_code == country_code_for_region(region.upper())
    return format_number(number, PhoneNumberFormat.NATIONAL if own else PhoneNumberFormat.INTERNATIONAL)


def dialled_from(stored: str, region: str) -> str:
    """A kept number as it is dialled in the region: in the national form, a foreign one with the prefix for abroad.

    Unlike the international form it never begins with a plus, which spreadsheets take for a formula.
    """
    shown = show_phone(stored, region)
    if not shown.startswith("+") or not _E164.match(stored):
        return shown
    from phonenumbers import format_out_of_country_calling_number, parse

    dialled = format_out_of_country_calling_number(parse(stored, None), region.upper())
    return dialled.replace("+", "00", 1) if dialled.startswith("+") else dialled


def _plain(said: str) -> str:
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", said)).strip()
    text = _DASHES.sub("-", text)
    text = _LABEL.sub("", text)
    if _SPOKEN.search(text):
        text = text.translate(SPOKEN_DIGITS)
    return text.strip()


def _with_and_without_extension(plain: str) -> list[tuple[str, str | None]]:
    readings: list[tuple[str, str | None]] = []
    for pattern in (_EXTENSION, _CHINA_THIRD_GROUP):
        found = pattern.search(plain)
        if found is None:
            continue
        number = plain[: found.start()] if pattern is _EXTENSION else found.group(1)
        readings.append((number.strip(), found.groups()[-1]))
    return [*readings, (plain, None)]


@lru_cache(maxsize=8)
def _mobiles(region: str) -> tuple[re.Pattern[str], re.Pattern[str] | None, str] | None:
    """The mobile numbers of a region as they are dialled at home, what may be dialled before one, and its code."""
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region(region)
    if plan is None or plan.mobile is None or not plan.mobile.national_number_pattern:
        return None
    before = plan.national_prefix_for_parsing
    numbers = re.compile(f"(?!0)(?:{plan.mobile.national_number_pattern})", re.ASCII)
    return numbers, re.compile(before) if before else None, f"+{plan.country_code}"


def _own_mobile(number: str, region: str) -> str | None:
    """A mobile number of the region as its plan writes it, in E.164: what most callers give, read at a glance.

    None says nothing of any other spelling.
    """
    if (plan := _mobiles(region)) is None:
        return None
    numbers, before, code = plan
    if numbers.fullmatch(number) is None or (before is not None and before.match(number) is not None):
        return None
    return code + number


def _e164(number: str, region: str) -> str | None:
    if (mobile := _own_mobile(number, region.upper())) is not None:
        return mobile
    if not _ONLY_A_NUMBER.match(number) or "+" in number[2:]:
        return None
    from phonenumbers import NumberParseException, PhoneNumberFormat, format_number, is_valid_number, parse

    digits = re.sub(r"\D", "", number)
    spellings = [number]
    if digits.startswith("00"):
        spellings.append("+" + digits[2:])
    for spelling in spellings:
        try:
            parsed = parse(spelling, region.upper())
        except NumberParseException:
            continue
        if is_valid_number(parsed):
            written = format_number(parsed, PhoneNumberFormat.E164)
            # 5 digits (12345, 12315) are a public hotline; nobody can be called back there.
            if len(str(parsed.national_number)) > 5:
                return written
    return None
