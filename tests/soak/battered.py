"""A file that is worked on by processes which are killed: how they are cut off, and what must be true afterwards."""

import random
import select
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.settings import Settings
from tests.processes import Child, start
from tests.support import complaint

LONGEST_SECONDS = {
    "save": 0.1,
    "act": 0.1,
    "draft": 0.05,
    "import": 0.8,
    "backup": 0.15,
    "migration": 0.35,
    "restore": 0.4,
    "salvage": 0.6,
}
"""Within how many seconds from the start of each kind of work the blow falls, at random."""
_ANSWERS_ONE_BY_ONE = frozenset({"save", "act", "draft", "backup"})
"""Kinds of work that go on after an answer, so that the blow may be counted from the first of them."""


@dataclass
class Blows:
    """What became of the work that was cut off."""

    killed: Counter[str] = field(default_factory=Counter)
    """How often each kind of work was killed while it ran."""
    finished: int = 0
    """How often it was over before the blow."""
    acknowledged: int = 0
    """How many answers had left the processes before the blows."""
    lost: list[str] = field(default_factory=list)
    """What was acknowledged and is not there."""
    faults: list[str] = field(default_factory=list)
    """What a check found wrong afterwards."""


def settings_of(file: Path) -> Settings:
    """A desk's settings on a file of its own."""
    return Settings(db=str(file), store_code="S01")


class BatteredFile:
    """One file, what was acknowledged in it, and the means to cut work on it off."""

    def __init__(self, folder: Path, chance: random.Random, blows: Blows | None = None) -> None:
        """`blows` goes on counting where an earlier file ended."""
        self.folder, self.chance = folder, chance
        self.file = folder / "desk.db"
        self.blows = blows or Blows()
        self.round = 0
        self.tickets: set[str] = set()
        self.said: set[str] = set()
        """Words that were acknowledged and must be in the record."""
        desk = self.open()
        self.tickets.add(desk.register(complaint("the first")).number)
        desk.close()

    def check(self) -> None:
        """Prove the file whole, and everything acknowledged in it."""
        desk = self.open()
        try:
            self.blows.faults += [f"{fault.kind} {fault.about}" for fault in desk.check()]
            with desk.store.reading() as connection:
                numbers = set(connection.exec_driver_sql("SELECT number FROM ticket").scalars())
                said = " ".join(connection.exec_driver_sql("SELECT words FROM said").scalars())
            self.blows.lost += sorted(self.tickets - numbers)
            self.blows.lost += sorted(words for words in self.said if words not in said)
        finally:
            desk.close()
        left = [path.name for path in self.folder.iterdir() if path.name.endswith((".new", ".restore"))]
        self.blows.faults += [f"left behind: {name}" for name in left if not name.startswith(".")]

    def open(self, file: Path | None = None) -> Desk:
        """A desk on this file, or another."""
        return Desk.open(settings_of(file or self.file), as_name="chen", back_up=False)

    def cut_off(self, kind: str, work: Callable[[], int]) -> list[str]:
        """Run the work, kill it at a random instant, and return the lines that had left it by then."""
        child: Child = start(work)
        wait = self.chance.random() * LONGEST_SECONDS[kind]
        seen = b""
        if kind in _ANSWERS_ONE_BY_ONE and self.chance.random() < 0.5:
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
