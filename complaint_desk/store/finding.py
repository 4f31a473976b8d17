"""Finds a ticket by what a person calls it."""

from sqlalchemy import Connection, bindparam, func, select

from complaint_desk.models.tables import EventRow, TicketRow, table_of

_event, _ticket = table_of(EventRow), table_of(TicketRow)
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
    """The highest sequence number of any event; it grows with every write."""
    return connection.execute(select(func.max(_event.c.seq))).scalar_one() or 0


def ticket_ids(connection: Connection) -> set[str]:
    """The ids of all tickets."""
    return set(connection.execute(select(_ticket.c.id)).scalars())
