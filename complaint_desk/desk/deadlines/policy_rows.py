"""What a change of the rules writes for one open ticket, made before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from complaint_desk.models.enums import Act, ClockKind
from complaint_desk.models.event import SCHEMA_VERSION, Event
from complaint_desk.models.retiming import OpenClock, OpenTicket
from complaint_desk.models.ticket import Clock
from complaint_desk.rules.lifecycle import fold
from complaint_desk.rules.retiming import Retiming
from complaint_desk.store import history, projections
from complaint_desk.store.retimed_rows import (
    Following,
    RetimedTicket,
    clock_as_kept,
    new_clock,
    retimed,
)


@dataclass(slots=True)
class PolicyPreview:
    """What a version of the rules would do to the tickets that are open now."""

    open: int = 0
    moved: int = 0
    """Tickets of which a clock would be due at another time."""
    become_late: int = 0
    """Of those, tickets of which a clock that runs now would be late at once."""
    earlier: int = 0
    later: int = 0
    already_late: int = 0
    """Tickets with a clock that is late now; what was missed stays missed under any rules."""
    by_kind: Counter[ClockKind] = field(default_factory=Counter)


def ask(ticket: OpenTicket, asked: Retiming, now: datetime, preview: PolicyPreview) -> RetimedTicket | None:
    """Ask about a ticket that its rows tell whole; None where it stays as it is."""
    waiting = ticket.waiting
    preview.already_late += any(clock.due_at < now for clock in waiting)
    found = asked.ask(ticket)
    if found is None:
        return None
    _count(preview, found.due, now)
    new = [
        new_clock(ticket.id, ticket.next_position + number, started, due)
        for number, (started, (_kind, _old, due)) in enumerate(
            zip(found.fields["clocks"], found.due, strict=True)
        )
    ]
    before = min(waiting, key=_due)
    gone = dict(zip(found.fields["supersedes"], found.due, strict=True))
    standing = [
        replace(clock, due_at=gone[clock.position][2]) if clock.position in gone else clock
        for clock in waiting
    ]
    following = min(standing, key=lambda clock: (clock.due_at, clock.position in gone))
    return retimed(
        ticket.id,
        ticket.row,
        found.fields,
        tuple(new),
        Following(following.due_at, following.kind.value, following.started_at, None),
        same_clock=(before.kind, before.started_at) == (following.kind, following.started_at),
    )


def _due(clock: OpenClock) -> datetime:
    return clock.due_at


def _count(
    preview: PolicyPreview, due: Sequence[tuple[ClockKind, datetime, datetime]], now: datetime
) -> None:
    preview.moved += 1
    preview.become_late += any(new < now for _kind, _old, new in due)
    preview.earlier += any(new < old for _kind, old, new in due)
    preview.later += any(new > old for _kind, old, new in due)
    preview.by_kind.update(kind for kind, _old, _new in due)


def _without_pauses(ticket: OpenTicket, clocks: Sequence[Clock]) -> OpenTicket:
    """The ticket with the due times its clocks would have without pauses, late ones as they are."""
    known = {clock.position: clock for clock in clocks}
    return replace(
        ticket,
        clocks=tuple(
            OpenClock(
                clock.position,
                clock.kind,
                clock.target,
                clock.started_at,
                known[clock.position].due_at,
                known[clock.position].is_waiting,
                unpaused_due_at=known[clock.position].unpaused_due_at,
            )
            for clock in ticket.clocks
            if clock.position in known
        ),
    )


def ask_history(
    connection: Connection,
    ticket: OpenTicket,
    asked: Retiming,
    now: datetime,
    names: Mapping[str, str],
    preview: PolicyPreview,
) -> RetimedTicket | None:
    """Ask about a ticket whose pauses or acts taken back only its history tells; None where it stays as it is."""
    events = history.events_of(connection, ticket.id)
    before = fold(events, names)
    preview.already_late += any(c.is_waiting and c.due_at < now for c in before.clocks)
    found = asked.ask(_without_pauses(ticket, before.clocks))
    if found is None:
        return None
    event = Event(
        history.new_id(), "", 0, ticket.id, Act.RETIMED, SCHEMA_VERSION, now, now, "", found.fields, None
    )
    after = fold([*events, event], names)
    known = {clock.position: clock for clock in before.clocks}
    new = [clock for clock in after.clocks if clock.position not in known]
    due = [
        (clock.kind, known[replaced].due_at, clock.due_at)
        for clock, replaced in zip(new, found.fields["supersedes"], strict=True)
    ]
    _count(preview, due, now)
    following = after.next_clock
    return retimed(
        ticket.id,
        ticket.row,
        found.fields,
        tuple(
            clock_as_kept(values)
            for values in projections.clock_values(after)
            if values["position"] not in known
        ),
        Following(following.due_at, following.kind.value, following.started_at, following.paused_until())
        if following is not None
        else None,
    )
