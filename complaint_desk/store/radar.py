"""Reads the complaints that name what another one names, straight from the index of words, the newest first."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, String, func, select, text
from sqlalchemy import cast as sql_cast

from complaint_desk.models.enums import SafetyFlag, TicketStatus
from complaint_desk.models.radar import SeenTicket
from complaint_desk.models.search import SearchQuery
from complaint_desk.models.tables import IndexedTicketRow, StaffRow, TicketRow, table_of
from complaint_desk.store.full_text import row_at
from complaint_desk.store.search import NEWEST, expression, span

_FIRST_WORDS = 4_000
_ticket, _row, _staff = table_of(TicketRow), table_of(IndexedTicketRow), table_of(StaffRow)
_SEEN = (
    select(
        _ticket.c.number,
        _ticket.c.received_at,
        _ticket.c.status,
        _ticket.c.caller,
        _ticket.c.phone,
        _staff.c.name,
        func.substr(sql_cast(_ticket.c.what, String), 1, _FIRST_WORDS),
        _ticket.c.when_at,
        _ticket.c.safety,
    )
    .join_from(_row, _ticket, _row.c.ticket_id == _ticket.c.id)
    .join(_staff, _ticket.c.owner_id == _staff.c.id, isouter=True)
    .where(text("search_row.row_id IN (SELECT value FROM json_each(:rows))"))
    .order_by(_ticket.c.received_at.desc(), _ticket.c.id.desc())
)


def seen(connection: Connection, query: SearchQuery, count: int) -> tuple[SeenTicket, ...]:
    """The newest complaints that fit, at most so many."""
    rows = _newest(connection, query, count)
    return tuple(
        SeenTicket(
            number,
            received_at,
            status == TicketStatus.OPEN,
            caller,
            phone,
            owner,
            what,
            when_at,
            tuple(SafetyFlag(flag) for flag in safety.split()) if safety else (),
        )
        for number, received_at, status, caller, phone, owner, what, when_at, safety in (
            connection.execute(_SEEN, {"rows": json.dumps(rows)}).all() if rows else ()
        )
    )


def how_many(connection: Connection, query: SearchQuery, since: datetime, until: datetime, most: int) -> int:
    """How many fit between two moments, counted to a number and no further."""
    values = {"match": expression(query, with_facts=True), "first": row_at(since), "last": row_at(until)}
    counted = f"SELECT count(*) FROM ({NEWEST})"
    count: int = connection.exec_driver_sql(counted, {**values, "count": most}).scalar_one()
    return count


def _newest(connection: Connection, query: SearchQuery, count: int) -> Sequence[int]:
    values = {**span(query), "match": expression(query, with_facts=True), "count": count}
    return connection.exec_driver_sql(NEWEST, values).scalars().all()
