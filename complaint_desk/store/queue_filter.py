"""Reads the lines of the queue in which certain words stand, by the index of words."""

import json
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, text

from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.queue_view import QueueChoice, ViewMoments
from complaint_desk.models.search import SearchQuery
from complaint_desk.models.ticket import QueueRow
from complaint_desk.store import search
from complaint_desk.store.queue_parts import parts_of, values_of
from complaint_desk.store.queue_rows import ROWS, lines

MOST_FITTING = 10_000
"""So many open tickets that fit are looked up at the most, the newest; whoever types more narrows them."""
MOST_SETTLED = 500
"""So many settled ones besides: a few of them still wait for a promise to be kept."""
MOST_PUT_IN_ORDER = 2_000
"""So many are read and put in order at once; of more, only as many as are wanted are read."""

_AMONG_THESE = text(
    "ticket.id IN (SELECT ticket_id FROM search_row WHERE row_id IN (SELECT value FROM json_each(:rows)))"
)


class Filtered(NamedTuple):
    """Lines that fit, in the queue's order."""

    rows: tuple[QueueRow, ...]
    more: bool
    """Whether others fit that were not read."""


def filtered(
    connection: Connection, query: SearchQuery, choice: QueueChoice, moments: ViewMoments, limit: int
) -> Filtered:
    """The first lines of a view that fit the query."""
    found = search.find(connection, _only(query, TicketStatus.OPEN), moments.now, MOST_FITTING, None)
    settled = search.find(connection, _only(query, TicketStatus.RESOLVED), moments.now, MOST_SETTLED, None)
    fitting = (*found.rows, *settled.rows)
    values = {**values_of(choice, moments), "rows": json.dumps(fitting)}
    if len(fitting) <= MOST_PUT_IN_ORDER:
        belongs = or_(*(part.belongs for part in parts_of(choice)))
        rows = list(lines(connection.execute(ROWS.where(belongs, _AMONG_THESE), values), moments.now))
        rows.sort(key=lambda row: row.key)
    else:
        rows = _first(connection, choice, values, limit + 1)
    return Filtered(tuple(rows[:limit]), found.more or len(rows) > limit)


def _first(connection: Connection, choice: QueueChoice, values: dict[str, Any], count: int) -> list[QueueRow]:
    rows: list[QueueRow] = []
    for part in parts_of(choice):
        if len(rows) < count:
            asked = part.down.where(_AMONG_THESE)
            rows += lines(connection.execute(asked, {**values, "count": count - len(rows)}), values["now"])
    return rows


def _only(query: SearchQuery, status: TicketStatus) -> SearchQuery:
    return replace(query, facts=(*query.facts, (f"status_{status.value}",)))
