"""Finds cards by their keys while somebody types."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from complaint_desk.models.tables import CustomerNumberRow, CustomerRow, TicketRow, table_of

_customer, _number, _ticket = table_of(CustomerRow), table_of(CustomerNumberRow), table_of(TicketRow)
_NUMBERS = (
    select(_number.c.number).where(_number.c.customer == bindparam("called")).order_by(_number.c.number)
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
