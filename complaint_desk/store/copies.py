"""The copies beside the file: one a day, verified, the last seven kept; and one before each migration."""

import os
import sqlite3
from contextlib import closing
from datetime import date
from glob import escape
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.store.faults import as_store_faults

DAYS_KEPT = 7


class CopyNotMade(StoreFault):
    """The copy could not be written; the file itself is well and can be used."""


def copies_folder(path: Path) -> Path:
    """Where the copies of this file are kept: beside it."""
    return path.with_suffix(".copies")


def copy_of(path: Path, day: date) -> Path:
    """The file that holds the copy of a day."""
    return copies_folder(path) / f"{path.stem}-{day.isoformat()}{path.suffix or '.db'}"


def keep_copy_of_the_day(path: Path, day: date) -> Path | None:
    """Copy the file if this day has no copy yet, read it back, and let go of all but the last seven.

    Returns the new copy, or None where the day had one. Writers are not held up. Raises StoreFault where the
    file is damaged, CopyNotMade where only the copy failed; the file itself is only read.
    """
    target = copy_of(path, day)
    if target.exists():
        return None
    _copy(path, target)
    days = sorted(target.parent.glob(f"{escape(path.stem)}-????-??-??{escape(target.suffix)}"))
    for old in [day for day in days if day != target][: -(DAYS_KEPT - 1)]:
        old.unlink(missing_ok=True)
    return target


def copy_before_migration(path: Path, version: int) -> Path:
    """Copy the file under a name that tells its version; kept until a person removes it."""
    target = copies_folder(path) / f"{path.stem}-before-tables-{version + 1}{path.suffix or '.db'}"
    _copy(path, target)
    return target


def _copy(path: Path, target: Path) -> None:
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        _copy_and_read_back(path, aside)
        _to_disk(aside)
        aside.replace(target)
    except OSError as error:
        raise _not_made(target, error.strerror) from error
    finally:
        for leftover in target.parent.glob(f"{escape(aside.name)}*"):
            leftover.unlink(missing_ok=True)


def _copy_and_read_back(path: Path, aside: Path) -> None:
    with (
        as_store_faults(str(path)),
        closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=5)) as source,
        closing(sqlite3.connect(aside)) as copied,
    ):
        try:
            source.backup(copied)
            copied.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            if "full" in str(error):
                raise _not_made(aside, str(error)) from error
            raise
        verdict = copied.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise StoreFault(
            _(
                "{file} is damaged: {reason}. It was left as it is, and no copy was made of it. "
                "Put back the last good copy from {folder}."
            ).format(file=path, reason=" ".join(verdict.split()), folder=copies_folder(path))
        )


def _not_made(target: Path, reason: str | None) -> CopyNotMade:
    return CopyNotMade(
        _("The copy of the day could not be made in {folder} ({reason}). The file itself is well.").format(
            folder=target.parent, reason=reason
        )
    )


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())
