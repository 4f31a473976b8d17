"""How the queue comes to the screen: read in threads, one reading after the other, and looked at again for news."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer

from complaint_desk.desk.staff.seat import SeatMemory
from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError, FieldRefused
from complaint_desk.models.queue_view import EVERYTHING, QueueChoice
from complaint_desk.models.ticket import QueueRow
from complaint_desk.screens import queue_window
from complaint_desk.screens.act_words import safety_words
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.queue_window import QueueWindow
from complaint_desk.screens.supervising import SupervisingScreen
from complaint_desk.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from complaint_desk.desk.deadlines.warned import Warned
    from complaint_desk.desk.desk import Desk

LOOK_SECONDS = 2
"""How often the desk is asked whether anything was written."""
RETRY_SECONDS = 10
"""How often a desk that could not be used is tried again."""
RECOUNT_SECONDS = 30
"""How often it is counted when nothing was written: tickets grow late, and pauses end, by themselves."""


class ReadingQueue(SupervisingScreen):
    """The window of lines that is held, and the readings that bring it up to date."""

    def __init__(self) -> None:
        super().__init__()
        self.window = QueueWindow()
        """The lines held, read from the desk."""
        self.cursor_row: QueueRow | None = None
        """The ticket on which the cursor stands; it keeps it as lines move."""
        self.fault = ""
        """Why the queue cannot be shown."""
        self.refusal = ""
        """Why the filter makes no sense."""
        self.choice: QueueChoice = EVERYTHING
        """Which view is looked at."""
        self.text = ""
        """What stands in the filter."""
        self.warned: tuple[Warned, ...] = ()
        """The tickets whose clock warns."""
        self.memory: SeatMemory | None = None
        """What this seat remembers; None until it was read."""
        self._warned_before = self._looked_before = False
        self._alarm_said = ""
        self._ticking: Timer | None = None
        self._ticks = 0
        self._reading = asyncio.Lock()
        self._looking = False
        self._wanted = (0, 0)

    # What the screen makes of it

    def tick_lines(self) -> None:
        """Draw the countdowns anew."""
        raise NotImplementedError

    def taken_in(self, desk: Desk) -> None:
        """Another window is held: show it."""
        raise NotImplementedError

    def remembered(self, memory: SeatMemory) -> None:
        """The seat's memory was read: take up its view and its filter."""
        raise NotImplementedError

    def cannot_read(self) -> None:
        """There is a fault: say it."""
        raise NotImplementedError

    def can_read(self, desk: Desk) -> None:
        """The desk answers, for the first time or again."""
        raise NotImplementedError

    def newly_warned(self, numbers: list[str], late: bool) -> None:
        """These tickets have reached a mark that this seat was not told of."""
        raise NotImplementedError

    # Looking

    def on_screen_suspend(self) -> None:
        """Nothing ticks unseen."""
        if self._ticking is not None:
            self._ticking.pause()

    def on_screen_resume(self) -> None:
        """Seen again: look at once."""
        if self._ticking is not None:
            self._ticking.resume()
        self.look()

    def tick(self) -> None:
        """The countdowns go on; every few ticks the desk is asked for news."""
        self._ticks += 1
        if self._ticks % (RETRY_SECONDS if self.fault else LOOK_SECONDS) == 0:
            self.look()
        self.tick_lines()

    @work(group="look", exit_on_error=False)
    async def look(self) -> None:
        """Read the lines round the cursor again if anything was written since."""
        if not self._looking:
            self._looking = True
            try:
                await self._remember()
                await self._read(self._news)
                await self.alarm_seen()
            finally:
                self._looking = False

    async def _remember(self) -> None:
        if self.memory is None:
            memory = await at_desk(self).alarm.memory()
            if self.memory is None:
                self.memory = memory
                self.remembered(memory)

    def _news(self, desk: Desk) -> QueueWindow | None:
        window, same = self.window, self._is_of_this_view(self.window)
        if same and window.seen == desk.changes_seen() and not self.fault:
            recount = self._ticks % RECOUNT_SECONDS < LOOK_SECONDS
            if not recount or desk.queue_counts(self.choice) == window.counts:
                return None
        row = self.cursor_row
        if self.text:
            return queue_window.filtered(desk, self.choice, self.text)
        if row is None or not same:
            return queue_window.at_the_top(desk, self.choice)
        return queue_window.round_the_ticket(desk, window, row.number, row.key)

    def _is_of_this_view(self, window: QueueWindow) -> bool:
        return window.seen >= 0 and (window.choice, window.text) == (self.choice, self.text)

    @on(VirtualTable.Wanted)
    def other_lines_in_sight(self, wanted: VirtualTable.Wanted) -> None:
        """Fetch what has come near, before it is seen."""
        self._wanted = (wanted.first, wanted.last)
        if self.window.wants(*self._wanted):
            self.reach()

    @work(group="reach", exit_on_error=False)
    async def reach(self) -> None:
        """Fetch the lines in sight and a page round them."""
        await self._read(self._within_reach)

    def _within_reach(self, desk: Desk) -> QueueWindow | None:
        window, wanted = self.window, self._wanted
        if window.text or not self._is_of_this_view(window):
            return None
        return queue_window.reaching(desk, window, *wanted) if window.wants(*wanted) else None

    @work(group="view", exclusive=True, exit_on_error=False)
    async def show_view(self) -> None:
        """Read the view that was chosen, from its top."""
        await self._read(self._news)

    async def _read(self, read: Callable[[Desk], QueueWindow | None]) -> None:
        """Read in a thread, one after the other; a fault is said in the screen, which stays as it is."""
        async with self._reading:
            try:
                desk = await at_desk(self).desk_ready()
                window = await asyncio.to_thread(read, desk)
            except FieldRefused as error:
                self.refusal = str(error)
                self.cannot_read()
                return
            except DeskError as error:
                self.fault = str(error)
                self.cannot_read()
                return
            except Exception as error:
                self.log.error(error)
                self.fault = _("The queue could not be read ({fault}).").format(fault=type(error).__name__)
                self.cannot_read()
                return
            self.fault = self.refusal = ""
            self.can_read(desk)
            if window is not None and (window.choice, window.text) == (self.choice, self.text):
                self.window = window
                self.taken_in(desk)
                self.warn()

    # Warning

    def alarm_changed(self) -> None:
        """A grave matter has come in, or was seen."""
        if self.app.screen is self and at_desk(self).alarm.rows:
            self.look()

    async def alarm_seen(self) -> None:
        """Where this is the screen that is seen, what is flagged is seen by that; what is new is said, once."""
        alarm = at_desk(self).alarm
        if self.app.screen is not self or self.window.seen < 0:
            return
        memory = await alarm.memory()
        flagged = (row for row in self.window.rows if row.key.rank == 0)
        new = tuple(row for row in flagged if row.number not in memory.seen)
        told = alarm.rows or (new if self._looked_before else ())
        self._looked_before = True
        if told:
            if not alarm.rows:
                alarm.ring()
            self._alarm_said = alarm.sentence(told, safety_words)
            self.said.say(self._alarm_said, "warns")
        await alarm.seen(new)

    @work(group="warn", exclusive=True, exit_on_error=False)
    async def warn(self) -> None:
        """Look which clocks warn; of each mark this seat is told once."""
        desk, memory = at_desk(self).desk, self.memory
        if desk is None or memory is None:
            return
        try:
            self.warned = await asyncio.to_thread(desk.warned, QueueChoice(store=self.choice.store))
        except DeskError:
            return
        known, self._warned_before = self._warned_before or bool(memory.warned), True
        keys = {f"{each.row.number} {each.row.key.next_due_at.isoformat()}": each for each in self.warned}
        new = [keys[key] for key in memory.newly_warned((key, each.share) for key, each in keys.items())]
        self.tick_lines()
        if new:
            if known:
                late = [each.row.number for each in new if each.is_late]
                self.newly_warned(late or [each.row.number for each in new], bool(late))
            await asyncio.to_thread(memory.keep)
