"""Writes what follows from the history: the ticket's row and its clocks."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import sqlite

from complaint_desk.models.enums import ClockKind
from complaint_desk.models.tables import ClockRow, CounterRow, TicketRow, table_of
from complaint_desk.models.ticket import Clock, Ticket
from complaint_desk.store import settling
from complaint_desk.store.many_rows import add_rows

_ticket, _clock, _counter = table_of(TicketRow), table_of(ClockRow), table_of(CounterRow)
_COUNT_ON = (
    sqlite.insert(_counter)
    .values(store=bindparam("store"), day=bindparam("day"), last=1)
    .on_conflict_do_update(
        index_elements=[_counter.c.store, _counter.c.day], set_={"last": _counter.c.last + 1}
    )
    .returning(_counter.c.last)
)
"""Take the next number of a store's day, or its first."""
_ADDED = sqlite.insert(_counter)
_AT_LEAST = _ADDED.on_conflict_do_update(
    index_elements=[_counter.c.store, _counter.c.day],
    set_={"last": func.max(_counter.c.last, _ADDED.excluded.last)},
)
_INSERT_TICKET, _INSERT_CLOCKS = insert(_ticket), insert(_clock)
_UPDATE_TICKET = update(_ticket).where(_ticket.c.id == bindparam("_id"))
_DELETE_CLOCKS = delete(_clock).where(_clock.c.ticket_id == bindparam("_id"))


def next_running_number(connection: Connection, store: str, day: str) -> int:
    """The day's next running number for a store, from its counter row; numbers are never given twice."""
    running: int = connection.execute(_COUNT_ON, {"store": store, "day": day}).scalar_one()
    return running


def keep_counters_ahead(connection: Connection, given: Iterable[tuple[str, str, int]]) -> None:
    """Move each counter on to a number given out elsewhere, never back: no number is given twice."""
    ahead = [{"store": store, "day": day, "last": last} for store, day, last in given]
    if ahead:
        connection.execute(_AT_LEAST, ahead)


def write_new(connection: Connection, ticket: Ticket) -> None:
    """Add a ticket's row, its clocks, its promises and remedies."""
    connection.execute(_INSERT_TICKET, ticket_values(ticket))
    if clocks := clock_values(ticket):
        connection.execute(_INSERT_CLOCKS, clocks)
    settling.write(connection, ticket)


def write_many(connection: Connection, tickets: Sequence[Ticket]) -> None:
    """Add the rows of many tickets at once, with their clocks, promises and remedies."""
    add_rows(connection, _ticket, [ticket_values(ticket) for ticket in tickets])
    add_rows(connection, _clock, [values for ticket in tickets for values in clock_values(ticket)])
    for ticket in tickets:
        settling.write(connection, ticket)


def write_over(connection: Connection, ticket: Ticket) -> None:
    """Bring a ticket's row, its clocks, promises and remedies to what its events amount to."""
    connection.execute(_UPDATE_TICKET, ticket_values(ticket) | {"_id": ticket.id})
    connection.execute(_DELETE_CLOCKS, {"_id": ticket.id})
    if clocks := clock_values(ticket):
        connection.execute(_INSERT_CLOCKS, clocks)
    settling.write_over(connection, ticket)


def kept(connection: Connection, ticket_id: str) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """The ticket's row and clocks as the file holds them, to be compared with its events."""
    row = connection.execute(select(_ticket).where(_ticket.c.id == ticket_id)).mappings().one_or_none()
    clocks = connection.execute(
        select(_clock).where(_clock.c.ticket_id == ticket_id).order_by(_clock.c.position)
    ).mappings()
    return (dict(row) if row else None), [dict(clock) for clock in clocks]


def ticket_values(ticket: Ticket) -> dict[str, Any]:
    """The ticket as values of its row."""
    when, following = ticket.when, ticket.next_clock
    return {
        "id": ticket.id,
        "number": ticket.number,
        "version": ticket.version,
        "status": ticket.status.value,
        "store": ticket.store,
        "channel": ticket.channel.value,
        "received_at": ticket.received_at,
        "caller": ticket.caller,
        "phone": ticket.phone,
        "extension": ticket.extension,
        "when_said": when.said if when else None,
        "when_at": when.at if when else None,
        "when_precision": when.precision.value if when and when.precision else None,
        "when_doubt": when.doubt if when else None,
        "where": ticket.where,
        "who": ticket.who,
        "what": ticket.what,
        "how": ticket.how,
        "remedy_wanted": ticket.remedy_wanted,
        "cause": ticket.cause.value if ticket.cause else None,
        "type": ticket.type.value if ticket.type else None,
        "severity": int(ticket.severity),
        "safety": " ".join(ticket.safety),
        "queue_rank": ticket.queue_rank,
        "owner_id": ticket.owner_id,
        "missing": " ".join(ticket.missing),
        "heat": json.dumps({step.value: at.isoformat() for step, at in ticket.heat.items()}, sort_keys=True),
        "next_clock": following.kind.value if following else None,
        "next_due_at": following.due_at if following else None,
        "next_started_at": following.started_at if following else None,
        "paused_until": following.paused_until() if following else None,
        "promise_due_at": _due(ticket.next_of(ClockKind.PROMISE)),
        "approval_due_at": _due(ticket.next_of(ClockKind.APPROVAL)),
        "outcome": ticket.outcome.value if ticket.outcome else None,
        "customer_id": ticket.customer_id,
        "brought_along": ticket.brought_along,
        "brought_key": ticket.brought.key if ticket.brought else None,
    }


def clock_values(ticket: Ticket) -> list[dict[str, Any]]:
    """The ticket's clocks as values of their rows."""
    return [
        {
            "ticket_id": ticket.id,
            "position": clock.position,
            "kind": clock.kind.value,
            "target": clock.target,
            "policy_version": clock.policy_version,
            "started_at": clock.started_at,
            "due_at": clock.due_at,
            "met_at": clock.met_at,
            "met_by": clock.met_by,
            "recorded_late": clock.recorded_late,
            "disputed": clock.disputed,
            "superseded": clock.superseded_at is not None,
            "broken_at": clock.broken_at,
            "paused_until": clock.paused_until(),
        }
        for clock in ticket.clocks
    ]


def _due(clock: Clock | None) -> datetime | None:
    return clock.due_at if clock else None
