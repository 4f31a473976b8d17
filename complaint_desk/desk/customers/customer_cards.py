"""Reading a customer's card as the history tells it."""

from sqlalchemy import Connection

from complaint_desk.desk.customers.customer_rows import last_of
from complaint_desk.locale import _
from complaint_desk.models.customer import CustomerCard
from complaint_desk.models.errors import CustomerNotFound
from complaint_desk.rules.customers import Told, card_of, own_acts
from complaint_desk.store import customers, staff
from complaint_desk.store.finding import ticket_id_of

_SHORTEST_PART = 6


def card_id_called(connection: Connection, called: str) -> str:
    """The card a person means by a customer's id, the end of one, or the number of one of their complaints.

    Raises CustomerNotFound.
    """
    called = called.strip()
    if called.isprintable() and called:
        if found := customers.card_id_of(connection, called):
            return found
        ticket_id = ticket_id_of(connection, called)
        if ticket_id is not None:
            customer_id = customers.of_ticket(connection, ticket_id)
            if customer_id is None:
                raise CustomerNotFound(
                    _(
                        "Ticket {number} names no customer: neither a name nor a number was told. "
                        "Nothing was changed."
                    ).format(number=called)
                )
            return customers.card_id_of(connection, customer_id) or customer_id
        if len(called) >= _SHORTEST_PART:
            alike = customers.cards_ending(connection, called.lower())
            if len(alike) == 1:
                return alike[0]
            if alike:
                raise CustomerNotFound(
                    _("Several customers' ids end in {part}. Write more of it. Nothing was changed.").format(
                        part=called
                    )
                )
    raise CustomerNotFound(
        _(
            "There is no customer {called} in this file. Look for the name or the number with customer find."
        ).format(called=called)
    )


def read_card(connection: Connection, called: str) -> CustomerCard:
    """The card of a customer, with every act on it. Raises CustomerNotFound."""
    card_id = card_id_called(connection, called)
    names = staff.names(connection)
    members = customers.members_of(connection, [card_id])
    acts = {one: own_acts(one, customers.events_on(connection, one), names) for one in members}
    told = customers.told_by(connection, members)
    return card_of(card_id, acts, (Told(one.caller, one.phone) for one in told), last_of(told))
