"""Instants and days as machines write them (ISO 8601), read strictly."""

import re
from datetime import UTC, date, datetime, timedelta

_INSTANT = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ](?P<time>[0-9]{2}:[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?P<fraction>[.,][0-9]{1,9})?)?"
    r"(?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LEAP_SECOND = "60"


class OffsetMissing(ValueError):
    """A time of day without its offset from UTC: it names no instant."""


def read_instant(written: str) -> datetime:
    """An instant written as ISO 8601 date and time with `Z` or an offset, in UTC.

    A leap second, which no other clock here can show, is the instant after it. Raises OffsetMissing where the
    offset is missing, ValueError for anything else that is no instant of the years 1 to 9999.
    """
    found = _INSTANT.fullmatch(written)
    if found is None:
        raise ValueError(written)
    leap = found["second"] == _LEAP_SECOND
    second = "59" if leap else found["second"] or "00"
    fraction = "" if leap else (found["fraction"] or "").replace(",", ".")
    local = datetime.fromisoformat(f"{found['day']}T{found['time']}:{second}{fraction}")
    if found["offset"] is None:
        raise OffsetMissing(written)
    instant = local.replace(
        tzinfo=datetime.fromisoformat(f"2000-01-01T00:00{found['offset'].upper()}").tzinfo
    )
    try:
        instant = instant.astimezone(UTC)
        if not leap:
            return instant
        if (instant.hour, instant.minute) != (23, 59):
            raise ValueError(written)
        return instant + timedelta(seconds=1)
    except OverflowError as error:
        raise ValueError(written) from error


def read_day(written: str) -> date:
    """A day written as ISO 8601, `2026-02-14`. Raises ValueError for anything else."""
    if _DAY.fullmatch(written) is None:
        raise ValueError(written)
    return date.fromisoformat(written)
