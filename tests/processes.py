"""Children of a test: quick to start, as everything is loaded already, and each a program of its own."""

import os
import signal
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system starts processes otherwise")


@dataclass
class Child:
    """A process that runs a function; what it writes to its standard output can be read here."""

    pid: int
    pipe: int

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        os.kill(self.pid, signal.SIGKILL)

    def read_line(self) -> bytes:
        """The next line it writes; empty at its end."""
        line = b""
        while not line.endswith(b"\n") and (sign := os.read(self.pipe, 1)):
            line += sign
        return line

    def read_all(self) -> bytes:
        """All it still writes."""
        parts = iter(lambda: os.read(self.pipe, 65_536), b"")
        return b"".join(parts)

    def end(self) -> int:
        """Wait for its end: the exit code, negative for a signal."""
        _pid, status = os.waitpid(self.pid, 0)
        os.close(self.pipe)
        return os.waitstatus_to_exitcode(status)


def start(work: Callable[[], int]) -> Child:
    """Run `work` in a child; its return value is the exit code. No desk may be open here: SQLite forbids it."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Child(pid, reading)
    code = 97
    try:
        os.close(reading)
        os.dup2(writing, 1)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - lives as long as the child
        code = work()
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


@contextmanager
def together(*works: Callable[[], int]) -> Iterator[list[Child]]:
    """Run several at once; none is left behind."""
    children = [start(work) for work in works]
    try:
        yield children
    finally:
        for child in children:
            try:
                child.kill()
                child.end()
            except (ChildProcessError, ProcessLookupError):
                continue
