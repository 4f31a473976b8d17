"""What a due time is made of, piece by piece: codes and values; the words are the desk's."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from complaint_desk.rules.sla_targets import Target


class AddendCode(StrEnum):
    """What one piece of a deadline is."""

    RECEIPT = "receipt"
    """`at`: when the complaint was received."""
    TARGET = "target"
    """`target`: the time allowed."""
    SKIPPED_LOCAL_TIME = "skipped_local_time"
    """`at`: the due time moved on to, as the clocks go forward over the local time; `length`: the gap."""
    DOUBLED_LOCAL_TIME = "doubled_local_time"
    """`at`: the first of the two moments that carry the local time."""
    PAUSE = "pause"
    """`at` to `until`; `length`: the elapsed or working time that did not count for it."""
    PAUSE_DAYS = "pause_days"
    """`at` to `until`; `number`: the working days that did not count for it."""
    PAUSE_OPEN = "pause_open"
    """`at`: since when the clock stands; the due time is shown as if it were resumed at `until`."""
    PAUSE_TOO_LATE = "pause_too_late"
    """`at`: a pause that began at or after the due time and moved nothing."""
    CLOSED_DAY = "closed_day"
    """`day`: closed by the store's own calendar."""
    HOLIDAY = "holiday"
    """`day`: closed as a public holiday of `country`."""
    MAKE_UP_DAY = "make_up_day"
    """`day`: worked in place of another, by the notice of `country`."""
    OPENED_DAY = "opened_day"
    """`day`: with opening hours of its own."""
    WEEKLY_REST = "weekly_rest"
    """`number`: the ordinary weekly days without opening hours that were passed over."""
    UNKNOWN_YEAR = "unknown_year"
    """`number`: the year whose holiday notice is not known for `country`, counted by weekdays."""
    RESULT = "result"
    """`at`: the due time."""


@dataclass(frozen=True, slots=True)
class Addend:
    """One line of "why this deadline?". Which values are set is told by `AddendCode`; instants are aware."""

    code: AddendCode
    at: datetime | None = None
    until: datetime | None = None
    length: timedelta | None = None
    day: date | None = None
    number: int | None = None
    target: Target | None = None
    country: str | None = None
