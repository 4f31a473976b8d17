"""The lines of the queue as the file holds them: which columns are read, and how a row becomes a line."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Dialect,
    Result,
    String,
    TypeDecorator,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy import cast as sql_cast

from complaint_desk.models.enums import Cause, Channel, ClockKind, ComplainantType, SafetyFlag, Severity
from complaint_desk.models.tables import StaffRow, TicketRow, table_of
from complaint_desk.models.ticket import QueueKey, QueueRow

FLAGGED_RANK, RUNNING_RANK, PAUSED_RANK, BROUGHT_RANK = range(4)
"""In which order the parts of the queue come: flagged, running, standing still, and without a clock of ours."""

ticket, _staff = table_of(TicketRow), table_of(StaffRow)
_FIRST_WORDS = 200

IS_OPEN: ColumnElement[bool] = literal_column("ticket.next_due_at IS NOT NULL")
"""A clock waits: of an open ticket one of its clocks, of a settled one a promise or an approval. A ticket brought
along from another program has no clock of ours, and so no place among the due times."""


class _InstantAsKept(TypeDecorator[datetime]):
    """An instant of a line, read from the file's own form at once: a page holds a hundred and fifty of them."""

    impl = DateTime
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """What makes an instant of what the file holds; a database server gives instants of its own."""
        if dialect.name == "sqlite":
            return _read_instant
        return super().result_processor(dialect, coltype)


def _read_instant(
    kept: str | None, read: Callable[[str], datetime] = datetime.fromisoformat
) -> datetime | None:
    return read(kept + "+00:00") if kept is not None else None


def _instant(column: Any) -> Any:
    return type_coerce(column, _InstantAsKept).label(column.name)


ROWS = select(
    ticket.c.queue_rank,
    _instant(ticket.c.next_due_at),
    ticket.c.id,
    ticket.c.number,
    ticket.c.next_clock,
    ticket.c.caller,
    ticket.c.phone,
    ticket.c.type,
    ticket.c.cause,
    ticket.c.severity,
    ticket.c.safety,
    _staff.c.name,
    ticket.c.store,
    ticket.c.channel,
    _instant(ticket.c.received_at),
    func.substr(sql_cast(ticket.c.what, String), 1, _FIRST_WORDS),
    func.substr(sql_cast(ticket.c.remedy_wanted, String), 1, _FIRST_WORDS),
    _instant(ticket.c.next_started_at),
    _instant(ticket.c.paused_until),
).join_from(ticket, _staff, ticket.c.owner_id == _staff.c.id, isouter=True)
"""A line's columns, in the order in which `lines` reads them."""


def lines(found: Result[*tuple[Any, ...]], now: datetime) -> tuple[QueueRow, ...]:
    """Rows as lines, by position: a page is read at every move through the queue."""
    return tuple(
        QueueRow(
            QueueKey(PAUSED_RANK if rank and until and until > now else rank, due, ticket_id)
            if due is not None
            else QueueKey(BROUGHT_RANK, received_at, ticket_id),
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


_CLOCKS: dict[str | None, ClockKind | None] = {None: None, **{clock.value: clock for clock in ClockKind}}
_TYPES: dict[str | None, ComplainantType | None] = {
    None: None,
    **{kind.value: kind for kind in ComplainantType},
}
_CAUSES: dict[str | None, Cause | None] = {None: None, **{cause.value: cause for cause in Cause}}
_SEVERITIES = {severity.value: severity for severity in Severity}
_CHANNELS = {channel.value: channel for channel in Channel}
