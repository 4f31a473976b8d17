"""Answering: the acts that meet the clocks, the marks of the HEAT steps, and taking an act back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from complaint_desk.desk.mark import Marking
from complaint_desk.desk.settling.resolve import ResolvedBy, Resolving
from complaint_desk.desk.staff.permissions import Right, demand
from complaint_desk.desk.words_told import told_moment, told_words
from complaint_desk.locale import _
from complaint_desk.models.call_marks import AvoidFound
from complaint_desk.models.enums import COMMAND_ACTS, Act, ClockKind, ComplainantType, HeatStep, TicketStatus
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.event import Event, NewEvent
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.clock_acts import clocks_met_by, missed_since
from complaint_desk.rules.lifecycle import last_act, last_undoable

_WITHOUT_WORDS = frozenset({Act.CONFIRMED, Act.UNDONE})
_MOVES_CLOCKS = frozenset({Act.RESUMED, Act.SEVERITY_CHANGED, Act.PROMISED, Act.REMEDY_OFFERED})
"""Acts that bring due times forward or begin them; to take them back would put off what was missed since."""
_DECISIONS = frozenset({Act.REMEDY_APPROVED, Act.REMEDY_CHANGED, Act.REMEDY_REFUSED})
"""What is taken back only by somebody who could have done it."""
_ANSWERS = {Act.RESOLVED: Act.REOPENED, Act.REOPENED: Act.RESOLVED}
"""Which act a resolution or a reopening comes after."""


class Answering(Marking, Resolving):
    """The verbs of answering a complaint."""

    def act(
        self,
        number: str,
        act: Act,
        text: str = "",
        *,
        happened_at: datetime | None = None,
        version: int | None = None,
        type_end: ComplainantType | None = None,
        avoid: Sequence[AvoidFound] = (),
        resolved: ResolvedBy | None = None,
    ) -> Ticket:
        """Record what was done about a complaint: who said what to whom, and when it happened.

        `type_end` is the kind the caller had become when it was resolved, `resolved` how it ended; `avoid` are the
        findings in the agent's own words, kept for coaching.
        `happened_at` is now unless told; an act written down after the due time it claims to meet stands as
        disputed until a supervisor confirms it. Notes never conflict; for other acts `version` is compared.
        Raises FieldRefused, ActNotAllowed, ChangedMeanwhile or TicketNotFound; then nothing is written.
        """
        if act not in COMMAND_ACTS:
            raise FieldRefused("act", _("There is no act {act}.").format(act=act))
        asked = _("Say in a line who said what to whom, and how. Nothing was written yet.")
        words = told_words("text", text, "" if act in _WITHOUT_WORDS else asked)
        with self.store.writing() as connection:
            self._policy_changed(connection)
            events = self._events(connection, number)
            ticket = self._fold(connection, events)
            me = self._me(connection)
            if act is not Act.NOTED:
                self._unchanged_since(ticket, version)
            if act is Act.CONFIRMED:
                self._may(me, Right.CONFIRM)
            now = self.clock()
            at = self._moment(act, ticket, events, happened_at, now)
            fields = self._fields(act, ticket, events, at, me)
            said = {"text": words} if words else {}
            before: list[NewEvent] = []
            if act is Act.RESOLVED:
                by = resolved or ResolvedBy()
                before, ended, told = self._resolution(ticket, by, words, me, now)
                fields, said = fields | ended, said | told
            if act is Act.RESOLVED and type_end is not None:
                fields["type_end"] = type_end.value
            if avoid:
                fields["avoid"] = [[found.rule, found.start, found.end] for found in avoid]
            new = NewEvent(act, at, fields, said or None)
            return self._record(connection, events, [*before, new], by=me, recorded_at=now)

    def mark_heat(self, number: str, step: HeatStep, at: datetime | None = None) -> Ticket:
        """Record that a HEAT step was done, now or at `at`; never conflicts with another desk."""
        return self._heat(number, Act.HEAT_MARKED, step, at)

    def unmark_heat(self, number: str, step: HeatStep) -> Ticket:
        """Take the mark of a HEAT step back; both stay in the history."""
        return self._heat(number, Act.HEAT_UNMARKED, step, None)

    def _heat(self, number: str, act: Act, step: HeatStep, at: datetime | None) -> Ticket:
        return self._mark(number, NewEvent(act, at or self.clock(), {"step": step.value}))

    def _moment(
        self, act: Act, ticket: Ticket, events: list[Event], happened_at: datetime | None, now: datetime
    ) -> datetime:
        """When the act happened: between receipt and now, and not before what it answers."""
        at = told_moment(happened_at, now)
        if happened_at is not None and at < ticket.received_at:
            raise FieldRefused(
                "at",
                _("Ticket {number} was received only at {time}. Nothing was written.").format(
                    number=ticket.number,
                    time=self._local(ticket.received_at),
                ),
            )
        answered = last_act(events, _ANSWERS[act]) if act in _ANSWERS else None
        if happened_at is not None and answered is not None and at < answered.happened_at:
            raise FieldRefused(
                "at",
                _("Ticket {number} was resolved or reopened only at {time}. Nothing was written.").format(
                    number=ticket.number, time=self._local(answered.happened_at)
                ),
            )
        return at

    def _local(self, at: datetime) -> str:
        return at.astimezone(self.settings.zone).strftime("%Y-%m-%d %H:%M")

    def _fields(
        self, act: Act, ticket: Ticket, events: list[Event], at: datetime, me: StaffMember
    ) -> dict[str, Any]:
        """The values the act sets. Raises ActNotAllowed where it does not fit the ticket as it stands."""
        match act:
            case Act.RESOLVED if ticket.status is not TicketStatus.OPEN:
                raise ActNotAllowed(
                    _(
                        "Ticket {number} is resolved already. Nothing was changed. "
                        "Reopen it first, or add a note."
                    ).format(number=ticket.number)
                )
            case Act.REOPENED if ticket.status is TicketStatus.OPEN:
                raise ActNotAllowed(
                    _(
                        "Ticket {number} is open. Nothing was changed. "
                        "Only a resolved ticket can be reopened."
                    ).format(number=ticket.number)
                )
            case Act.REOPENED:
                return {
                    "clocks": [self._clock(ClockKind.REOPENED, self.policy.at_reopening, ticket.store, at)]
                }
            case Act.CONFIRMED:
                return {"confirms": _disputed(ticket)}
            case Act.UNDONE:
                return {"undoes": _to_undo(ticket, events, me, at)}
            case _:
                return {"meets": list(clocks_met_by(act, ticket.clocks))}


def _disputed(ticket: Ticket) -> list[str]:
    disputed = sorted({clock.met_by for clock in ticket.clocks if clock.disputed and clock.met_by})
    if not disputed:
        raise ActNotAllowed(
            _("Nothing on ticket {number} is disputed. Nothing was changed.").format(number=ticket.number)
        )
    return disputed


def _to_undo(ticket: Ticket, events: list[Event], me: StaffMember, now: datetime) -> str:
    last = last_undoable(events, me.id)
    if last is None:
        raise ActNotAllowed(
            _("There is no act on ticket {number} to take back. Nothing was changed.").format(
                number=ticket.number
            )
        )
    if last.act in _DECISIONS:
        demand(me, Right.DECIDE)
    at_stake = [clock for clock in ticket.clocks if last.act is Act.RESUMED or clock.started_by == last.id]
    if last.act in _MOVES_CLOCKS and any(missed_since(clock, last.happened_at, now) for clock in at_stake):
        raise ActNotAllowed(
            _(
                "Since that act a clock of ticket {number} has run out, and a missed time stays missed. "
                "Nothing was changed."
            ).format(number=ticket.number)
        )
    return last.id
