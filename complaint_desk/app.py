"""The desk in the terminal: its rooms, its keys, its colours. No rules and no SQL."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.screen import Screen

from complaint_desk import locale, startup
from complaint_desk.desk.receive import CallDrafts
from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.screens.alarm import SeatAlarm
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.keys import APP_KEYS, MOVES, bindings
from complaint_desk.screens.opening import OpeningDesk, open_as_told
from complaint_desk.screens.safety import SeatSafety
from complaint_desk.screens.seat_keeping import ALLOWED_MEANWHILE, SeatKeeping
from complaint_desk.screens.themes import DARK, DEFAULTS, LIGHT, THEMES
from complaint_desk.screens.typed_ahead import TypedAhead

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.command import Provider

    from complaint_desk.desk.desk import Desk


def _queue() -> Screen[Any]:
    from complaint_desk.screens.queue import QueueScreen

    return QueueScreen()


def _search() -> Screen[Any]:
    from complaint_desk.screens.search import SearchScreen

    return SearchScreen()


def _commands() -> type[Provider]:
    from complaint_desk.screens.palette import DeskCommands

    return DeskCommands


class ComplaintDeskApp(TypedAhead):
    """One seat at the desk."""

    TITLE = "Complaint Desk"
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "call": CallScreen,
        "queue": _queue,
        "search": _search,
    }
    DEFAULT_MODE = "call"
    CSS_PATH = "screens/call.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(APP_KEYS), *MOVES]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_commands}

    def __init__(
        self,
        options: startup.StartOptions | None = None,
        *,
        open_desk: Callable[[], Desk] | None = None,
        drafts: CallDrafts | None = None,
        offer_setup: bool = False,
    ) -> None:
        """`open_desk` opens the desk, in a thread, after the first paint; by default as the flags say.

        `offer_setup`: a desk nobody works at yet is offered to be set up.
        """
        super().__init__()
        self.options = options or startup.StartOptions()
        self.drafts = drafts or CallDrafts(
            startup.drafts_folder(startup.database_from(self.options)),
            self.options.as_name or startup.account_name(),
        )
        self.seat = SeatKeeping(self, offer_setup=offer_setup)
        self.alarm = SeatAlarm(self)
        self.safety = SeatSafety(self)
        self.unforeseen: list[BaseException] = []
        self._before_search = self.DEFAULT_MODE
        self._opening = OpeningDesk(open_desk or partial(open_as_told, self.options))
        for theme in THEMES:
            self.register_theme(theme)
        self.set_reactive(App.theme, DARK.name)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own colour names, for themes that lack them."""
        return DEFAULTS

    # The desk behind the screens

    @property
    def desk(self) -> Desk | None:
        """The desk, once it is open."""
        return self._opening.desk

    @property
    def desk_fault(self) -> DeskError | None:
        """Why it could not be opened."""
        return self._opening.fault

    async def desk_ready(self) -> Desk:
        """Wait until the desk is open; after a fault, try again. Raises DeskError."""
        try:
            return await self._opening.ready()
        except DeskError as fault:
            self.safety.offer_rescue(fault)
            raise

    # Who sits here

    def on_mount(self) -> None:
        """Ask who sits here, where the file asks."""
        self.seat.begin()
        self.alarm.begin()
        self.safety.begin()

    async def on_event(self, event: events.Event) -> None:
        """Each key says that the seat was not left."""
        if isinstance(event, events.Key | events.Paste | events.MouseDown):
            self.seat.touched()
        await super().on_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While somebody is asked who they are, nothing else of the desk can be reached."""
        return action in ALLOWED_MEANWHILE or not self.seat.held

    def action_switch_person(self) -> None:
        """Another person sits down here."""
        self.seat.switch()

    def action_lock(self) -> None:
        """Cover the screen until somebody signs in."""
        if self.desk is not None and self.desk.signed_in is not None:
            self.seat.lock()
        else:
            self.notify(_("Nobody has a PIN here: there is nothing to lock with."), markup=False)

    def action_own_pin(self) -> None:
        """Choose another PIN of one's own, or the desk's first one."""
        self.seat.own_pin()

    def action_staff(self) -> None:
        """Who works here, in which role, with which PIN."""
        from complaint_desk.screens.people import PeopleScreen

        if not isinstance(self.screen, PeopleScreen):
            self.push_screen(PeopleScreen())

    def unkeyed_commands(self) -> dict[str, str]:
        """What is found by its name only."""
        return {
            _("Lock the screen."): "lock",
            _("Backups: make one, put one back."): "backups",
            _("Choose another PIN of your own."): "own_pin",
            _("Staff: roles and authority, who left, PINs; for whoever leads the staff."): "staff",
        }

    # What works everywhere

    def action_call(self) -> None:
        """To the call; from the call, to those that wait."""
        if self.current_mode != "call":
            self.switch_mode("call")
        elif isinstance(self.screen, CallScreen):
            self.screen.action_waiting()

    def action_queue(self) -> None:
        """To the queue; the call stays as it is."""
        if self.current_mode != "queue":
            self.switch_mode("queue")

    def action_search(self) -> None:
        """To the search, as it was left; in the search: to write another one."""
        if self.current_mode != "search":
            self._before_search = self.current_mode
            self.switch_mode("search")
        elif callable(again := getattr(self.screen, "action_new_search", None)):
            again()

    def action_leave_search(self) -> None:
        """Back to where one came from."""
        if self.current_mode == "search":
            self.switch_mode(self._before_search)

    def action_bring_in(self) -> None:
        """Bring in the records of another program; back to where one is."""
        from complaint_desk.screens.bring_in import BringInScreen

        if not isinstance(self.screen, BringInScreen):
            self.push_screen(BringInScreen())

    def action_help(self) -> None:
        """Every key."""
        from complaint_desk.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen())

    def action_backups(self) -> None:
        """The backups of the file."""
        from complaint_desk.screens.restore import RestoreScreen

        if not isinstance(self.screen, RestoreScreen):
            self.push_screen(RestoreScreen())

    async def action_language(self) -> None:
        """Speak the other language from now on, on every screen; keys wait until the cursor stands where it stood."""
        locale.use("en" if locale.language() == "zh_CN" else "zh_CN")
        for screen in {*self.all_screens()}:
            if callable(speak := getattr(screen, "speak", None)) and (again := speak()) is not None:
                await again

    def all_screens(self) -> list[Screen[Any]]:
        """Every screen that stands, seen or not."""
        return [screen for stack in self._screen_stacks.values() for screen in stack]

    def action_command_palette(self) -> None:
        """Every action by its name, in the language in use."""
        from textual.command import CommandPalette

        if not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(id="--command-palette", placeholder=_("Search for commands…")))

    def action_light(self) -> None:
        """Dark or light."""
        self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    async def action_quit(self) -> None:
        """Leave; what was typed is on the disk first."""
        for screen in self.all_screens():
            if isinstance(screen, CallScreen):
                await screen.caught_up()
                screen.keep_now()
        await asyncio.to_thread(self.drafts.close)
        self.exit()

    def _fatal_error(self) -> None:
        """Fall over with the calls kept and a report that holds no customer's words; the toolkit's shows values."""
        from rich.text import Text

        report = self.safety.report(self._exception) if self._exception is not None else None
        self.bell()
        self._exit_renderables.append(Text(self.safety.crash_words(report)))
        self._close_messages_no_wait()

    def on_ready(self) -> None:
        """The first screen stands: what it is made of is here to stay, so look for garbage among the rest."""
        gc.freeze()
        gc.enable()

    async def on_unmount(self) -> None:
        """Close what is open."""
        self.safety.end()
        await asyncio.to_thread(self.drafts.close)
        if self.desk is not None:
            await asyncio.to_thread(self.desk.close)
