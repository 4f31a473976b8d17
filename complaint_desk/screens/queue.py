"""The queue (F3): every open ticket, the flagged first, then by the next clock that is not met."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one
from textual.timer import Timer

from complaint_desk.locale import _, language
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import QueueRow
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens import queue_window
from complaint_desk.screens.act_line import ActDone
from complaint_desk.screens.acting import ActingScreen
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.keys import APP_KEYS, bindings, hints
from complaint_desk.screens.list_keys import QUEUE_KEYS
from complaint_desk.screens.queue_lines import QueueLines, columns, headings
from complaint_desk.screens.queue_window import QueueWindow
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.columns import TableLine
from complaint_desk.widgets.essence_pane import EssencePane, Told
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.said_line import SaidLine
from complaint_desk.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.binding import BindingType

    from complaint_desk.desk.desk import Desk

LOOK_SECONDS = 2
"""How often the desk is asked whether anything was written."""
RETRY_SECONDS = 10
"""How often a desk that could not be used is tried again."""
RECOUNT_SECONDS = 30
"""How often it is counted when nothing was written: tickets grow late, and pauses end, by themselves."""


class QueueScreen(ActingScreen):
    """The list, its counts above, the essence of the ticket under the cursor below."""

    CSS_PATH = "queue.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-full"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#lines"
    MENU = QUEUE_KEYS[:-1]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(QUEUE_KEYS)]

    head = query_one("#head", HeadLine)
    table = query_one("#lines", VirtualTable)
    essence = query_one("#essence", EssencePane)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self) -> None:
        super().__init__()
        self.window = QueueWindow()
        """The lines held, read from the desk."""
        self.cursor_row: QueueRow | None = None
        """The ticket on which the cursor stands; it keeps it as lines move."""
        self.fault = ""
        """Why the queue cannot be shown."""
        self._lines: QueueLines | None = None
        self._widest_number = 0
        self._ticking: Timer | None = None
        self._ticks = 0
        self._reading = asyncio.Lock()
        self._looking = False
        self._wanted = (0, 0)

    def compose(self) -> ComposeResult:
        """The counts, the list, the essence, what the desk says, the keys."""
        yield HeadLine(id="head")
        yield VirtualTable(columns(None, 0), id="lines")
        yield EssencePane(id="essence")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """One timer ticks; it rests while the screen is not seen."""
        self.speak()
        self._ticking = self.set_interval(1.0, self.tick)

    def on_screen_suspend(self) -> None:
        """Nothing ticks unseen."""
        if self._ticking is not None:
            self._ticking.pause()

    def on_screen_resume(self) -> None:
        """Seen again: look at once."""
        if self._ticking is not None:
            self._ticking.resume()
        self.look()

    def speak(self) -> None:
        """Say everything in the language in use."""
        playbook = self._desk.playbook if self._desk else None
        self.table.call(headings(), columns(playbook, self._widest_number), self._nothing())
        elsewhere = [key for key in APP_KEYS if key.id != "desk.queue"]
        self.key_line.show([*hints(QUEUE_KEYS), KeyHint("F2", _("Call"), 3), *hints(elsewhere)])
        self.show_window()

    @property
    def _desk(self) -> Desk | None:
        return at_desk(self).desk

    # Reading

    def tick(self) -> None:
        """The countdowns go on; every few ticks the desk is asked for news."""
        self._ticks += 1
        if self._ticks % (RETRY_SECONDS if self.fault else LOOK_SECONDS) == 0:
            self.look()
        self.table.update_lines()

    @work(group="look", exit_on_error=False)
    async def look(self) -> None:
        """Read the lines round the cursor again if anything was written since."""
        if not self._looking:
            self._looking = True
            try:
                await self._read(self._news)
            finally:
                self._looking = False

    def _news(self, desk: Desk) -> QueueWindow | None:
        if self.window.seen == desk.changes_seen() and not self.fault:
            recount = self._ticks % RECOUNT_SECONDS < LOOK_SECONDS
            if not recount or desk.queue_counts() == self.window.counts:
                return None
        row = self.cursor_row
        return (
            queue_window.round_the_ticket(desk, row.number, row.key) if row else queue_window.at_the_top(desk)
        )

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
        return queue_window.reaching(desk, window, *wanted) if window.wants(*wanted) else None

    async def _read(self, read: Callable[[Desk], QueueWindow | None]) -> None:
        """Read in a thread, one after the other; a fault is said in the screen, which stays as it is."""
        async with self._reading:
            try:
                desk = await at_desk(self).desk_ready()
                window = await asyncio.to_thread(read, desk)
            except DeskError as error:
                self._cannot_read(str(error))
                return
            except Exception as error:
                self.log.error(error)
                fault = type(error).__name__
                self._cannot_read(_("The queue could not be read ({fault}).").format(fault=fault))
                return
            if self.fault:
                self.said.say("")
                self.fault = ""
            if self._lines is None:
                self._lines = QueueLines(desk.playbook)
                self.speak()
            if window is not None:
                self.window = window
                self._name_columns(desk)
                self.show_window()

    def _cannot_read(self, fault: str) -> None:
        self.fault = fault
        self.table.call(headings(), columns(None, 0), self._nothing())
        self.said.say(fault if self.window.rows else "", "warns")

    def _name_columns(self, desk: Desk) -> None:
        widest = max((cell_len(row.number) for row in self.window.rows), default=0)
        if widest > self._widest_number:
            self._widest_number = widest
            self.table.call(headings(), columns(desk.playbook, widest), self._nothing())

    # Showing

    def show_window(self) -> None:
        """Show the lines held, the cursor on its ticket and on the same line of the screen."""
        table = self.table
        at = table.cursor
        if self.cursor_row is not None:
            at = self.window.places.get(self.cursor_row.number, at)
        top = table.top if table.top == 0 else table.top + at - table.cursor
        table.show(self.window.total, self._line, cursor=at, top=max(top, 0))
        self.cursor_row = self.window.row(table.cursor)
        self._show_about()

    def _line(self, index: int) -> TableLine | None:
        row, desk = self.window.row(index), self._desk
        return self._lines.line(row, desk.clock()) if row and desk and self._lines else None

    def _nothing(self) -> str:
        if self.fault:
            return self.fault
        if self._lines is None:
            return _("Opening the desk…")
        return _("No ticket is open: everything is settled. F2 takes the next call.")

    def _show_head(self) -> None:
        counts = self.window.counts
        if self.window.seen < 0:
            self.head.show(Content.styled(_("Queue"), "bold"), Content(""))
            return
        late = "! " + _("{count} late").format(count=f"{counts.late:,}")
        flagged = "⚑ " + _("{count} flagged").format(count=f"{counts.flagged:,}")
        parts = [
            Content.styled(_("Queue"), "bold"),
            Content(_("{count} open").format(count=f"{counts.open:,}")),
            Content.styled(late, "$error" if counts.late else ""),
            Content.styled(flagged, "$accent" if counts.flagged else ""),
        ]
        if counts.paused:
            parts.append(Content("‖ " + _("{count} paused").format(count=f"{counts.paused:,}")))
        place = ""
        if self.window.total:
            place = _("{place} of {total}").format(
                place=f"{self.table.cursor + 1:,}", total=f"{self.window.total:,}"
            )
        self.head.show(Content("   ").join(parts), Content.styled(place, "$quiet"))

    @on(VirtualTable.Moved)
    def cursor_moved(self, moved: VirtualTable.Moved) -> None:
        """The cursor has another ticket, or takes it when it comes; what is about it follows after the cursor."""
        self.cursor_row = self.window.row(moved.index)
        self.call_after_refresh(self._show_about)

    def _show_about(self) -> None:
        """Show the counts, the place in the queue, and the essence of the ticket under the cursor."""
        self._show_head()
        row, desk = self.cursor_row, self._desk
        if row is None or desk is None:
            self.essence.show("", ())
            return
        received = _("received {moment}").format(
            moment=moment_words(row.received_at, desk.clock(), desk.settings.zone)
        )
        channel = desk.playbook.channel_name(row.channel, language())
        phone = show_phone(row.phone, desk.settings.region) if row.phone else ""
        who = " ".join(part for part in (row.caller, phone) if part) or _("unknown")
        told = [Told(_("What"), row.what, 2), Told(_("Wants"), row.remedy_wanted or _("not told"))]
        self.essence.show(" · ".join((row.number, who, channel, received)), told)

    # Acting

    @property
    def number_at_hand(self) -> str | None:
        """The ticket under the cursor."""
        return self.cursor_row.number if self.cursor_row else None

    def acted(self, done: ActDone) -> None:
        """The line has moved or is gone: look at once."""
        self.look()

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Open the ticket under the cursor; Esc comes back to the same line."""
        if self.number_at_hand is not None:
            from complaint_desk.screens.ticket import TicketScreen

            self.app.push_screen(TicketScreen(self.number_at_hand))
