"""Writes and reads promises and remedies."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    literal,
    literal_column,
    not_,
    or_,
    select,
    tuple_,
)

from complaint_desk.models.money import Money
from complaint_desk.models.settling import PaidBefore, PromiseLine, promise_state
from complaint_desk.models.tables import CustomerRow, StaffRow, TicketRow, table_of
from complaint_desk.models.tables_settling import PromiseRow, RemedyRow
from complaint_desk.models.ticket import Ticket

_promise, _remedy, _ticket = table_of(PromiseRow), table_of(RemedyRow), table_of(TicketRow)
_staff, _customer = table_of(StaffRow), table_of(CustomerRow)
_INSERT_PROMISES, _INSERT_REMEDIES = insert(_promise), insert(_remedy)
_DELETE = tuple(delete(table).where(table.c.ticket_id == bindparam("of")) for table in (_promise, _remedy))


def write(connection: Connection, ticket: Ticket) -> None:
    """Add the rows of a ticket that has none yet."""
    if ticket.promises:
        connection.execute(_INSERT_PROMISES, promise_values(ticket))
    if ticket.remedies:
        connection.execute(_INSERT_REMEDIES, remedy_values(ticket))


def write_over(connection: Connection, ticket: Ticket) -> None:
    """Bring a ticket's promises and remedies to what its events amount to."""
    remove(connection, ticket.id)
    write(connection, ticket)


def remove(connection: Connection, ticket_id: str) -> None:
    """Take the rows of a ticket away."""
    for statement in _DELETE:
        connection.execute(statement, {"of": ticket_id})


def kept(connection: Connection, ticket_id: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a ticket as the file holds them: its promises, its remedies."""
    promises, remedies = (
        [
            dict(row)
            for row in connection.execute(
                select(table).where(table.c.ticket_id == ticket_id).order_by(table.c.number)
            ).mappings()
        ]
        for table in (_promise, _remedy)
    )
    return promises, remedies


def promise_values(ticket: Ticket) -> list[dict[str, Any]]:
    """The ticket's promises as values of their rows."""
    return [
        {
            "ticket_id": ticket.id,
            "number": promise.number,
            "event_id": promise.event_id,
            "position": promise.position,
            "what": promise.what,
            "to_whom": promise.to,
            "owner_id": promise.owner_id,
            "made_at": promise.made_at,
            "due_at": promise.due_at,
            "kept_at": promise.kept_at,
            "broken_at": promise.broken_at,
            "disputed": promise.disputed,
        }
        for promise in ticket.promises
    ]


def remedy_values(ticket: Ticket) -> list[dict[str, Any]]:
    """The ticket's remedies as values of their rows."""
    return [
        {
            "ticket_id": ticket.id,
            "number": remedy.number,
            "event_id": remedy.event_id,
            "position": remedy.position,
            "kind": remedy.kind.value,
            "amount": remedy.amount.minor if remedy.amount else None,
            "currency": remedy.amount.currency if remedy.amount else None,
            "state": remedy.state.value,
            "offered_by": remedy.offered_by_id,
            "offered_at": remedy.offered_at,
            "granted_at": remedy.granted_at,
            "carried_out_at": remedy.carried_out_at,
        }
        for remedy in ticket.remedies
    ]


def promises(
    connection: Connection,
    now: datetime,
    *,
    ended_too: bool = False,
    owner_id: str | None = None,
    due_by: datetime | None = None,
    limit: int | None = None,
    after: PromiseLine | None = None,
) -> tuple[PromiseLine, ...]:
    """The promises of all tickets by their due time: those that wait, or all; so many, after this one."""
    place = (_promise.c.due_at, _ticket.c.number, _promise.c.number)
    asked = _LINES.order_by(*place).limit(limit)
    if after is not None:
        here = zip((after.due_at, after.ticket, after.number), place, strict=True)
        below = tuple_(*place) > tuple_(*(literal(value, column.type) for value, column in here))
        asked = asked.where(_promise.c.due_at >= after.due_at, below)
    if not ended_too:
        asked = asked.where(literal_column("promise.kept_at IS NULL AND promise.broken_at IS NULL"))
    if owner_id is not None:
        asked = asked.where(_promise.c.owner_id == owner_id)
    if due_by is not None:
        asked = asked.where(_promise.c.due_at <= due_by)
    return tuple(_line(row, now) for row in connection.execute(asked))


def promises_kept(connection: Connection, since: datetime) -> tuple[PromiseLine, ...]:
    """The promises kept in time since then, in the order they were kept."""
    asked = _LINES.where(
        literal_column("promise.kept_at IS NOT NULL"),
        _promise.c.kept_at >= since,
        _promise.c.kept_at <= _promise.c.due_at,
        not_(_promise.c.disputed),
    ).order_by(_promise.c.kept_at, _ticket.c.number, _promise.c.number)
    return tuple(_line(row, since) for row in connection.execute(asked))


_LINES = (
    select(
        _ticket.c.number.label("ticket"),
        _ticket.c.caller,
        _promise.c.number,
        _promise.c.what,
        _promise.c.to_whom,
        _staff.c.name.label("owner"),
        _promise.c.made_at,
        _promise.c.due_at,
        _promise.c.kept_at,
        _promise.c.broken_at,
        _promise.c.disputed,
    )
    .join_from(_promise, _ticket, _ticket.c.id == _promise.c.ticket_id)
    .join(_staff, _staff.c.id == _promise.c.owner_id)
)


def _line(row: Any, now: datetime) -> PromiseLine:
    return PromiseLine(
        ticket=row.ticket,
        number=row.number,
        what=row.what,
        to=row.to_whom,
        owner=row.owner,
        caller=row.caller,
        made_at=row.made_at,
        due_at=row.due_at,
        state=promise_state(row.due_at, row.kept_at, row.broken_at, now, disputed=row.disputed),
        kept_at=row.kept_at,
        broken_at=row.broken_at,
    )


def _on_the_same_card(customer_id: str) -> Select[str]:
    """The customers that stand on the card of this one, itself included."""
    card = select(_customer.c.card_id).where(_customer.c.id == customer_id).scalar_subquery()
    return select(_customer.c.id).where(_customer.c.card_id == card)


def paid_before(
    connection: Connection, ticket: Ticket, since: datetime, days: int, *, besides: str | None = None
) -> PaidBefore:
    """What the caller of this ticket was granted since then, over all tickets.

    The caller is known by the customer's card the ticket stands on, and by telephone number (E.164 where it is
    one); without either it is this ticket alone. `besides` leaves one remedy out, by the id of its event.
    """
    same = [_ticket.c.id == ticket.id]
    if ticket.phone:
        same.append(_ticket.c.phone == ticket.phone)
    if ticket.customer_id:
        same.append(_ticket.c.customer_id.in_(_on_the_same_card(ticket.customer_id)))
    asked = (
        select(_remedy.c.currency, func.count(), func.sum(_remedy.c.amount))
        .join_from(_remedy, _ticket, _ticket.c.id == _remedy.c.ticket_id)
        .where(
            literal_column("remedy.granted_at IS NOT NULL"),
            _remedy.c.granted_at >= since,
            or_(*same),
        )
        .group_by(_remedy.c.currency)
        .order_by(_remedy.c.currency)
    )
    if besides is not None:
        asked = asked.where(_remedy.c.event_id != besides)
    rows: Sequence[Any] = connection.execute(asked).all()
    return PaidBefore(
        days,
        sum(row[1] for row in rows),
        tuple(Money(int(row[2]), row[0]) for row in rows if row[0] and row[2]),
    )
