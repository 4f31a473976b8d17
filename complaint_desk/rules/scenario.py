"""A scenario: what would this policy do? One complaint that never was, with its clocks, pauses and acts.

It is read strictly and refused with everything that is wrong with it; else the engine alone answers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from complaint_desk.models.enums import ClockKind
from complaint_desk.rules.calendar import WEEKDAYS, Calendar, CalendarRefused, Span, day_hours
from complaint_desk.rules.instants import OffsetMissing, read_day, read_instant
from complaint_desk.rules.pauses import Pause
from complaint_desk.rules.public_holidays import country_codes
from complaint_desk.rules.sla import ClockReading, read_clock
from complaint_desk.rules.sla_targets import Target

KINDS = frozenset(str(kind) for kind in ClockKind) | {"feedback", "outside", "promise", "approval"}
"""The clocks a scenario can have: a ticket's own, and those for internal feedback, an outside authority's
procedure, a promise and an approval."""

MOST_PROBLEMS = 20
"""More problems of one scenario than this are not told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a scenario: the key it stands at, a stable code, and the value that shows it."""

    key: str
    code: str
    about: str = ""


class ScenarioRefused(ValueError):
    """A scenario that cannot be answered; `problems` says why, at least one."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


_Read = TypeVar("_Read")


def wrong(code: str, about: str = "", key: str = "") -> PydanticCustomError:
    """`key` is the one at fault below the place where a rule about several keys failed."""
    return PydanticCustomError(code, code, {"about": about, "key": key})


def text_read_by(read: Callable[[str], _Read], code: str) -> BeforeValidator:
    """A text that `read` turns into a value; where it raises ValueError or OSError, `code` is the problem."""

    def validate(value: object) -> _Read:
        if not isinstance(value, str):
            raise wrong("not_text")
        try:
            return read(value)
        except CalendarRefused as refused:
            raise wrong(refused.fault, refused.about) from refused
        except OffsetMissing as missing:
            raise wrong("offset_missing", value) from missing
        except (ValueError, OSError) as error:
            raise wrong(code, value) from error

    return BeforeValidator(validate)


def one_of(known: Callable[[], frozenset[str]]) -> Callable[[str], str]:
    """Reads one of these words; raises ValueError for another."""

    def read(written: str) -> str:
        if written not in known():
            raise ValueError(written)
        return written

    return read


def _without_overlap(spans: list[Span]) -> list[Span]:
    try:
        return list(day_hours(spans))
    except CalendarRefused as refused:
        raise wrong(refused.fault, refused.about) from refused


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except KeyError as error:
        raise ValueError(name) from error


Instant = Annotated[datetime, text_read_by(read_instant, "not_an_instant")]
Day = Annotated[date, text_read_by(read_day, "not_a_day")]
Kind = Annotated[str, text_read_by(one_of(lambda: KINDS), "unknown_kind")]
Country = Annotated[str, text_read_by(one_of(country_codes), "unknown_country")]
Zone = Annotated[InstanceOf[ZoneInfo], text_read_by(_zone, "unknown_zone")]
Allowed = Annotated[InstanceOf[Target], text_read_by(Target.parse, "unknown_target")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Opening = Annotated[
    list[Annotated[InstanceOf[Span], text_read_by(Span.parse, "not_hours")]], AfterValidator(_without_overlap)
]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class CalendarKeys(_Strict):
    """The store's working calendar; everything but the weekly hours may be left out."""

    hours: dict[Weekday, Opening]
    country: Country | None = None
    closed: list[Day] | None = None
    open: dict[Day, Opening] | None = None

    @model_validator(mode="after")
    def _is_a_calendar(self) -> Self:
        try:
            self.calendar()
        except CalendarRefused as refused:
            raise wrong(refused.fault, refused.about) from refused
        return self

    def calendar(self) -> Calendar:
        """The calendar as the rules know it."""
        weekly = {str(day): tuple(spans) for day, spans in self.hours.items()}
        return Calendar(
            weekly=tuple(weekly.get(day, ()) for day in WEEKDAYS),
            closed=frozenset(self.closed or ()),
            opened={day: tuple(spans) for day, spans in (self.open or {}).items()},
            country=self.country,
        )


class ClockKeys(_Strict):
    """One clock: what it waits for and how long it allows."""

    kind: Kind
    target: Allowed


class PauseKeys(_Strict):
    """One pause and the clocks it stops; without `to` it is still open."""

    start: Instant = Field(alias="from")
    to: Instant | None = None
    expected: Instant | None = None
    clocks: list[Kind]

    @model_validator(mode="after")
    def _ends_after_its_start(self) -> Self:
        try:
            self.pause()
        except ValueError as error:
            raise wrong("end_not_after_start", key="to" if self.to else "expected") from error
        return self

    def pause(self) -> Pause:
        """The pause as the rules know it. Raises ValueError for an end that is not after the start."""
        return Pause(self.start, self.to, self.expected)


class ActKeys(_Strict):
    """One act and the clock it meets."""

    at: Instant
    meets: Kind


class Scenario(_Strict):
    """One complaint that never was; `read_scenario` makes it from JSON."""

    received_at: Instant
    now: Instant
    time_zone: Zone
    calendar: CalendarKeys
    clocks: list[ClockKeys]
    pauses: list[PauseKeys] | None = None
    acts: list[ActKeys] | None = None

    @model_validator(mode="after")
    def _in_order_and_each_kind_once(self) -> Self:
        if self.now < self.received_at:
            raise wrong("now_before_receipt", key="now")
        kinds = [clock.kind for clock in self.clocks]
        if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
            raise wrong("kind_twice", twice[0], key="clocks")
        return self


@dataclass(frozen=True, slots=True)
class ClockAnswer:
    """What the engine says of one clock of a scenario."""

    kind: str
    target: Target
    reading: ClockReading


def read_scenario(keys: dict[str, Any]) -> Scenario:
    """A scenario from its JSON object. Raises ScenarioRefused with every problem found."""
    try:
        return Scenario.model_validate(keys)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise ScenarioRefused([problem_of(details) for details in found[:MOST_PROBLEMS]]) from error


def answer(scenario: Scenario) -> list[ClockAnswer]:
    """How each clock stands at the scenario's `now`, in the order they were given.

    Raises ScenarioRefused where a clock finds no working time, or its due time lies beyond the year 9999.
    """
    calendar = scenario.calendar.calendar()
    answers: list[ClockAnswer] = []
    problems: list[Problem] = []
    for position, clock in enumerate(scenario.clocks):
        try:
            reading = read_clock(
                clock.target,
                scenario.received_at,
                scenario.time_zone,
                scenario.now,
                calendar=calendar,
                pauses=[pause.pause() for pause in scenario.pauses or () if clock.kind in pause.clocks],
                acts=[act.at for act in scenario.acts or () if act.meets == clock.kind],
            )
        except CalendarRefused as refused:
            problems.append(Problem(f"clocks[{position}].target", refused.fault, str(clock.target)))
        else:
            answers.append(ClockAnswer(clock.kind, clock.target, reading))
    if problems:
        raise ScenarioRefused(problems)
    return answers


_CODES = {
    "extra_forbidden": "unknown_key",
    "missing": "missing_key",
    "literal_error": "unknown_weekday",
    "list_type": "not_a_list",
    "dict_type": "not_an_object",
    "model_type": "not_an_object",
}
"""Pydantic's own complaints under the names used here."""


def problem_of(details: ErrorDetails) -> Problem:
    """What Pydantic found wrong, under the names used here."""
    context = details.get("ctx", {})
    code = _CODES.get(details["type"], details["type"])
    path = [*details["loc"], *filter(None, [context.get("key")])]
    key = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path if part != "[key]")
    return Problem(key.removeprefix("."), code, str(context.get("about", "")))
