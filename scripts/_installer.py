"""Run pip with its progress in plain words, and tell from what it says why it failed."""

import collections
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from _sentences import sentence

_QUIET_SECONDS = 15
"""Without a terminal, how long until the next line of progress."""

_REASONS = (
    ("wrong_hash", r"DO NOT MATCH THE HASHES"),
    ("disk_full", r"No space left on device|\[Errno 28\]|not enough space on the disk"),
    ("certificate", r"CERTIFICATE_VERIFY_FAILED|certificate verify failed"),
    (
        "no_compiler",
        r"Microsoft Visual C\+\+ .* is required|error: command '[^']*' failed|unable to execute"
        r"|Unknown compiler|can't find Rust compiler|Rust toolchain|Failed building wheel|BackendUnavailable"
        r"|Cannot import '|No such file.*\b(gcc|cc|clang)\b",
    ),
    (
        "no_network",
        r"NewConnectionError|NameResolutionError|Failed to establish a new connection"
        r"|Name or service not known|Temporary failure in name resolution|getaddrinfo failed"
        r"|ConnectTimeout|ReadTimeout|Read timed out"
        r"|Network is unreachable|Connection refused|Connection reset|ProxyError|RemoteDisconnected"
        r"|Max retries exceeded|Could not fetch URL|\(from versions: none\)",
    ),
    ("not_found", r"No matching distribution found"),
    ("not_writable", r"Permission denied|\[Errno 13\]|Access is denied|Read-only file system"),
)


def reason(output: str) -> str:
    """Why pip failed, judged by what it printed: the name of a sentence, `failed` when none fits."""
    return next((name for name, pattern in _REASONS if re.search(pattern, output)), "failed")


class InstallError(Exception):
    """The installation did not succeed: the name of the sentence that says why, the end of what pip said."""

    def __init__(self, name: str, tail: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.tail = tail


def environment() -> dict[str, str]:
    """The environment pip runs in: the user's, without what would send packages elsewhere than to `.venv`."""
    unwanted = {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_NO_DEPS", "PYTHONHOME", "PYTHONPATH"}
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return kept | {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
    }


def run_pip(command: Sequence[str], log: Path, packages: int = 0) -> None:
    """Run pip to its end, showing how far it is; all it says goes to the log.

    Raises InstallError when it fails.
    """
    said: collections.deque[str] = collections.deque(maxlen=400)
    with (
        log.open("a", encoding="utf-8") as stream,
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment(),
            encoding="utf-8",
            errors="replace",
        ) as process,
    ):
        output = process.stdout
        if output is None:
            raise InstallError("failed")

        def listen() -> None:
            for line in output:
                said.append(line)
                stream.write(line)

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        with _Progress(packages) as progress:
            while listener.is_alive():
                listener.join(0.5)
                progress.show(list(said))
        code = process.wait()
    if code:
        raise InstallError(reason("".join(said)), "".join(list(said)[-8:]).rstrip())


class _Progress:
    """One line that is written over on a terminal, a line now and then elsewhere."""

    def __init__(self, packages: int) -> None:
        self._packages = packages
        self._begun = self._last = time.monotonic()
        self._on_terminal = sys.stderr.isatty()
        self._shown = False

    def __enter__(self) -> "_Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown and self._on_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)

    def show(self, said: Sequence[str]) -> None:
        """Say how far pip is, if it is time to."""
        now = time.monotonic()
        if not self._packages or now - self._last < (0.5 if self._on_terminal else _QUIET_SECONDS):
            return
        names = [line.split()[1] for line in said if line.startswith("Collecting ")]
        values = {"count": self._packages, "seconds": int(now - self._begun)}
        if any(line.startswith("Installing collected packages") for line in said):
            text = sentence("unpacking", **values)
        elif names:
            name = re.split(r"[<>=!~;\[ ]", names[-1])[0]
            text = sentence("collecting", done=min(len(names), self._packages), name=name, **values)
        else:
            return
        before, after = ("\r\033[K", "") if self._on_terminal else ("", "\n")
        print(f"{before}  {text}", end=after, file=sys.stderr, flush=True)
        self._last, self._shown = now, True
