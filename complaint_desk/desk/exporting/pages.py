"""A ticket as a page of its own: plain text, Markdown, JSON."""

from typing import TYPE_CHECKING

from complaint_desk.desk.ticket_json import ticket_json
from complaint_desk.desk.ticket_markdown import ticket_markdown
from complaint_desk.desk.ticket_text import ticket_text
from complaint_desk.models.exporting import PageFormat
from complaint_desk.models.ticket import Ticket

if TYPE_CHECKING:
    from complaint_desk.desk.base import DeskBase


def page(ticket: Ticket, form: PageFormat, desk: "DeskBase") -> str:
    """The ticket as text in this form, in the language in use."""
    now, zone, region = desk.clock(), desk.settings.zone, desk.settings.region
    match form:
        case PageFormat.JSON:
            return ticket_json(ticket, now, zone)
        case PageFormat.MARKDOWN:
            return ticket_markdown(ticket, now, zone, desk.playbook, region)
        case PageFormat.TEXT:
            return ticket_text(ticket, now, zone, desk.playbook, region)
