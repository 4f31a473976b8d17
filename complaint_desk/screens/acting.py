"""What the queue and a ticket have in common: acts by a letter or a digit, and a line about what they did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.getters import query_one
from textual.screen import Screen

from complaint_desk.models.enums import Act
from complaint_desk.models.exporting import Chosen
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.act_line import ActDone, ActLine
from complaint_desk.screens.act_words import what_it_did
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.screens.keys import DeskKey
from complaint_desk.widgets.said_line import SaidLine


class ActingScreen(TellsFaults, Screen[None]):
    """A screen on which one ticket at a time can be acted on."""

    MENU: ClassVar[Sequence[DeskKey]] = ()
    said = query_one("#said", SaidLine)

    @property
    def number_at_hand(self) -> str | None:
        """The number of the ticket that an act would be about."""
        raise NotImplementedError

    @property
    def ticket_at_hand(self) -> Ticket | None:
        """That ticket as the person sees it; None where only a line of it is shown."""
        return None

    def action_act(self, act: str) -> None:
        """Ask for the line about an act on the ticket at hand."""
        if self.number_at_hand is not None:
            card = ActLine
            if act == Act.RESOLVED:
                from complaint_desk.screens.resolve_line import ResolveLine

                card = ResolveLine
            self.app.push_screen(card(self.number_at_hand, Act(act), self.ticket_at_hand), self._act_told)

    def _act_told(self, done: ActDone | None) -> None:
        desk = at_desk(self).desk
        if done is None or desk is None:
            return
        sentence, tone = what_it_did(
            done.before, done.after, done.act, desk.playbook, desk.clock(), desk.settings.zone
        )
        self.said.say(f"{done.after.number}  {sentence}", tone)
        self.acted(done)

    def acted(self, done: ActDone) -> None:
        """An act was recorded here: show how things stand now."""

    def what_to_export(self) -> tuple[Chosen, str, str] | None:
        """What a list shows, what that is called, and what a file of it could be called; None for no list."""
        return None

    def action_export(self) -> None:
        """Ask for the format and the file, and write what is on the screen."""
        if (shown := self.what_to_export()) is not None:
            from complaint_desk.screens.export_card import ExportCard

            self.app.push_screen(ExportCard(*shown), self._say_what_went_out)

    def action_take_out(self) -> None:
        """Copy the ticket at hand, or save it to a file."""
        if self.number_at_hand is not None:
            from complaint_desk.screens.ticket_out_card import TicketOutCard

            self.app.push_screen(TicketOutCard(self.number_at_hand), self._say_what_went_out)

    def _say_what_went_out(self, sentence: str | None) -> None:
        if sentence:
            self.said.say(sentence, "good")

    def action_customer(self) -> None:
        """Open the customer's card of the ticket at hand."""
        if self.number_at_hand is not None:
            from complaint_desk.screens.customer import CustomerScreen

            self.app.push_screen(CustomerScreen(self.number_at_hand))

    def menu_keys(self) -> Sequence[DeskKey]:
        """What the menu offers whoever sits here."""
        return self.MENU

    def action_menu(self) -> None:
        """The acts by digits."""
        if self.number_at_hand is not None:
            from complaint_desk.screens.key_menu import KeyMenu

            self.app.push_screen(KeyMenu(self.menu_keys(), self.number_at_hand), self._menu_answered)

    async def _menu_answered(self, action: str | None) -> None:
        if action is not None:
            await self.run_action(action)
