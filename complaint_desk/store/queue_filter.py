"""Reads the lines of the queue in which certain words stand, by the index of words."""

import json
from collections.abc import Sequence
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
"""So many open tickets that fit are looked up at the most, the oldest, as they are due first; whoever types more
narrows them."""
MOST_SETTLED = 500
"""So many settled ones besides: a few of them still wait for a promise to be kept."""
MOST_PUT_IN_ORDER = 2_000
"""So many are read and put in order at once; of more, only as many as are wanted are read."""

_AMONG_THESE = text(
    "ticket.id IN (SELECT ticket_id FROM search_row WHERE row_id IN (SELECT value FROM json_each(:rows)))"
)
_OLDEST = text("SELECT rowid FROM search_words WHERE search_words MATCH :match ORDER BY rowid LIMIT :count")
_BEGIN_SO = text("SELECT rowid FROM ticket WHERE number >= :part AND number < :past LIMIT :most")
_HOLD_IT = text("SELECT rowid FROM ticket WHERE instr(number, :part) > 0 LIMIT :most")
_NUMBERED_FEW = text("ticket.rowid IN (SELECT value FROM json_each(:few))")
_NUMBERED = text("instr(ticket.number, :part) > 0")


class Filtered(NamedTuple):
    """Lines that fit, in the queue's order."""

    rows: tuple[QueueRow, ...]
    more: bool
    """Whether others fit that were not read."""


def filtered(
    connection: Connection, query: SearchQuery, choice: QueueChoice, moments: ViewMoments, limit: int
) -> Filtered:
    """The first lines of a view that fit the query."""
    open_ones = _only(query, TicketStatus.OPEN)
    found = search.find(connection, open_ones, moments.now, MOST_FITTING, None)
    settled = search.find(connection, _only(query, TicketStatus.RESOLVED), moments.now, MOST_SETTLED, None)
    fitting = (*(_oldest(connection, open_ones) if found.more else found.rows), *settled.rows)
    values = {**values_of(choice, moments), "rows": json.dumps(fitting)}
    if len(fitting) <= MOST_PUT_IN_ORDER:
        belongs = or_(*(part.belongs for part in parts_of(choice)))
        rows = list(lines(connection.execute(ROWS.where(belongs, _AMONG_THESE), values), moments.now))
        rows.sort(key=lambda row: row.key)
    else:
        rows = [
            row for row in _first(connection, choice, values, limit + 1) if _as_asked(row, query, moments)
        ]
    return Filtered(tuple(rows[:limit]), found.more or len(rows) > limit)


def by_number(
    connection: Connection, part: str, choice: QueueChoice, moments: ViewMoments, limit: int
) -> Filtered:
    """The first lines of a view in whose numbers this stands, in capitals."""
    asked = {"part": part, "past": part + "\uffff", "most": MOST_FITTING}
    few = (
        connection.execute(_BEGIN_SO, asked).scalars().all()
        or connection.execute(_HOLD_IT, asked).scalars().all()
    )
    numbered = _NUMBERED_FEW if len(few) < MOST_FITTING else _NUMBERED
    values = {
        **values_of(choice, moments),
        **asked,
        "few": json.dumps(few if numbered is _NUMBERED_FEW else []),
    }
    rows: list[QueueRow] = []
    for stretch in parts_of(choice):
        if len(rows) <= limit:
            found = connection.execute(
                stretch.down.where(numbered), {**values, "count": limit + 1 - len(rows)}
            )
            rows += lines(found, moments.now)
    return Filtered(tuple(rows[:limit]), len(rows) > limit)


def _oldest(connection: Connection, query: SearchQuery) -> Sequence[int]:
    asked = {"match": search.expression(query, with_facts=True), "count": MOST_FITTING}
    return connection.execute(_OLDEST, asked).scalars().all()


def _as_asked(row: QueueRow, query: SearchQuery, moments: ViewMoments) -> bool:
    """Whether the time that was asked for is the line's; the oldest that hold the words are found without it."""
    return (
        (query.after is None or row.received_at >= query.after)
        and (query.before is None or row.received_at < query.before)
        and (
            query.late is None or query.late is (row.clock is not None and row.key.next_due_at < moments.now)
        )
    )


def _first(connection: Connection, choice: QueueChoice, values: dict[str, Any], count: int) -> list[QueueRow]:
    rows: list[QueueRow] = []
    for part in parts_of(choice):
        if len(rows) < count:
            asked = part.down.where(_AMONG_THESE)
            rows += lines(connection.execute(asked, {**values, "count": count - len(rows)}), values["now"])
    return rows


def _only(query: SearchQuery, status: TicketStatus) -> SearchQuery:
    return replace(query, facts=(*query.facts, (f"status_{status.value}",)))
