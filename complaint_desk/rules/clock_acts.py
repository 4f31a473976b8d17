"""Which act meets which clock, when, and when its word is disputed."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from complaint_desk.models.enums import Act, ClockKind
from complaint_desk.models.event import Event
from complaint_desk.models.ticket import Clock

UNDOABLE = frozenset(
    {
        Act.ACKNOWLEDGED,
        Act.OWNED,
        Act.RESOLVED,
        Act.NOTED,
        Act.REOPENED,
        Act.CONFIRMED,
        Act.READ_BACK_CONFIRMED,
        Act.SITUATION_MET,
    }
)
"""What a person can take back; a correction is taken back by another correction, a mark by unmarking."""

RECORDED_LATE_AFTER = timedelta(minutes=1)
"""An act written down longer than this after it happened is marked as recorded late."""

_OWN_CLOCK = {Act.ACKNOWLEDGED: ClockKind.ADMIT, Act.OWNED: ClockKind.OWN, Act.RESOLVED: ClockKind.SOLVE}
_ALSO_UNMET: dict[Act, frozenset[ClockKind]] = {
    Act.ACKNOWLEDGED: frozenset(),
    Act.OWNED: frozenset({ClockKind.ADMIT}),
    Act.RESOLVED: frozenset(ClockKind),
}


def clocks_met_by(act: Act, clocks: Sequence[Clock]) -> tuple[int, ...]:
    """The positions of the clocks this act meets.

    Each act meets its own clock (acknowledging the 24 hours, taking responsibility the 48 hours, resolving
    the 30 days). Taking responsibility also meets an unmet 24 hours; resolving meets every unmet clock.
    """
    if act not in _OWN_CLOCK:
        return ()
    return tuple(
        position
        for position, clock in enumerate(clocks)
        if clock.kind is _OWN_CLOCK[act] or (clock.met_at is None and clock.kind in _ALSO_UNMET[act])
    )


def meet(clocks: list[Clock], event: Event, confirmed: Collection[str]) -> None:
    """Let this act meet the clocks it names; of two acts the one that happened first counts.

    A disputed word never takes the place of an act that met the clock in time beyond dispute.
    """
    for position in event.fields.get("meets", ()):
        clock = clocks[position]
        disputed = (
            is_disputed(clock.due_at, event.happened_at, event.recorded_at) and event.id not in confirmed
        )
        if clock.met_at is None or (
            event.happened_at < clock.met_at and not (disputed and _beyond_dispute(clock))
        ):
            clocks[position] = replace(
                clock,
                met_at=event.happened_at,
                met_by=event.id,
                recorded_late=event.recorded_at - event.happened_at > RECORDED_LATE_AFTER,
                disputed=disputed,
            )


def _beyond_dispute(clock: Clock) -> bool:
    return clock.met_at is not None and clock.met_at <= clock.due_at and not clock.disputed


def is_disputed(due_at: datetime, happened_at: datetime, recorded_at: datetime) -> bool:
    """Whether an act is said to have been in time but was written down only after the due time."""
    return happened_at <= due_at < recorded_at


def breach_of(clock: Clock, now: datetime) -> datetime | None:
    """The due time if it was missed, else None; a disputed act does not clear it until confirmed."""
    last = now if clock.met_at is None else clock.met_at
    return clock.due_at if clock.disputed or last > clock.due_at else None
