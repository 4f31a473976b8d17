"""Indexes that hold only some of a table's rows, the same in a file and on a server."""

from typing import Any

from sqlalchemy import Index, Table, event, text

_WHERE = "where"


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index of the rows for which `where` holds.

    A server's dialect is asked for only when tables are made on one: naming it here would load it with every start.
    """
    return Index(name, *columns, unique=unique, sqlite_where=text(where), info={_WHERE: where})


@event.listens_for(Table, "before_create")
def _the_same_on_a_server(table: Table, connection: Any, **_how: Any) -> None:
    if connection.dialect.name == "postgresql":
        for index in table.indexes:
            if _WHERE in index.info:
                index.dialect_options["postgresql"]["where"] = text(index.info[_WHERE])
