"""Acts in words: what each is called, what it asks for, and what it did."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from complaint_desk.desk.act_names import DONE
from complaint_desk.desk.ticket_names import SAFETY_NAMES, STATUS_NAMES
from complaint_desk.locale import N_, _, language, listed
from complaint_desk.models.enums import Act, SafetyFlag, TicketStatus
from complaint_desk.models.ticket import Clock, Ticket
from complaint_desk.screens.time_words import moment_words

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook

_NAMES = {
    Act.ACKNOWLEDGED: N_("Acknowledge"),
    Act.OWNED: N_("Take responsibility"),
    Act.RESOLVED: N_("Resolve"),
    Act.NOTED: N_("Note"),
    Act.REOPENED: N_("Reopen"),
    Act.CONFIRMED: N_("Confirm"),
    Act.UNDONE: N_("Undo the last act"),
}
_ASKS = {
    Act.ACKNOWLEDGED: N_("Who admitted the mistake to whom, and how?"),
    Act.OWNED: N_("Who took responsibility, who told the caller, and how?"),
    Act.RESOLVED: N_("How was it settled, and what did the caller say?"),
    Act.NOTED: N_("What is to be noted?"),
    Act.REOPENED: N_("Why is it reopened, and who asked for it?"),
    Act.CONFIRMED: N_("How do you know that it was done in time? (may stay empty)"),
    Act.UNDONE: N_("Why is it taken back? (may stay empty)"),
}
_RECORDED = {
    Act.ACKNOWLEDGED: N_("Acknowledged."),
    Act.OWNED: N_("Responsibility taken."),
    Act.RESOLVED: N_("Resolved."),
    Act.NOTED: N_("Note added."),
    Act.REOPENED: N_("Reopened."),
    Act.CONFIRMED: N_("Confirmed."),
}


def act_name(act: Act) -> str:
    """The act as a command."""
    return _(_NAMES[act])


def act_asks(act: Act) -> str:
    """What the line about it should say."""
    return _(_ASKS[act])


def act_done(act: Act) -> str:
    """The act as a line of the history tells it."""
    return _(DONE[act])


def status_word(status: TicketStatus) -> str:
    """Where the ticket stands."""
    return _(STATUS_NAMES[status])


def safety_words(safety: tuple[SafetyFlag, ...]) -> str:
    """What makes it jump the queue."""
    return listed(_(SAFETY_NAMES[flag]) for flag in safety)


def what_it_did(
    before: Ticket, after: Ticket, act: Act, playbook: Playbook, now: datetime, zone: tzinfo
) -> tuple[str, str]:
    """What an act has changed, in a line, and the tone to say it in."""
    met = [
        clock
        for index, clock in enumerate(after.clocks)
        if clock.met_by is not None
        and (index >= len(before.clocks) or before.clocks[index].met_by != clock.met_by)
    ]
    unmet = [
        clock
        for index, clock in enumerate(after.clocks)
        if clock.met_at is None and index < len(before.clocks) and before.clocks[index].met_at is not None
    ]
    parts = [_taken_back(before, after) if act is Act.UNDONE else _(_RECORDED[act])]
    in_time = [clock for clock in met if not clock.disputed and clock.met_at and clock.met_at <= clock.due_at]
    too_late = [clock for clock in met if not clock.disputed and clock not in in_time]
    disputed = [clock for clock in met if clock.disputed]
    if in_time:
        parts.append(_("Met: {clocks}.").format(clocks=_clocks(in_time, playbook)))
    if too_late:
        parts.append(_("Met late: {clocks}.").format(clocks=_clocks(too_late, playbook)))
    if disputed:
        parts.append(
            _("Disputed until a supervisor confirms it: {clocks}.").format(clocks=_clocks(disputed, playbook))
        )
    if unmet:
        parts.append(_("Unmet again: {clocks}.").format(clocks=_clocks(unmet, playbook)))
    if len(after.clocks) > len(before.clocks):
        started = after.clocks[-1]
        parts.append(
            _("{clock}: due {due}.").format(
                clock=playbook.clock_name(started.kind, language()),
                due=moment_words(started.due_at, now, zone),
            )
        )
    if act is Act.OWNED and after.owner and after.owner != before.owner:
        parts.append(_("Owner: {owner}.").format(owner=after.owner))
    return " ".join(parts) if language() == "en" else "".join(parts), "warns" if disputed else "good"


def _taken_back(before: Ticket, after: Ticket) -> str:
    standing = {line.event_id for line in before.history if not line.undone}
    taken = [line for line in after.history if line.undone and line.event_id in standing]
    acts = listed(act_done(line.act) for line in taken)
    return _("Taken back: {act}.").format(act=acts) if acts else _("Taken back.")


def _clocks(clocks: list[Clock], playbook: Playbook) -> str:
    return listed(playbook.clock_name(clock.kind, language()) for clock in clocks)


def meanwhile(seen: Ticket, now: Ticket) -> str:
    """What others did to the ticket since it was read: who, and what."""
    known = {line.event_id for line in seen.history}
    new = [f"{line.by} {act_done(line.act)}" for line in now.history if line.event_id not in known]
    return listed(dict.fromkeys(new))
