"""What a list and a ticket have in common about promises, remedies and the end: each on a key, on one ticket."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from textual import work

from complaint_desk.locale import _
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.errors import DeskError
from complaint_desk.models.settling import RemedyState
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.acting import ActingScreen
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.settling_deeds import SettlingDeed, deed_for_remedies


class SettlingScreen(ActingScreen):
    """A screen on which promises are made and kept, remedies granted, and tickets closed."""

    def settled(self, after: Ticket) -> None:
        """Something was settled here: show how things stand now."""

    def action_promise(self) -> None:
        """One more promise on the ticket at hand."""
        self._settle(lambda _ticket: SettlingDeed.PROMISE)

    def action_end_promise(self) -> None:
        """A promise was kept, or is not kept."""
        self._settle(
            lambda ticket: (
                SettlingDeed.END_PROMISE
                if any(each.is_waiting for each in ticket.promises)
                else _("No promise of ticket {number} waits to be kept.").format(number=ticket.number)
            )
        )

    def action_remedy(self) -> None:
        """Grant a remedy, or decide on the one that waits."""
        self._settle(deed_for_remedies)

    def action_carry_out(self) -> None:
        """A remedy was carried out."""
        self._settle(
            lambda ticket: (
                SettlingDeed.CARRY_OUT
                if any(each.state is RemedyState.GRANTED for each in ticket.remedies)
                else _("No remedy of ticket {number} waits to be carried out.").format(number=ticket.number)
            )
        )

    def action_follow_up(self) -> None:
        """The caller was followed up."""
        self._settle(lambda _ticket: SettlingDeed.FOLLOW_UP)

    def action_close_ticket(self) -> None:
        """Close what is settled; the card says what is missing."""
        self._settle(
            lambda ticket: (
                SettlingDeed.CLOSE
                if ticket.status is TicketStatus.RESOLVED
                else _("Ticket {number} is not resolved, or closed already.").format(number=ticket.number)
            )
        )

    @work(group="settle", exclusive=True, exit_on_error=False)
    async def _settle(self, deed_of: Callable[[Ticket], SettlingDeed | str]) -> None:
        """Open the card of the deed that fits the ticket at hand, or say why there is none."""
        number = self.number_at_hand
        if number is None:
            return
        try:
            desk = await at_desk(self).desk_ready()
            seen = self.ticket_at_hand
            ticket: Ticket = seen if seen is not None else await asyncio.to_thread(desk.ticket, number)
        except DeskError as error:
            self.said.say(str(error), "warns")
            return
        deed = deed_of(ticket)
        if not isinstance(deed, SettlingDeed):
            self.said.say(deed)
            return
        from complaint_desk.screens.settling_card import SettlingCard

        self.app.push_screen(SettlingCard(deed, ticket), self._settling_told)

    def _settling_told(self, done: object) -> None:
        from complaint_desk.screens.settling_card import SettlingDone
        from complaint_desk.screens.settling_deeds import what_came_of_it

        desk = at_desk(self).desk
        if not isinstance(done, SettlingDone) or done.before is None or done.after is None or desk is None:
            return
        sentence, tone = what_came_of_it(
            done.deed, done.before, done.after, desk.playbook, desk.clock(), desk.settings.zone
        )
        self.said.say(f"{done.after.number}  {sentence}", tone)
        self.settled(done.after)
