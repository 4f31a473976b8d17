"""Reads every card and every act on cards, to compare them and to make them anew."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from complaint_desk.models.tables import (
    CustomerEventRow,
    CustomerKeyRow,
    CustomerNumberRow,
    CustomerRow,
    EventRow,
    SaidRow,
    TicketRow,
    table_of,
)
from complaint_desk.store.history import read_event

_customer, _number, _key = table_of(CustomerRow), table_of(CustomerNumberRow), table_of(CustomerKeyRow)
_link, _event = table_of(CustomerEventRow), table_of(EventRow)
_said, _ticket = table_of(SaidRow), table_of(TicketRow)
_SET_CUSTOMER = (
    update(_ticket).where(_ticket.c.id == bindparam("_id")).values(customer_id=bindparam("_customer"))
)


def kept(
    connection: Connection, customer_ids: Sequence[str]
) -> dict[str, tuple[dict[str, Any], list[str], set[str]]]:
    """Row, numbers and keys of these customers as the file holds them, to be compared with the history."""
    rows = connection.execute(select(_customer).where(_customer.c.id.in_(list(customer_ids)))).mappings()
    found = {row["row_id"]: dict(row) for row in rows}
    held = {row_id: (row, list[str](), set[str]()) for row_id, row in found.items()}
    for number in connection.execute(select(_number).where(_number.c.customer.in_(list(found)))):
        held[number.customer][1].append(number.number)
    for key in connection.execute(select(_key).where(_key.c.customer.in_(list(found)))):
        held[key.customer][2].add(key.key)
    for row in found.values():
        del row["row_id"]
    return {row["id"]: (row, sorted(numbers), keys) for row, numbers, keys in held.values()}


def kept_ids(connection: Connection) -> set[str]:
    """The ids of all customers the file holds."""
    return set(connection.execute(select(_customer.c.id)).scalars())


def linked_ids(connection: Connection) -> set[str]:
    """The ids of all customers that a ticket names."""
    found = connection.execute(
        select(_ticket.c.customer_id).distinct().where(_ticket.c.customer_id.is_not(None))
    )
    return set(found.scalars())


def acts_on_cards(connection: Connection, acts: Iterable[str]) -> Iterator[Event]:
    """Every act on a card in the history, origin by origin, in order."""
    rows = connection.execute(
        select(_event, _said.c.words, _said.c.salt)
        .join_from(_event, _said, _said.c.event_id == _event.c.id, isouter=True)
        .where(_event.c.act.in_(list(acts)), _event.c.ticket_id.is_(None))
        .order_by(_event.c.origin, _event.c.seq)
    )
    for row in rows:
        yield read_event(row)


def kept_links(connection: Connection) -> set[tuple[str, str]]:
    """Which act is tied to which customer, as the file holds it."""
    return {(row.customer_id, row.event_id) for row in connection.execute(select(_link))}


def clear(connection: Connection) -> None:
    """Take out every card, to make them anew."""
    for table in (_key, _number, _customer, _link):
        connection.execute(delete(table))


def tickets_without_customer(connection: Connection) -> list[Any]:
    """Id, caller, telephone, and who took it down, of each ticket that names no customer, in the order received."""
    return list(
        connection.execute(
            select(_ticket.c.id, _ticket.c.caller, _ticket.c.phone, _event.c.by)
            .join_from(_ticket, _event, _event.c.ticket_id == _ticket.c.id)
            .where(_ticket.c.customer_id.is_(None), _event.c.act == Act.RECEIVED.value)
            .order_by(_ticket.c.received_at, _ticket.c.id)
        )
    )


def set_customers(connection: Connection, of: Sequence[tuple[str, str]]) -> None:
    """Write on tickets' rows whose they are: pairs of ticket and customer."""
    connection.execute(_SET_CUSTOMER, [{"_id": ticket, "_customer": customer} for ticket, customer in of])
