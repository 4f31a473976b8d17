"""Where a ticket came from that another program kept, in words."""

from collections.abc import Iterator

from complaint_desk.locale import _, listed
from complaint_desk.models.ticket import Ticket


def brought_text(ticket: Ticket) -> Iterator[tuple[str, str]]:
    """Where a ticket came from that another program kept, and what stood there, each with its label."""
    brought = ticket.brought
    if brought is None:
        return
    parts = [brought.file] if brought.file else []
    if brought.record:
        parts.append(_("record {record}").format(record=brought.record))
    if brought.status:
        parts.append(_("status there: {status}").format(status=brought.status))
    yield _("Came from"), listed(parts)
    for heading, text in brought.texts:
        yield _("there"), f"{heading}: {text}"
