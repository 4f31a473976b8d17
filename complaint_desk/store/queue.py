"""Reads the queue page by page, straight from its index, at the same cost however long it is."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    String,
    func,
    literal,
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
        _ticket.c.store,
        _ticket.c.channel,
        _ticket.c.received_at,
        func.substr(sql_cast(_ticket.c.what, String), 1, _FIRST_WORDS).label("what"),
        func.substr(sql_cast(_ticket.c.remedy_wanted, String), 1, _FIRST_WORDS).label("remedy_wanted"),
        _staff.c.name.label("owner"),
    )
    .join_from(_ticket, _staff, _ticket.c.owner_id == _staff.c.id, isouter=True)
    .where(_IS_OPEN)
)


def page(
    connection: Connection, limit: int, *, after: QueueKey | None = None, before: QueueKey | None = None
) -> tuple[QueueRow, ...]:
    """So many lines of the queue in order: from the top, just below `after`, or just above `before`."""
    if before is not None:
        rows = connection.execute(
            _ROWS.where(tuple_(*_PLACE) < _key(before))
            .order_by(*(column.desc() for column in _PLACE))
            .limit(limit)
        ).all()
        return tuple(_line(row) for row in reversed(rows))
    wanted = _ROWS.order_by(*_PLACE).limit(limit)
    if after is not None:
        wanted = wanted.where(tuple_(*_PLACE) > _key(after))
    return tuple(_line(row) for row in connection.execute(wanted))


def last_page(connection: Connection, limit: int) -> tuple[QueueRow, ...]:
    """The lowest lines of the queue, in order."""
    rows = connection.execute(_ROWS.order_by(*(column.desc() for column in _PLACE)).limit(limit)).all()
    return tuple(_line(row) for row in reversed(rows))


def line_of(connection: Connection, number: str) -> QueueRow | None:
    """The queue's line of one ticket; None where it is not open."""
    row = connection.execute(_ROWS.where(_ticket.c.number == number)).one_or_none()
    return _line(row) if row else None


def position(connection: Connection, key: QueueKey) -> int:
    """How many lines stand above this place."""
    return connection.execute(_count().where(tuple_(*_PLACE) < _key(key))).scalar_one()


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


def _key(key: QueueKey) -> Any:
    values = (key.rank, key.next_due_at, key.ticket_id)
    return tuple_(*(_bound(value, column) for value, column in zip(values, _PLACE, strict=True)))


def _bound(value: Any, column: Any) -> Any:

    return literal(value, column.type)


def _line(row: Row[*tuple[Any, ...]]) -> QueueRow:
    return QueueRow(
        key=QueueKey(row.queue_rank, row.next_due_at, row.id),
        number=row.number,
        clock=ClockKind(row.next_clock),
        caller=row.caller,
        phone=row.phone,
        type=ComplainantType(row.type) if row.type else None,
        cause=Cause(row.cause) if row.cause else None,
        severity=Severity(row.severity),
        safety=tuple(SafetyFlag(flag) for flag in row.safety.split()),
        owner=row.owner,
        store=row.store,
        channel=Channel(row.channel),
        received_at=row.received_at,
        what=row.what,
        remedy_wanted=row.remedy_wanted,
    )
