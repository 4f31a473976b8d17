"""Turns what the database says into sentences a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from complaint_desk.locale import N_, _
from complaint_desk.models.errors import FileDamaged, StoreFault

_DAMAGED = ("malformed", "not a database", "file is encrypted")
_SENTENCES = (
    (
        ("database is locked", "database table is locked", "locking protocol"),
        N_(
            "Another program holds {file} and did not let go for five seconds. Nothing was written. "
            "Close the other program, then try again."
        ),
    ),
    (
        ("readonly database", "read-only", "attempt to write", "permission denied", "not permitted"),
        N_(
            "{file} cannot be written. Nothing was written. "
            "Give this account the right to write there, then try again."
        ),
    ),
    (
        ("disk is full", "no space left", "quota exceeded"),
        N_("The disk that holds {file} is full. Nothing was written. Free some space, then try again."),
    ),
    (
        _DAMAGED,
        N_(
            "{file} is damaged. Nothing was written. Put back the last good backup (`restore latest`), "
            "save what can be read (`salvage`), or name another file with --db."
        ),
    ),
    (
        ("unable to open",),
        N_("{file} cannot be opened. Nothing was written. Look whether the file and its folder are there."),
    ),
    (
        ("disk i/o error",),
        N_("The disk failed while {file} was in use. Nothing was written. Look at the disk, then try again."),
    ),
)
_OTHERWISE = N_("The database refused: {reason}. Nothing was written.")


_INDEX_DAMAGED = N_(
    "The index of words in {file} is damaged; what was said is not. Nothing was written. "
    "Run `search reindex` at the command line, then try again."
)
_CORRUPT_INDEX = 267
"""SQLite's code for damage in a virtual table: SQLITE_CORRUPT_VTAB."""


def sentence_for(error: BaseException, file: str) -> str:
    """What a database error means, what was kept and what to do next."""
    if getattr(getattr(error, "orig", None) or error, "sqlite_errorcode", None) == _CORRUPT_INDEX:
        return _(_INDEX_DAMAGED).format(file=file)
    reason = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error)
    for signs, sentence in _SENTENCES:
        if any(sign in reason.lower() for sign in signs):
            return _(sentence).format(file=file)
    return _(_OTHERWISE).format(reason=reason)


@contextmanager
def as_store_faults(file: str) -> Iterator[None]:
    """Raise StoreFault in place of an error of the database or the disk."""
    import sqlite3

    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        raise (FileDamaged if _shows_damage(error) else StoreFault)(sentence_for(error, file)) from error


def _shows_damage(error: BaseException) -> bool:
    """Whether the file itself can no longer be read; the index of words can be made anew."""
    cause = getattr(error, "orig", None) or error
    if getattr(cause, "sqlite_errorcode", None) == _CORRUPT_INDEX:
        return False
    return any(sign in str(cause).lower() for sign in _DAMAGED)
