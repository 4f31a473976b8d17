"""Reads the lines of the queue in which certain words stand, by the index of words."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, or_, select, text

from complaint_desk.models.queue_view import QueueChoice, ViewMoments
from complaint_desk.models.search import SearchQuery
from complaint_desk.models.tables import IndexedTicketRow, table_of
from complaint_desk.models.ticket import QueueRow
from complaint_desk.store import search
from complaint_desk.store.queue_parts import parts_of, values_of
from complaint_desk.store.queue_rows import ROWS, lines, ticket

MOST_LOOKED_UP = 2_000
"""Where more tickets hold the words, the queue is walked from the top instead, as far as lines are wanted."""

_row = table_of(IndexedTicketRow)
_OF_ROWS = select(_row.c.ticket_id).where(_row.c.row_id.in_(bindparam("rows", expanding=True)))
_HOLDING = text(
    "ticket.id IN (SELECT search_row.ticket_id FROM search_words JOIN search_row "
    "ON search_row.row_id = search_words.rowid WHERE search_words MATCH :match)"
)


class Filtered(NamedTuple):
    """Lines that fit, in the queue's order."""

    rows: tuple[QueueRow, ...]
    more: bool
    """Whether others follow that were not read."""


def filtered(
    connection: Connection, query: SearchQuery, choice: QueueChoice, moments: ViewMoments, limit: int
) -> Filtered:
    """The first lines of a view that fit the query."""
    found = search.find(connection, query, moments.now, MOST_LOOKED_UP, None)
    if found.more:
        return _walked(connection, query, choice, moments, limit)
    belongs = or_(*(part.belongs for part in parts_of(choice)))
    rows: list[QueueRow] = []
    values = values_of(choice, moments)
    for begin in range(0, len(found.rows), _AT_ONCE):
        ids = ticket.c.id.in_(_OF_ROWS)
        asked = {**values, "rows": found.rows[begin : begin + _AT_ONCE]}
        rows += lines(connection.execute(ROWS.where(belongs, ids), asked), moments.now)
    rows.sort(key=lambda row: row.key)
    return Filtered(tuple(rows[:limit]), len(rows) > limit)


def _walked(
    connection: Connection, query: SearchQuery, choice: QueueChoice, moments: ViewMoments, limit: int
) -> Filtered:
    values: dict[str, Any] = {
        **values_of(choice, moments),
        "match": search.expression(query, with_facts=True),
        "count": limit + 1,
    }
    rows: list[QueueRow] = []
    for part in parts_of(choice):
        if len(rows) <= limit:
            found = connection.execute(part.down.where(_HOLDING), values)
            rows += [row for row in lines(found, moments.now) if _of_time(query, row.received_at)]
    return Filtered(tuple(rows[:limit]), len(rows) > limit)


def _of_time(query: SearchQuery, received_at: datetime) -> bool:
    return not (
        (query.after is not None and received_at < query.after)
        or (query.before is not None and received_at >= query.before)
    )


def waiting_only(query: SearchQuery) -> SearchQuery:
    """The same of tickets that are not closed: settled ones may still owe what was promised."""
    return replace(query, unwanted_facts=(*query.unwanted_facts, "status_closed"))


_AT_ONCE = 500
