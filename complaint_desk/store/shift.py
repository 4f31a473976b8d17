"""Reads what a shift kept and what it leaves."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, literal_column, not_, select

from complaint_desk.models.enums import ClockKind
from complaint_desk.models.shift import ClockKept, OwnersTickets
from complaint_desk.models.tables import ClockRow, EventRow, StaffRow, TicketRow, table_of

_ticket, _clock, _event = table_of(TicketRow), table_of(ClockRow), table_of(EventRow)
_staff = table_of(StaffRow)
_WRITTEN_DOWN_AFTER = timedelta(days=7)
"""How long after an act it may be written down and still be told as kept: what is read of the clocks is bounded."""


def kept_since(connection: Connection, since: datetime) -> tuple[ClockKept, ...]:
    """The clocks met in time by acts written down since then, in the order they were met.

    An act that happened more than a week before it was written down is no work of this shift.
    """
    rows = connection.execute(
        select(_ticket.c.number, _clock.c.kind, _clock.c.met_at, _staff.c.name)
        .join_from(_event, _clock, _clock.c.met_by == _event.c.id)
        .join(_ticket, _ticket.c.id == _clock.c.ticket_id)
        .join(_staff, _staff.c.id == _event.c.by)
        .where(
            literal_column("clock.met_at IS NOT NULL"),
            _clock.c.met_at >= since - _WRITTEN_DOWN_AFTER,
            _event.c.recorded_at >= since,
            _clock.c.ticket_id == _event.c.ticket_id,
            _clock.c.met_at <= _clock.c.due_at,
            not_(_clock.c.disputed),
        )
        .order_by(_clock.c.met_at, _ticket.c.number, _clock.c.position)
    )
    return tuple(ClockKept(row.number, ClockKind(row.kind), row.met_at, row.name) for row in rows)


def open_by_owner(connection: Connection, now: datetime) -> tuple[OwnersTickets, ...]:
    """How many open tickets each has, the one with most first."""
    late = func.sum(case((_ticket.c.next_due_at < now, 1), else_=0)).label("late")
    count = func.count().label("open")
    rows = connection.execute(
        select(_staff.c.name, count, late)
        .join_from(_ticket, _staff, _staff.c.id == _ticket.c.owner_id, isouter=True)
        .where(literal_column("ticket.status = 'open'"), _ticket.c.next_due_at.is_not(None))
        .group_by(_staff.c.name)
        .order_by(count.desc(), _staff.c.name)
    )
    return tuple(OwnersTickets(row.name, row.open, row.late) for row in rows)
