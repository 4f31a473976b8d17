"""Reads how clocks stand, with what their tickets are counted under."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, not_, select

from complaint_desk.models.tables import ClockRow, StaffRow, TicketRow, table_of

_ticket, _clock, _staff = table_of(TicketRow), table_of(ClockRow), table_of(StaffRow)
_FACTS = (
    select(
        _clock.c.kind,
        _clock.c.started_at,
        _clock.c.due_at,
        _clock.c.met_at,
        _clock.c.disputed,
        _clock.c.broken_at,
        _ticket.c.store,
        _ticket.c.cause,
        _ticket.c.type,
        _staff.c.name.label("owner"),
    )
    .join_from(_clock, _ticket, _clock.c.ticket_id == _ticket.c.id)
    .join(_staff, _staff.c.id == _ticket.c.owner_id, isouter=True)
    .where(
        not_(_clock.c.superseded),
        _clock.c.started_at >= bindparam("since"),
        _clock.c.started_at < bindparam("until"),
    )
)
_ROWS_AT_ONCE = 5_000


def clock_facts(connection: Connection, since: datetime, until: datetime) -> Iterator[Row[*tuple[Any, ...]]]:
    """Every clock that started in this time, except those that others replaced."""
    reading = _FACTS.execution_options(yield_per=_ROWS_AT_ONCE)
    yield from connection.execute(reading, {"since": since, "until": until})
