"""When a store works: weekly hours, days closed or opened by the store, public holidays and make-up days.

A calendar is a value with a version; a change makes a new one. Which of its rules decides a day, the
strongest first: the store's own opened and closed days, the year's make-up days, its holidays, the week.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from complaint_desk.rules.local_time import instant_of
from complaint_desk.rules.public_holidays import (
    COUNTRIES_KNOWN_BY_NOTICE_ONLY,
    Notice,
    country_codes,
    notice_of,
)

LOOK_AHEAD_YEARS = 10
"""How many years without any working time are searched before a calendar is given up."""

_MIDNIGHT = time()
_MINUTES_A_DAY = 24 * 60
_ONE_DAY = timedelta(days=1)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The names of weekdays in policies and scenarios, Monday first, as `date.weekday` counts."""


class CalendarFault(StrEnum):
    """What is wrong with a calendar."""

    NOT_HOURS = "not_hours"
    END_NOT_AFTER_START = "end_not_after_start"
    SPANS_OVERLAP = "spans_overlap"
    CLOSED_AND_OPEN = "closed_and_open"
    UNKNOWN_COUNTRY = "unknown_country"
    NO_WORKING_TIME = "no_working_time"
    BEYOND_CALENDAR = "beyond_calendar"


class CalendarRefused(ValueError):
    """A calendar that cannot be, or cannot answer: `fault` says why, `about` is the value that shows it."""

    def __init__(self, fault: CalendarFault, about: str = "") -> None:
        super().__init__(fault.value, about)
        self.fault = fault
        self.about = about


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Opening hours without a break, in minutes after local midnight; 1440 is the end of the day."""

    opens: int
    closes: int

    @classmethod
    def parse(cls, written: str) -> "Span":
        """Read hours written as `09:00-12:00`; `24:00` may end a day.

        Raises CalendarRefused for anything else and for an end that is not after its start.
        """
        found = _SPAN.fullmatch(written)
        if found is None:
            raise CalendarRefused(CalendarFault.NOT_HOURS, written)
        opens, closes = int(found[1]) * 60 + int(found[2]), int(found[3]) * 60 + int(found[4])
        if closes > _MINUTES_A_DAY or opens >= _MINUTES_A_DAY:
            raise CalendarRefused(CalendarFault.NOT_HOURS, written)
        if closes <= opens:
            raise CalendarRefused(CalendarFault.END_NOT_AFTER_START, written)
        return cls(opens, closes)

    def __str__(self) -> str:
        return "-".join(f"{minutes // 60:02}:{minutes % 60:02}" for minutes in (self.opens, self.closes))


_SPAN = re.compile(r"([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])", re.ASCII)

Hours = tuple[Span, ...]
"""A day's opening hours in order; empty on a closed day."""


def day_hours(spans: Sequence[Span]) -> Hours:
    """These spans as one day's hours, in order; they may touch. Raises CalendarRefused where they overlap."""
    hours = tuple(sorted(spans))
    for earlier, later in pairwise(hours):
        if later.opens < earlier.closes:
            raise CalendarRefused(CalendarFault.SPANS_OVERLAP, f"{earlier}, {later}")
    return hours


class DayKind(StrEnum):
    """Which rule of the calendar decided a day's hours."""

    WEEKDAY = "weekday"
    CLOSED = "closed"
    OPENED = "opened"
    HOLIDAY = "holiday"
    MAKE_UP = "make_up"


class CalendarDay(NamedTuple):
    """One day: its hours and the rule they come from.

    A rule that changes nothing does not count: a holiday on a weekly closing day is a `WEEKDAY`.
    """

    day: date
    kind: DayKind
    hours: Hours
    year_known: bool = True


@dataclass(frozen=True)
class Calendar:
    """A store's working calendar. Raises CalendarRefused where it contradicts itself.

    `weekly` has seven entries, Monday first; `notices` are years added by the store, in place of what
    the library knows of them.
    """

    weekly: tuple[Hours, ...]
    closed: Set[date] = frozenset()
    opened: Mapping[date, Hours] = field(default_factory=dict)
    country: str | None = None
    notices: Mapping[int, Notice] = field(default_factory=dict)
    version: int = 1

    def __post_init__(self) -> None:
        if len(self.weekly) != len(WEEKDAYS):
            raise ValueError(self.weekly)
        if both := sorted(self.closed & self.opened.keys()):
            raise CalendarRefused(CalendarFault.CLOSED_AND_OPEN, both[0].isoformat())
        if self.country is not None and self.country not in country_codes():
            raise CalendarRefused(CalendarFault.UNKNOWN_COUNTRY, self.country)

    def knows(self, year: int) -> bool:
        """Whether the public holidays of this year are known, or none are asked for."""
        return self.country not in COUNTRIES_KNOWN_BY_NOTICE_ONLY or self._notice(year) is not None

    def on(self, day: date) -> CalendarDay:
        """This day's hours and the rule they come from."""
        return self._on(day, self._notice(day.year), self.knows(day.year))

    def days(self, first: date) -> Iterator[CalendarDay]:
        """Every day from this one on, without end.

        Raises CalendarRefused when ten years pass without working time, or at the end of the year 9999.
        """
        day = last_worked = first
        year = None
        while True:
            if day.year != year:
                year = day.year
                notice, known = self._notice(year), self.knows(year)
            found = self._on(day, notice, known)
            if found.hours:
                last_worked = day
            elif day.year - last_worked.year >= LOOK_AHEAD_YEARS and day >= _give_up(last_worked):
                raise CalendarRefused(CalendarFault.NO_WORKING_TIME, first.isoformat())
            yield found
            if day == date.max:
                raise CalendarRefused(CalendarFault.BEYOND_CALENDAR)
            day += _ONE_DAY

    def require_working_time(self, first: date) -> None:
        """Raise CalendarRefused for a calendar without working time in the ten years from this day."""
        next(day for day in self.days(first) if day.hours)

    def _on(self, day: date, notice: Notice | None, year_known: bool) -> CalendarDay:
        kind, hours = DayKind.WEEKDAY, self.weekly[day.weekday()]
        if notice is not None:
            if day in notice.make_up_days:
                if made_up := next((hours for hours in self.weekly if hours), ()):
                    kind, hours = DayKind.MAKE_UP, made_up
            elif hours and day in notice.holidays:
                kind, hours = DayKind.HOLIDAY, ()
        opened = self.opened.get(day)
        if opened:
            kind, hours = DayKind.OPENED, opened
        elif hours and (opened is not None or day in self.closed):
            kind, hours = DayKind.CLOSED, ()
        return CalendarDay(day, kind, hours, year_known)

    def _notice(self, year: int) -> Notice | None:
        if self.country is None:
            return self.notices.get(year)
        return self.notices.get(year) or notice_of(self.country, year)


def working_time(day: CalendarDay, zone: tzinfo) -> list[tuple[datetime, datetime]]:
    """The day's opening hours as instants in UTC, half-open, in order, without overlap.

    Where a change of the clocks skips or doubles an opening or closing time, `instant_of` says which moment
    is meant; hours that fall into the gap are left out, and so is a day that the zone skipped as a whole.
    Raises OverflowError outside the years 1 to 9999.
    """
    if not day.hours:
        return []
    first = datetime.combine(day.day, _MIDNIGHT, zone)
    offset, after = first.utcoffset(), (first + _ONE_DAY).utcoffset()
    if offset is not None and offset == after:
        midnight = datetime.combine(day.day, _MIDNIGHT, UTC) - offset
        return [(midnight + _minutes(span.opens), midnight + _minutes(span.closes)) for span in day.hours]
    return _working_time_over_a_change(day, zone)


def _working_time_over_a_change(day: CalendarDay, zone: tzinfo) -> list[tuple[datetime, datetime]]:
    local = datetime.combine(day.day, _MIDNIGHT)
    reached, midnight = instant_of(local, zone), instant_of(local + _ONE_DAY, zone)
    spans: list[tuple[datetime, datetime]] = []
    for span in day.hours:
        start = max(instant_of(local + _minutes(span.opens), zone), reached)
        end = min(instant_of(local + _minutes(span.closes), zone), midnight)
        if start < end:
            spans.append((start, end))
            reached = end
    return spans


@cache
def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def _give_up(last_worked: date) -> date:
    try:
        return last_worked.replace(year=last_worked.year + LOOK_AHEAD_YEARS)
    except ValueError:
        return date(last_worked.year + LOOK_AHEAD_YEARS, 3, 1)
