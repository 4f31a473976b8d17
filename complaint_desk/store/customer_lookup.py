"""Finds cards by their keys while somebody types."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from complaint_desk.models.tables import CustomerNumberRow, CustomerRow, TicketRow, table_of

_customer, _number, _ticket = table_of(CustomerRow), table_of(CustomerNumberRow), table_of(TicketRow)
_NUMBERS = (
    select(_number.c.customer, _number.c.number)
    .where(_number.c.customer.in_(bindparam("called", expanding=True)))
    .order_by(_number.c.number)
)
_OPEN = (
    select(_customer.c.card_id, func.count().label("many"))
    .join_from(_customer, _ticket, _ticket.c.customer_id == _customer.c.id)
    .where(_customer.c.card_id.in_(bindparam("called", expanding=True)), _ticket.c.status == "open")
    .group_by(_customer.c.card_id)
)
_AT_ONCE = 500


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


def numbers_of(connection: Connection, row_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The numbers of each of these cards, by row number."""
    found: dict[int, tuple[str, ...]] = {}
    for row in connection.execute(_NUMBERS, {"called": list(row_ids)}):
        found[row.customer] = (*found.get(row.customer, ()), row.number)
    return found


def count_open(connection: Connection, card_ids: Collection[str]) -> dict[str, int]:
    """How many complaints are open of the customers on each of these cards; a card without any is not in it."""
    found = connection.execute(_OPEN, {"called": list(card_ids)})
    return {row.card_id: row.many for row in found}
