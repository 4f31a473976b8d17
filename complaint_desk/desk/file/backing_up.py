"""Backing up: on opening, every so often while the desk is open, and when a person asks."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.file.sealing_backups import own_passphrase
from complaint_desk.locale import _, n_
from complaint_desk.models.errors import StoreFault
from complaint_desk.rules.backup_rotation import BackupsKept, to_let_go
from complaint_desk.store.backups import Backup, backups_in, keep_backup
from complaint_desk.store.copies import copies_folder, last_event

OLD = timedelta(days=1)
"""From this age on the last good backup is worth a word."""
_WORTH_A_WORD = 50_000_000
"""Bytes from which making a backup is announced."""


class BackingUp(DeskBase):
    """The verbs of keeping backups."""

    _sealed_last: tuple[Path, tuple[str, str] | None] | None = None
    """The sealed backup that this seat made last, and the last event in it, which cannot be read any more."""
    copy_fault: str | None = None
    """Why the last backup that was due is missing, when it is."""

    def keep_copy(self, tell: Callable[[], None] | None = None) -> Path | None:
        """Make the first backup of the store's local day, when the file holds anything yet.

        `tell` is called before one that takes a while. Returns the new backup, or None where the day has one. Raises
        FileDamaged, CopyNotMade.
        """
        path, now = self.store.path, self._local_now()
        if path is None or last_event(path) is None:
            return None
        newest = self.last_backup()
        if newest is not None and newest.made_at.astimezone(now.tzinfo).date() == now.date():
            return None
        if tell is not None and path.stat().st_size > _WORTH_A_WORD:
            tell()
        return self._keep(path, now)

    def keep_backup_if_due(self) -> Path | None:
        """Make a backup where the last is older than the settings say and something was written since.

        Nobody is held up; a fault stands in `copy_fault` until one succeeds. Raises FileDamaged, CopyNotMade.
        """
        path, now = self.store.path, self._local_now()
        if path is None:
            return None
        newest = self.last_backup()
        every = timedelta(minutes=self.settings.backup_every_minutes)
        if newest is not None and timedelta() <= now - newest.made_at < every:
            return None
        written = last_event(path)
        if written is None or (newest is not None and self._holds(newest, written)):
            return None
        return self._keep(path, now)

    def back_up_here(self) -> Path | None:
        """Make a backup beside the file now; None where another desk makes one. Raises FileDamaged, CopyNotMade."""
        path = self.store.path
        return self._keep(path, self._local_now()) if path else None

    def backups(self) -> list[Backup]:
        """Every backup beside the file and in the second folder, the newest first."""
        path = self.store.path
        return all_backups(path, self.settings.backup_folder, self._local_now()) if path else []

    def last_backup(self) -> Backup | None:
        """The newest backup beside the file that is not dated into the future."""
        path, now = self.store.path, self._local_now()
        zone = self.settings.zone
        found = backups_in(copies_folder(path), path, zone) if path else []
        return next((backup for backup in found if backup.made_at <= now), None)

    def backup_words(self) -> str:
        """A sentence when the last good backup is older than a day, or missing; empty when all is well."""
        path = self.store.path
        if path is None or last_event(path) is None:
            return ""
        newest = self.last_backup()
        if newest is None:
            return _("There is no backup of the file yet.")
        days = (self._local_now() - newest.made_at) // OLD
        if days < 1 or self._holds(newest, last_event(path)):
            return ""
        return n_(
            "The last good backup is a day old.", "The last good backup is {days} days old.", days
        ).format(days=days)

    def _keep(self, path: Path, now: datetime) -> Path | None:
        settings = self.settings
        kept = BackupsKept(settings.backup_hours, settings.backup_days, settings.backup_weeks)
        rotation: Callable[[Iterable[datetime]], set[datetime]] = partial(
            to_let_go, now=now, zone=settings.zone, keep=kept
        )
        try:
            passphrase = own_passphrase(settings)
            written = last_event(path) if passphrase else None
            made = keep_backup(path, now, rotation, settings.backup_folder, passphrase)
        except StoreFault as fault:
            self.copy_fault = str(fault)
            raise
        self.copy_fault = None
        if made is not None and passphrase:
            self._sealed_last = made, written
        return made

    def _holds(self, backup: Backup, written: tuple[str, str] | None) -> bool:
        """Whether this backup holds all that the file does; of a sealed one only its maker can tell."""
        if backup.sealed:
            return self._sealed_last == (backup.path, written)
        try:
            return last_event(backup.path) == written
        except StoreFault:
            return False

    def _local_now(self) -> datetime:
        return self.clock().astimezone(self.settings.zone)


def all_backups(path: Path, second: Path | None, now: datetime) -> list[Backup]:
    """The backups of this file beside it and in the second folder, the newest first, each once."""
    zone = now.tzinfo
    assert zone is not None
    found = backups_in(copies_folder(path), path, zone)
    if second is not None:
        names = {backup.path.name for backup in found}
        found += [backup for backup in backups_in(second, path, zone) if backup.path.name not in names]
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)
