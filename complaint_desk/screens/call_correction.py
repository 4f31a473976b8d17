"""A saved ticket as the words of the call form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.ticket import Ticket


def words_of(ticket: Ticket, desk: Desk) -> dict[str, str]:
    """What stands in each field when the ticket is opened for correction."""
    phone = desk.read_phone(ticket.phone).national if ticket.phone else None
    words = {
        "phone": phone or ticket.phone,
        "caller": ticket.caller,
        "when": ticket.when.said if ticket.when else None,
        "where": ticket.where,
        "who": ticket.who,
        "what": ticket.what,
        "how": ticket.how,
        "remedy_wanted": ticket.remedy_wanted,
        "cause": ticket.cause,
        "channel": ticket.channel,
        "store": ticket.store,
        "extension": ticket.extension,
    }
    return {name: said for name, said in words.items() if said}
