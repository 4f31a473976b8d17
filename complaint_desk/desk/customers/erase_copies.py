"""Which copies of the file still hold a person who is erased, and until when they are kept."""

from datetime import date, datetime, timedelta
from pathlib import Path

from complaint_desk.models.erasure import KeptCopy
from complaint_desk.settings import Settings
from complaint_desk.store.backups import backups_in
from complaint_desk.store.erasing import older_files


def kept_copies(path: Path, settings: Settings) -> tuple[KeptCopy, ...]:
    """Every copy that is kept beside the file and in the second folder, the newest first."""
    zone = settings.zone
    folders = {one.parent for one in older_files(path, settings.backup_folder)}
    made = {backup.path: backup.made_at for folder in folders for backup in backups_in(folder, path, zone)}
    found = [
        KeptCopy(one, made.get(one), last_day(made[one], settings) if one in made else None)
        for one in older_files(path, settings.backup_folder)
    ]
    return tuple(
        sorted(
            found, key=lambda one: (one.made_at is None, one.made_at and -one.made_at.timestamp(), one.path)
        )
    )


def last_day(made_at: datetime, settings: Settings) -> date:
    """The last local day on which the rotation keeps a backup, as long as the desk makes backups every day.

    A backup may be the one that is kept of its week; it then goes when so many younger weeks have one.
    """
    day = made_at.astimezone(settings.zone).date()
    of_day = day + timedelta(days=settings.backup_days - 1)
    if settings.backup_weeks == 0:
        return of_day
    monday = day - timedelta(days=day.weekday())
    return max(of_day, monday + timedelta(weeks=settings.backup_weeks, days=-1))
