"""A policy as a person writes it: read strictly, refused with everything that is wrong with it, and written out."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from complaint_desk.models.enums import Channel, ClockKind, Role
from complaint_desk.models.policy import NOT_AT_RECEIPT, OFF, RESPONSE_CLOCKS, SHARED, WARN_AT, Policy
from complaint_desk.models.settling import AuthorityLevel, RemedyKind
from complaint_desk.rules.calendar import CalendarFault, CalendarRefused
from complaint_desk.rules.calendar_values import calendar_from, calendar_values
from complaint_desk.rules.policy_values import policy_from, policy_values
from complaint_desk.rules.scenario import (
    MOST_PROBLEMS,
    CalendarKeys,
    Day,
    Problem,
    one_of,
    problem_of,
    text_read_by,
    wrong,
)
from complaint_desk.rules.sla_targets import Target

CLOCKS_OF_A_POLICY = frozenset(ClockKind) - NOT_AT_RECEIPT
"""The kinds a rule can be about; what a reopened complaint is allowed stands under `reopening`, an approval under
`authority`."""


class PolicyRefused(ValueError):
    """A policy that cannot be; `problems` says why, at least one."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(problems)
        self.problems = problems


def _target(written: str) -> str:
    return written if written == OFF else str(Target.parse(written))


Allowed = Annotated[str, text_read_by(_target, "unknown_target")]
Limit = Annotated[str, text_read_by(lambda written: str(Target.parse(written)), "unknown_target")]
Kind = Annotated[str, text_read_by(one_of(lambda: frozenset(map(str, CLOCKS_OF_A_POLICY))), "unknown_kind")]
AnyKind = Annotated[str, text_read_by(one_of(lambda: frozenset(map(str, ClockKind))), "unknown_kind")]
Way = Annotated[str, text_read_by(one_of(lambda: frozenset(map(str, Channel))), "unknown_channel")]
Level = Annotated[str, text_read_by(one_of(lambda: frozenset(map(str, AuthorityLevel))), "unknown_level")]
RemedyName = Annotated[str, text_read_by(one_of(lambda: frozenset(map(str, RemedyKind))), "unknown_remedy")]
Position = Annotated[str, text_read_by(one_of(lambda: frozenset(map(str, Role))), "unknown_role")]


def _amount(written: str) -> str:
    """An amount in plain figures, as text: a figure of floating point would not be exact."""
    if not _PLAIN_AMOUNT.fullmatch(written):
        raise ValueError(written)
    return written


_PLAIN_AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,3})?", re.ASCII)
Amount = Annotated[str, text_read_by(_amount, "not_an_amount")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Rule(_Strict):
    kind: Kind
    target: Allowed
    channels: list[Way] = []
    severities: list[Literal[1, 2, 3, 4]] = []
    stores: list[str] = []
    warn_at: list[Annotated[float, Field(gt=0, lt=100)]] = list(WARN_AT)
    source: str = ""
    source_date: str = ""
    note: str = ""


class _Reopening(_Strict):
    target: Limit


class _Pauses(_Strict):
    clocks: list[AnyKind]
    longest_days: Annotated[int, Field(ge=1, le=366)]
    most: Annotated[int, Field(ge=0, le=100)]

    @model_validator(mode="after")
    def _no_clock_of_an_answer(self) -> Self:
        if answering := sorted(RESPONSE_CLOCKS & set(self.clocks)):
            raise wrong("response_clock_paused", answering[0], key="clocks")
        return self


class _Step(_Strict):
    level: Annotated[int, Field(ge=1, le=9)]
    role: Position


class _OwnAuthority(_Strict):
    role: Position
    level: Level
    amounts: dict[RemedyName, Amount] = {}

    @model_validator(mode="after")
    def _amounts_fit_the_level(self) -> Self:
        if self.amounts and self.level != AuthorityLevel.PARTLY_LIMITED:
            raise wrong("amounts_without_limit", self.level, key="amounts")
        return self


class _Authority(_Strict):
    approval: Limit
    roles: Annotated[list[_OwnAuthority], Field(min_length=1)]

    @model_validator(mode="after")
    def _somebody_decides(self) -> Self:
        roles = [each.role for each in self.roles]
        if twice := [role for role in roles if roles.count(role) > 1]:
            raise wrong("role_twice", twice[0], key="roles")
        if all(each.level != AuthorityLevel.FULL for each in self.roles):
            raise wrong("nobody_decides", key="roles")
        return self


class _Notice(_Strict):
    holidays: list[Day]
    make_up_days: list[Day]


class _StoreCalendar(CalendarKeys):
    notices: dict[str, _Notice] = Field(default_factory=dict)
    version: int = 1

    @model_validator(mode="after")
    def _days_are_of_their_year(self) -> Self:
        for year, notice in self.notices.items():
            for day in (*notice.holidays, *notice.make_up_days):
                if str(day.year) != year:
                    raise wrong("not_of_the_year", day.isoformat(), key=f"notices.{year}")
        return self


class _PolicyKeys(_Strict):
    version: int = 1
    clocks: Annotated[list[_Rule], Field(min_length=1)]
    reopening: _Reopening
    pauses: _Pauses
    escalation: Annotated[list[_Step], Field(min_length=1)]
    authority: _Authority | None = None
    calendars: dict[str, _StoreCalendar]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if SHARED not in self.calendars:
            raise wrong("missing_key", key=f"calendars.{SHARED}")
        levels = [step.level for step in self.escalation]
        if levels != sorted(set(levels)):
            raise wrong("levels_out_of_order", key="escalation")
        return self


def read_policy(keys: Mapping[str, Any], today: date) -> Policy:
    """A policy from its parsed file. Raises PolicyRefused with every problem found.

    Each calendar must have working time in the ten years from `today` on.
    """
    try:
        read = _PolicyKeys.model_validate(keys)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        raise PolicyRefused([problem_of(details) for details in found[:MOST_PROBLEMS]]) from error
    values = read.model_dump(mode="json", exclude={"calendars"}, exclude_none=True)
    values["calendars"] = {
        name: _calendar_values(keys["calendars"][name], calendar) for name, calendar in read.calendars.items()
    }
    problems = list(_without_working_time(values["calendars"], today))
    if problems:
        raise PolicyRefused(problems)
    return policy_from(values)


def _calendar_values(written: Mapping[str, Any], read: _StoreCalendar) -> dict[str, Any]:
    """The calendar in the plain values that events keep; days given as TOML dates are refused before."""
    return calendar_values(calendar_from({**written, "version": read.version}))


def _without_working_time(calendars: Mapping[str, Mapping[str, Any]], today: date) -> Iterator[Problem]:
    for name, values in calendars.items():
        try:
            calendar_from(values).require_working_time(today)
        except CalendarRefused as refused:
            yield Problem(f"calendars.{name}", CalendarFault(refused.fault).value, refused.about)


def policy_toml(policy: Policy) -> str:
    """The policy as a TOML file that `read_policy` takes back, parsed."""
    values = policy_values(policy)
    lines = [f"version = {values['version']}"]
    for rule in values["clocks"]:
        lines += ["", "[[clocks]]", *_pairs(rule)]
    for name in ("reopening", "pauses"):
        lines += ["", f"[{name}]", *_pairs(values[name])]
    for step in values["escalation"]:
        lines += ["", "[[escalation]]", *_pairs(step)]
    lines += ["", "[authority]", *_pairs({"approval": values["authority"]["approval"]})]
    for own in values["authority"]["roles"]:
        plain = {key: value for key, value in own.items() if key != "amounts"}
        lines += ["", "[[authority.roles]]", *_pairs(plain)]
        if "amounts" in own:
            lines += ["[authority.roles.amounts]", *_pairs(own["amounts"])]
    for store, calendar in values["calendars"].items():
        head = f"calendars.{_quoted(store)}"
        plain = {key: value for key, value in calendar.items() if not isinstance(value, Mapping)}
        lines += ["", f"[{head}]", *_pairs(plain), "", f"[{head}.hours]", *_pairs(calendar["hours"])]
        if "open" in calendar:
            lines += ["", f"[{head}.open]", *_pairs(calendar["open"])]
        for year, notice in calendar.get("notices", {}).items():
            lines += ["", f"[{head}.notices.{_quoted(year)}]", *_pairs(notice)]
    return "\n".join(lines) + "\n"


def _pairs(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        yield f"{key if key.isidentifier() and key.isascii() else _quoted(key)} = {_value(value)}"


def _value(value: Any) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_value(each) for each in value) + "]"
    return str(value)


def _quoted(text: str) -> str:
    signs = (
        "\\" + sign if sign in '"\\' else sign if sign.isprintable() else f"\\U{ord(sign):08x}"
        for sign in text
    )
    return '"' + "".join(signs) + '"'
