"""Copies of the file: by SQLite's online backup, read back, written aside and renamed; one before each migration."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from glob import escape
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import FileDamaged, StoreFault
from complaint_desk.store.faults import as_store_faults

ROOM_LEFT = 32 * 2**20
"""Bytes that a copy leaves free on its disk, so that the desk itself can go on writing there."""


class CopyNotMade(StoreFault):
    """The copy could not be written; the file itself is well and can be used."""


def copies_folder(path: Path) -> Path:
    """Where the copies of this file are kept: beside it."""
    return path.with_suffix(".copies")


def copy_before_migration(path: Path, version: int) -> Path:
    """Copy the file under a name that tells its version; kept until a person removes it."""
    target = copies_folder(path) / f"{path.stem}-before-tables-{version + 1}{path.suffix or '.db'}"
    copy_file(path, target)
    return target


def copy_file(path: Path, target: Path, *, at_rest: bool = False) -> None:
    """Copy the file as it stands, its journal included, and read the copy back before it gets its name.

    Writers are not held up. `at_rest` says that nobody writes to it, so that nothing is made beside it either: a
    backup may lie where nobody can write. Raises FileDamaged where the file is damaged, CopyNotMade where only the
    copy failed; the file itself is only read, and what stood under the copy's name stays until a whole one takes
    its place.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        make_folder(target.parent)
        _look_for_room(path, target.parent)
        os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        _copy_and_read_back(path, aside, at_rest and not path.with_name(path.name + "-wal").exists())
        put_in_place(aside, target)
    except OSError as error:
        raise not_made(target, error.strerror) from error
    finally:
        for leftover in target.parent.glob(f"{escape(aside.name)}*"):
            leftover.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder that only this account may look into, where there is none. Raises OSError."""
    folder.mkdir(mode=0o700, exist_ok=True)


def put_in_place(aside: Path, target: Path) -> None:
    """Give a file that was written aside its name, so that a power cut leaves the old one or the new one."""
    to_disk(aside)
    aside.replace(target)
    folder_to_disk(target.parent)


def to_disk(path: Path) -> None:
    """Have the disk hold what was written to this file."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def folder_to_disk(folder: Path) -> None:
    """Make names given in a folder themselves survive a power cut, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def not_made(target: Path, reason: str | None) -> CopyNotMade:
    """The copy failed for this reason, and the file is well."""
    return CopyNotMade(
        _("The backup could not be made in {folder} ({reason}). The file itself is well.").format(
            folder=target.parent, reason=reason
        )
    )


def _look_for_room(path: Path, folder: Path) -> None:
    journal = path.with_name(path.name + "-wal")
    needed = path.stat().st_size + (journal.stat().st_size if journal.exists() else 0) + ROOM_LEFT
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CopyNotMade(
            _(
                "No backup was made in {folder}: {free} MB are free there and {needed} MB are needed. "
                "The file itself is well. Make room on that disk."
            ).format(folder=folder, free=free // 2**20, needed=-(-needed // 2**20))
        )


def _copy_and_read_back(path: Path, aside: Path, at_rest: bool) -> None:
    how = "mode=ro&immutable=1" if at_rest else "mode=ro"
    with (
        as_store_faults(str(path)),
        closing(sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, timeout=5)) as source,
        closing(sqlite3.connect(aside)) as copied,
    ):
        try:
            last = _last_event_in(source)
            source.backup(copied)
            copied.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as error:
            if "full" in str(error):
                raise not_made(aside, str(error)) from error
            if "malformed" in str(error):
                raise damaged(path, str(error)) from error
            raise
        verdict = str(copied.execute("PRAGMA quick_check(1)").fetchone()[0])
        if verdict == "ok" and last is not None:
            held = copied.execute("SELECT count(*) FROM event WHERE id = ? AND hash = ?", last).fetchone()[0]
            verdict = "ok" if held else "the last event is not in the copy"
    if verdict != "ok":
        raise damaged(path, verdict)


def last_event(path: Path) -> tuple[str, str] | None:
    """Id and hash of the event written last into a file; None where it holds none. Raises StoreFault."""
    with (
        as_store_faults(str(path)),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as connection,
    ):
        return _last_event_in(connection)


def _last_event_in(source: sqlite3.Connection) -> tuple[str, str] | None:
    found = source.execute("SELECT id, hash FROM event ORDER BY rowid DESC LIMIT 1").fetchone()
    return (found[0], found[1]) if found else None


def damaged(path: Path, reason: str) -> FileDamaged:
    """The file cannot be read whole any more."""
    return FileDamaged(
        _(
            "{file} is damaged: {reason}. It was left as it is, and no copy was made of it. "
            "Put back the last good backup (`restore latest`), or save what can be read (`salvage`)."
        ).format(file=path, reason=" ".join(reason.split()))
    )
