"""The search (F4): every ticket by anything said in it, found while one types."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.css.query import QueryType
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input, Static

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.models.exporting import Chosen, OfSearch
from complaint_desk.screens import search_lines, search_pages
from complaint_desk.screens.act_line import ActDone
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.keys import APP_KEYS, bindings, hints
from complaint_desk.screens.list_keys import ACT_KEYS, SEARCH_KEYS, SEARCH_MENU
from complaint_desk.screens.search_pages import FoundPages
from complaint_desk.screens.search_showing import ShowingFound
from complaint_desk.widgets.essence_pane import EssencePane
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.said_line import SaidLine
from complaint_desk.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.binding import BindingType

    from complaint_desk.desk.finding.search_offers import SearchOffers

SEARCH_AFTER_SECONDS = 0.12
"""How long after the last key the search is made."""


class SearchScreen(ShowingFound):
    """A line to write in and the list below it; the cursor of the line stays, the arrows move in the list."""

    CSS_PATH = "search.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-full"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#sought"
    MENU = SEARCH_MENU
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(SEARCH_KEYS),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("ctrl+home", "to_end(False)", show=False, priority=True),
        Binding("ctrl+end", "to_end(True)", show=False, priority=True),
    ]

    sought = query_one("#sought", LineField)
    offered = query_one("#offers", Static)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self) -> None:
        super().__init__()
        self._offers: SearchOffers | None = None
        self._searching = asyncio.Lock()

    def compose(self) -> ComposeResult:
        """What was found in numbers, the line, what could be written next, the list, the essence, the keys."""
        yield HeadLine(id="head")
        yield LineField("sought")
        yield Static(id="offers")
        yield VirtualTable(search_lines.columns(0), id="lines")
        yield EssencePane(id="essence")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """The cursor stays in the line."""
        self.table.can_focus = False
        self.speak()
        self.look()

    def on_screen_resume(self) -> None:
        """Seen again: what was found is looked for again where anything was written since."""
        self.look_again()

    def on_resize(self, event: events.Resize) -> None:
        """As many of the offers as there is room for now."""
        self._show_offers()

    def speak(self) -> None:
        """Say everything in the language in use; what is searched for stays."""
        self.sought.placeholder = _("Any word, name, number or product code; “a phrase”, -not this, begin*")
        elsewhere = [key for key in APP_KEYS if key.id != "desk.search"]
        self.key_line.show([*hints(SEARCH_KEYS), KeyHint("F2", _("Call"), 3), *hints(elsewhere)])
        if self.refusal:
            self.refusal, self.found = "", FoundPages()
        self.name_columns()
        self.show_about()
        self.offer()
        self.look()

    # Searching

    @on(Input.Changed, "#sought")
    def typed(self) -> None:
        """Search a moment after the last key, never on it."""
        self.offer()
        self.look()

    @work(group="look", exclusive=True, exit_on_error=False)
    async def look(self) -> None:
        """Look for what stands in the line; older words are not looked for any more."""
        await asyncio.sleep(SEARCH_AFTER_SECONDS)
        await self._search(self.sought.words.strip())

    @work(group="look-again", exclusive=True, exit_on_error=False)
    async def look_again(self) -> None:
        """Look for the same once more, if anything was written since; the cursor stays on its ticket."""
        desk, held = self._desk, self.found
        if desk is None or not held.sought or held.sought != self.sought.words.strip():
            return
        if await asyncio.to_thread(desk.changes_seen) != held.seen:
            await self._search(held.sought, again=True)

    async def _search(self, sought: str, *, again: bool = False) -> None:
        async with self._searching:
            if (sought == self.found.sought and not again and not self.refusal) and (
                sought or self.found.rows
            ):
                return
            held, self.refusal = FoundPages(), ""
            if sought:
                self.show_head(searching=True)
                try:
                    desk = await at_desk(self).desk_ready()
                    at_least = len(self.found.rows) if again else 0
                    held = await asyncio.to_thread(search_pages.first, desk, sought, at_least)
                except DeskError as error:
                    self.refusal, held = str(error), FoundPages(sought, sought)
                except Exception as error:
                    self.log.error(error)
                    fault = type(error).__name__
                    self.refusal = _("The search could not be made ({fault}).").format(fault=fault)
                    held = FoundPages(sought, sought)
            if sought == self.sought.words.strip():
                self._take(held)

    @on(VirtualTable.Wanted)
    def other_lines_in_sight(self, wanted: VirtualTable.Wanted) -> None:
        """Read the next page before it is seen."""
        if self.found.wants(wanted.last):
            self.reach(wanted.last)

    @work(group="reach", exit_on_error=False)
    async def reach(self, last: int) -> None:
        """Read on until the lines in sight, and some below, are held."""
        async with self._searching:
            held, desk = self.found, self._desk
            if desk is None or not held.wants(last):
                return
            try:
                more = await asyncio.to_thread(search_pages.further, desk, held, last)
            except DeskError as error:
                self.said.say(str(error), "warns")
                return
            if self.found is held:
                self._take(more)

    def _take(self, held: FoundPages) -> None:
        """Show what was found; the cursor stays on its ticket where the search is the same."""
        at, top = 0, 0
        if held.sought == self.found.sought:
            row = self.row
            at = held.places.get(row.number, self.table.cursor) if row else self.table.cursor
            top = max(self.table.top + at - self.table.cursor, 0)
        self.found = held
        self.name_columns()
        self.table.show(held.total, self.line_at, cursor=at, top=top)
        self.table.refresh()
        self.show_about()

    # What could be written

    @work(group="offers", exclusive=True, exit_on_error=False)
    async def offer(self) -> None:
        """Show what could stand next: the fields, or the values of the one that is being written."""
        with suppress(DeskError):
            desk = await at_desk(self).desk_ready()
            self._offers = await asyncio.to_thread(desk.search_offers, self.sought.words)
            self._show_offers()

    def _show_offers(self) -> None:
        """As many as there is room for, whole."""
        if self._offers is None:
            return
        line, room = self._offers.about, max(self.size.width - 4, 10)
        for choice in self._offers.choices or (_("any word"),):
            longer = f"{line} {choice}".lstrip()
            if cell_len(longer) > room:
                line += " …"
                break
            line = longer
        self.offered.update(plain(line))

    @work(group="complete", exclusive=True, exit_on_error=False)
    async def action_complete(self) -> None:
        """Complete the field or the value that is being written."""
        from complaint_desk.desk.finding.search_offers import completed

        with suppress(DeskError):
            desk = await at_desk(self).desk_ready()
            text = self.sought.words
            whole = completed(await asyncio.to_thread(desk.search_offers, text))
            if whole is not None and text == self.sought.words:
                self.sought.words = whole

    def focus_next(self, selector: str | type[QueryType] = "*") -> Widget | None:
        """Tab: the cursor stays in its line, and what is being written there is completed."""
        self.action_complete()
        return self.focused

    def action_new_search(self) -> None:
        """Mark what stands in the line, so that the next key takes its place."""
        self.sought.focus()
        self.sought.select_all()

    # Moving and acting

    def what_to_export(self) -> tuple[Chosen, str, str] | None:
        """What is looked for, in the order it is found."""
        sought = self.sought.words.strip()
        return (OfSearch(sought), _("Search: {text}").format(text=sought), "found") if sought else None

    def acted(self, done: ActDone) -> None:
        """Show how the ticket stands now."""
        self.look_again()

    def unkeyed_commands(self) -> dict[str, str]:
        """The acts, whose letters are written here, for the palette."""
        return {_(key.does): key.action for key in ACT_KEYS} if self.number_at_hand else {}

    def action_move(self, by: int) -> None:
        """One line up or down."""
        self.table.action_move(by)

    def action_page(self, by: int) -> None:
        """One page up or down."""
        self.table.action_page(by)

    def action_to_end(self, last: bool) -> None:
        """To the first or the last line."""
        self.table.action_to_end(last)

    @on(VirtualTable.Chosen)
    @work(group="open", exclusive=True, exit_on_error=False)
    async def action_open(self) -> None:
        """Open the ticket under the cursor; of words just written, the best one as soon as it is found."""
        sought = self.sought.words.strip()
        if sought != self.found.sought:
            await self._search(sought)
        if self.number_at_hand is not None and sought == self.sought.words.strip():
            from complaint_desk.screens.ticket import TicketScreen

            self.app.push_screen(TicketScreen(self.number_at_hand))

    async def action_back(self) -> None:
        """Back to where one came from; what is written stays."""
        await self.run_action("app.leave_search")
