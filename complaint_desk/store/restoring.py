"""Puts a backup in the place of the file: read aside and whole first, the old file kept beside, nothing ever unnamed.

A crash at any instant leaves the old file in its place or the new one, and the old one under its second name as well.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.store.copies import copies_folder, copy_file, folder_to_disk, to_disk
from complaint_desk.store.faults import as_store_faults
from complaint_desk.store.leftovers import is_running
from complaint_desk.store.whereabouts import look_at_file

Damage = sqlite3.Error
"""What reading a damaged file raises."""
_WAIT_SECONDS = 1.0
"""How long to wait for a command of another desk that is just ending."""
_MOST_NUMBERS = 1_000


@dataclass(frozen=True, slots=True)
class Beyond:
    """What one file holds that another does not: nothing, where every event is in both."""

    events: int = 0
    acts: tuple[tuple[str, int], ...] = ()
    """How many events of each act."""
    tickets: tuple[str, ...] = ()
    """The numbers of the tickets that only it holds, a thousand at most."""
    since: datetime | None = None
    """When the first of these events was written down."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file holds."""

    tickets: int
    events: int
    last_at: datetime | None
    """When the last event was written down."""


def aside_of(path: Path) -> Path:
    """Where the file that will take the place of this one is made ready."""
    return path.with_name(f".{path.name}.{os.getpid()}.restore")


def bring_aside(source: Path, path: Path, passphrase: str | None = None) -> Path:
    """Copy a backup beside the file, open its seal if it has one, and prove it readable and one of the desk's.

    Raises StoreFault with a sentence: it is no backup, damaged, newer than this program, or its passphrase is wrong.
    """
    from complaint_desk.store.sealing import is_sealed, unseal

    aside = aside_of(path)
    _sweep(path)
    try:
        with as_store_faults(str(source)):
            os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
            if is_sealed(source):
                with source.open("rb") as sealed, aside.open("wb") as plain:
                    unseal(sealed, plain, passphrase or "")
                look_at_file(aside)
            else:
                look_at_file(source)
                copy_file(source, aside, at_rest=True)
        return aside
    except BaseException:
        remove_aside(aside)
        raise


def _sweep(path: Path) -> None:
    """Remove what restores left that were killed: it holds customers' words."""
    for left in path.parent.glob(f".{escape(path.name)}.*.restore"):
        number = left.name.removesuffix(".restore").rpartition(".")[2]
        if number.isdecimal() and not is_running(int(number)):
            remove_aside(left)


def remove_aside(aside: Path) -> None:
    """Remove what was made ready and is not wanted."""
    for leftover in (aside, aside.with_name(aside.name + "-wal"), aside.with_name(aside.name + "-shm")):
        with suppress(OSError):
            leftover.unlink(missing_ok=True)
    shutil.rmtree(copies_folder(aside), ignore_errors=True)


@contextmanager
def only_reading(path: Path) -> Iterator[sqlite3.Connection]:
    """Look into a file. Raises StoreFault where it cannot be read, also while it is looked at."""
    with (
        as_store_faults(str(path)),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as connection,
    ):
        yield connection


def contents(connection: sqlite3.Connection) -> Contents:
    """Count what a file holds."""
    events, last = connection.execute("SELECT count(*), max(recorded_at) FROM event").fetchone()
    tickets = connection.execute("SELECT count(*) FROM ticket").fetchone()[0]
    return Contents(tickets, events, _instant(last))


def beyond(connection: sqlite3.Connection, other: Path) -> Beyond:
    """What a file holds and the other does not, event by event."""
    connection.execute("ATTACH ? AS other", (f"{other.as_uri()}?mode=ro",))
    try:
        only_here = "FROM event AS e WHERE NOT EXISTS (SELECT 1 FROM other.event AS o WHERE o.id = e.id)"
        acts = connection.execute(
            f"SELECT e.act, count(*) {only_here} GROUP BY e.act ORDER BY 2 DESC, 1"
        ).fetchall()
        if not acts:
            return Beyond()
        since = connection.execute(f"SELECT min(e.recorded_at) {only_here}").fetchone()[0]
        numbers = connection.execute(
            "SELECT number FROM ticket WHERE id NOT IN (SELECT id FROM other.ticket) ORDER BY number LIMIT ?",
            (_MOST_NUMBERS,),
        ).fetchall()
    finally:
        connection.execute("DETACH other")
    return Beyond(
        sum(count for _act, count in acts), tuple(acts), tuple(row[0] for row in numbers), _instant(since)
    )


def counters(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """The last number given out for each store and day."""
    return connection.execute("SELECT store, day, last FROM counter").fetchall()


def own_head(connection: sqlite3.Connection) -> tuple[str, int, str] | None:
    """Origin, number and hash of the last event that the file's own origin holds; None where there is none."""
    found = connection.execute(
        "SELECT origin, seq, hash FROM event WHERE origin IN (SELECT id FROM origin WHERE in_use) "
        "ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    return (found[0], found[1], found[2]) if found else None


@contextmanager
def held_alone(path: Path) -> Iterator[sqlite3.Connection | None]:
    """Hold the file so that no other desk can be at work on it, its journal played in; None where there is none.

    A file too damaged to be held is left to the caller, who meets the damage when reading. Raises StoreFault where
    another desk has it open.
    """
    if not path.exists() or path.stat().st_size == 0:
        yield None
        return
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None
    )
    try:
        try:
            connection.execute("PRAGMA main.locking_mode=EXCLUSIVE")
            connection.execute("PRAGMA main.journal_mode=DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise StoreFault(
                    _(
                        "Another desk has {file} open, and its work would be lost. Nothing was changed. "
                        "Leave the desk there (Ctrl+Q), then try again."
                    ).format(file=path)
                ) from error
        except sqlite3.DatabaseError:
            pass
        yield connection
    finally:
        connection.close()


def put_back(aside: Path, path: Path, moment: datetime) -> Path | None:
    """Give the file made ready its place, and return the name under which the old one is kept; None without one.

    `moment` (in the store's zone) goes into that name. Raises StoreFault; the old file then stands where it stood.
    """
    with as_store_faults(str(path)):
        to_disk(aside)
        kept, free = None, _free_name(path, moment)
        if path.exists():
            kept = free
            _second_name(path, kept)
        journal = path.with_name(path.name + "-wal")
        if journal.exists():
            journal.rename(free.with_name(free.name + "-wal"))
        path.with_name(path.name + "-shm").unlink(missing_ok=True)
        aside.replace(path)
        folder_to_disk(path.parent)
    return kept


def _free_name(path: Path, moment: datetime) -> Path:
    name = f"{path.stem}-replaced-{moment:%Y-%m-%dT%H%M%S}"
    ending = path.suffix or ".db"
    tries = (path.with_name(f"{name}{'-' + str(count) if count else ''}{ending}") for count in range(10_000))
    return next(free for free in tries if not free.exists())


def _second_name(path: Path, kept: Path) -> None:
    """Keep the old file under a second name without ever taking the first away."""
    try:
        os.link(path, kept)
    except OSError:
        shutil.copyfile(path, kept)
        to_disk(kept)
    with suppress(OSError):
        kept.chmod(0o600)


def _instant(text: str | None) -> datetime | None:
    from datetime import UTC

    if text is None:
        return None
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
