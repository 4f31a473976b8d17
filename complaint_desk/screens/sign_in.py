"""Who sits here: signing in, the locked screen, and another person taking the seat. Nothing else shows meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError, FileUnusable
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.screens.keys_taken import keys_taken
from complaint_desk.screens.sign_in_words import Step, Why, hints, pick_of
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.notice import Notice
from complaint_desk.widgets.pick_list import PickList
from complaint_desk.widgets.pin_field import PinField
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.staff import StaffMember


class SignInScreen(TellsFaults, Screen[str]):
    """Gives back the name of who sits here now; None where nothing changed."""

    CSS_PATH = "sign_in.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012
    holds_the_seat = True
    """Nothing else of the desk can be reached while it stands."""
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, 10)),
        Binding("0", "zero", show=False),
        Binding("enter", "enter", show=False, priority=True),
        Binding("escape", "back", show=False, priority=True),
    ]

    people = query_one("#people", PickList)
    pin = query_one("#pin", PinField)
    again = query_one("#again", PinField)
    new_name = query_one("#new-name", LineField)
    asks_line = query_one("#asks", Static)
    notice = query_one("#card-notice", Notice)
    key_line = query_one("#card-keys", KeyLine)

    def __init__(self, why: Why, name: str = "") -> None:
        """`name` is who sat here last; after a lock the PIN of that person is asked at once."""
        super().__init__()
        self.why = why
        """Why it is asked."""
        self.step = Step.WHO
        """What is asked just now."""
        self.name_at_hand = name
        """Whose PIN is asked."""
        self._staff: list[StaffMember] = []
        self._asks = True
        self._signed_in = False
        self._old = ""
        self._busy = False
        self._fault = False
        """The desk could not be opened: a call can be taken down all the same."""
        self._early = 0
        """A digit pressed before the list was there."""

    def compose(self) -> ComposeResult:
        """One card; of what stands on it, each step shows its own."""
        with Container(id="card"):
            yield Static(id="title")
            yield Static(id="asks")
            yield PickList([], id="people")
            yield LineField("new_name")
            yield PinField("pin")
            yield PinField("again")
            yield Notice(id="card-notice")
            yield KeyLine(id="card-keys")

    def on_mount(self) -> None:
        """Read who works here as soon as the desk is open."""
        self._show(Step.WHO)
        self._read()

    def speak(self) -> None:
        """Say everything in the language in use."""
        self.notice.say("")
        self._show(self.step)

    @work(group="read", exit_on_error=False)
    async def _read(self) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            self._staff, self._asks = await asyncio.to_thread(lambda: (desk.everybody(), desk.asks_for_pin()))
        except FileUnusable:
            self.dismiss(None)
            return
        except DeskError as error:
            self._fault = True
            self.notice.say(str(error), "warns")
            self.key_line.show(self._hints())
            return
        self._fault = False
        self._signed_in = desk.signed_in is not None
        names = [member.name for member in self._staff]
        self.name_at_hand = self.name_at_hand if self.name_at_hand in names else desk.as_name
        if self.name_at_hand in names:
            self.people.at = names.index(self.name_at_hand)
        straight = self.why in (Why.LOCKED, Why.START) and self._asks and self.name_at_hand in names
        if self.why is Why.OWN_PIN:
            self._show(Step.PIN if self._asks else Step.OWN)
        else:
            self._show(Step.PIN if straight else Step.WHO)
            if self._early:
                self.action_choose(self._early)

    # Showing

    def _show(self, step: Step) -> None:
        self.step = step
        desk = at_desk(self).desk
        store = desk.settings.store_name if desk else ""
        self.query_one("#title", Static).update(plain(" · ".join(filter(None, (_("Complaint Desk"), store)))))
        self.asks_line.update(self._question())
        self.people.show([pick_of(number, member) for number, member in enumerate(self._staff, 1)])
        self.people.display = step is Step.WHO and bool(self._staff)
        self.new_name.display = step is Step.NAME
        self.pin.display = step in (Step.PIN, Step.OWN)
        self.again.display = step is Step.OWN
        self.pin.placeholder = _("New PIN") if step is Step.OWN else ""
        self.again.placeholder = _("Once more")
        self.key_line.show(self._hints())
        at = {Step.WHO: self.people, Step.NAME: self.new_name}.get(step, self.pin)
        if not (step is Step.OWN and self.again.has_focus):
            at.focus()

    def _question(self) -> Content:
        if self.step is Step.NAME:
            return plain(_("Name"))
        if self.step is Step.OWN:
            return plain(
                _("Choose a PIN of your own: six digits or more, or a passphrase of ten characters or more.")
            )
        if self.step is Step.PIN:
            asked = Content.assemble(plain(_("PIN of {name}").format(name=self.name_at_hand)).stylize("bold"))
            return Content("\n").join([plain(_(self.why.value)), Content(""), asked])
        return plain(
            _(self.why.value) if self._staff or self.why is not Why.START else _("Opening the desk…")
        )

    def _hints(self) -> list[KeyHint]:
        return hints(
            self.step,
            self.why,
            fault=self._fault,
            asks=self._asks,
            signed_in=self._signed_in,
            may_leave=self._may_leave,
        )

    @property
    def _may_leave(self) -> bool:
        """Whether one may go back to the desk without signing in."""
        return self._fault or (self.why in (Why.SWITCH, Why.OWN_PIN) and (self._signed_in or not self._asks))

    # Choosing

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a name."""
        self._take(picked.value)

    def action_choose(self, digit: int) -> None:
        """A digit in the list."""
        if not self._staff:
            self._early = digit
        elif self.step is Step.WHO and digit <= len(self._staff):
            self.people.at = digit - 1
            self._take(self._staff[digit - 1].name)

    def action_zero(self) -> None:
        """Another name where nobody has a PIN; else lock the seat."""
        if self.step is not Step.WHO:
            return
        if not self._asks:
            self._show(Step.NAME)
        elif self.why is Why.SWITCH and (desk := at_desk(self).desk) is not None:
            desk.sign_out()
            self._signed_in, self.why = False, Why.LOCKED
            self._show(Step.PIN)

    def action_back(self) -> None:
        """One step back; out of it where one may go on without signing in."""
        self.notice.say("")
        self._old = ""
        self.pin.take()
        self.again.take()
        if self.step is Step.OWN and self.why is not Why.OWN_PIN:
            self._forget_who()
        if self.step is Step.WHO or self.why is Why.OWN_PIN:
            if self._may_leave:
                self.dismiss(None)
            return
        self._show(Step.WHO)

    def _forget_who(self) -> None:
        if (desk := at_desk(self).desk) is not None:
            desk.sign_out()
            self._signed_in = False

    def _take(self, name: str) -> None:
        self.name_at_hand = name
        self.notice.say("")
        if self._asks:
            self._show(Step.PIN)
        else:
            self._sign_in("")

    # Signing in

    async def action_enter(self) -> None:
        """Enter in the list or in a field, before it sees the key: what comes in the same breath belongs after it."""
        await keys_taken(self)
        if self._busy:
            return
        if self._fault:
            self.notice.say("")
            self._read()
        elif self.step is Step.WHO:
            self.people.action_pick()
        elif self.step is Step.NAME:
            self.name_at_hand = self.new_name.words
            self._sign_in("")
        elif self.step is Step.PIN and self.why is Why.OWN_PIN:
            self._old = self.pin.take()
            self._show(Step.OWN)
        elif self.step is Step.PIN:
            self._sign_in(self.pin.take())
        elif self.focused is self.again:
            self._choose_own()
        else:
            self.again.focus()

    @work(group="sign-in", exit_on_error=False)
    async def _sign_in(self, secret: str) -> None:
        await self._try(lambda desk: desk.sign_in(self.name_at_hand, secret), secret)

    @work(group="sign-in", exit_on_error=False)
    async def _choose_own(self) -> None:
        chosen, again, old = self.pin.take(), self.again.take(), self._old
        if chosen != again:
            self.notice.say(_("The two were not the same. Nothing was changed."), "warns")
            self.pin.focus()
            return
        await self._try(lambda desk: desk.set_pin(chosen, old), old)

    async def _try(self, verb: Callable[[Desk], StaffMember], secret: str) -> None:
        self._busy = True
        try:
            desk = await at_desk(self).desk_ready()
            member = await asyncio.to_thread(verb, desk)
        except DeskError as error:
            self.notice.say(str(error), "warns")
            if self.pin.display:
                self.pin.focus()
            return
        finally:
            self._busy = False
        self.notice.say("")
        if member.one_time:
            self._old, self.name_at_hand, self._signed_in = secret, member.name, True
            self._show(Step.OWN)
        else:
            self._old = ""
            self.dismiss(member.name)
