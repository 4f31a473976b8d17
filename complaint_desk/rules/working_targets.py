"""Counting working hours and working days from receipt through a store's calendar."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo

from complaint_desk.rules.addends import Addend, AddendCode
from complaint_desk.rules.calendar import Calendar, CalendarDay, DayKind, working_time
from complaint_desk.rules.pauses import PauseLedger, Standstill

_NOTED = {
    DayKind.CLOSED: AddendCode.CLOSED_DAY,
    DayKind.HOLIDAY: AddendCode.HOLIDAY,
    DayKind.MAKE_UP: AddendCode.MAKE_UP_DAY,
    DayKind.OPENED: AddendCode.OPENED_DAY,
}
"""The days that are told one by one; ordinary weekly closing days are only counted."""


def after_working_hours(
    number: int, received: datetime, zone: tzinfo, calendar: Calendar, pauses: Sequence[Standstill]
) -> tuple[datetime, list[Addend]]:
    """The earliest instant at which so many working hours since receipt are used up, and what lies between.

    Takes and returns instants in UTC. Raises CalendarRefused as `Calendar.days` does, and OverflowError.
    """
    left = timedelta(hours=number)
    if left > datetime.max.replace(tzinfo=UTC) - received:
        raise OverflowError(number)
    days, ledger = _DaysPassed(calendar), PauseLedger(pauses)
    for day in calendar.days(received.astimezone(zone).date()):
        days.note(day)
        for opens, closes in working_time(day, zone):
            for start, end in ledger.running(max(opens, received), closes):
                if left <= end - start:
                    due = start + left
                    return due, [*days.addends(), *ledger.addends(due)]
                left -= end - start
    raise AssertionError(day)


def after_working_days(
    number: int, received: datetime, zone: tzinfo, calendar: Calendar, pauses: Sequence[Standstill]
) -> tuple[datetime, list[Addend]]:
    """The close of the last of so many working days after the day of receipt, and what lies between.

    A day counts unless the clock stands at its close. A pause that begins at the very close that is the due
    time moves nothing. Takes and returns instants in UTC. Raises CalendarRefused as `Calendar.days` does, and
    OverflowError.
    """
    left = number
    first = received.astimezone(zone).date() + timedelta(days=1)
    if left > (date.max - first).days:
        raise OverflowError(number)
    days, ledger = _DaysPassed(calendar), PauseLedger(pauses)
    for day in calendar.days(first):
        days.note(day)
        if not day.hours or not (hours := working_time(day, zone)):
            continue
        close = hours[-1][1]
        if ledger.takes_day(close, last=left == 1):
            continue
        left -= 1
        if not left:
            return close, [*days.addends(), *ledger.addends(close, in_days=True)]
    raise AssertionError(day)


class _DaysPassed:
    """The days walked over that a caller would ask about, and the years whose holidays are unknown."""

    def __init__(self, calendar: Calendar) -> None:
        self._country = calendar.country
        self._days: list[Addend] = []
        self._unknown_years: list[int] = []
        self._weekly_rest = 0

    def note(self, day: CalendarDay) -> None:
        """Walk over one day."""
        if day.kind is not DayKind.WEEKDAY:
            self._days.append(Addend(_NOTED[day.kind], day=day.day, country=self._country))
        elif not day.hours:
            self._weekly_rest += 1
        if not day.year_known and day.day.year not in self._unknown_years[-1:]:
            self._unknown_years.append(day.day.year)

    def addends(self) -> list[Addend]:
        """What was walked over, the unknown years first."""
        unknown = [
            Addend(AddendCode.UNKNOWN_YEAR, number=year, country=self._country)
            for year in self._unknown_years
        ]
        rest = [Addend(AddendCode.WEEKLY_REST, number=self._weekly_rest)] if self._weekly_rest else []
        return [*unknown, *self._days, *rest]
