"""By when a promise is due, where a day, a week or a month was named and not the hour. Pure."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

from complaint_desk.models.enums import Precision
from complaint_desk.rules.calendar import Calendar, working_time
from complaint_desk.rules.local_time import instant_of

_LAST_MINUTE = time(23, 59)
_DAYS_OF_A_WEEK = 7
_ONE_DAY = timedelta(days=1)


def due_of(
    meant: datetime, precision: Precision | None, calendar: Calendar, zone: tzinfo, now: datetime
) -> datetime:
    """When a promise is due that was read as `meant`, exact to `precision`; in UTC.

    A bare day is due when the store closes on it, a week or a month when it closes for the last time in it; where it
    does not open any more by then, at one minute to midnight of the last day.
    """
    start = meant.astimezone(zone).date()
    match precision:
        case Precision.DAY:
            first = last = start
        case Precision.WEEK:
            first, last = start, start + _ONE_DAY * (_DAYS_OF_A_WEEK - 1 - start.weekday())
        case Precision.MONTH:
            first, last = start, (start.replace(day=1) + 32 * _ONE_DAY).replace(day=1) - _ONE_DAY
        case _:
            return meant.astimezone(UTC)
    day = last
    while day >= first:
        if closes := _close(day, calendar, zone, now):
            return closes
        day -= _ONE_DAY
    return instant_of(datetime.combine(last, _LAST_MINUTE), zone)


def _close(day: date, calendar: Calendar, zone: tzinfo, now: datetime) -> datetime | None:
    spans = working_time(calendar.on(day), zone)
    return spans[-1][1] if spans and spans[-1][1] > now else None
