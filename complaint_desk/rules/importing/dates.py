"""Reads dates and times as other programs write them, one cell at a time, in an order that is told.

Which order a column has, `date_orders` decides from all its cells. A cell that names its month, or begins with its
year, is read the same way in every order.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import lru_cache

from complaint_desk.rules.importing.date_words import AFTERNOON, MONTHS, MORNING


class DateOrder(StrEnum):
    """In which order day, month and year stand where all are numbers."""

    DAY_FIRST = "day-month-year"
    MONTH_FIRST = "month-day-year"
    YEAR_FIRST = "year-month-day"


@dataclass(frozen=True, slots=True)
class Moment:
    """What a cell says: a day, and perhaps a time of day and its offset from UTC."""

    day: date
    at: time | None = None
    offset: timezone | None = None


LONGEST_CELL = 64
"""Signs of the longest cell that is tried as a date."""
_PIVOT = 70
"""Two digits of a year from here on belong to the last century."""
_EXCEL_DAYS = (20_000, 80_000)
"""Days since 30 December 1899 that a workbook may mean by a number: from 1954 to 2119."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_NUMBERS = re.compile(r"(\d{1,4})\s*([-/. 年])\s*(\d{1,2})\s*[-/. 月]\s*(\d{1,4})\s*[日号號]?")
_NAMED = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)??(\d{1,4})(?:st|nd|rd|th)?[-/. ,]*([a-z]{3,9})\.?[-/. ,']*(\d{1,4})"
)
_MONTH_LEADS = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)??([a-z]{3,9})\.?[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{2,4})"
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_TIME = re.compile(
    r"(?P<before>[^\d\s:]{1,2})?\s*(?P<hour>\d{1,2})\s*[:时時点點.h]\s*(?P<minute>\d{1,2})?\s*[:分.m]?\s*"
    r"(?P<second>\d{1,2})?(?:[.,](?P<part>\d{1,9}))?\s*秒?\s*(?P<after>[ap]\.?\s?m\.?)?"
    r"\s*(?P<offset>z|utc|gmt|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\s*\([^)]*\))?"
)
_HOUR_ALONE = re.compile(r"(?P<hour>\d{1,2})\s*(?P<after>[ap]\.?\s?m\.?)")
_COMPACT_TIME = re.compile(r"(\d{2})(\d{2})(\d{2})?")
_WEEKDAY = re.compile(r"\s*[（(]?(?:星期|周|週|礼拜)[一二三四五六日天][）)]?\s*")
_WIDE = str.maketrans("０１２３４５６７８９：／－．，　", "0123456789:/-., ")


def plain(cell: str) -> str:
    """The cell in half width and small letters, without spaces at its ends and the name of the weekday."""
    return _WEEKDAY.sub(" ", cell.translate(_WIDE)).strip().lower()


def is_bare_number(text: str) -> bool:
    """Whether nothing but a number stands there, which may be a date or anything else."""
    return text.isascii() and text.replace(".", "", 1).isdigit()


def read_moment(cell: str, order: DateOrder) -> Moment | None:
    """The day in a cell, with its time where there is one; None where the cell is no date in this order."""
    return _moment(cell, order) if len(cell) <= LONGEST_CELL * 2 else None


@lru_cache(maxsize=65_536)
def _moment(cell: str, order: DateOrder) -> Moment | None:
    text = plain(cell)
    if not text or len(text) > LONGEST_CELL:
        return None
    if is_bare_number(text):
        return _from_number(text)
    for end in _ends(text):
        found = _day(text[:end].rstrip(" ,t"), order)
        if found is None:
            continue
        rest = text[end:].lstrip(" ,t")
        if not rest:
            return Moment(found)
        read = _read_time(rest)
        if read is not None:
            return Moment(found, *read)
    return None


def read_time(cell: str) -> tuple[time, timezone | None] | None:
    """The time of day in a cell, with its offset; None where the cell is none."""
    text = plain(cell) if len(cell) <= LONGEST_CELL * 2 else ""
    if not text or len(text) > LONGEST_CELL:
        return None
    return _read_time(text)


def numbers_of(cell: str) -> tuple[int, int, int] | None:
    """The three numbers of a date whose order must be told; None where the cell leaves no choice, or is no date."""
    text = plain(cell) if len(cell) <= LONGEST_CELL * 2 else ""
    found = _NUMBERS.match(text)
    if found is None or found[2] == "年" or len(found[1]) == 4:
        return None
    rest = text[found.end() :].lstrip(" ,t")
    if rest and _read_time(rest) is None:
        return None
    return int(found[1]), int(found[3]), int(found[4])


def day_of(numbers: tuple[int, int, int], order: DateOrder) -> date | None:
    """The day that three numbers are in this order; None where there is none."""
    first, second, third = numbers
    match order:
        case DateOrder.DAY_FIRST:
            return _date(third, second, first)
        case DateOrder.MONTH_FIRST:
            return _date(third, first, second)
        case DateOrder.YEAR_FIRST:
            return _date(first, second, third)


def _ends(text: str) -> list[int]:
    """Where the day may end and the time of day begin: at the end, or at a gap."""
    gaps = [at for at, sign in enumerate(text) if sign in " t,日号號"]
    return [len(text), *(at + (text[at] in "日号號") for at in reversed(gaps))]


@lru_cache(maxsize=65_536)
def _day(text: str, order: DateOrder) -> date | None:
    if found := _NUMBERS.fullmatch(text):
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        if len(found[1]) == 4 or found[2] == "年":
            return _date(first, second, third)
        return None if len(found[1]) == 3 else day_of((first, second, third), order)
    if found := _COMPACT.fullmatch(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if (found := _NAMED.fullmatch(text)) and (month := MONTHS.get(found[2])):
        first, last = int(found[1]), int(found[3])
        if len(found[1]) == 4 or (first > 31 and last <= 31):
            return _date(first, month, last)
        return _date(last, month, first)
    if (found := _MONTH_LEADS.fullmatch(text)) and (month := MONTHS.get(found[1])):
        return _date(int(found[3]), month, int(found[2]))
    return None


def _date(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 1900 if year >= _PIVOT else 2000
    try:
        return date(year, month, day) if 1000 <= year <= 9999 else None
    except ValueError:
        return None


def _from_number(text: str) -> Moment | None:
    """A day written as eight digits, as a workbook counts days, or in seconds or thousandths since 1970."""
    if len(text) == 8 and text.isdigit():
        found = _day(text, DateOrder.YEAR_FIRST)
        return Moment(found) if found else None
    value = float(text)
    if _EXCEL_DAYS[0] <= value < _EXCEL_DAYS[1]:
        at = datetime(1899, 12, 30, tzinfo=UTC) + timedelta(seconds=round(value * 86_400))
        return Moment(at.date(), at.time() if "." in text else None)
    whole = text.partition(".")[0]
    if len(whole) in (10, 13) and whole[0] in "123456789":
        at = _EPOCH + timedelta(seconds=value if len(whole) == 10 else value / 1_000)
        return Moment(at.date(), at.time(), UTC)
    return None


def _read_time(text: str) -> tuple[time, timezone | None] | None:
    if (found := _COMPACT_TIME.fullmatch(text)) and len(text) in (4, 6):
        compact = _time(int(found[1]), int(found[2]), int(found[3] or 0), 0)
        return (compact, None) if compact else None
    found = _TIME.fullmatch(text) or _HOUR_ALONE.fullmatch(text)
    if found is None:
        return None
    parts = found.groupdict()
    hour = int(parts["hour"])
    half = _half(parts.get("before"), parts.get("after"))
    if half is None:
        return None
    if half:
        if not 0 <= hour <= 12 and half == "am":
            return None
        hour = _in_24_hours(hour, half, parts.get("before"))
    micro = int((parts.get("part") or "0").ljust(6, "0")[:6])
    at = _time(hour, int(parts.get("minute") or 0), int(parts.get("second") or 0), micro)
    return (at, _offset(parts.get("offset"))) if at else None


def _half(before: str | None, after: str | None) -> str | None:
    """`am`, `pm` or, where neither is said, nothing; None where the word before the hour is another one."""
    if after:
        return "am" if after[0] == "a" else "pm"
    if not before:
        return ""
    if before in MORNING:
        return "am"
    return "pm" if before in AFTERNOON else None


def _in_24_hours(hour: int, half: str, before: str | None) -> int:
    if half == "am":
        return 0 if hour == 12 and before != "中午" else hour
    return hour + 12 if hour < 12 and not (before == "中午" and hour == 11) else hour


def _time(hour: int, minute: int, second: int, micro: int) -> time | None:
    try:
        return time(hour, minute, min(second, 59), micro)
    except ValueError:
        return None


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in ("z", "utc", "gmt"):
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    length = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-length if text[0] == "-" else length) if length < timedelta(hours=24) else None
