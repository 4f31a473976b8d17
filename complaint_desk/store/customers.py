"""Keeps the cards of customers, their numbers, and the keys by which they are found while somebody types."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from complaint_desk.models.customer import CustomerCard
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
_NUMBERS = (
    select(_number.c.number).where(_number.c.customer == bindparam("called")).order_by(_number.c.number)
)
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
_AT_ONCE = 500


def on_number(connection: Connection, number: str) -> list[tuple[str, tuple[str, ...]]]:
    """The cards that have this number: id and names."""
    found = connection.execute(_ON_NUMBER, {"called": number})
    return [(row.id, tuple(json.loads(row.names))) for row in found]


def card_id_of(connection: Connection, customer_id: str) -> str | None:
    """The card a customer stands on; None for an unknown one."""
    row = connection.execute(_ROW, {"called": customer_id}).one_or_none()
    return row.card_id if row else None


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
    connection.execute(_INSERT, [{"row_id": row_id} | card_values(card) for row_id, (card, _keys) in placed])
    numbers = [
        {"number": one, "customer": row_id} for row_id, (card, _keys) in placed for one in card.numbers
    ]
    if numbers:
        connection.execute(_INSERT_NUMBERS, numbers)
    if keys := [{"key": key, "customer": row_id} for row_id, (_card, keys) in placed for key in keys]:
        connection.execute(_INSERT_KEYS, keys)


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


def found_by_keys(connection: Connection, keys: Sequence[str], limit: int) -> list[int]:
    """The row numbers of the cards with any of these keys as they are."""
    found: dict[int, None] = {}
    for at in range(0, len(keys), _AT_ONCE):
        some = tuple(keys[at : at + _AT_ONCE])
        marks = ",".join("?" * len(some))
        rows = connection.exec_driver_sql(
            f"SELECT customer FROM customer_key WHERE key IN ({marks}) LIMIT ?", (*some, limit)
        )
        found.update(dict.fromkeys(rows.scalars()))
    return list(found)


def found_by_span(connection: Connection, low: str, high: str, limit: int) -> list[int]:
    """The row numbers of the cards with a key from `low` up to `high`, the first ones by key."""
    rows = connection.exec_driver_sql(
        "SELECT customer FROM customer_key WHERE key >= ? AND key < ? LIMIT ?", (low, high, limit)
    )
    return list(dict.fromkeys(rows.scalars()))


def cards_by_row(connection: Connection, row_ids: Sequence[int]) -> list[Any]:
    """Row number, id, name, names, level and last receipt of these cards, the latest first."""
    if not row_ids:
        return []
    return list(
        connection.execute(
            select(
                *(_customer.c.row_id, _customer.c.id, _customer.c.name, _customer.c.names),
                *(_customer.c.level, _customer.c.last_at),
            )
            .where(_customer.c.row_id.in_(list(row_ids)))
            .order_by(_customer.c.last_at.desc(), _customer.c.id)
        )
    )


def numbers_of(connection: Connection, row_id: int) -> tuple[str, ...]:
    """The numbers of a card."""
    return tuple(connection.execute(_NUMBERS, {"called": row_id}).scalars())


def count_open(connection: Connection, customer_ids: Collection[str]) -> int:
    """How many complaints of these customers are open."""
    counted: int = connection.execute(
        select(func.count())
        .select_from(_ticket)
        .where(_ticket.c.customer_id.in_(list(customer_ids)), _ticket.c.status == "open")
    ).scalar_one()
    return counted


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


def set_customer(connection: Connection, ticket_id: str, customer_id: str) -> None:
    """Write on a ticket's row whose it is."""
    connection.execute(_SET_CUSTOMER, {"_id": ticket_id, "_customer": customer_id})


_SET_CUSTOMER = (
    update(_ticket).where(_ticket.c.id == bindparam("_id")).values(customer_id=bindparam("_customer"))
)


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


_member = _customer.alias("member")
