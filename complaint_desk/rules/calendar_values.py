"""A working calendar as plain values, as events and the policy keep it, and back."""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from complaint_desk.rules.calendar import WEEKDAYS, Calendar, Hours, Span, day_hours
from complaint_desk.rules.public_holidays import Notice


def calendar_values(calendar: Calendar, since: date | None = None) -> dict[str, Any]:
    """The calendar in values that JSON can hold; days before `since` are left out."""
    values: dict[str, Any] = {
        "hours": {day: _spans(hours) for day, hours in zip(WEEKDAYS, calendar.weekly, strict=True) if hours},
    }
    if calendar.version != 1:
        values["version"] = calendar.version
    first = since or date.min
    if closed := sorted(day.isoformat() for day in calendar.closed if day >= first):
        values["closed"] = closed
    if opened := {
        day.isoformat(): _spans(calendar.opened[day]) for day in sorted(calendar.opened) if day >= first
    }:
        values["open"] = opened
    if calendar.country is not None:
        values["country"] = calendar.country
    if notices := {
        str(year): {
            "holidays": sorted(day.isoformat() for day in notice.holidays),
            "make_up_days": sorted(day.isoformat() for day in notice.make_up_days),
        }
        for year, notice in sorted(calendar.notices.items())
        if year >= first.year
    }:
        values["notices"] = notices
    return values


def calendar_from(values: Mapping[str, Any]) -> Calendar:
    """The calendar these values describe. Raises CalendarRefused where they contradict themselves."""
    return _calendar_from(json.dumps(values, sort_keys=True))


@lru_cache(maxsize=64)
def _calendar_from(written: str) -> Calendar:
    values = json.loads(written)
    weekly = values["hours"]
    return Calendar(
        weekly=tuple(_hours(weekly.get(day, ())) for day in WEEKDAYS),
        closed=frozenset(map(date.fromisoformat, values.get("closed", ()))),
        opened={date.fromisoformat(day): _hours(spans) for day, spans in values.get("open", {}).items()},
        country=values.get("country"),
        notices={
            int(year): Notice(
                frozenset(map(date.fromisoformat, notice["holidays"])),
                frozenset(map(date.fromisoformat, notice["make_up_days"])),
            )
            for year, notice in values.get("notices", {}).items()
        },
        version=values.get("version", 1),
    )


def _spans(hours: Hours) -> list[str]:
    return [str(span) for span in hours]


def _hours(written: list[str]) -> Hours:
    return day_hours([Span.parse(span) for span in written])
