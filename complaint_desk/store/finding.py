"""Finds a ticket by what a person calls it."""

from sqlalchemy import Connection, bindparam, func, select

from complaint_desk.models.tables import EventRow, OriginRow, TicketRow, table_of

_event, _ticket, _origin = table_of(EventRow), table_of(TicketRow), table_of(OriginRow)
_LAST_SEQ = select(
    func.max(select(func.max(_event.c.seq)).where(_event.c.origin == _origin.c.id).scalar_subquery())
).select_from(_origin)
_BY_NUMBER = select(_ticket.c.id).where(_ticket.c.number == bindparam("called"))


def ticket_id_of(connection: Connection, number: str) -> str | None:
    """The id behind a ticket's number, as written or in small letters; None where there is none."""
    written = number.strip()
    if not written.isprintable():
        return None
    for spelling in (written, written.upper()):
        found: str | None = connection.execute(_BY_NUMBER, {"called": spelling}).scalar_one_or_none()
        if found is not None:
            return found
    return None


def number_of(connection: Connection, ticket_id: str) -> str | None:
    """The number of the ticket with this id; None where there is none."""
    number: str | None = connection.execute(
        select(_ticket.c.number).where(_ticket.c.id == ticket_id)
    ).scalar_one_or_none()
    return number


def last_seq(connection: Connection) -> int:
    """The highest sequence number of any event; it grows with every write. One look at the index per origin."""
    return connection.execute(_LAST_SEQ).scalar_one() or 0


def ticket_ids(connection: Connection) -> set[str]:
    """The ids of all tickets."""
    return set(connection.execute(select(_ticket.c.id)).scalars())
