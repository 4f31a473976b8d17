"""Reads the waiting clocks of every open ticket, for a change of the rules."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, not_, select

from complaint_desk.models.enums import Act, Channel, ClockKind, Severity
from complaint_desk.models.retiming import OpenClock, OpenTicket
from complaint_desk.models.tables import ClockRow, EventRow, OriginRow, TicketRow, table_of

_ticket, _clock, _event = table_of(TicketRow), table_of(ClockRow), table_of(EventRow)
_origin = table_of(OriginRow)
_IS_OPEN: ColumnElement[bool] = literal_column("ticket.status = 'open' AND ticket.next_due_at IS NOT NULL")
_other = _clock.alias("other")
_OPEN = (
    select(
        _ticket.c.id,
        literal_column("ticket.rowid").label("row"),
        _ticket.c.channel,
        _ticket.c.severity,
        _ticket.c.store,
        select(func.max(_other.c.position) + 1)
        .where(_other.c.ticket_id == _ticket.c.id)
        .scalar_subquery()
        .label("next_position"),
        _clock.c.position,
        _clock.c.kind,
        _clock.c.target,
        _clock.c.started_at,
        _clock.c.due_at,
        _clock.c.paused_until,
    )
    .join_from(_ticket, _clock, _clock.c.ticket_id == _ticket.c.id)
    .where(_IS_OPEN, _clock.c.met_at.is_(None), _clock.c.broken_at.is_(None), not_(_clock.c.superseded))
    .order_by(_ticket.c.id, _clock.c.position)
)
_ROWS_AT_ONCE = 5_000


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
            first.row,
            Channel(first.channel),
            Severity(first.severity),
            first.store,
            first.next_position,
            tuple(
                OpenClock(
                    row.position,
                    ClockKind(row.kind),
                    row.target,
                    row.started_at,
                    row.due_at,
                    was_paused=row.paused_until is not None,
                )
                for row in of_one
            ),
        )


def changed_since(connection: Connection, seq: int) -> set[str]:
    """The tickets with an event after this one of the file."""
    asked = select(_event.c.ticket_id).where(_event.c.origin.in_(select(_origin.c.id)), _event.c.seq > seq)
    found = connection.execute(asked.distinct()).scalars()
    return {ticket_id for ticket_id in found if ticket_id is not None}


def with_undone_acts(connection: Connection) -> set[str]:
    """The tickets of which an act was taken back: places in their history may be empty."""
    found = connection.execute(select(_event.c.ticket_id).where(_event.c.act == Act.UNDONE.value).distinct())
    return set(found.scalars())
