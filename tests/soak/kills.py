"""`kill -9` at random instants over every kind of work: what was acknowledged is there, and nothing by halves."""

import io
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Act, TicketStatus
from complaint_desk.store.drafts import DraftFolder
from tests.processes import start
from tests.soak.kills_of_copies import CopiesCutOff
from tests.support import complaint

IMPORTED = 60
"""Lines of each import."""


class Battered(CopiesCutOff):
    """Every kind of work on one file, cut off at random instants."""

    _imports = 0

    @property
    def works(self) -> dict[str, Callable[[], None]]:
        """The kinds of work by name; each is begun, cut off, and looked at."""
        return {
            "save": self.save,
            "act": self.act,
            "draft": self.draft,
            "import": self.bring_in,
            "backup": self.back_up,
            "migration": self.migrate,
            "restore": self.restore,
            "salvage": self.salvage,
        }

    def blow(self, kind: str | None = None) -> None:
        """Have one kind of work begun and cut off, and look what is left."""
        self.round += 1
        self.works[kind or self.chance.choice(list(self.works))]()

    def save(self) -> None:
        """Complaints one after the other: each number that was told is there, and none is told twice."""

        def work() -> int:
            desk = self.open()
            for count in range(1_000):
                print(desk.register(complaint(f"save {self.round} {count}")).number, flush=True)
            return 0

        told = self.cut_off("save", work)
        self.blows.lost += [f"{number} given twice" for number in told if number in self.tickets]
        self.tickets.update(told)

    def act(self) -> None:
        """Notes, corrections and acts that meet clocks on one ticket: the words of each that was answered stay."""
        number = self.chance.choice(sorted(self.tickets))

        def work() -> int:
            desk = self.open()
            for count in range(1_000):
                words = f"act-{self.round}-{count};"
                match count % 4:
                    case 0:
                        desk.act(number, Act.NOTED, words)
                    case 1:
                        desk.amend(number, {"how": words})
                    case 2:
                        desk.act(number, Act.RESOLVED, words)
                    case _:
                        desk.act(number, Act.REOPENED, words)
                print(words, flush=True)
            return 0

        desk = self.open()
        if desk.ticket(number).status is not TicketStatus.OPEN:
            desk.act(number, Act.REOPENED, "again")
        desk.close()
        self.said.update(self.cut_off("act", work))

    def draft(self) -> None:
        """A call that is typed: the last writing that was answered is there, or a later one."""
        folder = self.folder / "desk.drafts"

        def work() -> int:
            drafts = DraftFolder(folder)
            draft = Draft(f"call{self.round}", "chen", datetime.now(UTC), "en")
            for count in range(10_000):
                draft.fields = {"what": f"word {count} " * 20}
                drafts.write(draft)
                print(count, flush=True)
            return 0

        told = self.cut_off("draft", work)
        found = {draft.id: draft for draft in DraftFolder(folder).waiting()}.get(f"call{self.round}")
        if told and (found is None or int(found.fields["what"].split()[1]) < int(told[-1])):
            self.blows.lost.append(f"draft {self.round} of {told[-1]}")
        shutil.rmtree(folder, ignore_errors=True)

    def bring_in(self) -> None:
        """An import: run again, it ends with every line once."""
        self._imports += 1
        source = self.folder / "legacy.csv"
        source.write_text(
            "case,date,complaint\n"
            + "".join(f"L{self.round}-{line},2025-03-01,milk was sour {line}\n" for line in range(IMPORTED))
        )

        def work() -> int:
            from complaint_desk.cli.main import run

            sys.stdout, sys.stdin = io.StringIO(), io.TextIOWrapper(io.BytesIO())
            return run(
                ["--db", str(self.file), "--as", "chen", "--lang", "en", "import", str(source), "--yes"]
            )

        self.cut_off("import", work)
        again = start(work)
        again.read_all()
        if again.end() != 0:
            self.blows.faults.append(f"import {self.round} cannot be run again")
        with closing(sqlite3.connect(self.file)) as connection:
            brought = "SELECT count(*) FROM ticket WHERE brought_key IS NOT NULL"
            found = connection.execute(brought).fetchone()[0]
        if found != self._imports * IMPORTED:
            self.blows.faults.append(f"{found} tickets of {self._imports} imports of {IMPORTED} lines")
