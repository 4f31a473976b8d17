"""One at a time: a lock on a file, so that two people's commands never write the same thing at once."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_TRY_AGAIN_AFTER = 0.1


def _try_lock(handle: int) -> bool:
    """Take the lock if it is free. It is given back when the process ends, however it ends."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined, unused-ignore]
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # type: ignore[attr-defined, unused-ignore]
    except OSError:
        return False
    return True


@contextlib.contextmanager
def alone(path: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock on this file while the block runs; `on_wait` is called once if another process has it.

    Waits as long as it takes. Raises OSError when the file cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if not _try_lock(handle):
            on_wait()
            while not _try_lock(handle):
                time.sleep(_TRY_AGAIN_AFTER)
        yield
    finally:
        os.close(handle)
