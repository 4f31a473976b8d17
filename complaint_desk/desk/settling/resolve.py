"""Resolving: how a complaint ended, following the caller up, and closing what is done."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from complaint_desk.desk.settling.remedy import Remedying
from complaint_desk.desk.words_told import told_moment, told_words
from complaint_desk.locale import _
from complaint_desk.models.enums import Act, HeatStep, TicketStatus
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.money import Money
from complaint_desk.models.settling import FollowUpKind, Outcome, RemedyKind, RemedyState
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.authority import may_grant
from complaint_desk.rules.ending import missing_to_close


@dataclass(frozen=True, slots=True)
class ResolvedBy:
    """How a complaint ended, as it is told when it is resolved."""

    outcome: Outcome | None = None
    """None: by a remedy where one was granted, else explained."""
    recourse: str = ""
    """For a rejected complaint: the outside recourse the caller was told of."""
    remedy: RemedyKind | None = None
    """A remedy granted along with it, within one's own authority."""
    amount: Money | None = None


class Resolving(Remedying):
    """The verbs of the end."""

    def follow_up(
        self, number: str, kind: FollowUpKind, text: str, *, happened_at: datetime | None = None
    ) -> Ticket:
        """Record that the caller was followed up: rung, written to, visited (training texts 001 and 004)."""
        words = told_words("text", text, _("Say in a line what the caller said. Nothing was written yet."))
        with self.store.writing() as connection:
            events = self._events(connection, number)
            ticket = self._fold(connection, events)
            me, now = self._me(connection), self.clock()
            at = _since_receipt(ticket, happened_at or now, now)
            new = NewEvent(Act.FOLLOWED_UP, at, {"kind": kind.value}, {"text": words})
            return self._record(connection, events, [new], by=me, recorded_at=now)

    def close_ticket(
        self,
        number: str,
        text: str = "",
        *,
        thanked: bool = False,
        followed_up: FollowUpKind | None = None,
        follow_up_text: str = "",
        version: int | None = None,
    ) -> Ticket:
        """Close a resolved ticket; `thanked` and `followed_up` record those two along with it.

        Raises ActNotAllowed with everything that is missing: thanks, one follow-up since it was resolved, promises
        neither kept nor broken, remedies not carried out.
        """
        words = told_words("text", text)
        told = told_words("follow_up", follow_up_text)
        if followed_up is not None and not told:
            raise FieldRefused("follow_up", _("Say in a line what the caller said. Nothing was written yet."))
        with self.store.writing() as connection:
            events = self._events(connection, number)
            ticket = self._fold(connection, events)
            self._unchanged_since(ticket, version)
            if ticket.status is TicketStatus.CLOSED:
                raise ActNotAllowed(
                    _("Ticket {number} is closed already. Nothing was written.").format(number=ticket.number)
                )
            missing = missing_to_close(ticket, thanked=thanked, followed_up=followed_up is not None)
            if missing:
                from complaint_desk.desk.settling.settling_words import missing_words

                raise ActNotAllowed(
                    _(
                        "Ticket {number} cannot be closed yet. Missing: {missing}. Nothing was written."
                    ).format(number=ticket.number, missing=missing_words(missing))
                )
            me, now = self._me(connection), self.clock()
            new = []
            if thanked and HeatStep.THANK not in ticket.heat:
                new.append(NewEvent(Act.HEAT_MARKED, now, {"step": HeatStep.THANK.value}))
            if followed_up is not None:
                new.append(NewEvent(Act.FOLLOWED_UP, now, {"kind": followed_up.value}, {"text": told}))
            new.append(NewEvent(Act.CLOSED, now, {}, {"text": words} if words else None))
            return self._record(connection, events, new, by=me, recorded_at=now)

    def _resolution(
        self, ticket: Ticket, by: ResolvedBy, text: str, me: StaffMember, now: datetime
    ) -> tuple[list[NewEvent], dict[str, Any], dict[str, Any]]:
        """What a resolution sets: events that go before it, its fields, its words.

        Raises FieldRefused or ActNotAllowed where the ticket cannot end so.
        """
        granted = any(remedy.is_granted for remedy in ticket.remedies)
        before: list[NewEvent] = []
        if by.remedy is not None:
            if not may_grant(self.policy.authority, me.role, by.remedy, by.amount):
                raise ActNotAllowed(
                    _(
                        "That remedy is beyond your authority: ask for its approval first, then resolve. "
                        "Nothing was written."
                    )
                )
            before.append(self._offered(ticket, by.remedy, by.amount, text, me, now))
            granted = True
        outcome = by.outcome or (Outcome.REMEDY if granted else Outcome.EXPLAINED)
        if outcome is Outcome.REMEDY and not granted:
            raise ActNotAllowed(
                _(
                    "No remedy was granted on ticket {number}. Grant one first, or name another outcome. "
                    "Nothing was written."
                ).format(number=ticket.number)
            )
        waiting = [each for each in ticket.remedies if each.state is RemedyState.WAITING]
        if waiting:
            raise ActNotAllowed(
                _(
                    "A remedy of ticket {number} still waits for approval. Have it decided, or withdraw it. "
                    "Nothing was written."
                ).format(number=ticket.number)
            )
        needed = _(
            "Say where else the rejected caller was told to turn, such as 12315 or the consumers' association. "
            "Nothing was written yet."
        )
        recourse = told_words("recourse", by.recourse, needed if outcome is Outcome.REJECTED else "")
        return before, {"outcome": outcome.value}, {"recourse": recourse} if recourse else {}


def _since_receipt(ticket: Ticket, at: datetime, now: datetime) -> datetime:
    too_early = _("The complaint was received only afterwards. Nothing was written.")
    return told_moment(at, now, ticket.received_at, too_early)
