"""The columns of a table of tickets, their headings in the language in use, and each ticket's values."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from complaint_desk.desk.ticket_names import STATUS_NAMES
from complaint_desk.locale import N_, _, language
from complaint_desk.models.ticket import Ticket
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.clock_acts import breach_of
from complaint_desk.rules.phone import dialled_from

Value = str | int | datetime | None
"""A cell; times are naive, as the store's clocks show them, since tables know no zones."""


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a ticket is looked at."""

    now: datetime
    zone: tzinfo
    region: str
    playbook: Playbook

    def local(self, at: datetime | None) -> datetime | None:
        """The time as the store's clocks show it, to the second."""
        return at.astimezone(self.zone).replace(tzinfo=None, microsecond=0) if at else None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading in English, its width in a workbook, and where its value comes from."""

    heading: str
    width: int
    of: Callable[[Ticket, Seen], Value]


COLUMNS = (
    Column(N_("Number"), 16, lambda ticket, seen: ticket.number),
    Column(N_("Status"), 10, lambda ticket, seen: _(STATUS_NAMES[ticket.status])),
    Column(N_("Received"), 19, lambda ticket, seen: seen.local(ticket.received_at)),
    Column(N_("Store"), 12, lambda ticket, seen: ticket.store),
    Column(N_("Channel"), 12, lambda ticket, seen: seen.playbook.channel_name(ticket.channel, language())),
    Column(N_("Name"), 14, lambda ticket, seen: ticket.caller),
    Column(N_("Phone"), 18, lambda ticket, seen: ticket.phone and dialled_from(ticket.phone, seen.region)),
    Column(N_("Extension"), 10, lambda ticket, seen: ticket.extension),
    Column(N_("When"), 18, lambda ticket, seen: ticket.when.said if ticket.when else None),
    Column(N_("Happened at"), 19, lambda ticket, seen: seen.local(ticket.when.at) if ticket.when else None),
    Column(N_("Where"), 20, lambda ticket, seen: ticket.where),
    Column(N_("Who"), 16, lambda ticket, seen: ticket.who),
    Column(N_("What"), 50, lambda ticket, seen: ticket.what),
    Column(N_("How"), 40, lambda ticket, seen: ticket.how),
    Column(N_("Wants"), 30, lambda ticket, seen: ticket.remedy_wanted),
    Column(N_("Cause"), 22, lambda ticket, seen: _cause(ticket, seen)),
    Column(N_("Severity"), 8, lambda ticket, seen: int(ticket.severity)),
    Column(N_("Owner"), 12, lambda ticket, seen: ticket.owner),
    Column(N_("Next clock"), 16, lambda ticket, seen: _clock(ticket, seen)),
    Column(N_("Due"), 19, lambda ticket, seen: _due(ticket, seen)),
    Column(N_("Missed clocks"), 8, lambda ticket, seen: _missed(ticket, seen)),
    Column(N_("Record before"), 14, lambda ticket, seen: ticket.brought.record if ticket.brought else None),
)
"""What kind of caller it is stands in no table: it belongs to the call, and is nobody else's."""


def headings() -> list[str]:
    """The headings in the language in use."""
    return [_(column.heading) for column in COLUMNS]


def values(ticket: Ticket, seen: Seen) -> list[Value]:
    """A ticket's cells."""
    return [column.of(ticket, seen) for column in COLUMNS]


def _cause(ticket: Ticket, seen: Seen) -> str | None:
    return (
        f"{ticket.cause.code} {seen.playbook.cause_name(ticket.cause, language())}" if ticket.cause else None
    )


def _clock(ticket: Ticket, seen: Seen) -> str | None:
    following = ticket.next_clock
    return seen.playbook.clock_name(following.kind, language()) if following else None


def _due(ticket: Ticket, seen: Seen) -> datetime | None:
    following = ticket.next_clock
    return seen.local(following.due_at) if following else None


def _missed(ticket: Ticket, seen: Seen) -> int:
    return sum(breach_of(clock, seen.now) is not None for clock in ticket.clocks)
