"""Promises, remedies and the end of a ticket as lines of plain text."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from complaint_desk.desk.deadlines.countdown import countdown_words
from complaint_desk.desk.settling.settling_words import (
    FOLLOW_UPS,
    PROMISE_STATES,
    REMEDY_STATES,
    local_moment,
    outcome_word,
    remedy_words,
)
from complaint_desk.locale import _, language
from complaint_desk.models.settling import Promise, PromiseState, Remedy
from complaint_desk.models.ticket import Clock, Ticket
from complaint_desk.playbook.loader import Playbook

LONGEST_WHAT = 40
"""So many characters of a promise stand beside its clock."""


def settling_text(ticket: Ticket, now: datetime, zone: tzinfo, playbook: Playbook) -> Iterator[str]:
    """What was promised, what the caller gets and how it ended, under their headings; foreign words as told."""
    if ticket.promises:
        yield ""
        yield _("Promises")
        for promise in ticket.promises:
            yield "  " + promise_text(promise, now, zone)
    if ticket.remedies:
        yield ""
        yield _("Remedies")
        for remedy in ticket.remedies:
            yield "  " + remedy_text(remedy, zone, playbook)
    if ticket.outcome or ticket.follow_ups:
        yield ""
        yield _("How it ended")
        if ticket.outcome:
            yield "  " + outcome_word(ticket.outcome)
        if ticket.recourse:
            yield "  " + _("told of the way outside: {recourse}").format(recourse=ticket.recourse)
        for each in ticket.follow_ups:
            yield "  " + "  ".join(
                (local_moment(each.at, zone), each.by, _(FOLLOW_UPS[each.kind]), each.text)
            )


def promise_text(promise: Promise, now: datetime, zone: tzinfo) -> str:
    """A promise in a line: number, by when, how it stands, who keeps it, what, to whom."""
    state = promise.state(now)
    waits = state in (PromiseState.OPEN, PromiseState.LATE)
    parts = [
        f"#{promise.number}",
        _("by {time}").format(time=local_moment(promise.due_at, zone)),
        countdown_words(promise.due_at, now) if waits else _(PROMISE_STATES[state]),
        promise.owner,
        promise.what,
    ]
    if promise.to:
        parts.append(_("to {whom}").format(whom=promise.to))
    if promise.authority and promise.authority != promise.owner:
        parts.append(_("within the authority of {name}").format(name=promise.authority))
    if promise.disputed:
        parts.append(_("disputed: written down after the due time"))
    if promise.end_text:
        parts.append(f"— {promise.end_text}")
    return "  ".join(parts)


def remedy_text(remedy: Remedy, zone: tzinfo, playbook: Playbook) -> str:
    """A remedy in a line: number, kind, amount, how far it has come, who decided."""
    parts = [f"#{remedy.number}", remedy_words(remedy, playbook), _(REMEDY_STATES[remedy.state]), remedy.text]
    if remedy.asked_kind is not None:
        asked = playbook.remedy_name(remedy.asked_kind, language())
        amount = f" {remedy.asked_amount}" if remedy.asked_amount else ""
        parts.append(_("asked for: {remedy}").format(remedy=asked + amount))
    if remedy.decided_by:
        parts.append(f"({remedy.decided_by})")
    if remedy.decided_text:
        parts.append(f"— {remedy.decided_text}")
    if remedy.carried_out_at:
        parts.append(local_moment(remedy.carried_out_at, zone))
    return "  ".join(parts)


def about_clock(clock: Clock, ticket: Ticket) -> str:
    """What a clock of a promise or an approval is about, for a line beside it; empty for the others."""
    for promise in ticket.promises:
        if promise.position == clock.position:
            what = (
                promise.what if len(promise.what) <= LONGEST_WHAT else promise.what[: LONGEST_WHAT - 1] + "…"
            )
            return f"#{promise.number} {what}"
    for remedy in ticket.remedies:
        if remedy.position == clock.position:
            return f"#{remedy.number} {remedy.text[:LONGEST_WHAT]}"
    return ""
