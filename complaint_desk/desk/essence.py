"""The essence of a ticket, for whoever moves through the queue: why it is due, what was promised, and granted."""

from datetime import timedelta

from complaint_desk.desk.finding.radar import NoticingRepeats
from complaint_desk.models.essence import Essence
from complaint_desk.models.radar import Radar
from complaint_desk.models.settling import PaidBefore, RemedyState
from complaint_desk.models.ticket import Ticket
from complaint_desk.store import settling

GOODWILL_DAYS = 90
"""Over so many days it is added up what a caller was granted."""


class TellingTheEssence(NoticingRepeats):
    """The verb of telling what matters of a ticket in a glance."""

    def essence(self, number: str) -> Essence:
        """What matters of a ticket besides its line in the queue. Raises TicketNotFound."""
        now = self.clock()
        with self.store.reading() as connection:
            ticket = self._fold(connection, self._events(connection, number))
            since = now - timedelta(days=GOODWILL_DAYS)
            paid = settling.paid_before(connection, ticket, since, GOODWILL_DAYS)
            return essence_of(ticket, paid, self._radar_of(connection, ticket))


def essence_of(ticket: Ticket, paid: PaidBefore, radar: Radar) -> Essence:
    """The essence of a ticket as it stands."""
    return Essence(
        number=ticket.number,
        version=ticket.version,
        clock=ticket.next_clock,
        promises=tuple(
            sorted((each for each in ticket.promises if each.is_waiting), key=lambda each: each.due_at)
        ),
        waiting=tuple(each for each in ticket.remedies if each.state is RemedyState.WAITING),
        paid=paid,
        escalation=ticket.escalation,
        radar=radar,
    )
