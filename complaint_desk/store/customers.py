"""Keeps the cards of customers, their numbers, and the keys by which they are found while somebody types."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from complaint_desk.models.customer import CustomerCard, KnownBy
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
from complaint_desk.store.many_rows import add_rows

_customer, _number, _key = table_of(CustomerRow), table_of(CustomerNumberRow), table_of(CustomerKeyRow)
_link, _event, _said, _ticket = (
    table_of(CustomerEventRow),
    table_of(EventRow),
    table_of(SaidRow),
    table_of(TicketRow),
)
_ON_NUMBER = (
    select(_customer.c.id, _customer.c.names)
    .join_from(_number, _customer, _customer.c.row_id == _number.c.customer)
    .where(_number.c.number == bindparam("called"))
    .order_by(_customer.c.id)
)
_ROW = select(_customer).where(_customer.c.id == bindparam("called"))
_NUMBERS_OF = select(_number.c.number).where(_number.c.customer == bindparam("row"))
_INSERT, _INSERT_NUMBERS, _INSERT_KEYS = insert(_customer), insert(_number), insert(_key)
_TOUCH = (
    update(_customer)
    .where(_customer.c.id == bindparam("_id"))
    .values(last_at=bindparam("_at"))
    .where((_customer.c.last_at < bindparam("_at")) | _customer.c.last_at.is_(None))
)
_OF_CUSTOMER = (
    select(_event, _said.c.words, _said.c.salt)
    .join_from(_link, _event, _event.c.id == _link.c.event_id)
    .join(_said, _said.c.event_id == _event.c.id, isouter=True)
    .where(_link.c.customer_id == bindparam("called"))
    .order_by(_event.c.seq)
)


def on_number(connection: Connection, number: str) -> list[tuple[str, tuple[str, ...]]]:
    """The cards that have this number: id and names."""
    found = connection.execute(_ON_NUMBER, {"called": number})
    return [(row.id, tuple(json.loads(row.names))) for row in found]


def numbers_known(connection: Connection, numbers: Sequence[str]) -> set[str]:
    """Those of these numbers that a card has."""
    asked = select(_number.c.number).where(
        text("customer_number.number IN (SELECT value FROM json_each(:of))")
    )
    return set(connection.execute(asked, {"of": json.dumps(list(numbers))}).scalars())


def known(connection: Connection, customer_ids: Sequence[str]) -> set[str]:
    """Those of these customers who have a row."""
    asked = select(_customer.c.id).where(text("customer.id IN (SELECT value FROM json_each(:of))"))
    return set(connection.execute(asked, {"of": json.dumps(list(customer_ids))}).scalars())


def card_id_of(connection: Connection, customer_id: str) -> str | None:
    """The card a customer stands on; None for an unknown one."""
    row = connection.execute(_ROW, {"called": customer_id}).one_or_none()
    return row.card_id if row else None


def known_by(connection: Connection, customer_id: str) -> KnownBy:
    """Names, numbers and address of the card on which a customer stands; nothing for an unknown one."""
    row = connection.execute(_ROW, {"called": customer_id}).one_or_none()
    if row is not None and row.card_id != row.id:
        row = connection.execute(_ROW, {"called": row.card_id}).one_or_none()
    if row is None:
        return KnownBy()
    numbers = connection.execute(_NUMBERS_OF, {"row": row.row_id}).scalars()
    return KnownBy(tuple(json.loads(row.names)), tuple(numbers), row.address)


def of_ticket(connection: Connection, ticket_id: str) -> str | None:
    """The customer a ticket is linked to."""
    found: str | None = connection.execute(
        select(_ticket.c.customer_id).where(_ticket.c.id == ticket_id)
    ).scalar_one_or_none()
    return found


def cards_ending(connection: Connection, part: str) -> list[str]:
    """The first two cards on which a customer stands whose id ends so, as lists show ids."""
    found = connection.execute(
        select(_customer.c.card_id)
        .where(_customer.c.id.endswith(part, autoescape=True))
        .distinct()
        .order_by(_customer.c.card_id)
        .limit(2)
    )
    return list(found.scalars())


def members_of(connection: Connection, card_ids: Iterable[str]) -> list[str]:
    """The ids of the customers that stand on these cards."""
    found = connection.execute(
        select(_customer.c.id).where(_customer.c.card_id.in_(list(card_ids))).order_by(_customer.c.id)
    )
    return list(found.scalars())


def events_on(connection: Connection, customer_id: str) -> list[Event]:
    """The acts that concern a customer, in the order they were recorded."""
    return [read_event(row) for row in connection.execute(_OF_CUSTOMER, {"called": customer_id})]


def remember(connection: Connection, event: Event, customer_ids: Iterable[str]) -> None:
    """Tie an act to the customers it concerns."""
    connection.execute(insert(_link), [{"customer_id": one, "event_id": event.id} for one in customer_ids])


def told_by(connection: Connection, customer_ids: Collection[str]) -> list[Any]:
    """Each caller and telephone on the tickets of these customers, with the last receipt of each, by customer."""
    return list(
        connection.execute(
            select(
                *(_ticket.c.customer_id, _ticket.c.caller, _ticket.c.phone),
                func.max(_ticket.c.received_at).label("last_at"),
            )
            .where(_ticket.c.customer_id.in_(list(customer_ids)))
            .group_by(_ticket.c.customer_id, _ticket.c.caller, _ticket.c.phone)
        )
    )


def add_card(connection: Connection, card: CustomerCard, keys: Iterable[str]) -> None:
    """Put in the card of somebody new."""
    row_id = connection.execute(_INSERT, card_values(card)).inserted_primary_key
    assert row_id is not None
    _put_in(connection, row_id[0], card.numbers, keys)


def add_cards(connection: Connection, cards: Sequence[tuple[CustomerCard, Iterable[str]]]) -> None:
    """Put in the cards of many who are new, each with its keys, at once."""
    if not cards:
        return
    first = (connection.execute(select(func.max(_customer.c.row_id))).scalar_one() or 0) + 1
    placed = list(enumerate(cards, first))
    add_rows(connection, _customer, [{"row_id": row_id} | card_values(card) for row_id, (card, _) in placed])
    numbers = [
        {"number": one, "customer": row_id} for row_id, (card, _keys) in placed for one in card.numbers
    ]
    add_rows(connection, _number, numbers)
    keys = [{"key": key, "customer": row_id} for row_id, (_card, keys) in placed for key in keys]
    add_rows(connection, _key, sorted(keys, key=itemgetter("key")))


def write_card(connection: Connection, card: CustomerCard, keys: Iterable[str]) -> None:
    """Bring a card to what it amounts to now; it is put in where there was none."""
    row = connection.execute(_ROW, {"called": card.id}).one_or_none()
    if row is None:
        add_card(connection, card, keys)
        return
    connection.execute(update(_customer).where(_customer.c.row_id == row.row_id).values(**card_values(card)))
    _take_out(connection, row.row_id)
    _put_in(connection, row.row_id, card.numbers, keys)


def write_member(connection: Connection, customer_id: str, card_id: str, erased_at: datetime | None) -> None:
    """Let a customer stand on somebody else's card; nobody finds it under its own any more."""
    values = member_values(customer_id, card_id, erased_at)
    row = connection.execute(_ROW, {"called": customer_id}).one_or_none()
    if row is None:
        connection.execute(_INSERT, values)
        return
    connection.execute(update(_customer).where(_customer.c.row_id == row.row_id).values(**values))
    _take_out(connection, row.row_id)


def remove(connection: Connection, customer_id: str) -> None:
    """Take out a customer whom no ticket and no act names any more."""
    row = connection.execute(_ROW, {"called": customer_id}).one_or_none()
    if row is not None:
        _take_out(connection, row.row_id)
        connection.execute(delete(_customer).where(_customer.c.row_id == row.row_id))


def touch(connection: Connection, card_id: str, at: datetime) -> None:
    """Note that the card's last complaint was received then, unless a later one was."""
    connection.execute(_TOUCH, {"_id": card_id, "_at": at})


def is_named(connection: Connection, customer_id: str) -> bool:
    """Whether any ticket or any act names this customer."""
    for table, column in ((_ticket, _ticket.c.customer_id), (_link, _link.c.customer_id)):
        if connection.execute(select(1).select_from(table).where(column == customer_id).limit(1)).first():
            return True
    return False


def _put_in(connection: Connection, row_id: int, numbers: Sequence[str], keys: Iterable[str]) -> None:
    if numbers:
        connection.execute(_INSERT_NUMBERS, [{"number": one, "customer": row_id} for one in numbers])
    if rows := [{"key": key, "customer": row_id} for key in sorted(keys)]:
        connection.execute(_INSERT_KEYS, rows)


def _take_out(connection: Connection, row_id: int) -> None:
    connection.execute(delete(_number).where(_number.c.customer == row_id))
    connection.execute(delete(_key).where(_key.c.customer == row_id))


def card_values(card: CustomerCard) -> dict[str, Any]:
    """The card as values of its row."""
    return {
        "id": card.id,
        "card_id": card.id,
        "name": card.name,
        "names": json.dumps(card.names, ensure_ascii=False),
        "address": card.address,
        "contact_way": card.contact_way and card.contact_way.value,
        "contact_time": card.contact_time,
        "consent": card.consent and card.consent.value,
        "level": card.level,
        "notes": card.notes,
        "held": card.hold is not None,
        "last_at": card.last_at,
        "erased_at": card.erased_at,
    }


def member_values(customer_id: str, card_id: str, erased_at: datetime | None) -> dict[str, Any]:
    """The row of a customer who stands on somebody else's card."""
    return card_values(CustomerCard(customer_id, erased_at=erased_at)) | {"card_id": card_id}
