"""Which act meets which clock, when, and when its word is disputed."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from complaint_desk.models.enums import Act, ClockKind
from complaint_desk.models.event import Event
from complaint_desk.models.ticket import OUTLIVES_RESOLVING, Clock

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
        Act.PAUSED,
        Act.RESUMED,
        Act.SEVERITY_CHANGED,
        Act.ASSIGNED,
        Act.TAKEN,
        Act.HANDED_OVER,
        Act.ESCALATED,
        Act.PROMISED,
        Act.PROMISE_KEPT,
        Act.PROMISE_BROKEN,
        Act.PROMISE_PASSED_ON,
        Act.REMEDY_OFFERED,
        Act.REMEDY_APPROVED,
        Act.REMEDY_CHANGED,
        Act.REMEDY_REFUSED,
        Act.REMEDY_WITHDRAWN,
        Act.REMEDY_CARRIED_OUT,
        Act.FOLLOWED_UP,
        Act.CLOSED,
    }
)
"""What a person can take back; a correction is taken back by another correction, a mark by unmarking."""

RECORDED_LATE_AFTER = timedelta(minutes=1)
"""An act written down longer than this after it happened is marked as recorded late."""

_OWN_CLOCK = {Act.ACKNOWLEDGED: ClockKind.ADMIT, Act.OWNED: ClockKind.OWN, Act.RESOLVED: ClockKind.SOLVE}
_ALSO_UNMET: dict[Act, frozenset[ClockKind]] = {
    Act.ACKNOWLEDGED: frozenset({ClockKind.FEEDBACK}),
    Act.OWNED: frozenset({ClockKind.ADMIT, ClockKind.FEEDBACK}),
    Act.RESOLVED: frozenset(ClockKind) - OUTLIVES_RESOLVING,
}


def clocks_met_by(act: Act, clocks: Sequence[Clock]) -> tuple[int, ...]:
    """The places, by `Clock.position`, of the clocks this act meets.

    Each act meets its own clock (acknowledging the 24 hours, taking responsibility the 48 hours, resolving
    the 30 days). Taking responsibility also meets an unmet 24 hours; resolving meets every unmet clock but those
    of promises and approvals, which wait for their own acts. Each of them is a contact with the caller, and so
    meets the clock of internal feedback.
    """
    if act not in _OWN_CLOCK:
        return ()
    return tuple(
        clock.position
        for clock in clocks
        if clock.superseded_at is None
        and (clock.kind is _OWN_CLOCK[act] or (clock.met_at is None and clock.kind in _ALSO_UNMET[act]))
    )


def met_by(
    clock: Clock,
    events: Iterable[Event],
    undone: Collection[str],
    confirmed: Collection[str],
    due: Callable[[datetime | None], datetime],
) -> Clock:
    """The clock with the act that met it, if any did; of several the one that happened first counts.

    `due` gives the due time for the moment it was met, as pauses count no further. A disputed word never takes
    the place of an act that met the clock in time beyond dispute.
    """
    clock = replace(clock, due_at=due(None))
    for event in events:
        if event.id in undone or clock.position not in event.fields.get("meets", ()):
            continue
        at = due(event.happened_at)
        disputed = is_disputed(at, event.happened_at, event.recorded_at) and event.id not in confirmed
        if clock.met_at is None or (
            event.happened_at < clock.met_at and not (disputed and _beyond_dispute(clock))
        ):
            clock = replace(
                clock,
                due_at=at,
                met_at=event.happened_at,
                met_by=event.id,
                recorded_late=event.recorded_at - event.happened_at > RECORDED_LATE_AFTER,
                disputed=disputed,
            )
    return clock


def _beyond_dispute(clock: Clock) -> bool:
    return clock.met_at is not None and clock.met_at <= clock.due_at and not clock.disputed


def is_disputed(due_at: datetime, happened_at: datetime, recorded_at: datetime) -> bool:
    """Whether an act is said to have been in time but was written down only after the due time."""
    return happened_at <= due_at < recorded_at


def breach_of(clock: Clock, now: datetime) -> datetime | None:
    """The due time if it was missed, else None; a disputed act does not clear it until confirmed.

    A clock that another replaced was missed only if that was so by then. A promise that was broken is missed from
    the moment that was said, at the latest from its due time.
    """
    if clock.broken_at is not None:
        return min(clock.due_at, clock.broken_at)
    last = clock.met_at or clock.superseded_at or now
    return clock.due_at if clock.disputed or last > clock.due_at else None


def missed_since(clock: Clock, since: datetime, now: datetime) -> bool:
    """Whether the clock's due time was missed after this moment: no later word may take that away."""
    breach = breach_of(clock, now)
    return clock.superseded_at is None and breach is not None and breach >= since
