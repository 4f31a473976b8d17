"""Reads the versions of the store's rules from the history."""

from sqlalchemy import Connection, literal_column, select

from complaint_desk.models.event import Event
from complaint_desk.models.tables import EventRow, table_of
from complaint_desk.store.history import read_event

_event = table_of(EventRow)
_VERSIONS = (
    select(_event, literal_column("NULL").label("words"))
    .where(literal_column("act = 'policy'"))
    .order_by(_event.c.seq.desc())
)
_LATEST = _VERSIONS.limit(1)


def latest_event(connection: Connection) -> Event | None:
    """The event that set the rules in force; None while they are the ones the program comes with."""
    row = connection.execute(_LATEST).first()
    return read_event(row) if row else None


def events(connection: Connection) -> list[Event]:
    """Every event that set the rules, the latest first."""
    return [read_event(row) for row in connection.execute(_VERSIONS)]
