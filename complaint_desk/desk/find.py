"""Finding: one ticket with all that happened to it."""

from complaint_desk.desk.base import DeskBase
from complaint_desk.models.ticket import Ticket


class Finding(DeskBase):
    """The verbs of looking a complaint up."""

    def ticket(self, number: str) -> Ticket:
        """The ticket of this number as its history tells it. Raises TicketNotFound."""
        with self.store.reading() as connection:
            return self._fold(connection, self._events(connection, number))
