"""How long to wait after wrong PINs, and when no more are taken: the wait grows with each one."""

from datetime import datetime, timedelta

LOCKED_FROM = 8
"""From so many wrong attempts in a row on, a person is locked out."""
LOCK = timedelta(hours=24)
"""How long a lock lasts when nobody lifts it. It leaves one guess a day."""

_WAITS = {
    3: timedelta(seconds=5),
    4: timedelta(seconds=15),
    5: timedelta(minutes=1),
    6: timedelta(minutes=5),
    7: timedelta(minutes=15),
}


def is_locked(failures: int) -> bool:
    """Whether so many wrong attempts lock a person out."""
    return failures >= LOCKED_FROM


def wait_after(failures: int) -> timedelta:
    """How long no PIN is taken after so many wrong ones in a row."""
    return LOCK if is_locked(failures) else _WAITS.get(failures, timedelta())


def wait_left(failures: int, failed_at: datetime | None, now: datetime) -> timedelta:
    """How long it still is until a PIN is taken; nothing where one is taken now.

    A clock that was set back makes nobody wait longer than the whole wait once more.
    """
    if failed_at is None:
        return timedelta()
    wait = wait_after(failures)
    return max(timedelta(), min(wait, failed_at + wait - now))
