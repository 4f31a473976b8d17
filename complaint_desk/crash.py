"""What is written when the desk falls over: where in the program, and nothing that a customer said.

Standard library only. A report holds versions, the kinds of the errors and the places in the program they went
through. It holds no messages of errors, no values of variables and no lines of data, as all of those may carry a
customer's words.
"""

import errno
import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from complaint_desk import __version__

REPORTS_KEPT = 20
_DEEPEST = 10
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,80}")


def write_report(error: BaseException, folder: Path, now: datetime | None = None) -> Path | None:
    """Write a report of this error into the folder, which is made for this account only; None where nothing can be.

    A folder that cannot be written gives way to the system's own for passing files. Never raises.
    """
    moment = now or datetime.now(UTC)
    text = report_text(error, moment)
    for place in (folder, Path(tempfile.gettempdir()) / f"complaint-desk-reports-{_account_number()}"):
        with suppress(OSError):
            place.mkdir(mode=0o700, exist_ok=True)
            path = place / f"crash-{moment:%Y-%m-%dT%H%M%S}-{os.getpid()}.txt"
            descriptor = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
            _keep_few(place)
            return path
    return None


def report_text(error: BaseException, now: datetime) -> str:
    """The report itself."""
    lines = [
        f"complaint-desk {__version__}",
        f"time {now.isoformat(timespec='seconds')}",
        f"python {platform.python_version()} on {platform.platform()}",
        f"command {_command()}",
        "",
    ]
    for depth, link in enumerate(_chain(error)):
        lines.append(f"{'caused by ' if depth else ''}{_kind(link)}")
        lines += [f"  {place}" for place in _places(link)]
    return "\n".join(lines) + "\n"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it; a worker's failure stands for the error inside it."""
    found: BaseException | None = error
    for _link in range(_DEEPEST):
        if found is None:
            return
        yield found
        inside = getattr(found, "error", None)
        following = inside if isinstance(inside, BaseException) else found.__cause__ or found.__context__
        found = following


def _kind(error: BaseException) -> str:
    """The kind of an error, and its number where it has one: never its message."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, OSError) and error.errno is not None:
        kind += f" [{errno.errorcode.get(error.errno, error.errno)}]"
    code = getattr(getattr(error, "orig", None) or error, "sqlite_errorname", None)
    if isinstance(code, str) and _NAME.fullmatch(code):
        kind += f" [{code}]"
    return kind


def _places(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{_place(frame.filename)}:{frame.lineno} {frame.name}"


def _place(filename: str) -> str:
    """Where a file lies within the program or a library, without the folders of this PC."""
    parts = Path(filename).parts
    for marker in ("site-packages", "complaint_desk"):
        if marker in parts:
            at = len(parts) - 1 - parts[::-1].index(marker)
            return "/".join(parts[at + (marker == "site-packages") :])
    return "/".join(parts[-2:])


def _command() -> str:
    """The nouns of the command that ran; no values, as they may be a customer's."""
    words = [word for word in sys.argv[1:3] if re.fullmatch(r"[a-z]{2,20}", word)]
    return " ".join(words) or "screen"


def _keep_few(folder: Path) -> None:
    reports = sorted(folder.glob("crash-*.txt"), key=lambda path: path.name)
    for old in reports[:-REPORTS_KEPT]:
        with suppress(OSError):
            old.unlink()


def _account_number() -> int:
    return os.getuid() if hasattr(os, "getuid") else 0
