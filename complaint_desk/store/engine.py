"""The file and how it is opened, read and written: one transaction a verb."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from complaint_desk.store.faults import as_store_faults
from complaint_desk.store.whereabouts import APPLICATION_ID, SCHEMA, look_before_opening, refuse_newer

BUSY_SECONDS = 5
"""How long a desk waits for another one's transaction."""


class Store:
    """Where complaints are kept: a SQLite file, or a PostgreSQL database named by its URL."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        """Wrap an engine that is open and has the tables of today; use `open_store`."""
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        self.path = path
        """The file; None for a database server."""

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return str(self.path) if self.path else self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent look at what is kept. Raises StoreFault."""
        with as_store_faults(self.name), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that holds the write lock from its first moment. Raises StoreFault.

        Everything in it is kept, durably, or nothing is.
        """
        with as_store_faults(self.name), self._writing.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def open_store(where: str | Path) -> Store:
    """Open the desk's file, making it where there is none and bringing it up to date where it is behind.

    `where` is a path or a database URL. Raises StoreFault with a sentence; a file that cannot be used is left
    untouched.
    """
    if "://" in str(where):
        return _open_server(str(where))
    path = Path(where).absolute()
    look_before_opening(path)
    with as_store_faults(str(path)):
        if not path.exists() or path.stat().st_size == 0:
            _make(path)
        store = Store(_file_engine(path), path)
        _bring_up_to_date(store, path)
    return store


def _file_engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (
            "synchronous=FULL",
            "foreign_keys=ON",
            "recursive_triggers=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _make(path: Path) -> None:
    """Make a new file aside and put it in place whole, so that nobody ever meets half a file."""
    from complaint_desk.store.migrate import make_tables

    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        with sqlite3.connect(aside) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.close()
        engine = _file_engine(aside)
        make_tables(engine)
        engine.dispose()
        connection = sqlite3.connect(aside, isolation_level=None)
        connection.execute(f"PRAGMA user_version={SCHEMA}")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.close()
        if path.exists():
            path.unlink()
        _put_in_place(aside, path)
    finally:
        for leftover in (aside, aside.with_name(aside.name + "-wal"), aside.with_name(aside.name + "-shm")):
            leftover.unlink(missing_ok=True)


def _put_in_place(aside: Path, path: Path) -> None:
    """Give the new file its name unless another desk has just made one."""
    try:
        os.link(aside, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            aside.rename(path)


def _bring_up_to_date(store: Store, path: Path) -> None:
    with store.reading() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    refuse_newer(path, version)
    if version < SCHEMA:
        from complaint_desk.store.migrate import bring_up_to_date

        bring_up_to_date(store, version)


def _open_server(url: str) -> Store:
    from complaint_desk.store.migrate import make_tables

    with as_store_faults(make_url(url).render_as_string(hide_password=True)):
        engine = create_engine(url, hide_parameters=True)
        make_tables(engine)
    return Store(engine, None)
