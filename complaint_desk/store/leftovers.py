"""What a process that was killed left lying half-made: told from what another one is still making."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

_SALVAGE = ".salvage."


def is_running(process: int) -> bool:
    """Whether another process has this number; on Windows, where asking would end it, every other one counts."""
    if process == os.getpid():
        return False
    if os.name == "nt":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def salvage_folder(beside: Path) -> Iterator[Path]:
    """A folder beside a file to be made, for this account only, gone afterwards; those of the killed go first."""
    for left in beside.parent.glob(f"{_SALVAGE}*"):
        number = left.name.removeprefix(_SALVAGE).partition(".")[0]
        if number.isdecimal() and not is_running(int(number)):
            with suppress(OSError):
                shutil.rmtree(left)
    with TemporaryDirectory(prefix=f"{_SALVAGE}{os.getpid()}.", dir=beside.parent) as folder:
        yield Path(folder)
