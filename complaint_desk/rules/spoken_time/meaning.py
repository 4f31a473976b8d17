"""What was said about a time, in no language: which day, which part of it, what the clock showed."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from enum import Enum

from complaint_desk.models.enums import Precision


class Part(Enum):
    """A part of the day as (first hour, hour after its last); callers' parts overlap, as speech does."""

    DAWN = (0, 5)
    MORNING = (5, 12)
    NOON = (11, 14)
    AFTERNOON = (12, 19)
    DUSK = (17, 19)
    EVENING = (17, 24)
    LAST_NIGHT = (18, 24)
    DEEP_NIGHT = (22, 24)

    @property
    def first_hour(self) -> int:
        """The hour it starts at."""
        first, _ = self.value
        return first

    @property
    def end_hour(self) -> int:
        """The hour it is over at; 24 is midnight."""
        _, end = self.value
        return end

    @property
    def reaches_past_midnight(self) -> bool:
        """Whether "one o'clock" of it belongs to the next calendar day (昨晚一点 is today's 01:00)."""
        return self in (Part.EVENING, Part.LAST_NIGHT, Part.DEEP_NIGHT)


@dataclass(frozen=True)
class Clock:
    """What the clock showed. `literal` is a 24-hour reading; else 1 to 12 may be either half of the day."""

    hour: int
    minute: int | None = None
    second: int = 0
    meridiem: str | None = None
    literal: bool = False

    @property
    def precision(self) -> Precision:
        """Minutes named make it exact to the minute."""
        return Precision.HOUR if self.minute is None else Precision.MINUTE


@dataclass(frozen=True)
class Meaning:
    """Everything said about a time, each matter at most once. Offsets count from the day of receipt.

    `loose` days stand for the week around them;
    `coming` is the next such weekday, `not_this` a month before the present one (last October),
    `shift` so many days from the day named (国庆前两天). `vague` is a day nobody can name (那天, the other day);
    `elsewhen` starts another event (第二天, the next day); `impossible` is a time no calendar or clock has.
    `swappable` marks a numeric date whose day and month could be exchanged.
    """

    days: int | None = None
    loose: bool = False
    week: int | None = None
    weekday: int | None = None
    weekdays_back: int | None = None
    coming: bool = False
    not_this: bool = False
    year: int | None = None
    years_away: int | None = None
    month: int | None = None
    months_away: int | None = None
    day: int | None = None
    edge: str | None = None
    festival: str | None = None
    shift: int | None = None
    moment: timedelta | None = None
    moment_precision: Precision | None = None
    instant: datetime | None = None
    swappable: bool = False
    part: Part | None = None
    clock: Clock | None = None
    vague: bool = False
    elsewhen: bool = False
    impossible: bool = False

    def named(self) -> frozenset[str]:
        """The names of what was said."""
        said = ((f.name, getattr(self, f.name)) for f in fields(self))
        return frozenset(name for name, value in said if value is not None and value is not False)

    def dated(self) -> frozenset[str]:
        """What of it names a day, a week or a month."""
        return self.named() - {
            "part",
            "clock",
            "vague",
            "elsewhen",
            "impossible",
            "coming",
            "not_this",
            "shift",
            "moment_precision",
            "swappable",
            "loose",
        }

    def joined(self, other: "Meaning") -> "Meaning":
        """Both together; what `other` says wins where both speak."""
        return replace(self, **{name: getattr(other, name) for name in other.named()})

    def without(self, name: str) -> "Meaning":
        """All but one matter."""
        return Meaning(**{kept: getattr(self, kept) for kept in self.named() - {name}})

    def without_date(self) -> "Meaning":
        """Only the part of the day and the clock."""
        return Meaning(part=self.part, clock=self.clock)


@dataclass(frozen=True)
class Piece:
    """A stretch of the caller's words and its meaning. A weak one (一点, 3) counts only beside a sure one."""

    start: int
    end: int
    meaning: Meaning
    weak: bool = False
