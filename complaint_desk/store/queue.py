"""Reads the queue page by page, straight from its index, at the same cost however long it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Result,
    Select,
    String,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)
from sqlalchemy import cast as sql_cast

from complaint_desk.models.enums import Cause, Channel, ClockKind, ComplainantType, SafetyFlag, Severity
from complaint_desk.models.tables import StaffRow, TicketRow, table_of
from complaint_desk.models.ticket import QueueCounts, QueueKey, QueueRow

_ticket, _staff = table_of(TicketRow), table_of(StaffRow)
_FIRST_WORDS = 200
_IS_OPEN: ColumnElement[bool] = literal_column("ticket.status = 'open'")
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
    )
    .join_from(_ticket, _staff, _ticket.c.owner_id == _staff.c.id, isouter=True)
    .where(_IS_OPEN)
)


_HERE = tuple_(
    bindparam("rank", type_=_ticket.c.queue_rank.type),
    bindparam("due", type_=_ticket.c.next_due_at.type),
    bindparam("id", type_=_ticket.c.id.type),
)
_DOWN = _ROWS.order_by(*_PLACE).limit(bindparam("count"))
_UP = _ROWS.order_by(*(column.desc() for column in _PLACE)).limit(bindparam("count"))
_DOWN_FROM = _DOWN.where(tuple_(*_PLACE) > _HERE)
_UP_FROM = _UP.where(tuple_(*_PLACE) < _HERE)


def page(
    connection: Connection, limit: int, *, after: QueueKey | None = None, before: QueueKey | None = None
) -> tuple[QueueRow, ...]:
    """So many lines of the queue in order: from the top, just below `after`, or just above `before`."""
    if before is not None:
        return _lines(connection.execute(_UP_FROM, {"count": limit, **_key(before)}))[::-1]
    if after is not None:
        return _lines(connection.execute(_DOWN_FROM, {"count": limit, **_key(after)}))
    return _lines(connection.execute(_DOWN, {"count": limit}))


def last_page(connection: Connection, limit: int) -> tuple[QueueRow, ...]:
    """The lowest lines of the queue, in order."""
    return _lines(connection.execute(_UP, {"count": limit}))[::-1]


def line_of(connection: Connection, number: str) -> QueueRow | None:
    """The queue's line of one ticket; None where it is not open."""
    found = _lines(connection.execute(_ROWS.where(_ticket.c.number == number)))
    return found[0] if found else None


def position(connection: Connection, key: QueueKey) -> int:
    """How many lines stand above this place."""
    return connection.execute(_ABOVE, _key(key)).scalar_one()


def at_position(connection: Connection, lines_above: int) -> QueueKey | None:
    """The place that has so many lines above it; None past the end."""
    row = connection.execute(
        select(*_PLACE).where(_IS_OPEN).order_by(*_PLACE).offset(lines_above).limit(1)
    ).one_or_none()
    return QueueKey(row.queue_rank, row.next_due_at, row.id) if row else None


def counts(connection: Connection, now: datetime) -> QueueCounts:
    """How many tickets are open, how many of them are past their next due time, and how many are flagged."""
    open_now = connection.execute(_count()).scalar_one()
    flagged = connection.execute(_count().where(_ticket.c.queue_rank == 0)).scalar_one()
    late = sum(
        connection.execute(
            _count().where(_ticket.c.queue_rank == rank, _ticket.c.next_due_at < now)
        ).scalar_one()
        for rank in (0, 1)
    )
    return QueueCounts(open=open_now, late=late, flagged=flagged)


def _count() -> Select[int]:
    return select(func.count()).select_from(_ticket).where(_IS_OPEN)


_ABOVE = _count().where(tuple_(*_PLACE) < _HERE)


def _key(key: QueueKey) -> dict[str, Any]:
    return {"rank": key.rank, "due": key.next_due_at, "id": key.ticket_id}


def _lines(found: Result[*tuple[Any, ...]]) -> tuple[QueueRow, ...]:
    """Rows as lines, by position: a page is read at every move through the queue."""
    return tuple(
        QueueRow(
            QueueKey(rank, due, ticket_id),
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
