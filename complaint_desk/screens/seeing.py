"""Looking at a masked caller, from the ticket: by a key, and written down."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.rules.masks import is_masked
from complaint_desk.screens.acting import ActingScreen
from complaint_desk.screens.at_desk import at_desk

if TYPE_CHECKING:
    from complaint_desk.models.ticket import Ticket


class SeesCallers(ActingScreen):
    """A screen that shows one ticket, whose caller may be masked."""

    @property
    def is_masked(self) -> bool:
        """Whether the caller of the ticket at hand is masked for this person."""
        ticket = self.ticket_at_hand
        return ticket is not None and is_masked(ticket.caller, ticket.phone)

    def show(self, ticket: Ticket) -> None:
        """Show the ticket as it is now."""
        raise NotImplementedError

    @work(group="see", exit_on_error=False)
    async def action_see_caller(self) -> None:
        """Show the name and the number whole; the desk records it."""
        number = self.number_at_hand
        if number is None:
            return
        if not self.is_masked:
            self.said.say(_("Nothing is masked here."))
            return
        try:
            desk = await at_desk(self).desk_ready()
            ticket = await asyncio.to_thread(desk.see_caller, number)
        except DeskError as error:
            self.said.say(str(error), "warns")
            return
        self.show(ticket)
        self.said.say(_("Name and number are shown whole; that is recorded."), "good")
