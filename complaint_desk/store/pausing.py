"""Finds the tickets that were ever paused, from their own small index."""

from collections.abc import Sequence

from sqlalchemy import Connection, literal_column, select

from complaint_desk.models.tables import EventRow, TicketRow, table_of

_event, _ticket = table_of(EventRow), table_of(TicketRow)
_PAUSED = (
    select(_ticket.c.number)
    .where(_ticket.c.id.in_(select(_event.c.ticket_id).where(literal_column("act = 'pause'"))))
    .order_by(_ticket.c.number)
)


def paused_numbers(connection: Connection) -> Sequence[str]:
    """The numbers of the tickets that were ever paused, in order."""
    return connection.execute(_PAUSED).scalars().all()
