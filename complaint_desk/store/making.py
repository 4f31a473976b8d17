"""Makes a new file of the desk, aside and whole; imported only when there is none yet."""

import os
import sqlite3
import time
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import FileDamaged, StoreFault
from complaint_desk.store.copies import copies_folder, folder_to_disk
from complaint_desk.store.file_lock import FileLock
from complaint_desk.store.whereabouts import APPLICATION_ID, SCHEMA

_LOOK_AGAIN_SECONDS = 0.05


def make_file(path: Path, patience: float) -> None:
    """Make the file where it is missing or empty; of several desks that open at once, one makes it.

    `patience` is how many seconds to wait for another desk that is making it. Raises StoreFault where what
    lies beside it shows that a file with complaints in it was lost.
    """
    _refuse_to_cover_a_loss(path)
    lock = FileLock(path.with_name(f".{path.name}.making"))
    waited_until = time.monotonic() + patience
    while not lock.take():
        if _is_made(path):
            return
        if time.monotonic() > waited_until:
            raise StoreFault(
                _("Another desk is making {file} and did not finish in {seconds} seconds. Try again.").format(
                    file=path, seconds=int(patience)
                )
            )
        time.sleep(_LOOK_AGAIN_SECONDS)
    try:
        if not _is_made(path):
            _make(path)
    finally:
        lock.give_back(remove=True)


def _is_made(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0


def _refuse_to_cover_a_loss(path: Path) -> None:
    """A journal without its file would be played into the new one; copies of an empty file show a loss."""
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size > 0 and not _is_made(path):
        raise StoreFault(
            _(
                "{file} is missing or empty, but its journal {journal} is there. Nothing was changed. "
                "Put the file back beside it, or move the journal away to begin anew."
            ).format(file=path, journal=journal.name)
        )
    if path.exists() and not _is_made(path) and any(copies_folder(path).glob("*")):
        raise FileDamaged(
            _(
                "{file} is empty, but backups of it are kept in {folder}. It was left as it is. "
                "Put back the last one (`restore latest`), or name another file with --db."
            ).format(file=path, folder=copies_folder(path))
        )


def _make(path: Path) -> None:
    """Make it aside and put it in place whole, so that nobody ever meets half a file."""
    from complaint_desk.store.engine import file_engine
    from complaint_desk.store.migrate import make_tables

    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        _mark(aside, f"PRAGMA application_id={APPLICATION_ID}")
        engine = file_engine(aside)
        make_tables(engine)
        engine.dispose()
        _mark(aside, f"PRAGMA user_version={SCHEMA}", "PRAGMA journal_mode=WAL")
        _put_in_place(aside, path)
    finally:
        for leftover in (aside, aside.with_name(aside.name + "-wal"), aside.with_name(aside.name + "-shm")):
            leftover.unlink(missing_ok=True)


def _mark(path: Path, *pragmas: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in pragmas:
            connection.execute(pragma)
    finally:
        connection.close()


def _put_in_place(aside: Path, path: Path) -> None:
    """Give the new file its name, in the place of nothing or of an empty file."""
    if path.exists():
        aside.replace(path)
    else:
        try:
            os.link(aside, path)
        except FileExistsError:
            return
        except OSError:
            aside.rename(path)
    folder_to_disk(path.parent)
