"""The import screen's work: looking, trying and writing in a thread, with what it has to say."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import work
from textual.getters import query_one
from textual.screen import Screen

from complaint_desk.locale import _
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.errors import DeskError
from complaint_desk.models.importing import ImportCounts, ImportPlan
from complaint_desk.screens import bring_in_lines as lines
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.widgets.pick_list import PickList
from complaint_desk.widgets.said_line import SaidLine

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.importing.looking import Look


@dataclass(frozen=True, slots=True)
class ReadAs:
    """What a person said of how a file is read; None where the desk finds out by itself."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


class BringInWork(TellsFaults, Screen[str]):
    """What the screen does with the file it was told."""

    columns = query_one("#columns", PickList)
    said = query_one("#said", SaidLine)

    def __init__(self) -> None:
        super().__init__()
        self.plan: ImportPlan | None = None
        """What the file's columns become, as it stands on the screen."""
        self.counts: ImportCounts | None = None
        """What became of the lines, or would, by this plan."""
        self.file: Path | None = None
        """The file that was looked at last, whether it could be read or not."""
        self.read_as = ReadAs()
        """What was said of how it is read."""
        self.status = TicketStatus.OPEN
        """What lines are whose status the file does not tell."""
        self.start_clocks = False
        """Whether our clocks start for those that are open."""
        self.done = False
        """Whether the lines were written."""
        self._look: Look | None = None
        self.working = False
        """Whether something goes on in a thread."""
        self._stop = False

    def show_all(self) -> None:
        """Show how things stand."""

    def _say_what_is_missing(self) -> None:
        if self.plan is not None:
            sentence = lines.wanting(self.plan)
            self.said.say(sentence, "warns" if sentence else "")

    @work(group="work", exit_on_error=False)
    async def action_keep(self) -> None:
        """Write the mapping to a file, for `import --map`."""
        if self.plan is not None:
            plan = self.plan
            await self._at_work(lambda desk: lines.keep(plan), self._kept)

    def _kept(self, path: Path) -> None:
        self.said.say(_("The mapping is in {file}; `import --map` takes it.").format(file=path), "good")

    @work(group="work", exit_on_error=False)
    async def look_at(self, path: Path) -> None:
        """Read the file once, and propose what its columns become."""
        if path != self.file:
            self.file, self.read_as = path, ReadAs()
        self.plan, self.counts, self._look = None, None, None
        said = self.read_as
        await self._at_work(
            lambda desk: desk.look_at_file(
                path,
                encoding=said.encoding,
                delimiter=said.delimiter,
                sheet=said.sheet,
                passed=self._passed,
            ),
            self._looked,
        )

    def _looked(self, look: Look) -> None:
        self._look, self.plan = look, look.plan()
        self.columns.focus()
        self.said.say("")
        self._say_what_is_missing()

    @work(group="work", exit_on_error=False)
    async def action_try_it(self) -> None:
        """Go through all lines without writing any."""
        await self._try()

    async def _try(self) -> None:
        plan = self.plan
        if plan is None or not plan.is_ready or self.done:
            self._say_what_is_missing()
            return
        await self._at_work(
            lambda desk: desk.try_import(
                plan, status=self.status, passed=self._passed, stop=lambda: self._stop
            ),
            self._counted,
        )

    def _counted(self, counts: ImportCounts) -> None:
        self.counts = counts
        self.said.say("")

    @work(group="work", exit_on_error=False)
    async def action_go(self) -> None:
        """Write the lines, after a trial and a question."""
        if self.counts is None:
            await self._try()
        plan, counts = self.plan, self.counts
        if plan is None or counts is None or counts.cancelled or self.done:
            return
        from complaint_desk.screens.confirm import Confirm

        if await self.app.push_screen_wait(Confirm(lines.question(counts, self.start_clocks))):
            await self._at_work(
                lambda desk: desk.bring_in(
                    plan,
                    status=self.status,
                    start_clocks=self.start_clocks,
                    faulty_to=lines.faulty_place(plan) if counts.faulty else None,
                    passed=self._passed,
                    stop=lambda: self._stop,
                ),
                self._written,
            )

    def _written(self, counts: ImportCounts) -> None:
        self.counts, self.done = counts, not counts.cancelled
        self.said.say("")

    async def _at_work(self, work: Callable[[Desk], Any], then: Callable[[Any], None]) -> None:
        """Work in a thread; what it gives goes on to `then`, a refusal is said."""
        self.working, self._stop = True, False
        self.show_all()
        try:
            desk = await at_desk(self).desk_ready()
            result = await asyncio.to_thread(work, desk)
        except DeskError as error:
            self.said.say(str(error), "warns")
        else:
            then(result)
        finally:
            self.working = False
            if self.is_attached:
                self.show_all()

    def _passed(self, done: int, count: int) -> None:
        told = f"{min(done / count, 1):.0%}  {done:,} / {count:,}" if count else f"{done:,} …"
        self.app.call_from_thread(self.said.say, told)
