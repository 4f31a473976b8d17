"""The parts of which each view of the queue is made, and the ways of reading along a part.

A part is a stretch of one index, so that a page costs the same however long the queue is. Which part a paused
ticket belongs to follows from the moment it is asked, so that it comes back by itself at its expected return.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)

from complaint_desk.models.queue_view import QueueChoice, QueueView, ViewMoments
from complaint_desk.models.ticket import QueueKey, QueueRow
from complaint_desk.store.queue_rows import (
    BROUGHT_RANK,
    FLAGGED_RANK,
    IS_OPEN,
    PAUSED_RANK,
    ROWS,
    RUNNING_RANK,
    lines,
    ticket,
)

_AT = ticket.c.paused_until.type
_NOW, _SHIFT_ENDS, _DAY_ENDS = (bindparam(name, type_=_AT) for name in ("now", "shift_ends", "day_ends"))
_ME, _STORE = bindparam("me", type_=ticket.c.owner_id.type), bindparam("store", type_=ticket.c.store.type)

_IS_FLAGGED: ColumnElement[bool] = literal_column("ticket.queue_rank = 0")
_IS_COMMON: ColumnElement[bool] = literal_column("ticket.queue_rank = 1")
_RUNS_NOW = or_(ticket.c.paused_until.is_(None), ticket.c.paused_until <= _NOW)
_IS_COMMON_AND_FEW: ColumnElement[bool] = literal_column("+ticket.queue_rank = 1")
"""The sign keeps a planner that does not know how few they are from walking the whole queue for them."""
_few = ticket.alias("few")
_STANDS = ticket.c.id.in_(
    select(_few.c.id).where(literal_column("few.paused_until IS NOT NULL"), _few.c.paused_until > _NOW)
)
_IS_BROUGHT: ColumnElement[bool] = literal_column("ticket.status = 'open' AND ticket.brought_along")


class Part:
    """One stretch of the queue, and the ways of reading along it."""

    def __init__(
        self,
        ranks: Sequence[int],
        belongs: ColumnElement[bool],
        place: Mapping[str, ColumnElement[Any]],
    ) -> None:
        """`ranks` are those its lines' keys have; `place` gives the columns of a key along which it is ordered."""
        self.ranks = ranks
        self.belongs = belongs
        """What makes a ticket one of its lines."""
        columns = tuple(place.values())
        here = tuple_(*(bindparam(f"at_{name}", type_=column.type) for name, column in place.items()))
        self._names = tuple(place)
        self.count: Select[int] = select(func.count()).select_from(ticket).where(belongs)
        """How many lines it has."""
        rows = ROWS.where(belongs)
        self.down = rows.order_by(*columns).limit(bindparam("count"))
        """Its first lines; more may be asked of them."""
        self._up = rows.order_by(*(column.desc() for column in columns)).limit(bindparam("count"))
        self._down_from = self.down.where(tuple_(*columns) > here)
        self._up_from = self._up.where(tuple_(*columns) < here)
        self._above = self.count.where(tuple_(*columns) < here)
        rank = literal_column(str(ranks[0])) if len(ranks) == 1 else ticket.c.queue_rank
        self._at = select(rank, place["next_due_at"], ticket.c.id).where(belongs).order_by(*columns).limit(1)

    def after(
        self, connection: Connection, values: dict[str, Any], count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines below this place, or from the top of the part."""
        asked = self.down if key is None else self._down_from
        found = connection.execute(asked, {**values, "count": count, **self._key(key)})
        return lines(found, values["now"])

    def before(
        self, connection: Connection, values: dict[str, Any], count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines above this place, or at the end of the part, in order."""
        asked = self._up if key is None else self._up_from
        found = connection.execute(asked, {**values, "count": count, **self._key(key)})
        return lines(found, values["now"])[::-1]

    def above(self, connection: Connection, values: dict[str, Any], key: QueueKey) -> int:
        """How many lines of the part stand above this place."""
        return connection.execute(self._above, {**values, **self._key(key)}).scalar_one()

    def length(self, connection: Connection, values: dict[str, Any]) -> int:
        """How many lines the part has."""
        return connection.execute(self.count, values).scalar_one()

    def at(
        self, connection: Connection, values: dict[str, Any], lines_above: int
    ) -> Row[*tuple[Any, ...]] | None:
        """The place in the part that has so many of its lines above it: rank, due time, id."""
        return connection.execute(self._at.offset(lines_above), values).one_or_none()

    def _key(self, key: QueueKey | None) -> dict[str, Any]:
        if key is None:
            return {}
        values = {"queue_rank": key.rank, "next_due_at": key.next_due_at, "id": key.ticket_id}
        return {f"at_{name}": values[name] for name in self._names}


_BY_DUE = {"next_due_at": ticket.c.next_due_at, "id": ticket.c.id}
_BY_RANK = {"queue_rank": ticket.c.queue_rank, **_BY_DUE}
_BY_RECEIPT = {"next_due_at": ticket.c.received_at, "id": ticket.c.id}


def parts_of(choice: QueueChoice) -> tuple[Part, ...]:
    """The parts of this view, from the top."""
    return _parts(choice.view, choice.store is not None)


def count_of(view: QueueView, of_store: bool) -> ScalarSelect[int]:
    """How many lines the view has, as a part of a statement."""
    if view in _BY_PARTS:
        first, *others = (part.count.scalar_subquery() for part in _parts(view, of_store))
        return sum(others, first)
    return select(func.count()).select_from(ticket).where(*_wanted(view, of_store)).scalar_subquery()


_BY_PARTS = frozenset({QueueView.LATE, QueueView.DUE, QueueView.PAUSED, QueueView.BROUGHT_ALONG})
"""Views whose parts do not hold all that fits their condition, or are counted sooner one by one."""


def _wanted(view: QueueView, of_store: bool) -> list[ColumnElement[bool]]:
    of_view = _OF_VIEW.get(view)
    of_one = [ticket.c.store == _STORE] if of_store else []
    return [IS_OPEN, *([of_view] if of_view is not None else []), *of_one]


@cache
def _parts(view: QueueView, of_store: bool) -> tuple[Part, ...]:
    wanted = _wanted(view, of_store)
    flagged = Part([FLAGGED_RANK], and_(*wanted, _IS_FLAGGED), _BY_DUE)
    match view:
        case QueueView.BROUGHT_ALONG:
            return (Part([BROUGHT_RANK], and_(_IS_BROUGHT, *wanted[1:]), _BY_RECEIPT),)
        case QueueView.PAUSED:
            standing = Part([FLAGGED_RANK], and_(*wanted, _IS_FLAGGED, _STANDS), _BY_DUE)
            return standing, Part([PAUSED_RANK], and_(*wanted, _IS_COMMON_AND_FEW, _STANDS), _BY_DUE)
        case QueueView.LATE | QueueView.DUE:
            return flagged, Part([RUNNING_RANK], and_(*wanted, _IS_COMMON, _RUNS_NOW), _BY_DUE)
        case _:
            runs = and_(*wanted, or_(ticket.c.queue_rank == 0, _RUNS_NOW))
            return (
                Part([FLAGGED_RANK, RUNNING_RANK], runs, _BY_RANK),
                Part([PAUSED_RANK], and_(*wanted, _IS_COMMON_AND_FEW, _STANDS), _BY_DUE),
            )


_OF_VIEW: dict[QueueView, ColumnElement[bool]] = {
    QueueView.MINE: ticket.c.owner_id == _ME,
    QueueView.NOBODYS: ticket.c.owner_id.is_(None),
    QueueView.LATE: ticket.c.next_due_at < _NOW,
    QueueView.DUE: and_(ticket.c.next_due_at >= _NOW, ticket.c.next_due_at < _SHIFT_ENDS),
    QueueView.APPROVAL: ticket.c.id.in_(
        select(_few.c.id).where(literal_column("few.approval_due_at IS NOT NULL"))
    ),
    QueueView.PROMISES: ticket.c.id.in_(
        select(_few.c.id).where(
            literal_column("few.promise_due_at IS NOT NULL"), _few.c.promise_due_at < _DAY_ENDS
        )
    ),
}


def values_of(choice: QueueChoice, moments: ViewMoments) -> dict[str, Any]:
    """What the statements of a view's parts ask for."""
    return {
        "now": moments.now,
        "me": moments.me,
        "store": choice.store,
        "shift_ends": moments.shift_ends,
        "day_ends": moments.day_ends,
    }
