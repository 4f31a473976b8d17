"""A file that appears whole or not at all, and never in the place of another one unasked."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from complaint_desk.locale import _
from complaint_desk.models.errors import FileRefused
from complaint_desk.rules.plain_text import plain


@contextmanager
def new_file(path: Path, *, overwrite: bool = False) -> Iterator[IO[bytes]]:
    """Write beside the place and put it there when all is written. Raises FileRefused with a sentence."""
    path = path.expanduser()
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    if path.is_dir():
        raise FileRefused(_("{file} is a folder. Name a file.").format(file=plain(str(path))))
    if path.exists() and not overwrite:
        raise FileRefused(
            _("{file} is there already and was left as it is. Name another one.").format(
                file=plain(str(path))
            )
        )
    if not path.parent.is_dir():
        raise FileRefused(_("There is no folder {folder}.").format(folder=plain(str(path.parent))))
    try:
        try:
            descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            with os.fdopen(descriptor, "w+b") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if overwrite:
                aside.replace(path)
            else:
                _put(aside, path)
        finally:
            aside.unlink(missing_ok=True)
    except FileExistsError as error:
        raise FileRefused(
            _("{file} is there already and was left as it is. Name another one.").format(
                file=plain(str(path))
            )
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FileRefused(
            _("{file} cannot be written: {reason}.").format(file=plain(str(path)), reason=reason)
        ) from error


def _put(aside: Path, path: Path) -> None:
    """Give it its name unless another file has taken it meanwhile."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(path) from None
        aside.rename(path)
