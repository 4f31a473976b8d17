"""The acts of a supervisor's desk on one ticket or on many: what each asks for, how it is done, what it did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from complaint_desk.desk.one_by_one import RowDone, Verb
from complaint_desk.locale import N_, _, language, n_
from complaint_desk.models.enums import Act, Severity
from complaint_desk.models.settling import Outcome
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.time_words import moment_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from complaint_desk.desk.desk import Desk
    from complaint_desk.playbook.loader import Playbook


class Deed(StrEnum):
    """What can be done to many tickets at once; the last ones are acts of every day."""

    ASSIGN = "assign"
    TAKE = "take"
    HAND_OVER = "hand_over"
    ESCALATE = "escalate"
    SEVERITY = "severity"
    PAUSE = "pause"
    RESUME = "resume"
    APPROVE = "approve"
    ACKNOWLEDGE = "acknowledge"
    OWN = "own"
    RESOLVE = "resolve"
    NOTE = "note"
    UNDO = "undo"


ACTS = {
    Deed.ACKNOWLEDGE: Act.ACKNOWLEDGED,
    Deed.OWN: Act.OWNED,
    Deed.RESOLVE: Act.RESOLVED,
    Deed.NOTE: Act.NOTED,
    Deed.UNDO: Act.UNDONE,
}
"""The acts of every day."""


class Asks(NamedTuple):
    """What a deed is called, what it asks in words, and which fields it has besides."""

    name: str
    asks: str
    fields: tuple[str, ...] = ()
    words_needed: bool = True


ASKS = {
    Deed.ASSIGN: Asks(N_("Assign"), N_("To whom, and what to add? (words may stay empty)"), ("to",), False),
    Deed.TAKE: Asks(N_("Take"), N_("What is to be added? (may stay empty)"), (), False),
    Deed.HAND_OVER: Asks(
        N_("Hand over"),
        N_("To whom? What a colleague must know is written already; change it freely."),
        ("to",),
        False,
    ),
    Deed.ESCALATE: Asks(N_("Escalate"), N_("To whom, on which level, and why?"), ("to", "level")),
    Deed.SEVERITY: Asks(N_("Change the severity"), N_("How grave is it, and why?"), ("grade",)),
    Deed.PAUSE: Asks(N_("Pause"), N_("Until when does it have to wait, and why?"), ("until",)),
    Deed.RESUME: Asks(N_("Resume"), N_("Why does it go on now? (may stay empty)"), (), False),
    Deed.APPROVE: Asks(
        N_("Approve the remedy"), N_("What is to be said with it? (may stay empty)"), (), False
    ),
    Deed.ACKNOWLEDGE: Asks(N_("Acknowledge"), N_("Who admitted the mistake to whom, and how?")),
    Deed.OWN: Asks(N_("Take responsibility"), N_("Who took responsibility, who told the caller, and how?")),
    Deed.RESOLVE: Asks(
        N_("Resolve"), N_("How was it settled, and what did the caller say?"), ("outcome", "recourse")
    ),
    Deed.NOTE: Asks(N_("Note"), N_("What is to be noted?")),
    Deed.UNDO: Asks(N_("Undo the last act"), N_("Why is it taken back? (may stay empty)"), (), False),
}


@dataclass(frozen=True, slots=True)
class DeedTold:
    """What the person told about a deed."""

    words: str = ""
    to: str = ""
    """A colleague, by name."""
    level: int | None = None
    grade: Severity | None = None
    until: datetime | None = None
    outcome: Outcome | None = None
    recourse: str = ""
    """For rejected complaints: where else the callers were told to turn."""


class DeedDone(NamedTuple):
    """A deed, and what became of it ticket by ticket."""

    deed: Deed
    rows: tuple[RowDone, ...]

    @property
    def done(self) -> tuple[RowDone, ...]:
        """The tickets on which it was done."""
        return tuple(row for row in self.rows if row.after is not None)

    @property
    def refused(self) -> tuple[RowDone, ...]:
        """The tickets on which it was not."""
        return tuple(row for row in self.rows if row.after is None)


def verb_of(desk: Desk, deed: Deed, told: DeedTold, versions: Mapping[str, int]) -> Verb:
    """How the deed is done to the ticket of a number; `versions` are those the person saw, where they count."""

    def verb(number: str) -> Ticket:
        version, words = versions.get(number), told.words
        match deed:
            case Deed.ASSIGN:
                return desk.assign(number, told.to, words, version=version)
            case Deed.TAKE:
                return desk.take(number, words, version=version)
            case Deed.HAND_OVER:
                return desk.hand_over(number, told.to, words if words.strip() else None, version=version)
            case Deed.ESCALATE:
                return desk.escalate(number, told.to, words, level=told.level, version=version)
            case Deed.SEVERITY:
                assert told.grade is not None
                return desk.change_severity(number, told.grade, words, version=version)
            case Deed.PAUSE:
                assert told.until is not None
                return desk.pause(number, words, told.until, version=version)
            case Deed.RESUME:
                return desk.resume(number, words, version=version)
            case Deed.APPROVE:
                return desk.approve_remedy(number, None, words, version=version)
            case Deed.RESOLVE:
                from complaint_desk.desk.settling.resolve import ResolvedBy

                ended = ResolvedBy(told.outcome, told.recourse)
                return desk.act(number, Act.RESOLVED, words, version=version, resolved=ended)
            case _:
                return desk.act(number, ACTS[deed], words, version=version)

    return verb


def deed_name(deed: Deed) -> str:
    """The deed as a command."""
    return _(ASKS[deed].name)


def deed_asks(deed: Deed) -> str:
    """What it wants to know."""
    return _(ASKS[deed].asks)


def what_was_done(deed: Deed, after: Ticket, playbook: Playbook, now: datetime, zone: tzinfo) -> str:
    """What a deed has changed on one ticket, as a sentence."""
    match deed:
        case Deed.ASSIGN | Deed.TAKE | Deed.HAND_OVER:
            return _("Owner: {owner}.").format(owner=after.owner or "—")
        case Deed.ESCALATE if after.escalation is not None:
            return _("Escalated to {name}, level {level}.").format(
                name=after.escalation.to, level=after.escalation.level
            )
        case Deed.SEVERITY:
            return _("Severity: {grade}.").format(grade=int(after.severity)) + _due(
                after, playbook, now, zone
            )
        case Deed.PAUSE if after.pauses:
            return _("Paused until {moment}.").format(
                moment=moment_words(after.pauses[-1].expected_at, now, zone)
            ) + _due(after, playbook, now, zone)
        case Deed.RESUME:
            return _("Runs again.") + _due(after, playbook, now, zone)
        case Deed.APPROVE:
            return _("Remedy approved.")
        case Deed.UNDO:
            return _("Taken back.")
        case _:
            return _("Recorded.")


def _due(after: Ticket, playbook: Playbook, now: datetime, zone: tzinfo) -> str:
    clock = after.next_clock
    if clock is None:
        return ""
    due = _("{clock}: due {due}.").format(
        clock=playbook.clock_name(clock.kind, language()), due=moment_words(clock.due_at, now, zone)
    )
    return " " + due if language() == "en" else due


def counted(done: DeedDone) -> str:
    """What became of a deed on many tickets, in a sentence."""
    parts = [
        n_("{deed}: done on {number} ticket.", "{deed}: done on {number} tickets.", len(done.done)).format(
            deed=deed_name(done.deed), number=len(done.done)
        )
    ]
    if done.refused:
        parts.append(
            n_(
                "{number} was not changed and stays marked.",
                "{number} were not changed and stay marked.",
                len(done.refused),
            ).format(number=len(done.refused))
        )
    if done.done and done.deed is not Deed.UNDO:
        parts.append(_("U takes it back."))
    return " ".join(parts) if language() == "en" else "".join(parts)
