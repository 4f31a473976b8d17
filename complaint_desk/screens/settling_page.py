"""Promises, remedies and the end on the page of a ticket, in the language in use."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from complaint_desk.desk.settling.settling_words import (
    FOLLOW_UPS,
    PROMISE_STATES,
    REMEDY_STATES,
    outcome_word,
    remedy_words,
)
from complaint_desk.locale import _
from complaint_desk.models.settling import Promise, PromiseState, Remedy, RemedyState
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.sheet import Block, Heading, Row, Told

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook

_PROMISE_SIGNS = {
    PromiseState.OPEN: ("·", ""),
    PromiseState.LATE: ("!", "late"),
    PromiseState.KEPT: ("✔", "good"),
    PromiseState.KEPT_LATE: ("!", "late"),
    PromiseState.BROKEN: ("!", "late"),
}
_REMEDY_SIGNS = {
    RemedyState.WAITING: ("?", "soon"),
    RemedyState.GRANTED: ("·", ""),
    RemedyState.REFUSED: ("·", "quiet"),
    RemedyState.WITHDRAWN: ("·", "quiet"),
    RemedyState.CARRIED_OUT: ("✔", "good"),
}


def settling_blocks(ticket: Ticket, playbook: Playbook, now: datetime, zone: tzinfo) -> Iterator[Block]:
    """What was promised, what the caller gets, how it ended; nothing where there is nothing of it."""
    if ticket.promises:
        yield Heading(_("Promises"))
        for promise in ticket.promises:
            yield from _promise(promise, now, zone)
    if ticket.remedies:
        yield Heading(_("Remedies"))
        for remedy in ticket.remedies:
            yield from _remedy(remedy, playbook, now, zone)
    if ticket.outcome or ticket.follow_ups:
        yield Heading(_("How it ended"))
    if ticket.outcome:
        yield Told("", outcome_word(ticket.outcome))
    if ticket.recourse:
        yield Told("", _("told of the way outside: {recourse}").format(recourse=ticket.recourse))
    for each in ticket.follow_ups:
        yield Told(
            "", f"✔ {_(FOLLOW_UPS[each.kind])} {moment_words(each.at, now, zone)}  {each.by}  {each.text}"
        )


def _promise(promise: Promise, now: datetime, zone: tzinfo) -> Iterator[Block]:
    state = promise.state(now)
    sign, kind = _PROMISE_SIGNS[state]
    by = _("by {moment}").format(moment=moment_words(promise.due_at, now, zone))
    yield Row(
        (
            (f"{sign} {promise.number}", kind),
            (by, "quiet"),
            (_(PROMISE_STATES[state]), kind),
            (promise.owner, ""),
        )
    )
    to = "  " + _("to {whom}").format(whom=promise.to) if promise.to else ""
    end = f"\n— {promise.end_text}" if promise.end_text else ""
    yield Told("", promise.what + to + end)


def _remedy(remedy: Remedy, playbook: Playbook, now: datetime, zone: tzinfo) -> Iterator[Block]:
    sign, kind = _REMEDY_SIGNS[remedy.state]
    words = _(REMEDY_STATES[remedy.state])
    if remedy.state is RemedyState.WAITING and remedy.approval_due_at:
        words += "  " + _("by {moment}").format(moment=moment_words(remedy.approval_due_at, now, zone))
    by = remedy.carried_out_by or remedy.decided_by or remedy.offered_by
    yield Row(
        ((f"{sign} {remedy.number}", kind), (remedy_words(remedy, playbook), ""), (words, kind), (by, ""))
    )
    said = f"\n— {remedy.decided_text}" if remedy.decided_text else ""
    yield Told("", remedy.text + said)
