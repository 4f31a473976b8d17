"""A look at a file before the desk is open on it: whether it asks who comes in. Standard library only.

It is done before the first paint, so that nothing shows that a PIN guards; SQLite is imported only where there is a
file to look at.
"""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Door:
    """What can be seen of a file from outside."""

    asks_for_pin: bool = False
    is_new: bool = False
    """Nobody works there yet, or there is no file at all."""


def look_at_door(database: str) -> Door:
    """What stands at the door of this file; of one that cannot be read, nothing. It only reads."""
    if "://" in database:
        return Door()
    path = Path(database).absolute()
    if not path.exists():
        return Door(is_new=True)
    import sqlite3

    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
            people = connection.execute("SELECT EXISTS(SELECT 1 FROM staff)").fetchone()
            asks = connection.execute(
                "SELECT EXISTS(SELECT 1 FROM sign_in JOIN staff ON staff.id = staff_id WHERE left_at IS NULL)"
            ).fetchone()
    except (sqlite3.Error, OSError):
        return Door()
    return Door(bool(asks[0]), not people[0])
