"""Reads what an agent should know about a caller: complaints, contacts, promises, what was granted, how it ended."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from complaint_desk.models.customer import CallerContact, CallerPromise, CallerTicket, Goodwill
from complaint_desk.models.enums import Act
from complaint_desk.models.settling import RemedyState
from complaint_desk.models.tables import (
    EventRow,
    PromiseRow,
    RemedyRow,
    SaidRow,
    StaffRow,
    TicketRow,
    table_of,
)

_ticket, _event, _said = table_of(TicketRow), table_of(EventRow), table_of(SaidRow)
_staff, _promise, _remedy = table_of(StaffRow), table_of(PromiseRow), table_of(RemedyRow)
_CONTACTS = (
    *(Act.RECEIVED, Act.ACKNOWLEDGED, Act.OWNED, Act.RESOLVED, Act.NOTED, Act.REOPENED),
    *(Act.PROMISED, Act.PROMISE_KEPT, Act.PROMISE_BROKEN, Act.FOLLOWED_UP, Act.CLOSED),
)
_COUNTS_AS_GRANTED = (RemedyState.GRANTED.value, RemedyState.CARRIED_OUT.value)
_LAST_TICKETS = 20
"""Contacts are looked for on so many of the caller's last complaints."""


def count_complaints(connection: Connection, customer_ids: Collection[str]) -> int:
    """How many complaints these customers made."""
    counted: int = connection.execute(
        select(func.count()).select_from(_ticket).where(_ticket.c.customer_id.in_(list(customer_ids)))
    ).scalar_one()
    return counted


def open_tickets(
    connection: Connection, customer_ids: Collection[str], limit: int
) -> tuple[CallerTicket, ...]:
    """Their open complaints, the newest first."""
    asked = (
        _lines()
        .where(_ticket.c.customer_id.in_(list(customer_ids)), _ticket.c.status == "open")
        .order_by(_ticket.c.received_at.desc(), _ticket.c.id.desc())
        .limit(limit)
    )
    return tuple(_line(row) for row in connection.execute(asked))


def every_ticket(
    connection: Connection, customer_ids: Collection[str], limit: int
) -> tuple[CallerTicket, ...]:
    """Their complaints, open or settled, the newest first."""
    asked = (
        _lines()
        .where(_ticket.c.customer_id.in_(list(customer_ids)))
        .order_by(_ticket.c.received_at.desc(), _ticket.c.id.desc())
        .limit(limit)
    )
    return tuple(_line(row) for row in connection.execute(asked))


def last_contacts(
    connection: Connection, customer_ids: Collection[str], limit: int
) -> tuple[CallerContact, ...]:
    """What was last said and done with them, the latest first."""
    newest = (
        select(_ticket.c.id, _ticket.c.number, func.substr(_ticket.c.what, 1, 200).label("what"))
        .where(_ticket.c.customer_id.in_(list(customer_ids)))
        .order_by(_ticket.c.received_at.desc(), _ticket.c.id.desc())
        .limit(_LAST_TICKETS)
        .subquery()
    )
    rows = connection.execute(
        select(
            _event.c.act, _event.c.happened_at, _said.c.words, _staff.c.name, newest.c.number, newest.c.what
        )
        .join_from(newest, _event, _event.c.ticket_id == newest.c.id)
        .join(_staff, _staff.c.id == _event.c.by)
        .join(_said, _said.c.event_id == _event.c.id, isouter=True)
        .where(_event.c.act.in_([act.value for act in _CONTACTS]))
        .order_by(_event.c.happened_at.desc(), _event.c.seq.desc())
        .limit(limit)
    )
    return tuple(
        CallerContact(row.number, Act(row.act), row.name, row.happened_at, _text(row)) for row in rows
    )


def promises_due(
    connection: Connection, customer_ids: Collection[str], limit: int
) -> tuple[CallerPromise, ...]:
    """What was promised to them and is neither kept nor broken, the first due first."""
    rows = connection.execute(
        select(_promise.c.what, _promise.c.due_at, _ticket.c.number, _staff.c.name)
        .join_from(_promise, _ticket, _ticket.c.id == _promise.c.ticket_id)
        .join(_staff, _staff.c.id == _promise.c.owner_id, isouter=True)
        .where(
            _ticket.c.customer_id.in_(list(customer_ids)),
            _promise.c.kept_at.is_(None),
            _promise.c.broken_at.is_(None),
        )
        .order_by(_promise.c.due_at)
        .limit(limit)
    )
    return tuple(CallerPromise(row.number, row.what, row.due_at, row.name) for row in rows)


def goodwill_since(
    connection: Connection, customer_ids: Collection[str], since: datetime
) -> tuple[Goodwill, ...]:
    """What was granted to them since then, by currency."""
    rows = connection.execute(
        select(_remedy.c.currency, func.sum(_remedy.c.amount).label("amount"), func.count().label("times"))
        .join_from(_remedy, _ticket, _ticket.c.id == _remedy.c.ticket_id)
        .where(
            _ticket.c.customer_id.in_(list(customer_ids)),
            _remedy.c.granted_at >= since,
            _remedy.c.state.in_(_COUNTS_AS_GRANTED),
            _remedy.c.amount.is_not(None),
        )
        .group_by(_remedy.c.currency)
        .order_by(_remedy.c.currency)
    )
    return tuple(Goodwill(row.currency or "", row.amount, row.times) for row in rows)


def last_ended(
    connection: Connection, customer_ids: Collection[str]
) -> tuple[CallerTicket, str | None, str | None] | None:
    """Their complaint that was settled last, the words it was settled with, and its outcome."""
    found = connection.execute(
        select(_ticket.c.id, _ticket.c.outcome, _said.c.words)
        .join_from(_ticket, _event, _event.c.ticket_id == _ticket.c.id)
        .join(_said, _said.c.event_id == _event.c.id, isouter=True)
        .where(
            _ticket.c.customer_id.in_(list(customer_ids)),
            _ticket.c.status != "open",
            _event.c.act == Act.RESOLVED.value,
        )
        .order_by(_event.c.happened_at.desc(), _event.c.seq.desc())
        .limit(1)
    ).one_or_none()
    if found is None:
        return None
    row = connection.execute(_lines().where(_ticket.c.id == found.id)).one()
    text = json.loads(found.words).get("text") if found.words else None
    return _line(row), text, found.outcome


def _lines() -> Select[Any]:
    return select(
        *(_ticket.c.number, _ticket.c.received_at, _ticket.c.status, _ticket.c.cause, _ticket.c.severity),
        *(_ticket.c.next_clock, _ticket.c.next_due_at, _staff.c.name),
        func.substr(_ticket.c.what, 1, 200).label("what"),
    ).join_from(_ticket, _staff, _staff.c.id == _ticket.c.owner_id, isouter=True)


def _line(row: Any) -> CallerTicket:
    return CallerTicket(
        number=row.number,
        received_at=row.received_at,
        status=row.status,
        what=row.what,
        cause=row.cause,
        severity=row.severity,
        owner=row.name,
        next_clock=row.next_clock,
        next_due_at=row.next_due_at,
    )


def _text(row: Any) -> str | None:
    if row.act == Act.RECEIVED.value:
        return str(row.what)
    words = json.loads(row.words) if row.words else {}
    text = words.get("text") or words.get("what")
    return text if isinstance(text, str) else None
