"""A ticket and the queue as plain text, columns fitted in cells."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo

from rich.cells import cell_len, set_cell_size

from complaint_desk.desk.act_names import DONE
from complaint_desk.desk.brought_text import brought_text
from complaint_desk.desk.call_words import about_words, type_words
from complaint_desk.desk.customers.linked_words import linked_words
from complaint_desk.desk.deadlines.countdown import (
    FLAG,
    Urgency,
    countdown_words,
    length_words,
    row_urgency,
    row_words,
)
from complaint_desk.desk.settling.settling_text import about_clock, settling_text
from complaint_desk.desk.settling.settling_words import act_words
from complaint_desk.desk.ticket_names import FIELD_NAMES, SAFETY_NAMES, STATUS_NAMES
from complaint_desk.locale import N_, _, aside, language, listed
from complaint_desk.models.enums import ClockState, HeatStep
from complaint_desk.models.ticket import Clock, HistoryLine, QueueRow, Ticket, When
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.clock_acts import breach_of
from complaint_desk.rules.phone import show_phone
from complaint_desk.rules.plain_text import spelt_out
from complaint_desk.rules.sla import clock_state
from complaint_desk.rules.ticket_clocks import due_if_resumed_now

_LABEL_CELLS = 12
_DOUBTS = {
    "unreadable": N_("not understood"),
    "after_receipt": N_("later than the complaint was received"),
    "ambiguous": N_("may be meant otherwise"),
}
_TOLD = ("where", "who", "what", "how", "remedy_wanted")


def ticket_text(ticket: Ticket, now: datetime, zone: tzinfo, playbook: Playbook, region: str) -> str:
    """The ticket as lines of text; the caller's words with their control characters spelt out."""
    spoken = language()
    head = [
        ticket.number,
        _(STATUS_NAMES[ticket.status]),
        playbook.channel_name(ticket.channel, spoken),
        ticket.store,
    ]
    lines = ["  ".join(shown_plain(part) for part in head)]
    caller = " · ".join(
        part for part in (ticket.caller, ticket.phone and show_phone(ticket.phone, region)) if part
    )
    if caller and ticket.extension:
        caller += _(" ext. {extension}").format(extension=ticket.extension)
    lines += _labelled(_("Caller"), caller or "—")
    if known := linked_words(ticket):
        lines += _labelled(_("Customer"), known)
    lines += _labelled(_("Received"), _moment(ticket.received_at, zone))
    lines += _labelled(_("When"), when_text(ticket.when, zone))
    for name in _TOLD:
        lines += _labelled(_(FIELD_NAMES[name]), getattr(ticket, name) or "—")
    lines += _labelled(
        _("Cause"),
        f"{ticket.cause.code} {playbook.cause_name(ticket.cause, spoken)}" if ticket.cause else "—",
    )
    if kind := type_words(ticket, playbook):
        lines += _labelled(_("Type"), kind)
    flags = listed(_(SAFETY_NAMES[flag]) for flag in ticket.safety)
    lines += _labelled(_("Severity"), f"{int(ticket.severity)}  {flags}".rstrip())
    lines += _labelled(_("Owner"), ticket.owner or "—")
    heat = [f"{playbook.step_name(step, spoken)} {_moment(at, zone)}" for step, at in ticket.heat.items()]
    if heat:
        lines += _labelled("HEAT", " · ".join(heat))
    if ticket.read_back_confirmed_at:
        lines += _labelled(
            _("Read back"), _("confirmed {time}").format(time=_moment(ticket.read_back_confirmed_at, zone))
        )
    if ticket.missing:
        lines += _labelled(_("Not told"), listed(_(FIELD_NAMES[name]) for name in ticket.missing))
    for label, text in brought_text(ticket):
        lines += _labelled(label, text)
    lines += ["", _("Clocks")]
    for clock in ticket.clocks:
        about = shown_plain(about_clock(clock, ticket)).replace("\n", " ")
        lines.append(f"  {clock_text(clock, now, zone, playbook)}" + (f"  {about}" if about else ""))
    lines += [shown_plain(line).replace("\n", " ") for line in settling_text(ticket, now, zone, playbook)]
    lines += ["", _("History")]
    lines += [f"  {history_text(line, ticket, zone, playbook)}" for line in ticket.history]
    return "\n".join(lines)


def status_text(ticket: Ticket) -> str:
    """How the ticket stands, in a word."""
    return _(STATUS_NAMES[ticket.status])


def met_text(ticket: Ticket, playbook: Playbook) -> str:
    """Which clocks the latest act met, as a sentence; empty where it met none."""
    met = ticket.met_by(ticket.history[-1].event_id)
    return _("This act meets: {clocks}.").format(clocks=_names(met, playbook)) if met else ""


def _names(clocks: Sequence[Clock], playbook: Playbook) -> str:
    return listed(playbook.clock_name(clock.kind, language()) for clock in clocks)


def queue_text(
    rows: Sequence[QueueRow], now: datetime, playbook: Playbook, region: str, *, first: bool
) -> Iterator[str]:
    """Lines of the queue under a heading; a sentence where the queue is empty."""
    if first and not rows:
        yield _("No ticket is open.")
        return
    spoken = language()
    widths = (*_WIDTHS[:3], max(_WIDTHS[3], *(len(row.number) for row in rows)), *_WIDTHS[4:])
    if first:
        yield _columns(widths, "", _("Time"), _("Clock"), _("Number"), _("Caller"), _("Cause"), _("Owner"))
    for row in rows:
        how = row_urgency(row, now)
        yield _columns(
            widths,
            FLAG if row.key.rank == 0 else how.sign if how is not Urgency.SOON else "",
            row_words(row, now),
            playbook.clock_name(row.clock, spoken) if row.clock else "—",
            row.number,
            shown_plain(row.caller or (row.phone and show_phone(row.phone, region)) or "—"),
            f"{row.cause.code} {playbook.cause_name(row.cause, spoken)}" if row.cause else "—",
            shown_plain(row.owner or "—"),
        )


_WIDTHS = (1, 22, 18, 15, 14, 26)


def _columns(widths: Sequence[int], *cells: str) -> str:
    fitted = [set_cell_size(cell, width) for cell, width in zip(cells, widths, strict=False)]
    return " ".join([*fitted, cells[-1]]).rstrip()


def shown_plain(text: str) -> str:
    """Foreign text made safe to print; its lines are kept."""
    return spelt_out(text.replace("\r\n", "\n"))


def _labelled(label: str, text: str) -> list[str]:
    first, *rest = shown_plain(text).split("\n")
    head = label + " " * max(1, _LABEL_CELLS - cell_len(label))
    return [head + first, *(" " * _LABEL_CELLS + line for line in rest)]


def _moment(at: datetime, zone: tzinfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def when_text(when: When | None, zone: tzinfo) -> str:
    """When it happened: as said, and as understood."""
    if when is None:
        return "—"
    doubt = aside(_(_DOUBTS.get(when.doubt, _DOUBTS["unreadable"]))) if when.doubt else ""
    return f"{when.said} → {_moment(when.at, zone)}{doubt}" if when.at else f"{when.said}{doubt}"


def clock_text(clock: Clock, now: datetime, zone: tzinfo, playbook: Playbook) -> str:
    """A clock on one line: when it is due, and how it stands."""
    name = set_cell_size(playbook.clock_name(clock.kind, language()), 22)
    due = _("due {time}").format(time=_moment(clock.due_at, zone))
    if clock.superseded_at is not None:
        return f"{name} {due}  " + _("replaced {time}").format(time=_moment(clock.superseded_at, zone))
    if clock.broken_at is not None:
        return f"{name} {due}  " + _("broken {time}").format(time=_moment(clock.broken_at, zone))
    if pause := clock.pause_at(now):
        return f"{name} {due}  " + _("paused until {time}: as if resumed now due {due}").format(
            time=_moment(pause.until, zone), due=_moment(due_if_resumed_now(clock, now), zone)
        )
    if clock_state(clock.due_at, clock.met_at, now) is not ClockState.MET or clock.met_at is None:
        return f"{name} {due}  {countdown_words(clock.due_at, now)}"
    met = _("met {time}").format(time=_moment(clock.met_at, zone))
    if clock.disputed:
        return f"{name} {due}  {met}  " + _("disputed: written down after the due time")
    if breach_of(clock, now):
        return f"{name} {due}  {met}  " + _("{length} late").format(
            length=length_words(clock.met_at - clock.due_at)
        )
    return f"{name} {due}  {met}" + ("  " + _("recorded late") if clock.recorded_late else "")


def history_text(line: HistoryLine, ticket: Ticket, zone: tzinfo, playbook: Playbook) -> str:
    """An event on one line."""
    parts = [_moment(line.happened_at, zone), shown_plain(line.by), _(DONE[line.act])]
    if line.step is not None:
        parts.append(playbook.step_name(HeatStep(line.step), language()))
    if line.field_name is not None:
        parts.append(f"{line.field_name}: {_short(line.old)} → {_short(line.new)}")
    if about := about_words(line, playbook):
        parts.append(about)
    if line.settling is not None:
        parts.append(act_words(line.settling, playbook))
    if line.until is not None:
        parts.append(_("until {time}").format(time=_moment(line.until, zone)))
    if line.text:
        parts.append(_short(line.text))
    if line.undone:
        parts.append(_("(taken back)"))
    if met := ticket.met_by(line.event_id):
        parts.append(_("(meets {clocks})").format(clocks=_names(met, playbook)))
    return "  ".join(parts)


def _short(text: str | None) -> str:
    return "—" if text is None else shown_plain(text).replace("\n", " ")[:200]
