"""How long a customer is kept: a legal hold, its release, and whom the retention period proposes to erase."""

from datetime import timedelta

from complaint_desk.desk.customers.customer_cards import read_card
from complaint_desk.desk.customers.customers import Customers
from complaint_desk.desk.words_told import told_words
from complaint_desk.locale import _
from complaint_desk.models.customer import CustomerCard
from complaint_desk.models.enums import Act
from complaint_desk.models.erasure import DueForErasure
from complaint_desk.models.errors import ActNotAllowed
from complaint_desk.models.event import NewEvent
from complaint_desk.store import customer_tickets, customers, erasing

_MOST_DUE = 1_000


class Retaining(Customers):
    """The verbs of keeping and of letting go in time."""

    def hold_customer(self, called: str, reason: str) -> CustomerCard:
        """Forbid to erase a customer until the hold is released. Raises FieldRefused without a reason."""
        told = told_words("text", reason, _("Say in a line why it must be kept. Nothing was written yet."))
        with self.store.writing() as connection:
            card = self._live_card(connection, called)
            if card.hold is not None:
                raise ActNotAllowed(_("A legal hold stands on this card already. Nothing was changed."))
            now, me = self.clock(), self._me(connection)
            held = NewEvent(Act.CUSTOMER_HELD, now, {"customer": card.id}, {"text": told})
            self._on_cards(connection, [held], me, now)
            return read_card(connection, card.id)

    def release_customer(self, called: str, reason: str = "") -> CustomerCard:
        """Release the legal hold on a customer's card. Raises ActNotAllowed where there is none."""
        told = told_words("text", reason)
        with self.store.writing() as connection:
            card = self._live_card(connection, called)
            if card.hold is None:
                raise ActNotAllowed(_("No legal hold stands on this card. Nothing was changed."))
            now, me = self.clock(), self._me(connection)
            released = [
                NewEvent(Act.CUSTOMER_RELEASED, now, {"customer": one}, {"text": told} if told else None)
                for one in card.members
                if any(line.act is Act.CUSTOMER_HELD for line in customers.events_on(connection, one))
            ]
            self._on_cards(connection, released, me, now)
            return read_card(connection, card.id)

    def customers_due(self, limit: int = 50) -> list[DueForErasure]:
        """Whom to erase: not heard of in the retention period, no complaint open, no legal hold; oldest first."""
        before = self.clock() - timedelta(days=self.settings.retention_days)
        with self.store.reading() as connection:
            rows = customer_tickets.silent_since(connection, before, max(1, min(limit, _MOST_DUE)))
            return [DueForErasure(row.id, row.name, row.last_at) for row in rows]

    def erasure_words(self) -> str:
        """A sentence where an erasure was interrupted before the file was written anew; empty when all is well."""
        if self.store.path is None or not erasing.unfinished(self.store.path).exists():
            return ""
        return _("An erasure was not finished: traces may lie in the file. Run: customer erase --finish")
