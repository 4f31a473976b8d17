"""What the queue and a ticket have in common for a supervisor: deeds on one ticket or on the marked ones, and why."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import work

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.acting import ActingScreen
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.deeds import Deed, DeedDone, DeedTold, counted, verb_of, what_was_done

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


class SupervisingScreen(ActingScreen):
    """A screen on which tickets can be assigned, escalated, paused and so on; each says what it did."""

    @property
    def numbers_at_hand(self) -> tuple[str, ...]:
        """The tickets that a deed would be about."""
        return (self.number_at_hand,) if self.number_at_hand is not None else ()

    def deed_done(self, done: DeedDone) -> None:
        """A deed was done here: show how things stand now."""

    def action_supervise(self, deed: str) -> None:
        """Ask for what the deed needs, about the tickets at hand."""
        self.ask_for(Deed(deed), self.numbers_at_hand)

    def ask_for(
        self, deed: Deed, numbers: tuple[str, ...], versions: Mapping[str, int] | None = None
    ) -> None:
        """Open the card of a deed on these tickets."""
        if numbers:
            from complaint_desk.screens.deed_card import DeedCard

            ticket = self.ticket_at_hand if len(numbers) == 1 else None
            self.app.push_screen(DeedCard(deed, numbers, ticket=ticket, versions=versions), self._deed_told)

    def action_take(self) -> None:
        """Take the tickets at hand, without asking for anything."""
        if numbers := self.numbers_at_hand:
            self._take(numbers)

    @work(group="take", exit_on_error=False)
    async def _take(self, numbers: tuple[str, ...]) -> None:
        from complaint_desk.desk.one_by_one import one_by_one

        try:
            desk = await at_desk(self).desk_ready()
        except DeskError as error:
            self.said.say(str(error), "warns")
            return
        verb = verb_of(desk, Deed.TAKE, DeedTold(), {})
        rows = await asyncio.to_thread(lambda: tuple(one_by_one(numbers, verb)))
        self._deed_told(DeedDone(Deed.TAKE, rows))

    def _deed_told(self, done: DeedDone | None) -> None:
        desk = at_desk(self).desk
        if done is None or desk is None:
            return
        if len(done.rows) == 1:
            (row,) = done.rows
            sentence = row.refusal if row.after is None else self._told(desk, done.deed, row.after)
            self.said.say(f"{row.number}  {sentence}", "warns" if row.after is None else "good")
        else:
            self.said.say(counted(done), "warns" if done.refused else "good")
        self.deed_done(done)
        if len(done.rows) > 1 and done.refused:
            from complaint_desk.screens.deed_report import DeedReport

            self.app.push_screen(DeedReport(done, lambda after: self._told(desk, done.deed, after)))

    @staticmethod
    def _told(desk: Desk, deed: Deed, after: Ticket) -> str:
        return what_was_done(deed, after, desk.playbook, desk.clock(), desk.settings.zone)

    def action_why(self) -> None:
        """Why the deadlines of the ticket at hand are what they are."""
        if self.number_at_hand is not None:
            from complaint_desk.screens.why_card import WhyCard

            self.app.push_screen(WhyCard(self.number_at_hand))

    def action_copy(self) -> None:
        """Send the number to the terminal's clipboard."""
        if (number := self.number_at_hand) is not None:
            self.app.copy_to_clipboard(number)
            self.said.say(_("{number} was sent to the clipboard.").format(number=number))
