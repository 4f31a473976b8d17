"""`kill -9` at random instants over every kind of work: what was acknowledged is there, and nothing by halves."""

import io
import random
import select
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Act
from complaint_desk.settings import Settings
from complaint_desk.store.backups import backups_in
from complaint_desk.store.copies import copies_folder
from complaint_desk.store.drafts import DraftFolder
from tests.processes import Child, start
from tests.support import FrozenClock, complaint

OLD_FILE = Path(__file__).parent.parent / "data" / "files" / "schema-1.db"
IMPORTED = 60
LONGEST_SECONDS = {
    "save": 0.1,
    "act": 0.1,
    "draft": 0.05,
    "import": 0.8,
    "backup": 0.15,
    "migration": 0.35,
    "restore": 0.4,
}
"""Within how many seconds from the start of each kind of work the blow falls, at random."""


@dataclass
class Blows:
    """What became of the work that was cut off."""

    killed: Counter[str] = field(default_factory=Counter)
    """How often each kind of work was killed while it ran."""
    finished: int = 0
    """How often it was over before the blow."""
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    """What was acknowledged and is not there."""
    faults: list[str] = field(default_factory=list)
    """What a check found wrong afterwards."""


def settings_of(file: Path) -> Settings:
    """A desk's settings on a file of its own."""
    return Settings(db=str(file), store_code="S01")


class Battered:
    """One file that is worked on by processes which are killed."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.file = folder / "desk.db"
        self.blows = Blows()
        self._round = self._imports = 0
        self._tickets: set[str] = set()
        self._notes: set[str] = set()
        self._works: dict[str, Callable[[], None]] = {
            "save": self._save,
            "act": self._act,
            "draft": self._draft,
            "import": self._import,
            "backup": self._backup,
            "migration": self._migrate,
            "restore": self._restore,
        }
        desk = self._open()
        self._tickets.add(desk.register(complaint("the first")).number)
        desk.close()

    def blow(self, kind: str | None = None) -> None:
        """Have one kind of work begun and cut off, and look what is left."""
        self._round += 1
        self._works[kind or self.chance.choice(list(self._works))]()

    def check(self) -> None:
        """Prove the file whole, and everything acknowledged in it."""
        desk = self._open()
        try:
            self.blows.faults += [f"{fault.kind} {fault.about}" for fault in desk.check()]
            with desk.store.reading() as connection:
                numbers = set(connection.exec_driver_sql("SELECT number FROM ticket").scalars())
                said = " ".join(connection.exec_driver_sql("SELECT words FROM said").scalars())
            self.blows.lost += sorted(self._tickets - numbers)
            self.blows.lost += sorted(note for note in self._notes if note not in said)
        finally:
            desk.close()
        left = [path.name for path in self.folder.iterdir() if path.name.endswith((".new", ".restore"))]
        self.blows.faults += [f"left behind: {name}" for name in left if not name.startswith(".")]

    def _open(self, file: Path | None = None) -> Desk:
        return Desk.open(settings_of(file or self.file), as_name="chen", back_up=False)

    def _cut_off(self, kind: str, work: Callable[[], int]) -> list[str]:
        """Run the work, kill it at a random instant, and return the lines that had left it by then."""
        child: Child = start(work)
        wait = self.chance.random() * LONGEST_SECONDS[kind]
        seen = b""
        if self.chance.random() < 0.5 and kind in ("save", "act", "draft", "backup"):
            seen = child.read_line()
        select.select([], [], [], wait)
        child.kill()
        whole, _cut, _rest = (seen + child.read_all()).rpartition(b"\n")
        if child.end() < 0:
            self.blows.killed[kind] += 1
        else:
            self.blows.finished += 1
        told = whole.decode().splitlines()
        self.blows.acknowledged += len(told)
        return told

    def _save(self) -> None:
        def work() -> int:
            desk = self._open()
            for count in range(1_000):
                print(desk.register(complaint(f"save {self._round} {count}")).number, flush=True)
            return 0

        told = self._cut_off("save", work)
        self.blows.lost += [f"{number} given twice" for number in told if number in self._tickets]
        self._tickets.update(told)

    def _act(self) -> None:
        number = self.chance.choice(sorted(self._tickets))

        def work() -> int:
            desk = self._open()
            for count in range(1_000):
                note = f"note-{self._round}-{count};"
                desk.act(number, Act.NOTED, note)
                print(note, flush=True)
            return 0

        self._notes.update(self._cut_off("act", work))

    def _draft(self) -> None:
        folder = self.folder / "desk.drafts"

        def work() -> int:
            drafts = DraftFolder(folder)
            draft = Draft(f"call{self._round}", "chen", datetime.now(UTC), "en")
            for count in range(10_000):
                draft.fields = {"what": f"word {count} " * 20}
                drafts.write(draft)
                print(count, flush=True)
            return 0

        told = self._cut_off("draft", work)
        found = {draft.id: draft for draft in DraftFolder(folder).waiting()}.get(f"call{self._round}")
        if told and (found is None or int(found.fields["what"].split()[1]) < int(told[-1])):
            self.blows.lost.append(f"draft {self._round} of {told[-1]}")
        shutil.rmtree(folder, ignore_errors=True)

    def _import(self) -> None:
        self._imports += 1
        source = self.folder / "legacy.csv"
        source.write_text(
            "case,date,complaint\n"
            + "".join(f"L{self._round}-{line},2025-03-01,milk was sour {line}\n" for line in range(IMPORTED))
        )

        def work() -> int:
            from complaint_desk.cli.main import run

            sys.stdout, sys.stdin = io.StringIO(), io.TextIOWrapper(io.BytesIO())
            return run(
                ["--db", str(self.file), "--as", "chen", "--lang", "en", "import", str(source), "--yes"]
            )

        self._cut_off("import", work)
        again = start(work)
        again.read_all()
        if again.end() != 0:
            self.blows.faults.append(f"import {self._round} cannot be run again")
        with closing(sqlite3.connect(self.file)) as connection:
            brought = "SELECT count(*) FROM ticket WHERE brought_key IS NOT NULL"
            found = connection.execute(brought).fetchone()[0]
        if found != self._imports * IMPORTED:
            self.blows.faults.append(f"{found} tickets of {self._imports} imports of {IMPORTED} lines")

    def _backup(self) -> None:
        clock = FrozenClock(datetime(2026, 11, 23, tzinfo=UTC) + timedelta(days=self._round))

        def work() -> int:
            desk = Desk.open(settings_of(self.file), as_name="chen", clock=clock, back_up=False)
            for _count in range(100):
                clock.forward(seconds=1)
                print(desk.back_up_here(), flush=True)
            return 0

        told = self._cut_off("backup", work)
        zone = settings_of(self.file).zone
        good = {str(backup.path) for backup in backups_in(copies_folder(self.file), self.file, zone)}
        if told and (not good or max(good) < told[-1]):
            self.blows.lost.append(f"{told[-1]}, and no later one is there")
        for path in good:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
                verdict = connection.execute("PRAGMA quick_check").fetchone()[0]
            if verdict != "ok":
                self.blows.faults.append(f"{path}: {verdict}")

    def _migrate(self) -> None:
        old = self.folder / "old" / "desk.db"
        shutil.rmtree(old.parent, ignore_errors=True)
        old.parent.mkdir()
        shutil.copyfile(OLD_FILE, old)

        def work() -> int:
            self._open(old).close()
            print("open", flush=True)
            return 0

        self._cut_off("migration", work)
        desk = self._open(old)
        self.blows.faults += [f"migration: {fault.kind} {fault.about}" for fault in desk.check()]
        if len(desk.queue()) != 3:
            self.blows.lost.append("tickets of an old file")
        desk.close()

    def _restore(self) -> None:
        place = self.folder / "restored" / "desk.db"
        shutil.rmtree(place.parent, ignore_errors=True)
        place.parent.mkdir()
        desk = self._open()
        backup = place.with_name("backup.db")
        desk.back_up(backup)
        desk.close()
        shutil.copyfile(backup, place)
        desk = self._open(place)
        desk.register(complaint("since the backup"))
        desk.close()

        def work() -> int:
            from complaint_desk.desk.opening import utc_now
            from complaint_desk.desk.restore import restoration

            with restoration(settings_of(place), backup, as_name="chen", clock=utc_now) as ready:
                ready.look()
                ready.put_back()
            print("restored", flush=True)
            return 0

        told = self._cut_off("restore", work)
        if not place.exists() or place.stat().st_size == 0:
            self.blows.lost.append("the file itself, in a restore")
            return
        desk = self._open(place)
        self.blows.faults += [f"restore: {fault.kind} {fault.about}" for fault in desk.check()]
        kept = list(place.parent.glob("desk-replaced-*.db"))
        newest = [row.what for row in desk.queue_end(1)] if not kept else []
        if not told and not kept and newest == []:
            self.blows.lost.append("the old file of a restore")
        desk.close()
