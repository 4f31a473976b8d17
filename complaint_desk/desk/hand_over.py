"""Handing over: who owns a ticket, the warm summary a colleague needs, the way up the line, how grave it is."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.deadlines.countdown import countdown_words
from complaint_desk.desk.staff.permissions import Right, rank
from complaint_desk.desk.staff.role_names import role_name
from complaint_desk.desk.staff.working_here import working_here
from complaint_desk.desk.ticket_names import FIELD_NAMES
from complaint_desk.desk.words_told import told_words
from complaint_desk.locale import _, language
from complaint_desk.models.enums import Act, Role, Severity, TicketStatus
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.playbook.spoken_words import ReadBackPart
from complaint_desk.rules.clock_start import clocks_in_place
from complaint_desk.rules.phone import show_phone
from complaint_desk.rules.warm_summary import warm_summary
from complaint_desk.store import staff

_TOLD = ("caller", "phone", "what", "where", "who", "how", "remedy_wanted")


class HandingOver(DeskBase):
    """The verbs of handing over. Each raises TicketNotFound, ChangedMeanwhile, ActNotAllowed or FieldRefused;

    then nothing is written. Re-assigning what somebody else owns is a supervisor's.
    """

    def assign(self, number: str, to: str, text: str = "", *, version: int | None = None) -> Ticket:
        """Give a ticket to a member of staff by name."""
        return self._own(Act.ASSIGNED, number, to, told_words("text", text), version)

    def take(self, number: str, text: str = "", *, version: int | None = None) -> Ticket:
        """Take a ticket on oneself; from somebody else only as a supervisor."""
        return self._own(Act.TAKEN, number, None, told_words("text", text), version)

    def hand_over(
        self, number: str, to: str, text: str | None = None, *, version: int | None = None
    ) -> Ticket:
        """Give a ticket to a colleague with a warm summary: `text` where one is given, else the desk's own."""
        words = None if text is None else told_words("text", text)
        return self._own(Act.HANDED_OVER, number, to, words, version)

    def warm_summary(self, number: str, reason: str = "") -> str:
        """What a colleague must know who takes the ticket over, in the language in use."""
        with self.store.reading() as connection:
            ticket = self._fold(connection, self._events(connection, number))
        return self._summary(self._as_may_be_seen(ticket), reason)

    def escalate(
        self, number: str, to: str, text: str, *, level: int | None = None, version: int | None = None
    ) -> Ticket:
        """Take a ticket up the line to a named person, before a breach too; the owner stays.

        `level` is the next one of the policy unless told; the person's role must be its role or a higher one.
        """
        words = told_words("text", text, _("Say in a line why it goes up the line. Nothing was written yet."))
        with self.store.writing() as connection:
            self._policy_changed(connection)
            events = self._events(connection, number)
            ticket = self._open(self._fold(connection, events), version)
            me, person = self._me(connection), working_here(connection, to, "to")
            step = self._level(ticket, level)
            if rank(person.role) < rank(self._role_of(step)):
                raise ActNotAllowed(
                    _(
                        "Level {level} of the rules asks for a {role}, and {name} is not one. Nothing was changed."
                    ).format(level=step, role=role_name(self._role_of(step)), name=person.name)
                )
            now = self.clock()
            new = NewEvent(Act.ESCALATED, now, {"to": person.id, "level": step}, {"text": words})
            return self._record(connection, events, [new], by=me, recorded_at=now)

    def change_severity(
        self, number: str, severity: Severity, reason: str, *, version: int | None = None
    ) -> Ticket:
        """Set how grave a matter is, with a reason; a grave one is made less grave by a supervisor only.

        Where the policy allows another time for the new severity, running clocks get it.
        """
        words = told_words("text", reason, _("Say in a line why. Nothing was written yet."))
        with self.store.writing() as connection:
            self._policy_changed(connection)
            events = self._events(connection, number)
            ticket = self._open(self._fold(connection, events), version)
            me = self._me(connection)
            if severity == ticket.severity:
                raise ActNotAllowed(
                    _("Ticket {number} has severity {severity} already. Nothing was changed.").format(
                        number=ticket.number, severity=int(severity)
                    )
                )
            if ticket.severity is Severity.GRAVE:
                self._may(me, Right.LESSEN)
            now = self.clock()
            fields: dict[str, Any] = {"severity": int(severity), "previous": int(ticket.severity)}
            fields |= clocks_in_place(ticket, self.policy, severity, self.settings.zone, now)
            new = NewEvent(Act.SEVERITY_CHANGED, now, fields, {"text": words})
            return self._record(connection, events, [new], by=me, recorded_at=now)

    def _own(self, act: Act, number: str, to: str | None, words: str | None, version: int | None) -> Ticket:
        with self.store.writing() as connection:
            events = self._events(connection, number)
            ticket = self._open(self._fold(connection, events), version)
            me = self._me(connection)
            owner = me if to is None else working_here(connection, to, "to")
            if owner.id == ticket.owner_id:
                raise ActNotAllowed(
                    _("{name} owns ticket {number} already. Nothing was changed.").format(
                        name=owner.name, number=ticket.number
                    )
                )
            if ticket.owner_id not in (None, me.id):
                self._may(me, Right.REASSIGN)
            if words is None:
                words = self._summary(ticket)
            now = self.clock()
            fields: dict[str, Any] = {"owner": owner.id, "previous": ticket.owner_id}
            if along := self._promises_along(connection, ticket, owner):
                fields["promises"] = along
            new = NewEvent(act, now, fields, {"text": words} if words else None)
            return self._record(connection, events, [new], by=me, recorded_at=now)

    @staticmethod
    def _promises_along(connection: Connection, ticket: Ticket, owner: StaffMember) -> list[str]:
        """The waiting promises that go along with the ticket: the last owner's, and of who works here no more."""
        working = {member.id for member in staff.everybody(connection)}
        return [
            promise.event_id
            for promise in ticket.promises
            if promise.is_waiting
            and promise.owner_id != owner.id
            and (promise.owner_id == ticket.owner_id or promise.owner_id not in working)
        ]

    def _open(self, ticket: Ticket, version: int | None) -> Ticket:
        self._unchanged_since(ticket, version)
        if ticket.status is not TicketStatus.OPEN:
            raise ActNotAllowed(
                _("Ticket {number} is resolved. Nothing was changed. Reopen it first.").format(
                    number=ticket.number
                )
            )
        return ticket

    def _level(self, ticket: Ticket, asked: int | None) -> int:
        levels = [step.level for step in self.policy.escalation]
        reached = ticket.escalation.level if ticket.escalation else 0
        if asked is None:
            return min((level for level in levels if level > reached), default=max(levels))
        if asked not in levels:
            raise FieldRefused(
                "level",
                _("There is no level {level}. The levels are: {levels}. Nothing was changed.").format(
                    level=asked, levels=", ".join(map(str, levels))
                ),
            )
        return asked

    def _role_of(self, level: int) -> Role:
        return next(step.role for step in self.policy.escalation if step.level == level)

    def _summary(self, ticket: Ticket, reason: str = "") -> str:
        spoken, playbook, now = language(), self.playbook, self.clock()
        told = {name: getattr(ticket, name) for name in _TOLD if getattr(ticket, name)}
        if ticket.phone:
            told["phone"] = show_phone(ticket.phone, self.settings.region)
        if ticket.when is not None:
            told["when"] = ticket.when.said
        if promised := [each.what for each in ticket.promises if each.is_waiting]:
            told["promise"] = ("；" if spoken != "en" else "; ").join(promised)
        done = [playbook.step_name(step, spoken) for step in ticket.heat]
        done += [playbook.clock_name(clock.kind, spoken) for clock in ticket.clocks if clock.met_at]
        waiting = sorted(
            (clock for clock in ticket.clocks if clock.is_waiting), key=lambda clock: clock.due_at
        )
        return warm_summary(
            told,
            reason=reason,
            done=done,
            open_steps=[
                _("{what} ({when})").format(
                    what=playbook.clock_name(clock.kind, spoken), when=countdown_words(clock.due_at, now)
                )
                for clock in waiting
            ],
            missing=[_(FIELD_NAMES[name]) for name in ticket.missing if name in FIELD_NAMES],
            parts=cast(Mapping[str, ReadBackPart], playbook.topic("read_back")),
            language=spoken,
        )
