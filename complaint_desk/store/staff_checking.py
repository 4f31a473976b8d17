"""Proves the staff's roles true to the history, and makes them anew from it; secrets are in no event."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from complaint_desk.models.enums import Act
from complaint_desk.models.tables import EventRow, StaffRow, table_of

_event, _staff = table_of(EventRow), table_of(StaffRow)
_STAFF_ACTS = (Act.STAFF_JOINED, Act.STAFF_ROLE_CHANGED, Act.STAFF_LEFT, Act.STAFF_CAME_BACK)


class Standing(NamedTuple):
    """What the history amounts to for one person."""

    role: str
    left_at: datetime | None


def differing(connection: Connection) -> Iterator[str]:
    """The names of those whose role, or whose leaving, is not what their history amounts to."""
    told = _told(connection)
    for row in connection.execute(select(_staff).order_by(_staff.c.name)):
        standing = told.get(row.id)
        if standing is not None and standing != Standing(row.role, row.left_at):
            yield row.name


def rebuild(connection: Connection) -> None:
    """Give everybody the role that the history tells; who came with tickets from elsewhere stays as they are."""
    for staff_id, standing in _told(connection).items():
        connection.execute(
            update(_staff).where(_staff.c.id == staff_id).values(role=standing.role, left_at=standing.left_at)
        )


def _told(connection: Connection) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    rows = connection.execute(
        select(_event)
        .where(_event.c.act.in_([act.value for act in _STAFF_ACTS]))
        .order_by(_event.c.recorded_at, _event.c.seq)
    )
    for row in rows:
        fields = json.loads(row.fields)
        person = fields["staff"]
        role = fields.get("role") or (found[person].role if person in found else "")
        found[person] = Standing(role, row.happened_at if row.act == Act.STAFF_LEFT.value else None)
    return found
