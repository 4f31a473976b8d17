"""What a change of the rules writes for one open ticket, made before anything is written."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from complaint_desk.models.enums import Act, ClockKind
from complaint_desk.models.event import SCHEMA_VERSION, Event
from complaint_desk.models.retiming import OpenClock, OpenTicket
from complaint_desk.models.ticket import Clock
from complaint_desk.rules.lifecycle import fold
from complaint_desk.rules.retiming import Retiming
from complaint_desk.store import history, projections, retiming


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


@dataclass(slots=True)
class ChangedRows:
    """Everything a change writes, made outside the transaction that writes it, by ticket."""

    events: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    clocks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    replaced: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    follow: dict[str, dict[str, Any]] = field(default_factory=dict)

    def forget(self, ticket_id: str) -> None:
        """Leave this ticket out."""
        for of_ticket in (self.events, self.clocks, self.replaced, self.follow):
            of_ticket.pop(ticket_id, None)


def ask(
    ticket: OpenTicket, asked: Retiming, now: datetime, preview: PolicyPreview, rows: ChangedRows
) -> None:
    """Ask about a ticket that its rows tell whole."""
    waiting = ticket.waiting
    preview.already_late += any(clock.due_at < now for clock in waiting)
    found = asked.ask(ticket)
    if found is None:
        return
    _count(preview, found.due, now)
    rows.events[ticket.id] = retiming.prepared(ticket.id, found.fields)
    rows.replaced[ticket.id] = _replaced(ticket.id, found.fields)
    place = len(ticket.clocks)
    rows.clocks[ticket.id] = [
        _row(ticket.id, place + number, started) for number, started in enumerate(found.fields["clocks"])
    ]
    gone = set(found.fields["supersedes"])
    standing = [
        (clock.due_at, clock.kind.value, clock.started_at) for clock in waiting if clock.position not in gone
    ]
    standing += [(row["due_at"], row["kind"], row["started_at"]) for row in rows.clocks[ticket.id]]
    due, kind, started = min(standing, key=lambda each: each[0])
    rows.follow[ticket.id] = {
        "of": ticket.id,
        "clock": kind,
        "due": due,
        "started": started,
        "paused": None,
    }


def _count(
    preview: PolicyPreview, due: Sequence[tuple[ClockKind, datetime, datetime]], now: datetime
) -> None:
    preview.moved += 1
    preview.become_late += any(new < now for _kind, _old, new in due)
    preview.earlier += any(new < old for _kind, old, new in due)
    preview.later += any(new > old for _kind, old, new in due)
    preview.by_kind.update(kind for kind, _old, _new in due)


def _replaced(ticket_id: str, fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"of": ticket_id, "place": place} for place in fields["supersedes"]]


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


def _row(ticket_id: str, place: int, started: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "ticket_id": ticket_id,
        "position": place,
        "kind": started["kind"],
        "target": started["target"],
        "policy_version": started["policy_version"],
        "started_at": datetime.fromisoformat(started["started_at"]),
        "due_at": datetime.fromisoformat(started["due_at"]),
        "met_at": None,
        "met_by": None,
        "recorded_late": False,
        "disputed": False,
        "superseded": False,
        "broken_at": None,
        "paused_until": None,
    }


def ask_history(
    connection: Connection,
    ticket: OpenTicket,
    asked: Retiming,
    now: datetime,
    names: Mapping[str, str],
    preview: PolicyPreview,
    rows: ChangedRows,
) -> None:
    """Ask about a ticket whose pauses or acts taken back only its history tells."""
    events = history.events_of(connection, ticket.id)
    before = fold(events, names)
    preview.already_late += any(c.is_waiting and c.due_at < now for c in before.clocks)
    found = asked.ask(_without_pauses(ticket, before.clocks))
    if found is None:
        return
    prepared = retiming.prepared(ticket.id, found.fields)
    event = Event(
        prepared[0], "", 0, ticket.id, Act.RETIMED, SCHEMA_VERSION, now, now, "", found.fields, None
    )
    after = fold([*events, event], names)
    known = {clock.position: clock for clock in before.clocks}
    new = [clock for clock in after.clocks if clock.position not in known]
    due = [
        (clock.kind, known[replaced].due_at, clock.due_at)
        for clock, replaced in zip(new, found.fields["supersedes"], strict=True)
    ]
    _count(preview, due, now)
    rows.events[ticket.id] = prepared
    rows.clocks[ticket.id] = [row for row in projections.clock_values(after) if row["position"] not in known]
    rows.replaced[ticket.id] = _replaced(ticket.id, found.fields)
    following = after.next_clock
    if following is not None:
        rows.follow[ticket.id] = {
            "of": ticket.id,
            "clock": following.kind.value,
            "due": following.due_at,
            "started": following.started_at,
            "paused": following.paused_until(),
        }
