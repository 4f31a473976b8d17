"""At which moments a clock warns: marks on its way to the due time, raised while the store is open."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from complaint_desk.rules.calendar import Calendar, working_time

OVERDUE = 100.0
"""The mark of the due time itself, in percent."""

_A_YEAR = 366


def warnings_reached(
    started_at: datetime,
    due_at: datetime,
    warn_at: Sequence[float],
    now: datetime,
    calendar: Calendar,
    zone: tzinfo,
) -> tuple[float, ...]:
    """The marks, in percent of the time and rising, that have been raised by `now`; `OVERDUE` is always one.

    A mark that falls into closed hours is raised when the store opens next. Which of them a seat has shown is
    the seat's own knowledge: the marks follow from the moments alone, and stay raised once they are.
    """
    allowed = due_at - started_at
    marks = [(share, started_at + allowed * (share / 100)) for share in sorted({*warn_at, OVERDUE})]
    return tuple(
        share
        for share, at in marks
        if (at < now if share == OVERDUE else at <= now) and _opened_since(at, now, calendar, zone)
    )


def _opened_since(at: datetime, now: datetime, calendar: Calendar, zone: tzinfo) -> bool:
    """Whether the store was open at that moment or at any later one up to now."""
    day, last = at.astimezone(zone).date(), now.astimezone(zone).date()
    for _day in range(_A_YEAR):
        if day > last:
            return False
        for opens, closes in working_time(calendar.on(day), zone):
            if opens <= now and at.astimezone(UTC) < closes:
                return True
        day = date.fromordinal(day.toordinal() + 1)
    return now - at > timedelta(days=_A_YEAR)
