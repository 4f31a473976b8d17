"""Asks the index of words: which tickets fit, in which order, and what of them is shown."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    and_,
    bindparam,
    column,
    func,
    not_,
    select,
    table,
    text,
)
from sqlalchemy import cast as sql_cast

from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.search import Phrase, SearchKey, SearchQuery, Term
from complaint_desk.models.tables import IndexedTicketRow, StaffRow, TicketRow, table_of
from complaint_desk.store.full_text import ROWS_A_SECOND, SLACK, received_at, row_at

MOST_RANKED = 1_000
"""Where more tickets hold the words, they are no longer ranked: the newest come first."""

_BLOCK, _LARGEST_BLOCK = 200, 1_600
"""So many rows that hold the words are looked at together for late tickets: at first, and at most."""

_WEIGHTS = (1.0, 0.8, 0.8, 0.8, 0.8, 4.0, 3.0, 8.0, 6.0, 0.5, 0.0)
"""How much a word counts in each column of the index: a name or a number more than a text."""
_RANK = f"bm25(search_words, {', '.join(map(str, _WEIGHTS))})"
_FIRST_WORDS = 4_000
_WHERE = "WHERE search_words MATCH :match AND rowid BETWEEN :first AND :last"
NEWEST = f"SELECT rowid FROM search_words {_WHERE} ORDER BY rowid DESC LIMIT :count"
"""The newest rows between `first` and `last` that fit `match`, at most `count`."""
_SCORED = (
    f"SELECT rowid, {_RANK} AS score FROM search_words {_WHERE} "
    "AND EXISTS (SELECT 1 FROM search_row WHERE row_id = search_words.rowid) ORDER BY score, rowid DESC"
)
_ticket, _row, _staff = table_of(TicketRow), table_of(IndexedTicketRow), table_of(StaffRow)
_words = table("search_words", column("rowid", Integer))
_OF_TICKETS = (
    select(_words.c.rowid)
    .join_from(_words, _row, _row.c.row_id == _words.c.rowid)
    .join(_ticket, _ticket.c.id == _row.c.ticket_id)
    .where(
        text("search_words MATCH :match"),
        text("search_words.rowid BETWEEN :first AND :last"),
    )
)
_SHOWN = (
    select(
        _row.c.row_id,
        _ticket.c.id,
        _ticket.c.number,
        _ticket.c.status,
        _ticket.c.caller,
        _ticket.c.phone,
        _ticket.c.received_at,
        _ticket.c.next_due_at,
        _staff.c.name.label("owner"),
        *(
            func.substr(sql_cast(_ticket.c[name], String), 1, _FIRST_WORDS).label(name)
            for name in ("what", "how", "remedy_wanted", "who", "where", "when_said")
        ),
    )
    .join_from(_row, _ticket, _row.c.ticket_id == _ticket.c.id)
    .join(_staff, _ticket.c.owner_id == _staff.c.id, isouter=True)
    .where(text("search_row.row_id IN (SELECT value FROM json_each(:rows))"))
)


class Found(NamedTuple):
    """Rows of the index that fit."""

    rows: tuple[int, ...]
    """In their order, at most a page."""
    scores: tuple[float | None, ...]
    above: int | None
    """How many better ones stand above the page; None where the newest come first."""
    total: int | None
    """How many fit; None where more do than are ranked."""
    more: bool
    """Whether others follow."""


def find(
    connection: Connection, query: SearchQuery, now: datetime, limit: int, after: SearchKey | None
) -> Found:
    """A page of the rows that fit, the best first or, where too many do, the newest; from below the row `after`."""
    newest_first = not query.wanted or (after is not None and after.above is None)
    if not newest_first:
        holding, ranked = _ranked(connection, query, now)
        if ranked is not None:
            begin = _begin(ranked, after) if after is not None else 0
            page = ranked[begin : begin + limit]
            rows, scores = tuple(row for row, _ in page), tuple(score for _, score in page)
            return Found(rows, scores, begin, len(ranked), begin + limit < len(ranked))
        if after is None and limit < len(holding) and not (query.facts or _conditions(query, now)):
            return Found(tuple(holding[:limit]), (None,) * limit, None, None, True)
    newest = _newest(connection, query, now, limit + 1, after.row if after else None)
    return Found(newest[:limit], (None,) * len(newest[:limit]), None, None, len(newest) > limit)


def _begin(ranked: Sequence[tuple[int, float]], after: SearchKey) -> int:
    """Where the page after this place begins; where its ticket fits no longer, what stood below it has moved up."""
    for at, (row, _score) in enumerate(ranked):
        if row == after.row:
            return at + 1
    return after.above or 0


def shown(connection: Connection, rows: Sequence[int]) -> dict[int, Any]:
    """What of these rows' tickets is shown, by row."""
    found = connection.execute(_SHOWN, {"rows": json.dumps(rows)})
    return {row.row_id: row for row in found}


def is_late(row: Any, now: datetime) -> bool:
    """Whether a row's ticket is open and past its next due time."""
    return row.status == TicketStatus.OPEN and row.next_due_at is not None and row.next_due_at < now


def expression(query: SearchQuery, with_facts: bool) -> str:
    """The query as FTS5 reads it: every token in quotation marks, none of which holds one."""
    parts = [_any_of(term) for term in query.wanted]
    if with_facts:
        facts = (*query.facts, ("status_open",)) if query.late else query.facts
        parts += ["(" + " OR ".join(f'facts : "{fact}"' for fact in group) + ")" for group in facts]
    wanted = " AND ".join(parts) or 'facts : "_all"'
    unwanted = [_any_of(term) for term in query.unwanted]
    unwanted += [f'facts : "{fact}"' for fact in query.unwanted_facts]
    return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted


def _any_of(term: Term) -> str:
    alternatives = (" AND ".join(map(_phrase, phrases)) for phrases in term.alternatives)
    return "(" + " OR ".join(f"({alternative})" for alternative in alternatives) + ")"


def _phrase(phrase: Phrase) -> str:
    text = f'"{" ".join(phrase.tokens)}"' + (" *" if phrase.begins else "")
    return f"{phrase.column} : {text}" if phrase.column else text


def span(query: SearchQuery) -> dict[str, int]:
    """The rows in which tickets of the time asked for can stand."""
    wide = 1 << 62
    first = row_at(_shifted(query.after, -1)) if query.after else -wide
    last = row_at(_shifted(query.before, 1)) + ROWS_A_SECOND if query.before else wide
    return {"first": first, "last": last}


def _shifted(at: datetime, by: int) -> datetime:
    try:
        return at + by * SLACK
    except OverflowError:
        return at


def _conditions(query: SearchQuery, now: datetime) -> list[ColumnElement[bool]]:
    """What must hold of the ticket's own row."""
    conditions: list[ColumnElement[bool]] = []
    if query.after is not None:
        conditions.append(_ticket.c.received_at >= query.after)
    if query.before is not None:
        conditions.append(_ticket.c.received_at < query.before)
    if query.late is not None:
        late = and_(
            _ticket.c.status == TicketStatus.OPEN.value,
            _ticket.c.next_due_at.is_not(None),
            _ticket.c.next_due_at < now,
        )
        conditions.append(late if query.late else not_(late))
    return conditions


def _newest(
    connection: Connection, query: SearchQuery, now: datetime, limit: int, after: int | None
) -> tuple[int, ...]:
    """The newest rows that fit, below the row `after`."""
    values: dict[str, Any] = {**span(query)}
    if after is not None:
        values["last"] = min(values["last"], after - 1)
    values |= {"match": expression(query, with_facts=True), "count": limit}
    if query.late:
        return _newest_late(connection, query, now, values)
    if conditions := _conditions(query, now):
        asked = _OF_TICKETS.where(*conditions).order_by(_words.c.rowid.desc()).limit(bindparam("count"))
        return tuple(connection.execute(asked, values).scalars())
    return tuple(connection.exec_driver_sql(NEWEST, values).scalars())


def _newest_late(
    connection: Connection, query: SearchQuery, now: datetime, values: dict[str, Any]
) -> tuple[int, ...]:
    """The newest rows that fit, of late tickets only.

    Rows that hold the words are looked at in blocks. Below a block without a late ticket the newest late one tells
    where to go on, so that no stretch of tickets with time left is read ticket by ticket.
    """
    conditions, block, found = _conditions(query, now), _BLOCK, list[int]()
    fitting = select(_row.c.row_id).join_from(_row, _ticket, _ticket.c.id == _row.c.ticket_id)
    fitting = fitting.where(text("search_row.row_id IN (SELECT value FROM json_each(:rows))"), *conditions)
    newest_late = select(func.max(_ticket.c.received_at)).where(
        _ticket.c.next_due_at < now, _ticket.c.received_at < bindparam("received")
    )
    while len(found) < values["count"]:
        holding = connection.exec_driver_sql(NEWEST, {**values, "count": block}).scalars().all()
        if not holding:
            break
        late = connection.execute(fitting, {"rows": json.dumps(holding)}).scalars().all()
        found += sorted(late, reverse=True)
        values["last"] = holding[-1] - 1
        block = _BLOCK if late else min(block * 2, _LARGEST_BLOCK)
        if not late:
            below = received_at(values["last"]) + timedelta(seconds=1)
            newest = connection.execute(newest_late, {"received": below}).scalar_one()
            if newest is None:
                break
            values["last"] = min(values["last"], row_at(_shifted(newest, 1)) + ROWS_A_SECOND)
    return tuple(found[: values["count"]])


def _ranked(
    connection: Connection, query: SearchQuery, now: datetime
) -> tuple[Sequence[int], list[tuple[int, float]] | None]:
    """The newest rows that hold the words, and all that fit with their scores, the best first.

    None in place of these where more hold the words than are ranked.
    """
    values: dict[str, Any] = {
        **span(query),
        "match": expression(query, with_facts=False),
        "count": MOST_RANKED + 1,
    }
    holding = connection.exec_driver_sql(NEWEST, values).scalars().all()
    if len(holding) > MOST_RANKED:
        return holding, None
    if not holding:
        return (), []
    scored = connection.exec_driver_sql(_SCORED, values).all()
    conditions = _conditions(query, now)
    if query.facts or conditions:
        values["match"] = expression(query, with_facts=True)
        fit = set(connection.execute(_OF_TICKETS.where(*conditions), values).scalars())
        scored = [row for row in scored if row[0] in fit]
    return holding, [(row, -score) for row, score in scored]
