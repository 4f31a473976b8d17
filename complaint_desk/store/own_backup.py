"""A backup where a person wants it, sealed with a passphrase if wanted, and read back before it gets its name."""

import hashlib
import os
from contextlib import suppress
from glob import escape
from pathlib import Path
from typing import Any

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.store.copies import copies_folder, copy_file, make_folder, not_made, put_in_place
from complaint_desk.store.leftovers import is_running
from complaint_desk.store.sealing import seal, strong_enough, unseal


def make_own_backup(path: Path, target: Path, passphrase: str | None = None) -> None:
    """Back the file up to `target`, which must not be there yet.

    Raises FileDamaged, CopyNotMade, StoreFault for a passphrase that is too short or a name that is taken.
    """
    if target.exists():
        raise StoreFault(_("{file} is there already and was not written over.").format(file=target))
    if not target.parent.is_dir():
        raise StoreFault(_("There is no folder {folder}. Nothing was done.").format(folder=target.parent))
    if passphrase is None:
        copy_file(path, target)
    else:
        make_sealed(path, target, strong_enough(passphrase))


def make_sealed(path: Path, target: Path, passphrase: str) -> None:
    """Back the file up to `target`, sealed. Raises FileDamaged, CopyNotMade.

    What is sealed never lies unsealed on the disk of the target: it is made beside the file first.
    """
    unsealed = copies_folder(path) / f".{path.stem}-to-be-sealed.{os.getpid()}.db"
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        make_folder(unsealed.parent)
        _sweep(unsealed)
        copy_file(path, unsealed)
        os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        with unsealed.open("rb") as plain, aside.open("wb") as sealed:
            seal(plain, sealed, passphrase)
        _read_back(unsealed, aside, passphrase)
        put_in_place(aside, target)
    except OSError as error:
        raise not_made(target, error.strerror) from error
    finally:
        for leftover in (unsealed, aside):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _sweep(unsealed: Path) -> None:
    """Remove what a process that was killed left unsealed."""
    beginning = unsealed.name.removesuffix(f"{os.getpid()}.db")
    for left in unsealed.parent.glob(f"{escape(beginning)}*.db"):
        number = left.name.removeprefix(beginning).partition(".")[0]
        if number.isdecimal() and not is_running(int(number)):
            with suppress(OSError):
                left.unlink(missing_ok=True)


class _Digest:
    """Takes what is written to it and remembers its digest only."""

    def __init__(self) -> None:
        self.sha256 = hashlib.sha256()

    def write(self, piece: bytes) -> int:
        self.sha256.update(piece)
        return len(piece)


def _read_back(unsealed: Path, sealed: Path, passphrase: str) -> None:
    read: Any = _Digest()
    with sealed.open("rb") as file:
        unseal(file, read, passphrase)
    with unsealed.open("rb") as file:
        if hashlib.file_digest(file, "sha256").digest() != read.sha256.digest():
            raise not_made(sealed, _("what was read back is not what was written"))
