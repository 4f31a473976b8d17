"""The parts of which each view of the queue is made.

A part is a stretch of one index, so that a page costs the same however long the queue is. Which part a paused
ticket belongs to follows from the moment it is asked, so that it comes back by itself at its expected return.
"""

from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
)

from complaint_desk.models.queue_view import QueueChoice, QueueView, ViewMoments
from complaint_desk.models.tables import table_of
from complaint_desk.models.tables_settling import PromiseRow
from complaint_desk.store.queue_part import JoinedPart, Part
from complaint_desk.store.queue_rows import (
    BROUGHT_RANK,
    FLAGGED_RANK,
    IS_OPEN,
    PAUSED_RANK,
    RUNNING_RANK,
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


_BY_DUE = {"next_due_at": ticket.c.next_due_at, "id": ticket.c.id}
_BY_RANK = {"queue_rank": ticket.c.queue_rank, **_BY_DUE}
_BY_RECEIPT = {"next_due_at": ticket.c.received_at, "id": ticket.c.id}


def parts_of(choice: QueueChoice) -> tuple[Part, ...]:
    """The parts of this view, from the top."""
    return _parts(choice.view, choice.store is not None)


def count_of(view: QueueView, of_store: bool) -> ColumnElement[int]:
    """How many lines the view has, as a part of a statement."""
    if view is QueueView.MINE:
        owned, promised = (
            select(func.count()).select_from(ticket).where(*each).scalar_subquery()
            for each in (_wanted(view, of_store), _wanted(view, of_store, _PROMISED_BY_ME))
        )
        return owned + promised
    if view in _BY_PARTS:
        first, *others = (part.count.scalar_subquery() for part in _parts(view, of_store))
        return sum(others, first)
    return select(func.count()).select_from(ticket).where(*_wanted(view, of_store)).scalar_subquery()


_BY_PARTS = frozenset({QueueView.LATE, QueueView.DUE, QueueView.PAUSED, QueueView.BROUGHT_ALONG})
"""Views whose parts do not hold all that fits their condition, or are counted sooner one by one."""


def _wanted(
    view: QueueView, of_store: bool, instead: ColumnElement[bool] | None = None
) -> list[ColumnElement[bool]]:
    of_view = _OF_VIEW.get(view) if instead is None else instead
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
        case QueueView.MINE:
            promised = _wanted(view, of_store, _PROMISED_BY_ME)
            runs = or_(ticket.c.queue_rank == 0, _RUNS_NOW)
            stands = and_(_IS_COMMON_AND_FEW, _STANDS)
            return (
                JoinedPart(
                    [FLAGGED_RANK, RUNNING_RANK], and_(*wanted, runs), and_(*promised, runs), _BY_RANK
                ),
                JoinedPart([PAUSED_RANK], and_(*wanted, stands), and_(*promised, stands), _BY_DUE),
            )
        case _:
            runs = and_(*wanted, or_(ticket.c.queue_rank == 0, _RUNS_NOW))
            return (
                Part([FLAGGED_RANK, RUNNING_RANK], runs, _BY_RANK),
                Part([PAUSED_RANK], and_(*wanted, _IS_COMMON_AND_FEW, _STANDS), _BY_DUE),
            )


_promise = table_of(PromiseRow)
_PROMISED_BY_ME = and_(
    ticket.c.owner_id.is_distinct_from(_ME),
    ticket.c.id.in_(
        select(_promise.c.ticket_id).where(
            literal_column("promise.kept_at IS NULL AND promise.broken_at IS NULL"),
            _promise.c.owner_id == _ME,
        )
    ),
)
"""Somebody else's ticket on which a promise waits that I am to keep."""
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
