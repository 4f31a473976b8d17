"""Reads every open ticket's waiting clocks, and writes new ones for a hundred thousand tickets in one go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    not_,
    select,
    update,
)

from complaint_desk.models.enums import Act, Channel, ClockKind, Severity
from complaint_desk.models.event import SCHEMA_VERSION
from complaint_desk.models.retiming import OpenClock, OpenTicket
from complaint_desk.models.tables import ClockRow, EventRow, TicketRow, table_of
from complaint_desk.store.chain import canonical, event_hash
from complaint_desk.store.history import head, new_id

_ticket, _clock, _event = table_of(TicketRow), table_of(ClockRow), table_of(EventRow)
_IS_OPEN: ColumnElement[bool] = literal_column("ticket.status = 'open'")
_OPEN = (
    select(
        _ticket.c.id,
        _ticket.c.channel,
        _ticket.c.severity,
        _ticket.c.store,
        _clock.c.position,
        _clock.c.kind,
        _clock.c.target,
        _clock.c.started_at,
        _clock.c.due_at,
        _clock.c.paused_until,
        and_(_clock.c.met_at.is_(None), not_(_clock.c.superseded)).label("waits"),
    )
    .join_from(_ticket, _clock, _clock.c.ticket_id == _ticket.c.id)
    .where(_IS_OPEN)
    .order_by(_ticket.c.id, _clock.c.position)
)
_ROWS_AT_ONCE = 5_000
_REPLACE = (
    update(_clock)
    .where(_clock.c.ticket_id == bindparam("of"), _clock.c.position == bindparam("place"))
    .values(superseded=True)
)


def count_open(connection: Connection) -> int:
    """How many tickets are open."""
    return connection.execute(select(func.count()).select_from(_ticket).where(_IS_OPEN)).scalar_one()


def open_tickets(connection: Connection) -> Iterator[OpenTicket]:
    """Every open ticket with its clocks, read little by little."""
    yield from _tickets(connection.execute(_OPEN.execution_options(yield_per=_ROWS_AT_ONCE)))


def open_ticket(connection: Connection, ticket_id: str) -> OpenTicket | None:
    """One ticket with its clocks; None where it is not open."""
    return next(_tickets(connection.execute(_OPEN.where(_ticket.c.id == ticket_id))), None)


def _tickets(rows: Iterable[Any]) -> Iterator[OpenTicket]:
    for ticket_id, found in groupby(rows, key=lambda row: row.id):
        of_one = list(found)
        first = of_one[0]
        yield OpenTicket(
            ticket_id,
            Channel(first.channel),
            Severity(first.severity),
            first.store,
            tuple(
                OpenClock(
                    row.position,
                    ClockKind(row.kind),
                    row.target,
                    row.started_at,
                    row.due_at,
                    bool(row.waits),
                    row.paused_until is not None,
                )
                for row in of_one
            ),
        )


def changed_since(connection: Connection, seq: int) -> set[str]:
    """The tickets with an event after this one of the file."""
    found = connection.execute(select(_event.c.ticket_id).where(_event.c.seq > seq).distinct()).scalars()
    return {ticket_id for ticket_id in found if ticket_id is not None}


def with_undone_acts(connection: Connection) -> set[str]:
    """The tickets of which an act was taken back: places in their history may be empty."""
    found = connection.execute(select(_event.c.ticket_id).where(_event.c.act == Act.UNDONE.value).distinct())
    return set(found.scalars())


def prepared(ticket_id: str, fields: Mapping[str, Any]) -> tuple[str, str, str]:
    """What of an event can be made before its place in the history is known: its id, its ticket, its values."""
    return new_id(), ticket_id, canonical(fields)


def append_retimed(
    connection: Connection, events: Sequence[tuple[str, str, str]], *, by: str, now: datetime
) -> None:
    """Write one event a ticket, as `prepared` made them, at the end of this file's origin."""
    last = head(connection, now)
    seq, previous = last.seq, last.hash
    rows: list[dict[str, Any]] = []
    for event_id, ticket_id, fields in events:
        seq += 1
        row: dict[str, Any] = {
            "id": event_id,
            "origin": last.origin,
            "seq": seq,
            "ticket_id": ticket_id,
            "act": Act.RETIMED.value,
            "schema_version": SCHEMA_VERSION,
            "happened_at": now,
            "recorded_at": now,
            "by": by,
            "fields": fields,
            "words_digest": None,
            "previous_hash": previous,
        }
        row["hash"] = previous = event_hash(**row)
        rows.append(row)
    connection.execute(insert(_event), rows)


def put_in_place(
    connection: Connection, clocks: list[dict[str, Any]], replaced: list[dict[str, Any]]
) -> None:
    """Mark the clocks that were replaced (`of` a ticket, at a `place`) and add the rows of the new ones."""
    connection.execute(_REPLACE, replaced)
    connection.execute(insert(_clock), clocks)


def follow(connection: Connection, tickets: list[dict[str, Any]]) -> None:
    """Bring tickets' rows to their next clock: `of`, `clock`, `due`, `started`, `paused`."""
    connection.execute(
        update(_ticket)
        .where(_ticket.c.id == bindparam("of"))
        .values(
            next_clock=bindparam("clock"),
            next_due_at=bindparam("due"),
            next_started_at=bindparam("started"),
            paused_until=bindparam("paused"),
        ),
        tickets,
    )
