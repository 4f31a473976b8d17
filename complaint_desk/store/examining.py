"""Looks at a file from outside, for a helper: its size, its pages, its age. Reads no customer's words."""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from complaint_desk.models.errors import StoreFault
from complaint_desk.store.faults import as_store_faults
from complaint_desk.store.whereabouts import look_before_opening

SQLITE = sqlite3.sqlite_version
"""The version of SQLite that this Python brings."""
_TABLES = ("ticket", "event", "staff")


@dataclass(frozen=True, slots=True)
class FileExamined:
    """What can be told of a file without opening a desk on it."""

    bytes: int | None
    """None where there is no file."""
    journal_bytes: int
    mode: str | None
    """Who may read and write it, as octal digits; None on systems that have none."""
    tables: int | None = None
    """The version of its tables."""
    journal: str | None = None
    page_bytes: int | None = None
    rows: tuple[tuple[str, int], ...] = ()
    """How many tickets, events and people."""
    fault: str | None = None
    """Why it cannot be used, as a sentence."""


def examine(path: Path) -> FileExamined:
    """Look at a file and read all its pages once. Never raises and never writes."""
    size, journal = _size(path), _size(path.with_name(path.name + "-wal")) or 0
    mode = mode_of(path)
    try:
        look_before_opening(path)
        if size:
            return _examined(path, size, journal, mode)
    except StoreFault as fault:
        return FileExamined(size, journal, mode, fault=str(fault))
    return FileExamined(size, journal, mode)


def _examined(path: Path, size: int, journal: int, mode: str | None) -> FileExamined:
    with (
        as_store_faults(str(path)),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as connection,
    ):
        version, kind, page = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("user_version", "journal_mode", "page_size")
        )
        rows = tuple(
            (table, int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]))
            for table in _TABLES
        )
        verdict = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
    fault = None if verdict == "ok" else " ".join(verdict.split())
    return FileExamined(size, journal, mode, version, kind, page, rows, fault)


def mode_of(path: Path) -> str | None:
    """Who may read and write a file or a folder, as octal digits; None where it is not there or has none."""
    try:
        return f"{path.stat().st_mode & 0o777:03o}" if os.name != "nt" else None
    except OSError:
        return None


def free_bytes(folder: Path) -> int | None:
    """How much room the disk of a folder has; None where that cannot be told."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None
