"""`kill -9` while the whole file is handled: a backup, a migration, a restore, a salvage."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act
from complaint_desk.store.backups import backups_in
from complaint_desk.store.checking import FaultKind
from complaint_desk.store.copies import copies_folder
from tests.soak.battered import BatteredFile, settings_of
from tests.support import FrozenClock, complaint

OLD_FILE = Path(__file__).parent.parent / "data" / "files" / "schema-1.db"
_PAGE = 4_096
_TORN_TICKETS = 30
_NEVER = frozenset({FaultKind.PAGE_DAMAGED, FaultKind.EVENT_CHANGED, FaultKind.TICKET_DIFFERS})
"""What a salvaged file must not have, however much is missing from it."""


class CopiesCutOff(BatteredFile):
    """Work on whole files that is killed."""

    def back_up(self) -> None:
        """Backups one after the other: each that was answered is there, or a later one; all are whole."""
        clock = FrozenClock(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=self.round))

        def work() -> int:
            desk = Desk.open(settings_of(self.file), as_name="chen", clock=clock, back_up=False)
            for _count in range(100):
                clock.forward(seconds=1)
                print(desk.back_up_here(), flush=True)
            return 0

        told = self.cut_off("backup", work)
        zone = settings_of(self.file).zone
        good = {str(backup.path) for backup in backups_in(copies_folder(self.file), self.file, zone)}
        if told and (not good or max(good) < told[-1]):
            self.blows.lost.append(f"{told[-1]}, and no later one is there")
        for path in good:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
            if verdict != "ok":
                self.blows.faults.append(f"{path}: {verdict}")

    def migrate(self) -> None:
        """An old file is brought up to date: it opens afterwards, sound, with all it held."""
        old = self._empty_folder("old") / "desk.db"
        shutil.copyfile(OLD_FILE, old)

        def work() -> int:
            self.open(old).close()
            print("open", flush=True)
            return 0

        self.cut_off("migration", work)
        desk = self.open(old)
        self.blows.faults += [f"migration: {fault.kind} {fault.about}" for fault in desk.check()]
        if len(desk.queue()) != 3:
            self.blows.lost.append("tickets of an old file")
        desk.close()

    def restore(self) -> None:
        """A backup is put back: the file is the old one or the new one, sound, and the old one is not gone."""
        folder = self._empty_folder("restored")
        place, backup = folder / "desk.db", folder / "backup.db"
        desk = self.open()
        desk.back_up(backup)
        desk.close()
        shutil.copyfile(backup, place)
        desk = self.open(place)
        since = desk.register(complaint("since the backup")).number
        desk.close()

        def work() -> int:
            from complaint_desk.desk.file.restore import restoration
            from complaint_desk.desk.opening import utc_now

            with restoration(settings_of(place), backup, as_name="chen", clock=utc_now) as ready:
                ready.look()
                ready.put_back()
            print("restored", flush=True)
            return 0

        told = self.cut_off("restore", work)
        if not place.exists() or place.stat().st_size == 0:
            self.blows.lost.append("the file itself, in a restore")
            return
        kept = list(folder.glob("desk-replaced-*.db"))
        desk = self.open(place)
        self.blows.faults += [f"restore: {fault.kind} {fault.about}" for fault in desk.check()]
        in_place = desk.queue_row(since) is not None
        desk.close()
        if told and in_place:
            self.blows.lost.append("a restore that was answered")
        if not in_place and not any(_holds(old, since) for old in kept):
            self.blows.lost.append("the old file of a restore")

    def salvage(self) -> None:
        """A torn file is salvaged: it stays as it is, and the new one is whole or not there."""
        from complaint_desk.desk.file.salvage import salvage_file
        from complaint_desk.desk.opening import utc_now

        torn = self._torn_file()
        before, new = torn.read_bytes(), torn.with_name("saved.db")
        for left in torn.parent.glob("saved*"):
            left.unlink()

        def work() -> int:
            salvage_file(settings_of(torn), new, as_name="chen", clock=utc_now)
            return 0

        def told_work() -> int:
            print(work(), flush=True)
            return 0

        told = self.cut_off("salvage", told_work)
        if told and not new.exists():
            self.blows.lost.append("a salvaged file")
        if new.exists():
            self._salvaged_is_whole(new)
            new.unlink()
        work()
        self._salvaged_is_whole(new)
        if torn.read_bytes() != before:
            self.blows.faults.append("salvaging changed the torn file")
        left_over = [path.name for path in torn.parent.iterdir() if path.name.startswith(".")]
        self.blows.faults += [f"left by salvaging: {name}" for name in left_over]

    def _salvaged_is_whole(self, new: Path) -> None:
        desk = self.open(new)
        self.blows.faults += [
            f"salvage: {fault.kind} {fault.about}" for fault in desk.check() if fault.kind in _NEVER
        ]
        with desk.store.reading() as connection:
            acts = set(connection.exec_driver_sql("SELECT act FROM event").scalars())
        if Act.FILE_SALVAGED.value not in acts or not desk.queue():
            self.blows.faults.append("half of a salvaged file stands under its name")
        desk.close()

    def _torn_file(self) -> Path:
        """A file of its own with one to three pages torn, never the first dozen."""
        folder = self.folder / "torn"
        whole, torn = folder / "whole.db", folder / "desk.db"
        if not whole.exists():
            folder.mkdir()
            desk = self.open(whole)
            for count in range(_TORN_TICKETS):
                number = desk.register(
                    complaint(f"{count} " + "酱油" * self.chance.randrange(10, 400))
                ).number
                desk.act(number, Act.NOTED, f"note {count}")
            desk.close()
        shutil.copyfile(whole, torn)
        with torn.open("r+b") as file:
            for page in self.chance.sample(
                range(12, torn.stat().st_size // _PAGE), self.chance.randrange(1, 4)
            ):
                file.seek(page * _PAGE)
                file.write(os.urandom(_PAGE))
        return torn

    def _empty_folder(self, name: str) -> Path:
        folder = self.folder / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        return folder


def _holds(file: Path, number: str) -> bool:
    with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT 1 FROM ticket WHERE number = ?", (number,)).fetchone() is not None
