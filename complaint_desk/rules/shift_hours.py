"""When a shift and a day end, by the store's calendar and its clock on the wall."""

from datetime import datetime, time, timedelta, tzinfo

from complaint_desk.rules.calendar import Calendar, working_time
from complaint_desk.rules.local_time import instant_of

_ONE_DAY = timedelta(days=1)


def shift_end(now: datetime, calendar: Calendar, zone: tzinfo) -> datetime:
    """When the opening hours end that run at this moment, else the next ones to come.

    Raises CalendarRefused for a calendar in which none ever come.
    """
    return next(
        closes
        for day in calendar.days(now.astimezone(zone).date())
        for _opens, closes in working_time(day, zone)
        if closes > now
    )


def day_end(now: datetime, zone: tzinfo) -> datetime:
    """The local midnight that comes next."""
    return instant_of(datetime.combine(now.astimezone(zone).date() + _ONE_DAY, time()), zone)
