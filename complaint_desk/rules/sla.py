"""When a clock is due, how it stands, and why. Pure: the history and `now` go in, everything else follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from complaint_desk.models.enums import ClockState
from complaint_desk.rules.addends import Addend, AddendCode
from complaint_desk.rules.calendar import Calendar, CalendarFault, CalendarRefused
from complaint_desk.rules.local_time import instant_of, is_doubled, skipped_by
from complaint_desk.rules.pauses import Pause, PauseLedger, Standstill, standstills
from complaint_desk.rules.sla_targets import Target, TargetUnit
from complaint_desk.rules.working_targets import after_working_days, after_working_hours


@dataclass(frozen=True, slots=True)
class Due:
    """A due time, in UTC, and what it is made of, in order, the receipt first and the result last."""

    at: datetime
    why: tuple[Addend, ...]


@dataclass(frozen=True, slots=True)
class ClockReading:
    """All there is to say of one clock at one moment; instants in UTC."""

    due: Due
    met_at: datetime | None
    state: ClockState
    breached_at: datetime | None


def due_at(
    target: Target,
    received_at: datetime,
    zone: tzinfo,
    calendar: Calendar | None = None,
    pauses: Sequence[Standstill] = (),
) -> Due:
    """When a clock with this target, started at receipt, is due in the store's zone.

    Hours are counted as they pass; days keep the local time of receipt (training text 003: 24 hours, 48
    hours, 30 days). Working hours and days need a calendar. `pauses` are what `standstills` returns.
    Raises CalendarRefused where the calendar has no working time, or the due time lies after the year 9999.
    """
    try:
        received = received_at.astimezone(UTC)
        head = [Addend(AddendCode.RECEIPT, at=received), Addend(AddendCode.TARGET, target=target)]
        if target.unit.needs_calendar:
            if calendar is None:
                raise ValueError(target)
            count = after_working_hours if target.unit is TargetUnit.WORKING_HOURS else after_working_days
            due, middle = count(target.number, received, zone, calendar, pauses)
        else:
            due, middle = _unpaused(target, received, zone)
            ledger = PauseLedger(pauses)
            due = ledger.move(due)
            middle += ledger.addends(due)
        due.astimezone(zone)
    except OverflowError as error:
        raise CalendarRefused(CalendarFault.BEYOND_CALENDAR, str(target)) from error
    return Due(due, (*head, *middle, Addend(AddendCode.RESULT, at=due)))


def clock_state(due: datetime, met_at: datetime | None, now: datetime) -> ClockState:
    """How a clock stands: met once met, also late; late while unmet after its due time, not at it."""
    if met_at is not None:
        return ClockState.MET
    return ClockState.LATE if now.astimezone(UTC) > due.astimezone(UTC) else ClockState.RUNNING


def breached_at(due: datetime, met_at: datetime | None, now: datetime) -> datetime | None:
    """The due time if it was missed, by an act too late or by none until `now`; else None.

    A fact computed afresh each time: nothing done later makes it go away.
    """
    last = now if met_at is None else met_at
    return due if last.astimezone(UTC) > due.astimezone(UTC) else None


def first_act(acts: Iterable[datetime], received_at: datetime, now: datetime) -> datetime | None:
    """When a clock was met, in UTC: the first of the acts that meet it, from receipt on and up to `now`."""
    received, present = received_at.astimezone(UTC), now.astimezone(UTC)
    instants = (at.astimezone(UTC) for at in acts)
    return min((at for at in instants if received <= at <= present), default=None)


def read_clock(
    target: Target,
    received_at: datetime,
    zone: tzinfo,
    now: datetime,
    *,
    calendar: Calendar | None = None,
    pauses: Iterable[Pause] = (),
    acts: Iterable[datetime] = (),
) -> ClockReading:
    """One clock at `now`, from the pauses that name it and the moments of the acts that meet it.

    Raises CalendarRefused as `due_at` does.
    """
    met_at = first_act(acts, received_at, now)
    due = due_at(target, received_at, zone, calendar, standstills(pauses, received_at, now, met_at))
    return ClockReading(due, met_at, clock_state(due.at, met_at, now), breached_at(due.at, met_at, now))


def _unpaused(target: Target, received: datetime, zone: tzinfo) -> tuple[datetime, list[Addend]]:
    if target.unit is TargetUnit.HOURS:
        return received + timedelta(hours=target.number), []
    local = received.astimezone(zone).replace(tzinfo=None) + timedelta(days=target.number)
    due = instant_of(local, zone)
    if gap := skipped_by(local, zone):
        return due, [Addend(AddendCode.SKIPPED_LOCAL_TIME, at=due, length=gap)]
    if is_doubled(local, zone):
        return due, [Addend(AddendCode.DOUBLED_LOCAL_TIME, at=due)]
    return due, []
