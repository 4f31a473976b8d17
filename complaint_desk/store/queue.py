"""Reads the queue page by page, straight from its index, at the same cost however long it is.

Its two parts follow each other: the tickets whose next clock runs, flagged ones first, and those whose next
clock stands still. Which part a paused ticket belongs to follows from the moment it is asked, so that it comes
back by itself at its expected return.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Result,
    Row,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy import cast as sql_cast

from complaint_desk.models.enums import Cause, Channel, ClockKind, ComplainantType, SafetyFlag, Severity
from complaint_desk.models.tables import StaffRow, TicketRow, table_of
from complaint_desk.models.ticket import QueueCounts, QueueKey, QueueRow

_ticket, _staff = table_of(TicketRow), table_of(StaffRow)
_FIRST_WORDS = 200
_IS_OPEN: ColumnElement[bool] = literal_column("ticket.status = 'open' AND ticket.next_due_at IS NOT NULL")
"""A ticket brought along from another program has no clock of ours, and so no place among the due times."""
_PLACE = (_ticket.c.queue_rank, _ticket.c.next_due_at, _ticket.c.id)
_ROWS = (
    select(
        *_PLACE,
        _ticket.c.number,
        _ticket.c.next_clock,
        _ticket.c.caller,
        _ticket.c.phone,
        _ticket.c.type,
        _ticket.c.cause,
        _ticket.c.severity,
        _ticket.c.safety,
        _staff.c.name,
        _ticket.c.store,
        _ticket.c.channel,
        _ticket.c.received_at,
        func.substr(sql_cast(_ticket.c.what, String), 1, _FIRST_WORDS),
        func.substr(sql_cast(_ticket.c.remedy_wanted, String), 1, _FIRST_WORDS),
        _ticket.c.next_started_at,
        _ticket.c.paused_until,
    )
    .join_from(_ticket, _staff, _ticket.c.owner_id == _staff.c.id, isouter=True)
    .where(_IS_OPEN)
)


_NOW = bindparam("now", type_=_ticket.c.paused_until.type)
_RUNS = or_(_ticket.c.queue_rank == 0, _ticket.c.paused_until.is_(None), _ticket.c.paused_until <= _NOW)
_STANDS = and_(
    literal_column("ticket.queue_rank = 1"),
    literal_column("ticket.paused_until IS NOT NULL"),
    _ticket.c.paused_until > _NOW,
)
PAUSED_RANK = 2
"""Where the tickets whose next clock stands still come: after the flagged and the running."""


class _Part:
    """One part of the queue, and the ways of reading along it."""

    def __init__(self, belongs: ColumnElement[bool], place: Sequence[ColumnElement[Any]]) -> None:
        names = [column.name for column in place]
        here = tuple_(*(bindparam(f"at_{column.name}", type_=column.type) for column in place))
        self._names = names
        self._count = _count().where(belongs)
        down = _ROWS.where(belongs).order_by(*place).limit(bindparam("count"))
        up = _ROWS.where(belongs).order_by(*(column.desc() for column in place)).limit(bindparam("count"))
        self._down, self._down_from = down, down.where(tuple_(*place) > here)
        self._up, self._up_from = up, up.where(tuple_(*place) < here)
        self._above = self._count.where(tuple_(*place) < here)
        self._at = select(*_PLACE).where(_IS_OPEN, belongs).order_by(*place).limit(1)

    def after(
        self, connection: Connection, now: datetime, count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines below this place, or from the top of the part."""
        asked = self._down if key is None else self._down_from
        return _lines(connection.execute(asked, {"now": now, "count": count, **self._key(key)}), now)

    def before(
        self, connection: Connection, now: datetime, count: int, key: QueueKey | None
    ) -> tuple[QueueRow, ...]:
        """So many lines above this place, or at the end of the part, in order."""
        asked = self._up if key is None else self._up_from
        return _lines(connection.execute(asked, {"now": now, "count": count, **self._key(key)}), now)[::-1]

    def above(self, connection: Connection, now: datetime, key: QueueKey) -> int:
        """How many lines of the part stand above this place."""
        return connection.execute(self._above, {"now": now, **self._key(key)}).scalar_one()

    def length(self, connection: Connection, now: datetime) -> int:
        """How many lines the part has."""
        return connection.execute(self._count, {"now": now}).scalar_one()

    def at(self, connection: Connection, now: datetime, lines_above: int) -> Row[*tuple[Any, ...]] | None:
        """The place in the part that has so many of its lines above it."""
        return connection.execute(self._at.offset(lines_above), {"now": now}).one_or_none()

    def _key(self, key: QueueKey | None) -> dict[str, Any]:
        if key is None:
            return {}
        values = {"queue_rank": key.rank, "next_due_at": key.next_due_at, "id": key.ticket_id}
        return {f"at_{name}": values[name] for name in self._names}


def page(
    connection: Connection,
    limit: int,
    now: datetime,
    *,
    after: QueueKey | None = None,
    before: QueueKey | None = None,
) -> tuple[QueueRow, ...]:
    """So many lines of the queue in order: from the top, just below `after`, or just above `before`."""
    if before is not None:
        if before.rank != PAUSED_RANK:
            return _RUNNING.before(connection, now, limit, before)
        found = _PAUSED.before(connection, now, limit, before)
        if len(found) < limit:
            found = _RUNNING.before(connection, now, limit - len(found), None) + found
        return found
    if after is not None and after.rank == PAUSED_RANK:
        return _PAUSED.after(connection, now, limit, after)
    found = _RUNNING.after(connection, now, limit, after)
    if len(found) < limit:
        found += _PAUSED.after(connection, now, limit - len(found), None)
    return found


def last_page(connection: Connection, limit: int, now: datetime) -> tuple[QueueRow, ...]:
    """The lowest lines of the queue, in order."""
    found = _PAUSED.before(connection, now, limit, None)
    if len(found) < limit:
        found = _RUNNING.before(connection, now, limit - len(found), None) + found
    return found


def line_of(connection: Connection, number: str, now: datetime) -> QueueRow | None:
    """The queue's line of one ticket; None where it is not open."""
    found = _lines(connection.execute(_ROWS.where(_ticket.c.number == number)), now)
    return found[0] if found else None


def position(connection: Connection, key: QueueKey, now: datetime) -> int:
    """How many lines stand above this place."""
    if key.rank != PAUSED_RANK:
        return _RUNNING.above(connection, now, key)
    return _RUNNING.length(connection, now) + _PAUSED.above(connection, now, key)


def at_position(connection: Connection, lines_above: int, now: datetime) -> QueueKey | None:
    """The place that has so many lines above it; None past the end."""
    row = _RUNNING.at(connection, now, lines_above)
    if row is not None:
        return QueueKey(row.queue_rank, row.next_due_at, row.id)
    row = _PAUSED.at(connection, now, lines_above - _RUNNING.length(connection, now))
    return QueueKey(PAUSED_RANK, row.next_due_at, row.id) if row else None


def counts(connection: Connection, now: datetime) -> QueueCounts:
    """How many tickets are open, how many of them past their next due time, flagged, and standing still."""
    open_now = connection.execute(_count()).scalar_one()
    flagged = connection.execute(_count().where(_ticket.c.queue_rank == 0)).scalar_one()
    late = sum(
        connection.execute(
            _count().where(_ticket.c.queue_rank == rank, _ticket.c.next_due_at < now)
        ).scalar_one()
        for rank in (0, 1)
    )
    return QueueCounts(open=open_now, late=late, flagged=flagged, paused=_PAUSED.length(connection, now))


def _count() -> Select[int]:
    return select(func.count()).select_from(_ticket).where(_IS_OPEN)


def _lines(found: Result[*tuple[Any, ...]], now: datetime) -> tuple[QueueRow, ...]:
    """Rows as lines, by position: a page is read at every move through the queue."""
    return tuple(
        QueueRow(
            QueueKey(PAUSED_RANK if rank and until and until > now else rank, due, ticket_id),
            number,
            _CLOCKS[clock],
            caller,
            phone,
            _TYPES[kind],
            _CAUSES[cause],
            _SEVERITIES[severity],
            tuple(SafetyFlag(flag) for flag in safety.split()) if safety else (),
            owner,
            store,
            _CHANNELS[channel],
            received_at,
            what,
            remedy_wanted,
            started,
            until,
        )
        for (
            rank,
            due,
            ticket_id,
            number,
            clock,
            caller,
            phone,
            kind,
            cause,
            severity,
            safety,
            owner,
            store,
            channel,
            received_at,
            what,
            remedy_wanted,
            started,
            until,
        ) in found.all()
    )


_CLOCKS = {clock.value: clock for clock in ClockKind}
_TYPES: dict[str | None, ComplainantType | None] = {
    None: None,
    **{kind.value: kind for kind in ComplainantType},
}
_CAUSES: dict[str | None, Cause | None] = {None: None, **{cause.value: cause for cause in Cause}}
_SEVERITIES = {severity.value: severity for severity in Severity}
_CHANNELS = {channel.value: channel for channel in Channel}
_RUNNING = _Part(_RUNS, _PLACE)
_PAUSED = _Part(_STANDS, _PLACE[1:])
