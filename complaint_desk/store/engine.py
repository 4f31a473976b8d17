"""The file and how it is opened, read and written: one transaction a verb."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.pool import QueuePool

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.store.copies import copies_folder
from complaint_desk.store.faults import as_store_faults
from complaint_desk.store.whereabouts import SCHEMA, look_before_opening, refuse_newer, whole_path

BUSY_SECONDS = 5
"""How long a desk waits for another one's transaction."""
_MOST_WAITS = 11
"""How often it waits again where others got on meanwhile: SQLite's lock has no queue, and many may pass one."""


class Store:
    """Where complaints are kept: a SQLite file."""

    def __init__(self, engine: Engine, path: Path | None) -> None:
        """Wrap an engine that is open and has the tables of today; use `open_store`."""
        self._engine = engine
        self._writing = engine.execution_options(writing=True)
        self.path = path
        """The file; None for a database server."""
        self._opened = _identity(path)

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return str(self.path) if self.path else self._engine.url.render_as_string(hide_password=True)

    @contextmanager
    def one_connection(self) -> Iterator[Connection]:
        """A connection for several transactions, thrown away afterwards with whatever was set or laid in it."""
        with as_store_faults(self.name), self._engine.connect() as connection:
            try:
                yield connection
            finally:
                connection.invalidate()

    @contextmanager
    def reading(self, on: Connection | None = None) -> Iterator[Connection]:
        """One consistent look at what is kept; `on` a connection of `one_connection`. Raises StoreFault."""
        with as_store_faults(self.name):
            self._must_be_there()
            with self._begin(on, writing=False) as connection:
                yield connection

    @contextmanager
    def writing(self, on: Connection | None = None) -> Iterator[Connection]:
        """One transaction that holds the write lock from its first moment. Raises StoreFault.

        Everything in it is kept, durably, or nothing is. `on` is a connection of `one_connection`.
        """
        with as_store_faults(self.name):
            self._must_be_there()
            with ExitStack() as stack:
                yield self._my_turn(stack, on)
            self._must_be_there()

    @contextmanager
    def _begin(self, on: Connection | None, *, writing: bool) -> Iterator[Connection]:
        if on is None:
            with (self._writing if writing else self._engine).begin() as connection:
                yield connection
        else:
            with on.execution_options(writing=writing).begin():
                yield on

    def _my_turn(self, stack: ExitStack, on: Connection | None) -> Connection:
        """Take the write lock, waiting on as long as others get on: only a holder that does nothing is given up."""
        seen = self._progress()
        for waits_left in range(_MOST_WAITS, -1, -1):
            try:
                return stack.enter_context(self._begin(on, writing=True))
            except OperationalError as error:
                if "locked" not in str(error.orig) or not waits_left:
                    raise
                if seen == (seen := self._progress()):
                    raise
        raise AssertionError("a wait returns or raises")

    def _progress(self) -> int | None:
        """A number that changes when anybody writes; None where it cannot be told."""
        if self.path is None:
            return None
        try:
            return os.stat(f"{self.path}-wal").st_mtime_ns  # noqa: PTH116 - at every save, and this is quicker
        except OSError:
            return None

    def _must_be_there(self) -> None:
        """Raise StoreFault where the file was taken away or exchanged: what is written now would be lost."""
        if self.path is not None and _identity(self.path) != self._opened:
            raise StoreFault(
                _(
                    "{file} was moved, deleted or exchanged while the desk had it open. Nothing was written. "
                    "Put it back, or the last good backup (`restore latest`), then open the desk again."
                ).format(file=self.path)
            )

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()


def open_store(where: str | Path) -> Store:
    """Open the desk's file, making it where there is none and bringing it up to date where it is behind.

    `where` is a path, or a URL that names a SQLite file. Raises StoreFault with a sentence; a file that cannot
    be used is left untouched.
    """
    path = whole_path(_path_in(str(where)) if "://" in str(where) else where)
    look_before_opening(path)
    with as_store_faults(str(path)):
        if not path.exists() or path.stat().st_size == 0:
            from complaint_desk.store.making import make_file

            make_file(path, BUSY_SECONDS)
        _keep_a_journal(path)
        store = Store(file_engine(path), path)
        _bring_up_to_date(store, path)
    return store


_JOURNAL_BYTES = slice(18, 20)
"""Where a SQLite file says how it is journalled: 2 and 2 for a write-ahead log."""


def _keep_a_journal(path: Path) -> None:
    """Have a backup that a person put in the place of the file journalled as the desk's files are.

    Without the write-ahead log every reader would hold writers up. Where another program holds the file it stays as
    it is until the next opening.
    """
    with path.open("rb") as file:
        if file.read(20)[_JOURNAL_BYTES] == b"\x02\x02":
            return
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS)
    try:
        with suppress(sqlite3.OperationalError):
            connection.execute("PRAGMA journal_mode=WAL")
    finally:
        connection.close()


def file_engine(path: Path) -> Engine:
    """An engine on a file that is there; it never makes one."""

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            f"{path.as_uri()}?mode=rw", uri=True, timeout=BUSY_SECONDS, check_same_thread=False
        )

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True)

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


def _identity(path: Path | None) -> tuple[int, int] | None:
    """Which file lies at this place now; None where there is none."""
    if path is None:
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _bring_up_to_date(store: Store, path: Path) -> None:
    with store.reading() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    refuse_newer(path, version)
    if version < SCHEMA:
        from complaint_desk.store.migrate import bring_up_to_date

        try:
            bring_up_to_date(store)
        except StoreFault:
            raise
        except Exception as error:
            raise StoreFault(
                _(
                    "{file} could not be brought up to date ({reason}). It was left as it was, and a copy of it "
                    "is kept in {folder}. Go on with the program that wrote it, and report this."
                ).format(file=path, reason=error, folder=copies_folder(path))
            ) from error


def _path_in(url: str) -> str:
    """The path a URL names. Raises StoreFault where it names anything but a SQLite file."""
    try:
        named = make_url(url)
        if named.get_backend_name() == "sqlite" and named.database:
            return named.database
    except ArgumentError:
        pass
    raise StoreFault(
        _(
            "The desk keeps its complaints in a file of this PC, and --db names something else. "
            "Nothing was changed. Name a file with --db."
        )
    )
