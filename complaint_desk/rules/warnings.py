"""At which moments a clock warns: marks on its way to the due time, raised while the store is open."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import NamedTuple

from complaint_desk.rules.calendar import Calendar, CalendarRefused, working_time

OVERDUE = 100.0
"""The mark of the due time itself, in percent."""


class Mark(NamedTuple):
    """A share of a clock's time, and when the seat is warned that it is used up."""

    share: float
    """In percent of the time allowed; `OVERDUE` for all of it."""
    at: datetime
    """When it is used up."""
    raised_at: datetime
    """That moment or, in closed hours, when the store opens next."""


def warning_marks(
    started_at: datetime, due_at: datetime, warn_at: Sequence[float], calendar: Calendar, zone: tzinfo
) -> tuple[Mark, ...]:
    """The marks of a clock in rising order; the due time itself is always one."""
    allowed = due_at - started_at
    moments = [(share, started_at + allowed * (share / 100)) for share in sorted({*warn_at, OVERDUE})]
    return tuple(Mark(share, at, _open_from(at, calendar, zone)) for share, at in moments)


def warnings_reached(
    started_at: datetime,
    due_at: datetime,
    warn_at: Sequence[float],
    now: datetime,
    calendar: Calendar,
    zone: tzinfo,
) -> tuple[float, ...]:
    """The marks, in percent of the time and rising, that have been raised by `now`.

    A mark that falls into closed hours is raised when the store opens next. Which of them a seat has shown is
    the seat's own knowledge: the marks follow from the moments alone, and stay raised once they are.
    """
    return raised(warning_marks(started_at, due_at, warn_at, calendar, zone), now)


def raised(marks: Sequence[Mark], now: datetime) -> tuple[float, ...]:
    """The shares whose marks have been raised by now; a clock is overdue after its due time, not at it."""
    return tuple(
        mark.share for mark in marks if mark.raised_at <= now and (mark.at < now or mark.share != OVERDUE)
    )


def _open_from(at: datetime, calendar: Calendar, zone: tzinfo) -> datetime:
    """This moment if the store is open at it, else when it opens next; itself where it never does."""
    moment = at.astimezone(UTC)
    try:
        return next(
            max(opens, moment)
            for day in calendar.days(at.astimezone(zone).date())
            for opens, closes in working_time(day, zone)
            if moment < closes
        )
    except (CalendarRefused, OverflowError):
        return moment
