"""Drives a program through a real pseudo-terminal, as a person would, and tells when it painted what.

Linux and macOS. The screen is kept by pyte. A frame counts only when the program has ended its synchronised
update (terminal mode 2026), as on a real terminal; times are taken when bytes are read, before they are parsed.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType

import pyte

Condition = str | re.Pattern[str] | Callable[["Terminal"], bool]

_KEYS = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
}
_SYNC_BEGIN, _SYNC_END = b"\x1b[?2026h", b"\x1b[?2026l"
_ANSWERS = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
)


_NOT_OURS = ("PYTHONDONTWRITEBYTECODE", "NO_COLOR", "COLUMNS", "LINES")
"""What the caller's environment says of its own terminal and cache, which is wrong for this one."""


class NotShown(AssertionError):
    """What was waited for did not appear; the message holds the screen."""


class Terminal:
    """A program in its own terminal."""

    def __init__(
        self,
        command: Sequence[str],
        size: tuple[int, int] = (120, 40),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the command with `size` columns and rows."""
        self.columns, self.rows = size
        self._screen = pyte.Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._held = b""
        self.last_byte_at = self.started_at = time.perf_counter()
        self.bytes_painted = 0
        self.process, self._descriptor = pty.fork()
        if self.process == 0:
            self._become(command, environment)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", *reversed(size), 0, 0))

    def _become(self, command: Sequence[str], environment: Mapping[str, str] | None) -> None:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
        kept = {k: v for k, v in os.environ.items() if k not in _NOT_OURS}
        told = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **(environment or {})}
        try:
            os.execvpe(command[0], list(command), kept | told)
        finally:
            os._exit(127)

    def __enter__(self) -> Terminal:
        """The running program."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Kill the program and close its terminal."""
        self.kill()

    @property
    def text(self) -> str:
        """What stands on the screen, a wide character once, lines without blanks at their end."""
        lines = []
        for row in range(self.rows):
            cells = self._screen.buffer[row]
            lines.append("".join(cells[column].data for column in range(self.columns)).rstrip())
        return "\n".join(lines)

    def send(self, *keys: str) -> None:
        """Press keys by name (`tab`, `ctrl+s`, `f10`), or type text; a paste is text between its brackets."""
        for key in keys:
            if key.startswith("ctrl+") and len(key) == 6:
                typed = chr(ord(key[5].lower()) & 0x1F)
            else:
                typed = _KEYS.get(key, key)
            data = typed.encode()
            while data:
                data = data[os.write(self._descriptor, data) :]

    def read(self, seconds: float) -> bool:
        """Take in what the program writes within so many seconds; False when it wrote nothing."""
        ready, _, _ = select.select([self._descriptor], [], [], max(0.0, seconds))
        if not ready:
            return False
        try:
            data = os.read(self._descriptor, 65_536)
        except OSError:
            return False
        if not data:
            return False
        self.last_byte_at = time.perf_counter()
        self.bytes_painted += len(data)
        for question, answer in _ANSWERS:
            if question in data:
                os.write(self._descriptor, answer)
        self._take(data)
        return True

    def _take(self, data: bytes) -> None:
        """Parse up to the last ended frame and hold the rest back."""
        data = self._held + data
        self._held = b""
        begun = data.rfind(_SYNC_BEGIN)
        if begun != -1 and data.find(_SYNC_END, begun) == -1:
            data, self._held = data[:begun], data[begun:]
        self._stream.feed(re.sub(rb"\x1b\[[<>=?][0-9;]*[a-zA-Z$]+|\x1b\[[0-9;]*\$[a-z]", b"", data))

    def shows(self, wanted: Condition) -> bool:
        """Whether the screen shows this text, or fits this pattern or condition."""
        if callable(wanted):
            return wanted(self)
        if isinstance(wanted, re.Pattern):
            return wanted.search(self.text) is not None
        return wanted in self.text

    def wait_for(self, wanted: Condition, seconds: float = 20.0) -> float:
        """Wait until the screen shows it and return when, on the clock of `time.perf_counter`. Raises NotShown."""
        end = time.perf_counter() + seconds
        while not self.shows(wanted):
            left = end - time.perf_counter()
            if left <= 0 or (not self.read(min(left, 0.5)) and self.ended and not self.shows(wanted)):
                raise NotShown(f"not shown: {wanted!r}\n{self.text}")
        return self.last_byte_at

    def settle(self, quiet: float = 0.15, seconds: float = 10.0) -> None:
        """Read until the program has been quiet for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end and self.read(quiet):
            pass

    def key_to_paint(self, key: str, wanted: Condition, seconds: float = 10.0) -> float:
        """Seconds from writing a key to the frame that shows what it should do."""
        self.settle(0.02)
        pressed = time.perf_counter()
        self.send(key)
        return self.wait_for(wanted, seconds) - pressed

    def resize(self, columns: int, rows: int) -> None:
        """Change the window's size, as dragging its corner does."""
        self.columns, self.rows = columns, rows
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        os.kill(self.process, signal.SIGWINCH)

    @property
    def ended(self) -> bool:
        """Whether the program has gone."""
        if self.process == 0:
            return True
        done, _ = os.waitpid(self.process, os.WNOHANG)
        if done:
            self.process = 0
        return self.process == 0

    def processor_seconds(self) -> float:
        """Processor time the program has used, in seconds; Linux only."""
        with open(f"/proc/{self.process}/stat", encoding="utf-8") as file:  # noqa: PTH123
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self, with_signal: int = signal.SIGKILL) -> None:
        """End the program as a power cut does, and wait until it has gone."""
        if self.process:
            try:
                os.kill(self.process, with_signal)
                os.waitpid(self.process, 0)
            except (ProcessLookupError, ChildProcessError):
                pass
            self.process = 0
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
