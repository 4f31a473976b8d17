"""When a clock is due, how it stands, and why. Pure: the history and `now` go in, everything else follows."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from complaint_desk.models.enums import ClockState
from complaint_desk.rules.addends import Addend, AddendCode
from complaint_desk.rules.local_time import instant_of, is_doubled, skipped_by
from complaint_desk.rules.sla_targets import Target, TargetUnit


@dataclass(frozen=True, slots=True)
class Due:
    """A due time, in UTC, and what it is made of, in order, the receipt first and the result last."""

    at: datetime
    why: tuple[Addend, ...]


def due_at(target: Target, received_at: datetime, zone: tzinfo) -> Due:
    """When a clock with this target, started at receipt, is due in the store's zone.

    Hours are counted as they pass; days keep the local time of receipt (training text 003: 24 hours, 48
    hours, 30 days).
    """
    received = received_at.astimezone(UTC)
    why = [Addend(AddendCode.RECEIPT, at=received), Addend(AddendCode.TARGET, target=target)]
    if target.unit is TargetUnit.HOURS:
        due = received + timedelta(hours=target.number)
    elif target.unit is TargetUnit.DAYS:
        local = received.astimezone(zone).replace(tzinfo=None) + timedelta(days=target.number)
        due = instant_of(local, zone)
        if gap := skipped_by(local, zone):
            why.append(Addend(AddendCode.SKIPPED_LOCAL_TIME, at=due, length=gap))
        elif is_doubled(local, zone):
            why.append(Addend(AddendCode.DOUBLED_LOCAL_TIME, at=due))
    else:
        raise NotImplementedError(target)
    why.append(Addend(AddendCode.RESULT, at=due))
    return Due(due, tuple(why))


def clock_state(due: datetime, met_at: datetime | None, now: datetime) -> ClockState:
    """How a clock stands at `now`: met once met, also late; late while unmet after the due time, not at it."""
    if met_at is not None:
        return ClockState.MET
    return ClockState.LATE if now.astimezone(UTC) > due.astimezone(UTC) else ClockState.RUNNING


def breached_at(due: datetime, met_at: datetime | None, now: datetime) -> datetime | None:
    """The due time if it was missed, by an act too late or by none until `now`; else None.

    A fact computed afresh each time: nothing done later makes it go away.
    """
    last = now if met_at is None else met_at
    return due if last.astimezone(UTC) > due.astimezone(UTC) else None
