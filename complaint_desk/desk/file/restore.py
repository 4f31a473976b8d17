"""Restoring: a backup looked at beside the file, then put in its place, what would be lost told first.

The file itself may be damaged or gone, so this needs no open desk; a desk that is open says by `may_restore` whether
the person at the seat has the right.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from complaint_desk.desk.base import Clock
from complaint_desk.desk.desk import Desk
from complaint_desk.desk.file.backing_up import all_backups
from complaint_desk.desk.file.check import MENDABLE
from complaint_desk.desk.staff.guard import unguarded
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import FileDamaged, StoreFault
from complaint_desk.rules.plain_text import plain
from complaint_desk.settings import Settings
from complaint_desk.store import restoring
from complaint_desk.store.backups import Backup
from complaint_desk.store.checking import FaultKind, FileFault
from complaint_desk.store.engine import open_store
from complaint_desk.store.erasing import noted_as_erased
from complaint_desk.store.restoring import Beyond, Contents, Damage
from complaint_desk.store.whereabouts import whole_path

LATEST = "latest"
"""Stands for the newest backup, wherever it lies."""


@dataclass(frozen=True, slots=True)
class RestoreLook:
    """What putting a backup back would do."""

    source: Path
    holds: Contents
    faults: tuple[FileFault, ...]
    """What is wrong with the backup and cannot be mended."""
    lost: Beyond | None
    """What the file holds and the backup does not; None where the file cannot be read or is not there."""
    unread: str = ""
    """Why the file cannot be compared."""


class Restoration:
    """A backup made ready beside the file it would take the place of."""

    def __init__(
        self, settings: Settings, path: Path, aside: Path, source: Path, as_name: str, clock: Clock
    ) -> None:
        self._settings = settings.model_copy(update={"db": str(aside)})
        self._path, self._aside, self._source = path, aside, source
        self._as_name, self._clock = as_name, clock

    def look(self) -> RestoreLook:
        """Prove the backup, and tell what it holds and what would be lost. Changes nothing but what lies aside."""
        desk = self._desk_on(self._aside)
        try:
            faults = desk.check()
            if any(fault.kind is FaultKind.PAGE_DAMAGED for fault in faults):
                raise FileDamaged(
                    _("The backup {file} is damaged itself. Nothing was changed. Take another one.").format(
                        file=self._source
                    )
                )
            if any(fault.kind in MENDABLE for fault in faults):
                desk.rebuild()
                faults = desk.check()
        finally:
            desk.close()
        with restoring.only_reading(self._aside) as connection:
            holds = restoring.contents(connection)
        lost, unread = self._lost()
        return RestoreLook(self._source, holds, tuple(faults), lost, unread)

    def _lost(self) -> tuple[Beyond | None, str]:
        if not self._path.exists() or self._path.stat().st_size == 0:
            return None, _("There is no file in its place now.")
        try:
            with restoring.only_reading(self._path) as connection:
                return restoring.beyond(connection, self._aside), ""
        except StoreFault as fault:
            return None, str(fault)

    def put_back(self) -> Path | None:
        """Put the backup in the place of the file; returns where the old file is kept, None where there was none.

        The new file goes on in an origin of its own, which names the head of the backup; what was erased since the
        backup is erased again, and no number that was given out since is given twice. Raises StoreFault where
        another desk has the file open; nothing is changed then.
        """
        erased = self._erased_since()
        with restoring.held_alone(self._path) as connection:
            try:
                lost = restoring.beyond(connection, self._aside) if connection else None
                replaced = restoring.own_head(connection) if connection else None
                given = restoring.counters(connection) if connection else []
            except Damage:
                lost, replaced, given = None, None, []
            self._go_on(lost, replaced, given)
            self._erase_again(erased)
            moment = self._clock().astimezone(self._settings.zone)
            return restoring.put_back(self._aside, self._path, moment)

    def _erased_since(self) -> list[str]:
        """Whom the file has erased, as far as it and the list beside it can say."""
        ids = noted_as_erased(self._path)
        if self._path.exists() and self._path.stat().st_size:
            with suppress(StoreFault):
                desk = self._desk_on(self._path)
                try:
                    ids += unguarded(Desk.erased_ids)(desk)
                finally:
                    desk.close()
        return list(dict.fromkeys(ids))

    def _erase_again(self, ids: list[str]) -> None:
        """Erase in the backup whoever was erased since: it is the file that asks, whoever puts it back."""
        desk = self._desk_on(self._aside)
        try:
            unguarded(Desk.apply_erasures)(desk, ids)
        finally:
            desk.close()

    def _desk_on(self, path: Path) -> Desk:
        return Desk(open_store(path), self._clock, self._settings, self._as_name)

    def _go_on(
        self, lost: Beyond | None, replaced: tuple[str, int, str] | None, given: list[tuple[str, str, int]]
    ) -> None:
        desk = self._desk_on(self._aside)
        try:
            desk._begin_new_origin(
                Act.FILE_RESTORED,
                {
                    "from": self._source.name,
                    "lost_events": lost.events if lost else None,
                    "lost_tickets": len(lost.tickets) if lost else None,
                    "replaced": list(replaced) if replaced else None,
                },
                given,
            )
        finally:
            desk.close()


@contextmanager
def restoration(
    settings: Settings, source: Path, *, as_name: str, clock: Clock, passphrase: str | None = None
) -> Iterator[Restoration]:
    """Make a backup ready beside the file; what was made ready goes again afterwards.

    Raises StoreFault where the backup cannot be used or the place cannot be written.
    """
    path = whole_path(settings.db)
    aside = restoring.bring_aside(source.resolve(), path, passphrase)
    try:
        yield Restoration(settings, path, aside, source, as_name, clock)
    finally:
        restoring.remove_aside(aside)


def backup_called(settings: Settings, name: str, clock: Clock) -> Path:
    """The backup a person means: a file, the name of one of the file's backups, or `latest`. Raises StoreFault."""
    path = whole_path(settings.db)
    found: list[Backup] = all_backups(path, settings.backup_folder, clock().astimezone(settings.zone))
    if name == LATEST:
        if not found:
            raise StoreFault(_("There is no backup of {file}.").format(file=path))
        return found[0].path
    named = next((backup.path for backup in found if backup.path.name == name), Path(name))
    try:
        there = named.is_file()
    except (OSError, ValueError):
        there = False
    if not there:
        raise StoreFault(_("There is no backup {file}. Nothing was changed.").format(file=plain(name)))
    return named
