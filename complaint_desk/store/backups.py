"""The backups of a file: named by the moment they were made, listed, rotated, and kept in a second folder too."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, tzinfo
from glob import escape
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.store.copies import (
    CopyNotMade,
    copies_folder,
    copy_file,
    make_folder,
    not_made,
    put_in_place,
)
from complaint_desk.store.file_lock import FileLock
from complaint_desk.store.own_backup import make_sealed

SEALED_SUFFIX = ".sealed"
"""At the end of the name of a backup that a passphrase guards."""

_MOMENT = re.compile(r"-(\d{4}-\d\d-\d\d)(?:T(\d{6})([+-]\d{4}))?$")
Rotation = Callable[[Iterable[datetime]], set[datetime]]
"""Says of which instants the backups may go."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read back when it was made."""

    path: Path
    made_at: datetime
    size: int
    """Bytes."""

    @property
    def sealed(self) -> bool:
        """Whether a passphrase guards it."""
        return self.path.name.endswith(SEALED_SUFFIX)


def backup_name(path: Path, moment: datetime) -> str:
    """The name of this file's backup of a moment, which must be in the store's zone."""
    return f"{path.stem}-{moment:%Y-%m-%dT%H%M%S%z}{path.suffix or '.db'}"


def backups_in(folder: Path, path: Path, zone: tzinfo) -> list[Backup]:
    """This file's backups in a folder, the newest first; what is named otherwise is none. Only looks."""
    found = []
    ending = path.suffix or ".db"
    with suppress(OSError):
        for each in folder.glob(f"{escape(path.stem)}-*{escape(ending)}*"):
            made_at = _made_at(each.name.removesuffix(SEALED_SUFFIX), ending, path.stem, zone)
            if made_at is not None:
                with suppress(OSError):
                    found.append(Backup(each, made_at, each.stat().st_size))
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _made_at(name: str, ending: str, stem: str, zone: tzinfo) -> datetime | None:
    if not name.endswith(ending):
        return None
    name = name.removesuffix(ending)
    if not (found := _MOMENT.search(name)) or name[: found.start()] != stem:
        return None
    day, time, offset = found.groups()
    try:
        if time is None:
            return datetime.strptime(day, "%Y-%m-%d").replace(tzinfo=zone)
        return datetime.strptime(f"{day}T{time}{offset}", "%Y-%m-%dT%H%M%S%z")
    except ValueError:
        return None


def keep_backup(
    path: Path,
    moment: datetime,
    rotation: Rotation,
    second: Path | None = None,
    passphrase: str | None = None,
) -> Path | None:
    """Make a backup named by `moment` (in the store's zone), let older ones go, and put one in the second folder.

    With a passphrase it is sealed.
    None where another desk is making one right now. Raises FileDamaged where the file is damaged, CopyNotMade
    where the backup, or the one in the second folder, could not be made.
    """
    folder, moment = copies_folder(path), moment.replace(microsecond=0)
    target = folder / (backup_name(path, moment) + (SEALED_SUFFIX if passphrase else ""))
    try:
        make_folder(folder)
        lock = FileLock(folder / ".making")
        if not lock.take():
            return None
    except OSError as error:
        raise not_made(target, error.strerror) from error
    try:
        _sweep(folder, path)
        if passphrase:
            make_sealed(path, target, passphrase)
        else:
            copy_file(path, target)
        _rotate(folder, path, moment, rotation)
        if second is not None:
            _keep_elsewhere(target, second)
            _rotate(second, path, moment, rotation)
    finally:
        lock.give_back(remove=True)
    return target


def _keep_elsewhere(made: Path, second: Path) -> None:
    """Copy a backup that was read back into the second folder, and read it back there."""
    target = second / made.name
    aside = second / f".{made.name}.{os.getpid()}.new"
    try:
        if not second.is_dir():
            raise CopyNotMade(
                _(
                    "The second folder for backups, {folder}, is not there. The backup beside the file was made. "
                    "Put the disk in, or name another folder in the settings."
                ).format(folder=second)
            )
        os.close(os.open(aside, os.O_CREAT | os.O_RDWR | os.O_TRUNC, 0o600))
        shutil.copyfile(made, aside)
        if _digest(aside) != _digest(made):
            raise not_made(target, _("what was read back is not what was written"))
        put_in_place(aside, target)
    except OSError as error:
        raise not_made(target, error.strerror) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _rotate(folder: Path, path: Path, moment: datetime, rotation: Rotation) -> None:
    zone = moment.tzinfo
    assert zone is not None
    found = backups_in(folder, path, zone)
    may_go = rotation(backup.made_at for backup in found)
    for backup in found:
        if backup.made_at in may_go and backup.made_at != moment:
            with suppress(OSError):
                backup.path.unlink(missing_ok=True)


def _sweep(folder: Path, path: Path) -> None:
    """Remove what a process that was killed left half-written; the lock is ours, so nobody is writing now."""
    for leftover in folder.glob(f".{escape(path.stem)}-[0-9]*.new*"):
        with suppress(OSError):
            leftover.unlink(missing_ok=True)
