"""Reads the staff's acts back from the history."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from complaint_desk.models.enums import Act
from complaint_desk.models.tables import EventRow, TicketRow, table_of

_event, _ticket = table_of(EventRow), table_of(TicketRow)


class StaffEvent(NamedTuple):
    """One act as the history holds it, without words."""

    act: Act
    by: str
    recorded_at: datetime
    fields: dict[str, Any]


def latest(
    connection: Connection, acts: Sequence[Act], limit: int
) -> Iterator[tuple[StaffEvent, str | None]]:
    """The latest events of these acts, the newest first, each with its ticket's number where it has one."""
    rows = connection.execute(
        select(_event.c.act, _event.c.by, _event.c.recorded_at, _event.c.fields, _ticket.c.number)
        .join_from(_event, _ticket, _ticket.c.id == _event.c.ticket_id, isouter=True)
        .where(_event.c.act.in_([act.value for act in acts]))
        .order_by(_event.c.recorded_at.desc(), _event.c.seq.desc())
        .limit(limit)
    )
    for row in rows:
        yield StaffEvent(Act(row.act), row.by, row.recorded_at, json.loads(row.fields)), row.number
