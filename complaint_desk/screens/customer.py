"""A customer's card (Ctrl+O on a ticket): read, corrected, merged, split, held and erased."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen

from complaint_desk.locale import _
from complaint_desk.models.customer import CallerCard
from complaint_desk.models.errors import ChangedMeanwhile, DeskError, FieldRefused
from complaint_desk.screens import customer_acts
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.screens.caller_page import caller_blocks
from complaint_desk.screens.customer_form import CustomerForm
from complaint_desk.screens.customer_keys import CUSTOMER_KEYS, CUSTOMER_MENU
from complaint_desk.screens.keys import APP_KEYS, bindings, hints
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyLine
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.said_line import SaidLine
from complaint_desk.widgets.sheet import Sheet

if TYPE_CHECKING:
    from textual.binding import BindingType

    from complaint_desk.desk.desk import Desk

WIDE = 100
"""From so many columns on what to know stands beside the fields."""


class CustomerScreen(TellsFaults, Screen[None]):
    """It lies over the screen it was called from."""

    CSS_PATH = "customer.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#name"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CUSTOMER_KEYS)]

    head = query_one("#head", HeadLine)
    form = query_one("#card-form", CustomerForm)
    about = query_one("#about", Sheet)
    said = query_one("#said", SaidLine)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self, called: str) -> None:
        """`called` is the customer's id, or the number of one of the complaints."""
        super().__init__()
        self.called = called
        self.caller: CallerCard | None = None
        """The card, and what there is to know."""
        self.busy = False

    def compose(self) -> ComposeResult:
        """Whose card, the fields, what there is to know, what the desk says, the keys."""
        yield HeadLine(id="head")
        with Container(id="room"):
            yield CustomerForm(id="card-form")
            yield Sheet(id="about")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """Read the card."""
        self.about.can_focus = False
        self.speak()
        self.read()

    def speak(self) -> None:
        """Say everything in the language in use; what was typed stays."""
        self.form.speak()
        self.key_line.show(hints([*CUSTOMER_KEYS, *(key for key in APP_KEYS if key.id == "desk.help")]))
        self._show()

    @work(group="read", exclusive=True, exit_on_error=False)
    async def read(self) -> None:
        """Read the card anew; fields that were changed and not saved stay as they are."""
        await self.read_now()

    async def read_now(self, *, anew: bool = False) -> None:
        """Read the card; `anew` puts it over what stands in the fields."""
        try:
            desk = await at_desk(self).desk_ready()
            card = await asyncio.to_thread(desk.customer, self.called)
            self.caller = await asyncio.to_thread(desk.caller_card, card.id)
        except DeskError as error:
            self.said.say(str(error), "warns")
            return
        self.called = self.caller.card.id
        if anew or not self.form.changed:
            self.form.put(self.caller.card, desk.settings.region)
        self._show()

    def _show(self) -> None:
        desk, caller = at_desk(self).desk, self.caller
        card = caller.card if caller else None
        name = (card.name or _("no name")) if card and not card.erased_at else ""
        erased = _("erased") if card and card.erased_at else ""
        held = _("legal hold") if card and card.hold else ""
        left = Content("   ").join([Content.styled(_("Customer"), "bold"), plain(name)])
        self.head.show(left, Content.styled(erased or held, "$accent"))
        if desk is not None and caller is not None:
            self.about.show(list(caller_blocks(caller, desk, with_card=False)))

    def on_resize(self, event: events.Resize) -> None:
        """What to know is folded to its width."""
        self.about.refresh(layout=True)

    def unkeyed_commands(self) -> dict[str, str]:
        """The acts of the menu, for the palette."""
        return {_(key.does): key.action for key in CUSTOMER_MENU}

    # Saving

    @work(group="save", exit_on_error=False)
    async def action_save(self) -> None:
        """Save what was changed; whatever goes wrong, it stays in the fields."""
        if self.busy or self.caller is None:
            return
        self.form.decide()
        changes = list(self.form.changes())
        if not changes:
            self.said.say(_("Nothing was changed."))
            return
        self.busy = True
        try:
            desk = await at_desk(self).desk_ready()
            card = self.caller.card
            version: int | None = card.version
            for each in changes:
                card = await asyncio.to_thread(desk.edit_customer, card.id, each, version=version)
                version = card.version
        except ChangedMeanwhile as error:
            self.said.say(str(error), "warns")
            await self.read_now()
        except FieldRefused as error:
            self.said.say(str(error), "warns")
            self._focus_on(error.field_name)
            await self.read_now()
        except DeskError as error:
            self.said.say(str(error), "warns")
        else:
            await self.read_now(anew=True)
            self.said.say(_("Saved."), "good")
        finally:
            self.busy = False

    def _focus_on(self, field: str) -> None:
        name = {"number": "numbers", "name": "name"}.get(field.partition("_")[0], field)
        name = "names" if field.startswith("name_") else name
        if name in self.form.fields:
            self.form.fields[name].focus()

    # The other acts

    def action_menu(self) -> None:
        """The acts by digits."""
        from complaint_desk.screens.key_menu import KeyMenu

        name = (self.caller.card.name if self.caller else None) or _("no name")
        self.app.push_screen(KeyMenu(CUSTOMER_MENU, name), self._menu_answered)

    async def _menu_answered(self, action: str | None) -> None:
        if action is not None:
            await self.run_action(action)

    def action_complaints(self) -> None:
        """Every complaint; Enter opens one."""
        self._act(customer_acts.complaints)

    def action_see(self) -> None:
        """Show a masked card whole; that is recorded."""
        self._act(customer_acts.see)

    def action_merge(self) -> None:
        """Merge another card into this one, choosing which values win."""
        self._act(customer_acts.merge)

    def action_split(self) -> None:
        """Split complaints off to a card of their own."""
        self._act(customer_acts.split)

    def action_take_back(self) -> None:
        """Take back the last change or merge."""
        self._act(customer_acts.take_back)

    def action_hold(self) -> None:
        """Set or release a legal hold."""
        self._act(customer_acts.hold)

    def action_erase(self) -> None:
        """Erase the person, after a reason and a question."""
        self._act(customer_acts.erase)

    @work(group="act", exit_on_error=False)
    async def _act(self, act: Callable[[CustomerScreen, Desk, CallerCard], customer_acts.Done]) -> None:
        """One act after the other; what it did, or why it was refused, is said in the line."""
        if self.busy or self.caller is None:
            return
        if self.form.changed:
            self.said.say(_("Save what was changed first (Ctrl+S), or leave it with Esc."), "asks")
            return
        self.busy = True
        try:
            desk = await at_desk(self).desk_ready()
            sentence = await act(self, desk, self.caller)
        except DeskError as error:
            self.said.say(str(error), "warns")
        else:
            if sentence:
                await self.read_now(anew=True)
                self.said.say(sentence, "good")
        finally:
            self.busy = False

    # Leaving

    @work(group="leave", exit_on_error=False)
    async def action_back(self) -> None:
        """Back to where one came from; what was changed and not saved is asked about."""
        self.form.decide()
        if self.form.changed and self.caller is not None:
            from complaint_desk.screens.confirm import Confirm

            if not await self.app.push_screen_wait(
                Confirm(_("Leave the card without saving what was changed?"))
            ):
                return
        self.dismiss(None)
