"""How a ticket came to its customer, in words."""

from complaint_desk.locale import N_, _, aside
from complaint_desk.models.customer import LinkedBy
from complaint_desk.models.ticket import Ticket

LINKED_BY = {
    LinkedBy.NEW: N_("new here"),
    LinkedBy.NUMBER_AND_NAME: N_("known by number and name"),
    LinkedBy.NUMBER: N_("known by the number alone"),
    LinkedBy.NEW_ON_NUMBER: N_("new here, on a known number"),
    LinkedBy.BY_HAND: N_("linked by hand"),
    LinkedBy.SPLIT: N_("split off"),
    LinkedBy.AT_UPGRADE: N_("found among older tickets"),
}
"""Each way a customer is found; marked for the catalogue, to be translated when shown."""
SHOWN_SIGNS = 12
"""So many last signs of a customer's id are enough to call the card by."""


def linked_words(ticket: Ticket) -> str:
    """The end of the customer's id and how the customer was found; empty where the ticket names none."""
    if ticket.customer_id is None:
        return ""
    how = aside(_(LINKED_BY[ticket.linked_by])) if ticket.linked_by else ""
    return f"{ticket.customer_id[-SHOWN_SIGNS:]}{how}"
