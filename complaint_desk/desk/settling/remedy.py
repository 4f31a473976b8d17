"""Remedies: what the caller gets, within whose authority; above it a supervisor approves, changes or refuses it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.words_told import told_moment, told_words
from complaint_desk.locale import _, listed
from complaint_desk.models.enums import Act, ClockKind
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.event import Event, NewEvent
from complaint_desk.models.money import Money
from complaint_desk.models.settling import PaidBefore, Remedy, RemedyKind, RemedyState
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.authority import ABOUT_MONEY, may_decide, may_grant
from complaint_desk.store import settling

RUNNING_TOTAL_DAYS = 90
"""Over how many days the amounts a caller was granted are added up."""


class Remedying(DeskBase):
    """The verbs of remedies. Each raises TicketNotFound, ChangedMeanwhile, ActNotAllowed or FieldRefused;

    then nothing is written.
    """

    def money(self, told: str) -> Money | None:
        """The amount a person wrote, in the store's currency; None for blank. Raises FieldRefused, field `amount`."""
        if not told.strip():
            return None
        try:
            return Money.read(told, self.settings.currency)
        except ValueError as error:
            raise FieldRefused(
                "amount",
                _("“{said}” is no amount in {currency}. Write it like 49.50. Nothing was written.").format(
                    said=told.strip(), currency=self.settings.currency
                ),
            ) from error

    def offer_remedy(
        self,
        number: str,
        kind: RemedyKind,
        amount: Money | None = None,
        text: str = "",
        *,
        version: int | None = None,
    ) -> Ticket:
        """Grant a remedy within one's own authority, or ask for approval above it, with a clock of its own."""
        words = told_words("text", text, _("Say in a line what the caller gets. Nothing was written yet."))
        with self.store.writing() as connection:
            events, ticket = self._not_closed(connection, number, version)
            me, now = self._me(connection), self.clock()
            new = self._offered(ticket, kind, amount, words, me, now)
            return self._record(connection, events, [new], by=me, recorded_at=now)

    def approve_remedy(
        self,
        number: str,
        which: int | None = None,
        text: str = "",
        *,
        kind: RemedyKind | None = None,
        amount: Money | None = None,
        version: int | None = None,
    ) -> Ticket:
        """Approve a remedy that waits, as asked or changed to another kind or amount; a change needs its reason.

        What is approved must lie within the authority of whoever approves it.
        """
        with self.store.writing() as connection:
            self._policy_changed(connection)
            events, remedy = self._remedy(connection, number, which, RemedyState.WAITING, version)
            me, now = self._me(connection), self.clock()
            granted = (kind or remedy.kind, remedy.amount if amount is None else amount)
            changed = granted != (remedy.kind, remedy.amount)
            needed = _("Say in a line why another remedy is approved. Nothing was written yet.")
            words = told_words("text", text, needed if changed else "")
            _amount_told(*granted)
            self._may_grant(me, *granted)
            fields = {"of": remedy.event_id, "meets": _clock_of(remedy)}
            if changed:
                fields |= _values(*granted)
            act = Act.REMEDY_CHANGED if changed else Act.REMEDY_APPROVED
            new = NewEvent(act, now, fields, {"text": words} if words else None)
            return self._record(connection, events, [new], by=me, recorded_at=now)

    def refuse_remedy(
        self, number: str, which: int | None, text: str, *, version: int | None = None
    ) -> Ticket:
        """Refuse a remedy that waits for approval, with the reason."""
        words = told_words("text", text, _("Say in a line why it is refused. Nothing was written yet."))
        with self.store.writing() as connection:
            self._policy_changed(connection)
            events, remedy = self._remedy(connection, number, which, RemedyState.WAITING, version)
            me, now = self._me(connection), self.clock()
            fields = {"of": remedy.event_id, "meets": _clock_of(remedy)}
            new = NewEvent(Act.REMEDY_REFUSED, now, fields, {"text": words})
            return self._record(connection, events, [new], by=me, recorded_at=now)

    def withdraw_remedy(
        self, number: str, which: int | None = None, text: str = "", *, version: int | None = None
    ) -> Ticket:
        """Take a remedy back that waits for approval: the clock then waits for nothing more."""
        words = told_words("text", text, _("Say in a line why it is withdrawn. Nothing was written yet."))
        with self.store.writing() as connection:
            events, remedy = self._remedy(connection, number, which, RemedyState.WAITING, version)
            now = self.clock()
            fields = {"of": remedy.event_id, "supersedes": _clock_of(remedy)}
            new = NewEvent(Act.REMEDY_WITHDRAWN, now, fields, {"text": words})
            return self._record(connection, events, [new], by=self._me(connection), recorded_at=now)

    def carry_out_remedy(
        self,
        number: str,
        which: int | None = None,
        text: str = "",
        *,
        happened_at: datetime | None = None,
        version: int | None = None,
    ) -> Ticket:
        """Record that the caller got a remedy that was granted, now or at `happened_at`."""
        words = told_words("text", text)
        with self.store.writing() as connection:
            events, remedy = self._remedy(connection, number, which, RemedyState.GRANTED, version)
            now = self.clock()
            too_early = _("The remedy was granted only afterwards. Nothing was written.")
            at = told_moment(happened_at, now, remedy.granted_at, too_early)
            new = NewEvent(
                Act.REMEDY_CARRIED_OUT,
                at,
                {"of": remedy.event_id},
                {"text": words} if words else None,
            )
            return self._record(connection, events, [new], by=self._me(connection), recorded_at=now)

    def within_authority(self, kind: RemedyKind, amount: Money | None) -> bool:
        """Whether whoever is at this seat may grant such a remedy without asking."""
        with self.store.reading() as connection:
            self._policy_changed(connection)
            me = self._look_who(connection)
        return me is not None and may_grant(self.policy.authority, me.role, kind, amount)

    def paid_before(self, number: str) -> PaidBefore:
        """What the caller of this ticket was granted in the last 90 days, over all tickets."""
        with self.store.reading() as connection:
            ticket = self._fold(connection, self._events(connection, number))
            since = self.clock() - timedelta(days=RUNNING_TOTAL_DAYS)
            return settling.paid_before(connection, ticket, since, RUNNING_TOTAL_DAYS)

    def _offered(
        self,
        ticket: Ticket,
        kind: RemedyKind,
        amount: Money | None,
        words: str,
        me: StaffMember,
        now: datetime,
    ) -> NewEvent:
        """The event of a remedy offered now, with the clock of its approval where it needs one."""
        from complaint_desk.rules.clock_start import clock_start

        _amount_told(kind, amount)
        authority = self.policy.authority
        fields = {**_values(kind, amount), "policy_version": self.policy.version}
        if not may_grant(authority, me.role, kind, amount):
            zone = self.settings.zone
            target = authority.approval
            fields["clocks"] = [clock_start(ClockKind.APPROVAL, target, self.policy, ticket.store, zone, now)]
        return NewEvent(Act.REMEDY_OFFERED, now, fields, {"text": words})

    def _may_grant(self, me: StaffMember, kind: RemedyKind, amount: Money | None) -> None:
        if may_grant(self.policy.authority, me.role, kind, amount):
            return
        from complaint_desk.desk.staff.role_names import role_name

        raise ActNotAllowed(
            _(
                "That is beyond your own authority; it is for a {roles} to decide. Nothing was written."
            ).format(
                roles=listed(role_name(role) for role in may_decide(self.policy.authority, kind, amount))
            )
        )

    def _remedy(
        self, connection: Connection, number: str, which: int | None, state: RemedyState, version: int | None
    ) -> tuple[list[Event], Remedy]:
        events = self._events(connection, number)
        ticket = self._fold(connection, events)
        self._unchanged_since(ticket, version)
        return events, remedy_in(ticket, which, state)


def remedy_in(ticket: Ticket, which: int | None, state: RemedyState) -> Remedy:
    """The remedy of this number, or the only one in this state. Raises FieldRefused or ActNotAllowed."""
    found = [each for each in ticket.remedies if each.state is state]
    if which is not None:
        named = next((each for each in ticket.remedies if each.number == which), None)
        if named is None:
            raise FieldRefused(
                "which",
                _("Ticket {number} has no remedy {which}. Nothing was written.").format(
                    number=ticket.number, which=which
                ),
            )
        found = [named] if named in found else []
    if len(found) == 1:
        return found[0]
    if found:
        raise FieldRefused(
            "which",
            _("Say which remedy: {which}. Nothing was written.").format(
                which="; ".join(f"{each.number} {each.text}" for each in found)
            ),
        )
    if state is RemedyState.WAITING:
        raise ActNotAllowed(
            _("No such remedy of ticket {number} waits for approval. Nothing was written.").format(
                number=ticket.number
            )
        )
    raise ActNotAllowed(
        _(
            "No such remedy of ticket {number} is granted and still to be carried out. Nothing was written."
        ).format(number=ticket.number)
    )


def _amount_told(kind: RemedyKind, amount: Money | None) -> None:
    if kind in ABOUT_MONEY and amount is None:
        raise FieldRefused(
            "amount", _("Say what it is worth: authority goes by the amount. Nothing was written.")
        )


def _values(kind: RemedyKind, amount: Money | None) -> dict[str, Any]:
    return {
        "remedy": kind.value,
        "amount": amount.minor if amount else None,
        "currency": amount.currency if amount else None,
    }


def _clock_of(remedy: Remedy) -> list[int]:
    return [] if remedy.position is None else [remedy.position]
