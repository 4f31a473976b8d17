"""The staff (Ctrl+E in the queue): who works here in which role, what they may grant, PINs, who left."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.models.staff import StaffStanding
from complaint_desk.screens import people_lines
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.screens.keys import APP_KEYS, bindings, hints
from complaint_desk.screens.people_keys import PEOPLE_KEYS, PEOPLE_MENU
from complaint_desk.widgets.columns import TableLine
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyLine
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.said_line import SaidLine
from complaint_desk.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.binding import BindingType

    from complaint_desk.desk.desk import Desk

Done = Coroutine[Any, Any, str]
"""What an act comes to: what it did, as a sentence; empty where nothing was done."""


class PeopleScreen(TellsFaults, Screen[None]):
    """It lies over the screen it was called from; the desk itself asks whether one may."""

    CSS_PATH = "people.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (12, "-full")]  # noqa: RUF012
    AUTO_FOCUS = "#staff"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(PEOPLE_KEYS)]

    head = query_one("#head", HeadLine)
    table = query_one("#staff", VirtualTable)
    said = query_one("#said", SaidLine)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self) -> None:
        super().__init__()
        self.standings: list[StaffStanding] = []
        """Who works here, then who left."""
        self.busy = False
        """An act is under way."""
        self._refused = False

    def compose(self) -> ComposeResult:
        """How many there are, the list, what the desk says, the keys."""
        yield HeadLine(id="head")
        yield VirtualTable(people_lines.COLUMNS, id="staff")
        yield Static(id="about")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """Read who works here."""
        self.speak()
        self.read()

    def speak(self) -> None:
        """Say everything in the language in use."""
        self.key_line.show(hints([*PEOPLE_KEYS, *(key for key in APP_KEYS if key.id == "desk.help")]))
        self._show()

    @property
    def chosen(self) -> StaffStanding | None:
        """The person under the cursor."""
        at = self.table.cursor
        return self.standings[at] if at < len(self.standings) else None

    @work(group="read", exclusive=True, exit_on_error=False)
    async def read(self) -> None:
        """Read who works here."""
        try:
            await self._read_now(await at_desk(self).desk_ready())
        except DeskError as error:
            self._refused = True
            self._show()
            self.said.say(str(error), "warns")

    async def _read_now(self, desk: Desk) -> None:
        self.standings = list(await asyncio.to_thread(desk.team))
        self._refused = False
        self._show()

    def _show(self) -> None:
        about = people_lines.about(self.standings) if self.standings else ""
        self.head.show(Content.styled(_("Staff"), "bold"), plain(about))
        self.table.call(
            people_lines.headings(), people_lines.COLUMNS, "" if self._refused else _("Reading …")
        )
        self.table.show(len(self.standings), self._line, cursor=self.table.cursor)
        self._show_about()

    def _line(self, index: int) -> TableLine | None:
        desk = at_desk(self).desk
        if desk is None or index >= len(self.standings):
            return None
        asks = any(each.member.has_pin for each in self.standings)
        return people_lines.line(
            self.standings[index], desk.playbook, desk.settings.currency, desk.settings.zone, asks=asks
        )

    # Acts

    def action_role(self) -> None:
        """Give the person under the cursor another role."""
        from complaint_desk.screens.people_acts import change_role

        self._about_somebody(change_role)

    def action_reset(self) -> None:
        """Give the person under the cursor a one-time PIN."""
        from complaint_desk.screens.people_acts import reset_pin

        self._about_somebody(reset_pin)

    def action_leave_or_return(self) -> None:
        """The person under the cursor works here no more, or again."""
        from complaint_desk.screens.people_acts import leave_or_return

        self._about_somebody(leave_or_return)

    def action_add(self) -> None:
        """Somebody new."""
        from complaint_desk.screens.people_acts import add

        self._act(add, None)

    def action_code(self) -> None:
        """Another recovery code."""
        from complaint_desk.screens.people_acts import make_code

        self._act(make_code, None)

    def action_log(self) -> None:
        """What the staff did among themselves."""
        from complaint_desk.screens.people_acts import show_log

        self._act(show_log, None)

    def _about_somebody(self, act: Callable[[PeopleScreen, Desk, StaffStanding], Done]) -> None:
        if (chosen := self.chosen) is not None:
            self._act(act, chosen)

    def _act(self, act: Callable[[PeopleScreen, Desk, Any], Done], chosen: StaffStanding | None) -> None:
        """One act after the other."""
        if not self.busy:
            self.busy = True
            self._do(act, chosen)

    @work(group="act", exit_on_error=False)
    async def _do(self, act: Callable[[PeopleScreen, Desk, Any], Done], chosen: StaffStanding | None) -> None:
        """What it did, or why it was refused, is said in the line."""
        try:
            desk = await at_desk(self).desk_ready()
            sentence = await act(self, desk, chosen)
            await self._read_now(desk)
        except DeskError as error:
            self.said.say(str(error), "warns")
        else:
            self.said.say(sentence, "good" if sentence else "")
        finally:
            self.busy = False

    def action_menu(self) -> None:
        """The acts by digits."""
        from complaint_desk.screens.key_menu import KeyMenu

        if self.busy:
            return
        name = self.chosen.member.name if self.chosen else _("Staff")
        self.app.push_screen(KeyMenu(PEOPLE_MENU, name), self._menu_answered)

    @on(VirtualTable.Moved)
    def moved(self) -> None:
        """The line below is about the person under the cursor."""
        self._show_about()

    def _show_about(self) -> None:
        desk, chosen = at_desk(self).desk, self.chosen
        words = ""
        if desk is not None and chosen is not None:
            words = people_lines.about_person(chosen, desk.playbook, desk.settings.currency)
        self.query_one("#about", Static).update(plain(words))

    @on(VirtualTable.Chosen)
    def chosen_by_mouse(self) -> None:
        """A second click on a line."""
        self.action_menu()

    async def _menu_answered(self, action: str | None) -> None:
        if action is not None:
            await self.run_action(action)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
