"""The passphrase of the backups that the desk makes of its own accord, where the store wants them sealed.

It stands in the environment or in a file that only this account can read, never in the settings: these name the file.
Sealing guards what leaves this PC (a second disk, a stick), not against whoever works under this account.
"""

import os
from pathlib import Path

from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault
from complaint_desk.settings import Settings
from complaint_desk.startup import ENVIRONMENT_PREFIX
from complaint_desk.store.copies import CopyNotMade
from complaint_desk.store.sealing import is_sealed, opens, strong_enough

VARIABLE = f"{ENVIRONMENT_PREFIX}PASSPHRASE"
"""Where the environment may hold a passphrase."""
_OTHERS = 0o077
_LONGEST = 4_096


def backups_are_sealed(settings: Settings) -> bool:
    """Whether the store wants the desk's own backups sealed."""
    return settings.seal_backups or settings.backup_passphrase_file is not None


def own_passphrase(settings: Settings) -> str | None:
    """The passphrase for the desk's own backups; None where they are not sealed.

    Raises CopyNotMade where they are to be sealed and the passphrase is missing, too short, or open to others: a
    backup that should be sealed is never made unsealed instead.
    """
    if not backups_are_sealed(settings):
        return None
    return strong_enough(_from_file(settings.backup_passphrase_file) or _from_environment())


def needs_passphrase(settings: Settings, source: Path) -> bool:
    """Whether a person must be asked for a backup's passphrase: it is sealed, and not with the one that is kept."""
    return _is_sealed(source) and kept_passphrase(settings, source) is None


def kept_passphrase(settings: Settings, source: Path) -> str | None:
    """The passphrase that is kept, where it opens this backup; None where it does not, or none is kept."""
    try:
        kept = own_passphrase(settings)
    except StoreFault:
        return None
    return kept if kept is not None and _is_sealed(source) and opens(source, kept) else None


def _is_sealed(source: Path) -> bool:
    """Whether it is; what cannot be read is refused where it is opened."""
    try:
        return is_sealed(source)
    except OSError:
        return False


def _from_environment() -> str:
    if found := os.environ.get(VARIABLE):
        return found
    raise CopyNotMade(
        _(
            "No backup was made: backups are to be sealed, and there is no passphrase. The file itself is well. "
            "Give it in {variable}, or name a file for it in the settings (backup_passphrase_file)."
        ).format(variable=VARIABLE)
    )


def _from_file(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        with path.expanduser().open("rb") as file:
            if os.name != "nt" and os.fstat(file.fileno()).st_mode & _OTHERS:
                raise CopyNotMade(
                    _(
                        "No backup was made: others can read the passphrase in {file}. The file itself is well. "
                        "Let only this account read it (chmod 600)."
                    ).format(file=path)
                )
            return file.read(_LONGEST).decode("utf-8").partition("\n")[0].rstrip("\r") or None
    except (OSError, UnicodeDecodeError, RuntimeError) as error:
        raise CopyNotMade(
            _(
                "No backup was made: the passphrase cannot be read from {file} ({reason}). The file itself is well."
            ).format(file=path, reason=getattr(error, "strerror", None) or type(error).__name__)
        ) from error
