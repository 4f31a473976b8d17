"""Looking at a masked caller: allowed, and written down."""

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.customers.customer_cards import read_card
from complaint_desk.models.customer import CustomerCard
from complaint_desk.models.enums import Act
from complaint_desk.models.event import NewEvent
from complaint_desk.models.ticket import Ticket
from complaint_desk.store import history


class Seeing(DeskBase):
    """The verbs of looking at what is masked."""

    def see_caller(self, number: str) -> Ticket:
        """The ticket with its caller's name and number whole; where they were masked, that is an act in the history.

        They stay so for this person until somebody else signs in. Raises TicketNotFound.
        """
        veil = self._veil()
        with self.store.reading() as connection:
            ticket = self._fold(connection, self._events(connection, number))
        if veil is None or veil.is_open(ticket):
            return ticket
        with self.store.writing() as connection:
            events = self._events(connection, number)
            now = self.clock()
            seen = NewEvent(Act.CALLER_SEEN, now)
            written = history.append(
                connection, [seen], ticket_id=events[0].ticket_id, by=self._me(connection).id, recorded_at=now
            )
            ticket = self._fold(connection, [*events, *written])
        self._looked_at.add(number)
        return ticket

    def see_customer(self, called: str) -> CustomerCard:
        """The card of a customer whole; where it was masked, that is an act in the history.

        Called as in `customer`. It stays so for this person until somebody else signs in. Raises CustomerNotFound.
        """
        veil = self._veil()
        with self.store.reading() as connection:
            card = read_card(connection, called)
        if veil is None or card.id in self._looked_at:
            return card
        with self.store.writing() as connection:
            now = self.clock()
            seen = NewEvent(Act.CALLER_SEEN, now, {"customer": card.id})
            history.append(connection, [seen], ticket_id=None, by=self._me(connection).id, recorded_at=now)
        self._looked_at.add(card.id)
        return card
