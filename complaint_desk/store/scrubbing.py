"""Writes a file anew, so that nothing that was deleted can be read in it any more."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.store.erasing import unfinished

_LOCK_SECONDS = 5.0
_STEPS_BETWEEN_LOOKS = 100_000
"""Steps of the database between two looks at the clock."""


def scrub(path: Path, told: Callable[[int], None] = lambda seconds: None) -> None:
    """Write the file anew without its free pages, and empty its journal: deleted words then stand nowhere in it.

    `told` hears each second how many have passed.
    Raises StoreFault, with what to do, where another desk reads it just now or the disk is full; nothing is lost.
    """
    try:
        with closing(
            sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=_LOCK_SECONDS)
        ) as connection:
            told(0)
            connection.execute("PRAGMA secure_delete=ON")
            connection.set_progress_handler(_each_second(told), _STEPS_BETWEEN_LOOKS)
            connection.execute("VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except sqlite3.Error as error:
        raise _not_scrubbed(path, str(error)) from error
    if busy:
        raise _not_scrubbed(path, _("another desk reads it just now"))
    unfinished(path).unlink(missing_ok=True)


def _each_second(told: Callable[[int], None]) -> Callable[[], int]:
    begun, last = time.monotonic(), 0

    def look() -> int:
        nonlocal last
        if (seconds := int(time.monotonic() - begun)) > last:
            last = seconds
            told(seconds)
        return 0

    return look


def _not_scrubbed(path: Path, reason: str) -> StoreFault:
    return StoreFault(
        _(
            "The words are erased, but traces of them may still lie in free places of {file} ({reason}). "
            "Close the other desks, see that the disk has room, then run: customer erase --finish"
        ).format(file=path, reason=reason)
    )
