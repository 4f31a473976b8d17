"""Keeping the seat: who is asked to sign in, when the screen locks, what another person finds who sits down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from complaint_desk import startup
from complaint_desk.desk.door import look_at_door
from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError

if TYPE_CHECKING:
    from complaint_desk.app import ComplaintDeskApp
    from complaint_desk.screens.sign_in_words import Why

LOOK_SECONDS = 10
"""How often it is looked whether the seat was left."""
ALLOWED_MEANWHILE = frozenset({"language", "light", "quit", "focus_next", "focus_previous"})
"""What of the desk works while somebody is asked who they are."""


class SeatKeeping:
    """The seat of one app."""

    def __init__(self, app: ComplaintDeskApp, *, offer_setup: bool) -> None:
        """`offer_setup`: a desk nobody works at yet is offered to be set up."""
        self._app = app
        self._offer_setup = offer_setup
        self._last_key = app.drafts.clock()

    def begin(self) -> None:
        """Ask who sits here before anything is shown, where the file asks; a new desk is offered to be set up."""
        door = look_at_door(startup.database_from(self._app.options))
        if door.asks_for_pin:
            from complaint_desk.screens.sign_in_words import Why

            self.ask(Why.START)
        elif self._offer_setup and door.is_new and startup.quick_value("store_code") is None:
            from complaint_desk.screens.setup import SetupScreen

            self._app.push_screen(SetupScreen(), self._was_set_up)
        self._app.set_interval(LOOK_SECONDS, self.look)

    def touched(self) -> None:
        """Somebody is at the keys."""
        self._last_key = self._app.drafts.clock()

    @property
    def held(self) -> bool:
        """Whether somebody is being asked who they are, so that nothing else of the desk can be reached."""
        return any(getattr(screen, "holds_the_seat", False) for screen in self._app.screen_stack)

    async def look(self) -> None:
        """Lock a seat that was left, or whose person may not go on: let go, or the PIN changed elsewhere."""
        desk, now = self._app.desk, self._app.drafts.clock()
        self._last_key = min(self._last_key, now)
        if desk is None or self.held:
            return
        with suppress(DeskError):
            may_go_on = await asyncio.to_thread(desk.may_go_on)
            idle = timedelta(minutes=desk.settings.lock_after_minutes)
            left = bool(idle) and desk.signed_in is not None and now - self._last_key >= idle
            if (left or not may_go_on) and not self.held:
                self.lock()

    def lock(self) -> None:
        """Cover the screen until somebody signs in; every call is on the disk first. Not while one is being saved."""
        from complaint_desk.screens.sign_in_words import Why

        desk = self._app.desk
        if desk is None or self.held or any(getattr(screen, "saving", False) for screen in self._screens()):
            return
        self._keep_calls()
        desk.sign_out()
        self.ask(Why.LOCKED, desk.as_name)

    def switch(self) -> None:
        """Ask who sits here now; the call stays."""
        from complaint_desk.screens.sign_in_words import Why

        if any(getattr(screen, "saving", False) for screen in self._screens()):
            return
        self._keep_calls()
        self.ask(Why.SWITCH)

    def own_pin(self) -> None:
        """Have the person choose another PIN; after the first one of a desk its recovery code is told, once."""
        from complaint_desk.screens.sign_in import SignInScreen
        from complaint_desk.screens.sign_in_words import Why

        desk = self._app.desk
        if desk is None or self.held:
            return
        first = desk.signed_in is None

        async def chosen(name: str | None) -> None:
            if name is None:
                return
            self._say(_("{name} has a PIN from now on.").format(name=name))
            if first:
                from complaint_desk.screens.told_once import ToldOnce

                code = await asyncio.to_thread(desk.make_recovery_code)
                said = _(
                    "Everybody signs in from now on. The recovery code brings a forgotten PIN back. Write it down "
                    "and keep it away from this PC; it is shown this once:"
                )
                self._app.push_screen(ToldOnce(said, code))

        self._app.push_screen(SignInScreen(Why.OWN_PIN), chosen)

    def ask(self, why: Why, name: str = "") -> None:
        """Ask, unless it is being asked already."""
        from complaint_desk.screens.sign_in import SignInScreen

        if not self.held:
            before = self._app.drafts.seat
            self._app.push_screen(SignInScreen(why, name), self._answered(before, why))

    def _answered(self, before: str, why: Why) -> Callable[[str | None], Any]:
        from complaint_desk.screens.sign_in_words import Why

        async def seated(name: str | None) -> None:
            self.touched()
            if name is None:
                self._app.safety.offer_rescue(self._app.desk_fault)
                return
            if name != before:
                await self._clear_the_desk()
            self._sits(name)
            if why is not Why.LOCKED or name != before:
                self._say(_("{name} sits here now.").format(name=name))
            if why is Why.START and callable(look := getattr(self._app.screen, "look_for_waiting", None)):
                look()

        return seated

    def _was_set_up(self, done: bool | None) -> None:
        if done and self._app.desk is not None:
            self._sits(self._app.desk.as_name)

    def _sits(self, name: str) -> None:
        """The calls of this seat are this person's from now on."""
        self._app.drafts.seat = name
        for screen in self._screens():
            if (call := getattr(screen, "call", None)) is not None:
                call.seat = name

    async def _clear_the_desk(self) -> None:
        """Another person finds the call, and nothing else of what the one before had open."""
        app = self._app
        self._keep_calls()
        await app.switch_mode("call")
        while len(app.screen_stack) > 1:
            await app.pop_screen()
        for mode, room in app.MODES.items():
            if mode != "call":
                await app.remove_mode(mode)
                app.add_mode(mode, room)

    def _keep_calls(self) -> None:
        for screen in self._screens():
            if callable(keep := getattr(screen, "keep_now", None)):
                keep()

    def _screens(self) -> list[Screen[Any]]:
        return [screen for stack in self._app._screen_stacks.values() for screen in stack]

    def _say(self, sentence: str) -> None:
        for name in ("notice", "said"):
            line = getattr(self._app.screen, name, None)
            if callable(say := getattr(line, "say", None)):
                say(sentence, "good")
                return
