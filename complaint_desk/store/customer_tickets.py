"""Finds the complaints of customers, and the customers of complaints."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from complaint_desk.models.tables import CustomerRow, EventRow, TicketRow, table_of

_customer, _event, _ticket = table_of(CustomerRow), table_of(EventRow), table_of(TicketRow)
_member = _customer.alias("member")


_AT_ONCE = 500


def every_ticket_of(connection: Connection, customer_ids: Collection[str]) -> list[Any]:
    """Id, number, status and caller of every ticket of these customers, in the order they were received."""
    return list(
        connection.execute(
            select(_ticket.c.id, _ticket.c.number, _ticket.c.status, _ticket.c.caller)
            .where(_ticket.c.customer_id.in_(list(customer_ids)))
            .order_by(_ticket.c.received_at, _ticket.c.id)
        )
    )


def tickets_of_events(connection: Connection, event_ids: Sequence[str]) -> list[Any]:
    """Number and card of the ticket of each of these events that belongs to one."""
    found: list[Any] = []
    for at in range(0, len(event_ids), _AT_ONCE):
        some = list(event_ids[at : at + _AT_ONCE])
        found += connection.execute(
            select(_ticket.c.number, _customer.c.card_id)
            .join_from(_event, _ticket, _ticket.c.id == _event.c.ticket_id)
            .join(_customer, _customer.c.id == _ticket.c.customer_id, isouter=True)
            .where(_event.c.id.in_(some))
            .order_by(_event.c.seq)
        )
    return found


def silent_since(connection: Connection, before: datetime, limit: int) -> list[Any]:
    """Cards last heard of before this, without an open complaint, a hold or an erasure; the oldest first."""
    theirs = _ticket.alias()
    still_open = (
        select(1)
        .select_from(theirs)
        .join(_member, _member.c.id == theirs.c.customer_id)
        .where(_member.c.card_id == _customer.c.id, theirs.c.status == "open")
    )
    return list(
        connection.execute(
            select(_customer.c.id, _customer.c.name, _customer.c.last_at)
            .where(
                _customer.c.card_id == _customer.c.id,
                _customer.c.last_at < before,
                ~_customer.c.held,
                _customer.c.erased_at.is_(None),
                ~still_open.exists(),
            )
            .order_by(_customer.c.last_at, _customer.c.id)
            .limit(limit)
        )
    )
