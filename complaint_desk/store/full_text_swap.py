"""Building the index of words anew beside the old one, and putting it in its place: no desk waits long for it."""

from collections.abc import Callable

from sqlalchemy import Connection

from complaint_desk.store.engine import Store
from complaint_desk.store.full_text import LIVE, FullText

NEW, OLD = FullText("_new"), FullText("_old")
"""The index being built, and the one being put away."""
_ROWS_AT_ONCE = 2_000
_HEADS = 10
"""The first rows of an index's data tell SQLite that it is one; without them it could not be dropped."""


def begin(store: Store) -> int:
    """Make an empty index beside the old one; returns how far the history had come then.

    What an interrupted rebuilding left behind is removed first.
    """
    put_away(store)
    with store.writing() as connection:
        _create(connection, NEW)
        return last_event(connection)


def last_event(connection: Connection) -> int:
    """How far the history has come: a number that grows with every event."""
    event: int = connection.exec_driver_sql("SELECT coalesce(max(rowid), 0) FROM event").scalar_one()
    return event


def tickets_after(connection: Connection, ticket_id: str, count: int) -> list[str]:
    """So many ids of tickets after this one, in order."""
    found = connection.exec_driver_sql(
        "SELECT id FROM ticket WHERE id > ? ORDER BY id LIMIT ?", (ticket_id, count)
    )
    return list(found.scalars())


def count_tickets(connection: Connection) -> int:
    """How many tickets there are."""
    count: int = connection.exec_driver_sql("SELECT count(*) FROM ticket").scalar_one()
    return count


def changed_since(connection: Connection, event: int) -> list[str]:
    """The ids of the tickets to which something happened after this point of the history."""
    found = connection.exec_driver_sql(
        "SELECT DISTINCT ticket_id FROM event WHERE rowid > ? AND ticket_id IS NOT NULL", (event,)
    )
    return list(found.scalars())


def put_in_place(connection: Connection) -> None:
    """Let the new index be the one that is searched; the old one is put aside."""
    for index, target in ((LIVE, OLD), (NEW, LIVE)):
        for name, new_name in ((index.words, target.words), (index.rows, target.rows)):
            if _exists(connection, name):
                connection.exec_driver_sql(f"ALTER TABLE {name} RENAME TO {new_name}")


def put_away(store: Store, told: Callable[[], None] = lambda: None) -> None:
    """Remove every index but the one that is searched, a little at a time; `told` is called between."""
    for index in (NEW, OLD):
        for table in (f"{index.words}_data", f"{index.words}_docsize", index.rows):
            while _emptied_a_little(store, table):
                told()
        with store.writing() as connection:
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index.words}")
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {index.rows}")


def _emptied_a_little(store: Store, table: str) -> bool:
    with store.writing() as connection:
        if not _exists(connection, table):
            return False
        gone = connection.exec_driver_sql(
            f"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE rowid > ? LIMIT ?)",
            (_HEADS, _ROWS_AT_ONCE),
        )
        return gone.rowcount > 0


def _create(connection: Connection, index: FullText) -> None:
    connection.exec_driver_sql(index.creating)
    rows = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE name = ?", (LIVE.rows,)
    ).scalar_one()
    connection.exec_driver_sql(rows.replace(LIVE.rows, index.rows, 1))


def _exists(connection: Connection, table: str) -> bool:
    found = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE name = ?", (table,))
    return bool(found.scalar_one())
