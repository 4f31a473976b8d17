"""Adds many rows of one table at once: the statement is written once, and each row costs no more than its values."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Dialect, Table, insert

Row = Mapping[str, Any]
Processor = Callable[[Any], Any]


def add_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Add rows that name the same columns each, at least two of them; nothing where there are no rows."""
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(insert(table), list(rows))
        return
    names = tuple(rows[0])
    statement, written = _written(table, names, connection.dialect)
    take = itemgetter(*names)
    if not written:
        connection.exec_driver_sql(statement, [take(row) for row in rows])
        return
    values = []
    for row in rows:
        taken = list(take(row))
        for place, write in written:
            taken[place] = write(taken[place])
        values.append(tuple(taken))
    connection.exec_driver_sql(statement, values)


@lru_cache(maxsize=64)
def _written(
    table: Table, names: tuple[str, ...], dialect: Dialect
) -> tuple[str, tuple[tuple[int, Processor], ...]]:
    """The statement for these columns, and how the values are written that are not written as they are."""
    quoted = dialect.identifier_preparer
    columns = ", ".join(quoted.quote(name) for name in names)
    marks = ", ".join("?" * len(names))
    kinds = (table.c[name].type.dialect_impl(dialect) for name in names)
    processors = enumerate(kind.bind_processor(dialect) for kind in kinds)
    written = tuple((place, write) for place, write in processors if write is not None)
    return f"INSERT INTO {quoted.format_table(table)} ({columns}) VALUES ({marks})", written
