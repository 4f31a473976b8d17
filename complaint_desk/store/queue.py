"""Reads the queue page by page, straight from its indexes, at the same cost however long it is.

Its parts follow each other: the flagged, the tickets whose next clock runs, and those whose next clock stands
still. A view is the same, of fewer tickets (`store.queue_parts`).
"""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, case, func, or_, select

from complaint_desk.models.queue_view import EVERYTHING, QueueChoice, QueueView, StoreCount, ViewMoments
from complaint_desk.models.ticket import QueueCounts, QueueKey, QueueRow
from complaint_desk.store.queue_parts import count_of, parts_of, values_of
from complaint_desk.store.queue_rows import (
    FLAGGED_RANK,
    IS_OPEN,
    PAUSED_RANK,
    ROWS,
    lines,
    ticket,
)

__all__ = ["PAUSED_RANK", "at_position", "counts", "last_page", "line_of", "page", "position", "stores"]


def page(
    connection: Connection,
    limit: int,
    moments: ViewMoments,
    choice: QueueChoice = EVERYTHING,
    *,
    after: QueueKey | None = None,
    before: QueueKey | None = None,
) -> tuple[QueueRow, ...]:
    """So many lines of a view in order: from the top, just below `after`, or just above `before`."""
    values, found = values_of(choice, moments), ()
    if before is not None:
        return _upwards(connection, limit, choice, values, before)
    rows: tuple[QueueRow, ...] = found
    for part in parts_of(choice):
        if len(rows) >= limit:
            break
        if after is not None and part.ranks[-1] < after.rank:
            continue
        key = after if after is not None and after.rank in part.ranks else None
        rows += part.after(connection, values, limit - len(rows), key)
    return rows


def _upwards(
    connection: Connection, limit: int, choice: QueueChoice, values: dict[str, Any], before: QueueKey | None
) -> tuple[QueueRow, ...]:
    rows: tuple[QueueRow, ...] = ()
    for part in reversed(parts_of(choice)):
        if len(rows) >= limit:
            break
        if before is not None and part.ranks[0] > before.rank:
            continue
        key = before if before is not None and before.rank in part.ranks else None
        rows = part.before(connection, values, limit - len(rows), key) + rows
    return rows


def last_page(
    connection: Connection, limit: int, moments: ViewMoments, choice: QueueChoice = EVERYTHING
) -> tuple[QueueRow, ...]:
    """The lowest lines of a view, in order."""
    return _upwards(connection, limit, choice, values_of(choice, moments), None)


def line_of(
    connection: Connection, number: str, moments: ViewMoments, choice: QueueChoice = EVERYTHING
) -> QueueRow | None:
    """The line of one ticket; None where it does not stand in this view."""
    belongs = or_(*(part.belongs for part in parts_of(choice)))
    asked = ROWS.where(ticket.c.number == bindparam("number"), belongs)
    found = lines(connection.execute(asked, {**values_of(choice, moments), "number": number}), moments.now)
    return found[0] if found else None


def position(
    connection: Connection, key: QueueKey, moments: ViewMoments, choice: QueueChoice = EVERYTHING
) -> int:
    """How many lines of a view stand above this place."""
    values, above = values_of(choice, moments), 0
    for part in parts_of(choice):
        if key.rank in part.ranks:
            return above + part.above(connection, values, key)
        if part.ranks[-1] < key.rank:
            above += part.length(connection, values)
    return above


def at_position(
    connection: Connection, lines_above: int, moments: ViewMoments, choice: QueueChoice = EVERYTHING
) -> QueueKey | None:
    """The place that has so many lines of a view above it; None past the end."""
    values = values_of(choice, moments)
    for part in parts_of(choice):
        row = part.at(connection, values, lines_above)
        if row is not None:
            return QueueKey(*row)
        lines_above -= part.length(connection, values)
    return None


def counts(connection: Connection, moments: ViewMoments, choice: QueueChoice = EVERYTHING) -> QueueCounts:
    """How many lines each view has, of the store chosen or of all, and how many of all are flagged."""
    row = connection.execute(_counting(choice.store is not None), values_of(choice, moments)).one()
    views = {view: getattr(row, view.value) for view in QueueView}
    return QueueCounts(
        open=views[QueueView.ALL],
        late=views[QueueView.LATE],
        flagged=row.flagged,
        paused=views[QueueView.PAUSED],
        views=views,
        total=views[choice.view],
    )


@cache
def _counting(of_store: bool) -> Select[*tuple[Any, ...]]:
    """Every view's length in one statement."""
    columns = [count_of(view, of_store).label(view.value) for view in QueueView]
    of_flagged = select(func.count()).select_from(ticket).where(IS_OPEN, ticket.c.queue_rank == FLAGGED_RANK)
    if of_store:
        of_flagged = of_flagged.where(ticket.c.store == bindparam("store"))
    return select(*columns, of_flagged.scalar_subquery().label("flagged"))


def stores(connection: Connection, moments: ViewMoments) -> tuple[StoreCount, ...]:
    """How many open tickets each store has, in the order of their names."""
    late = func.sum(case((ticket.c.next_due_at < moments.now, 1), else_=0))
    rows = connection.execute(
        select(ticket.c.store, func.count(), late)
        .where(IS_OPEN)
        .group_by(ticket.c.store)
        .order_by(ticket.c.store)
    )
    return tuple(StoreCount(*row) for row in rows)
