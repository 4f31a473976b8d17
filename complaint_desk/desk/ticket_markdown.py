"""A ticket as Markdown: for a mail, a page of notes, a printer."""

import re
from collections.abc import Iterator
from datetime import datetime, tzinfo

from complaint_desk.desk.brought_text import brought_text
from complaint_desk.desk.settling.settling_text import settling_text
from complaint_desk.desk.ticket_text import (
    clock_text,
    history_text,
    shown_plain,
    status_text,
    when_text,
)
from complaint_desk.locale import N_, _, language
from complaint_desk.models.ticket import Ticket
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.phone import show_phone

_MEANT = re.compile(r"([\\`*_\[\]<>|~&])")
_BEGINS_A_BLOCK = re.compile(r"^(\s*)((?:\d+(?=[.)]))?)([-+=#.)])")
_TOLD = (
    ("where", N_("Where")),
    ("who", N_("Who")),
    ("what", N_("What")),
    ("how", N_("How")),
    ("remedy_wanted", N_("Wants")),
)


def ticket_markdown(ticket: Ticket, now: datetime, zone: tzinfo, playbook: Playbook, region: str) -> str:
    """The ticket with its clocks and history; no sign of the caller's words is taken for a mark."""
    return "\n".join(_lines(ticket, now, zone, playbook, region))


def _lines(ticket: Ticket, now: datetime, zone: tzinfo, playbook: Playbook, region: str) -> Iterator[str]:
    spoken = language()
    yield f"# {_plain(ticket.number)}"
    yield ""
    caller = " · ".join(
        part for part in (ticket.caller, ticket.phone and show_phone(ticket.phone, region)) if part
    )
    facts = [
        (_("Status"), status_text(ticket)),
        (_("Caller"), caller or "—"),
        (_("Received"), ticket.received_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")),
        (_("Channel"), playbook.channel_name(ticket.channel, spoken)),
        (_("Store"), ticket.store),
        (_("When"), when_text(ticket.when, zone)),
        (
            _("Cause"),
            f"{ticket.cause.code} {playbook.cause_name(ticket.cause, spoken)}" if ticket.cause else "—",
        ),
        (_("Severity"), str(int(ticket.severity))),
        (_("Owner"), ticket.owner or "—"),
        *brought_text(ticket),
    ]
    for label, text in facts:
        yield f"- **{label}**: {_plain(text)}"
    for name, label in _TOLD:
        if told := getattr(ticket, name):
            yield from ("", f"**{_(label)}**", "")
            yield from (f"> {_plain(line)}" for line in shown_plain(told).split("\n"))
    for name, text in ticket.attachments:
        yield from ("", f"**{_plain(name)}**", "")
        yield from (f"> {_plain(line)}" for line in shown_plain(text).split("\n"))
    if ticket.clocks:
        yield from ("", f"## {_('Clocks')}", "")
        yield from (
            f"- {_plain(' '.join(clock_text(clock, now, zone, playbook).split()))}" for clock in ticket.clocks
        )
    settled = [line for line in settling_text(ticket, now, zone, playbook) if line.strip()]
    if settled:
        yield ""
        yield from (f"- {_plain(line.strip())}" for line in settled)
    yield from ("", f"## {_('History')}", "")
    yield from (f"- {_plain(history_text(line, ticket, zone, playbook))}" for line in ticket.history)


def _plain(text: str) -> str:
    """Text in which nothing is a mark."""
    one_line = shown_plain(text).replace("\n", " ")
    return _BEGINS_A_BLOCK.sub(r"\1\2\\\3", _MEANT.sub(r"\\\1", one_line))
