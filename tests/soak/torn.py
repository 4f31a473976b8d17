"""Files with torn pages: whatever is torn, what salvaging leaves is a desk that can be worked on."""

import os
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.desk.file.salvage import salvage_file
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import FileDamaged
from complaint_desk.settings import Settings
from complaint_desk.store.checking import FaultKind
from tests.support import FrozenClock, complaint

PAGE = 4_096
TICKETS = 120
NEVER = frozenset({FaultKind.PAGE_DAMAGED, FaultKind.EVENT_CHANGED, FaultKind.TICKET_DIFFERS})
"""What a salvaged file must not have, however much is missing from it."""


class Torn:
    """A file that is torn again and again, always beginning from the whole one."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self.folder, self.chance = folder, chance
        self.clock = FrozenClock(datetime(2026, 11, 23, tzinfo=UTC))
        self._whole = folder / "whole.db"
        desk = self._open(self._whole)
        for count in range(TICKETS):
            self.clock.forward(minutes=1)
            number = desk.register(complaint(f"{count} " + "酱油" * chance.randrange(10, 400))).number
            desk.act(number, Act.NOTED, f"note {count}")
        self.events = len(desk.queue(200)) and desk.changes_seen()
        desk.close()
        self.pages = self._whole.stat().st_size // PAGE
        self.files = self.whole = 0
        self.saved = 0
        """How many events were saved, over all files."""
        self.wrong: list[str] = []
        self._shares: list[float] = []

    @property
    def worst_share(self) -> float:
        """How much of the events was saved at worst."""
        return min(self._shares, default=0.0)

    def _open(self, file: Path) -> Desk:
        return Desk.open(
            Settings(db=str(file), store_code="S01"), as_name="chen", clock=self.clock, back_up=False
        )

    def tear(self) -> None:
        """Tear one to forty pages, save what can be read, and work on it."""
        self.files += 1
        file, new = self.folder / "torn.db", self.folder / "saved.db"
        shutil.copyfile(self._whole, file)
        pages = self.chance.sample(range(self.pages), self.chance.randrange(1, 41))
        with file.open("r+b") as torn:
            for page in pages:
                torn.seek(page * PAGE)
                torn.write(os.urandom(PAGE) if self.chance.random() < 0.5 else bytes(PAGE))
        self.clock.forward(days=1)
        try:
            done = salvage_file(
                Settings(db=str(file), store_code="S01"), new, as_name="chen", clock=self.clock
            )
        except FileDamaged:
            self._shares.append(0.0)
            return
        except Exception as error:
            self.wrong.append(f"pages {pages}: {type(error).__name__}: {error!r}")
            return
        self.whole += done.whole
        self.saved += done.events
        self._shares.append(done.events / self.events)
        desk = self._open(new)
        try:
            desk.register(complaint("worked on"))
            bad = [f"{fault.kind} {fault.about}" for fault in desk.check() if fault.kind in NEVER]
            self.wrong += [f"pages {pages}: {what}" for what in bad]
        finally:
            desk.close()
            for path in (new, new.with_suffix(".scraps.jsonl")):
                path.unlink(missing_ok=True)
            shutil.rmtree(new.with_suffix(".copies"), ignore_errors=True)
