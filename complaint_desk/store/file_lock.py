"""A lock that lives as long as the process which took it, by the operating system's own means."""

import os
from contextlib import suppress
from pathlib import Path

if os.name == "nt":  # pragma: no cover
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """A lock on one small file. It never waits."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lock; False when another has it. Raises OSError when the file cannot be made."""
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _lock(descriptor)
            except OSError:
                os.close(descriptor)
                return False
            if self._still_there(descriptor):
                self._descriptor = descriptor
                return True
            os.close(descriptor)

    def give_back(self, remove: bool = False) -> None:
        """Let the next one have it; with `remove`, the file goes as well."""
        if self._descriptor is None:
            return
        if remove and os.name != "nt":
            with suppress(OSError):
                self._path.unlink()
        os.close(self._descriptor)
        self._descriptor = None
        if remove and os.name == "nt":  # pragma: no cover
            with suppress(OSError):
                self._path.unlink()

    def _still_there(self, descriptor: int) -> bool:
        try:
            on_disk = self._path.stat()
        except FileNotFoundError:
            return False
        mine = os.fstat(descriptor)
        return (on_disk.st_dev, on_disk.st_ino) == (mine.st_dev, mine.st_ino)
