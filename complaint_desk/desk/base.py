"""What every step of the way needs: the store, the clock, the settings, the playbook, and who is at the seat.

What only some steps need is imported where they need it, so that a command that only looks starts quickly.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from complaint_desk.desk.staff.permissions import EVERYBODY, HOLDERS, Right, demand
from complaint_desk.locale import _
from complaint_desk.models.enums import Act, Role, TicketStatus
from complaint_desk.models.errors import ActNotAllowed, ChangedMeanwhile, NotSignedIn, TicketNotFound
from complaint_desk.models.event import Event, NewEvent
from complaint_desk.models.policy import Policy
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.settings import Settings
from complaint_desk.store import history, policies, staff
from complaint_desk.store.engine import Store
from complaint_desk.store.finding import ticket_id_of

if TYPE_CHECKING:
    from complaint_desk.desk.staff.masking import Veil
    from complaint_desk.models.customer import KnownBy
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.rules.severity_signs import Signs

Clock = Callable[[], datetime]


class DeskBase:
    """The desk without its verbs."""

    def __init__(self, store: Store, clock: Clock, settings: Settings, as_name: str) -> None:
        """`clock` tells the present moment, aware; `as_name` is who sits at this seat."""
        self.store = store
        self.clock = clock
        self.settings = settings
        self.policy = Policy()
        """The rules in force, as last read; `_policy_changed` looks whether another desk changed them."""
        self._policy_event: str | None = None
        self.as_name = as_name
        """Who sits at this seat, by name."""
        self._signed_in: StaffMember | None = None
        """Who proved to be that person; None before, and where nobody here has a PIN."""
        self._asks: bool | None = None
        """Whether this desk asks for PINs; None where another desk may have changed that."""
        self.ask_who: Callable[[], object] | None = None
        """Signs somebody in when a verb first needs it: a command asks for the PIN only then."""
        self._changes = -1
        self._looked_at: set[str] = set()
        """What this person has looked at since signing in, though it is masked: tickets' numbers, customers' ids."""

    @cached_property
    def playbook(self) -> "Playbook":
        """What the desk knows, with the store's own entries."""
        from complaint_desk.playbook.loader import load_playbook

        return load_playbook(self.settings.playbook_folder)

    @cached_property
    def severity_signs(self) -> "Signs":
        """The playbook's signs of grave matters, ready to be looked for."""
        from complaint_desk.rules.severity_signs import compile_signs

        return compile_signs(self.playbook.severity_words)

    def close(self) -> None:
        """Let go of the file."""
        self.store.close()

    def _me(self, connection: Connection) -> StaffMember:
        """Who is at this seat; the first person ever becomes a supervisor, later ones join as agents.

        Raises NotSignedIn where this desk asks for a PIN and this person has not proven to be it, ActNotAllowed
        for somebody who works here no more.
        """
        me = self._look_who(connection)
        if me is not None and me.left:
            raise ActNotAllowed(
                _("{name} works here no more. Nothing was changed.").format(name=self.as_name)
            )
        self._must_be_proven()
        if me is None:
            me = self._join(connection, self.as_name, self._role_when_new(connection), by=None)
        return me

    @staticmethod
    def _role_when_new(connection: Connection) -> Role:
        return Role.SUPERVISOR if staff.is_empty(connection) else Role.AGENT

    def _look_who(self, connection: Connection) -> StaffMember | None:
        """The person at this seat as the file knows them; who let go, or whose PIN was changed, is signed out."""
        found, self._asks = staff.at_seat(connection, self.as_name)
        proven = self._signed_in
        if proven is not None and (
            found is None
            or found.left
            or (found.id, found.pin_set_at, found.one_time) != (proven.id, proven.pin_set_at, proven.one_time)
        ):
            self._signed_in = None
        elif proven is not None:
            self._signed_in = found
        return found

    def _must_be_proven(self) -> None:
        if self._asks and (self._signed_in is None or self._signed_in.name != self.as_name):
            raise NotSignedIn(
                _("This desk asks for a PIN, and {name} has not signed in. Nothing was done.").format(
                    name=self.as_name
                )
            )

        if self._asks and self._signed_in is not None and self._signed_in.one_time:
            raise NotSignedIn(
                _("That PIN only serves to choose one of your own: staff pin. Nothing was done.")
            )

    def _may_use(self, right: Right) -> None:
        """Raise NotSignedIn or NotPermitted where whoever is at this seat lacks the right."""
        if right is Right.ENTER:
            return
        if self._asks is None:
            with self.store.reading() as connection:
                self._look_who(connection)
        if self._asks and self._signed_in is None and self.ask_who is not None:
            ask, self.ask_who = self.ask_who, None
            ask()
        self._must_be_proven()
        if HOLDERS[right] != EVERYBODY:
            with self.store.reading() as connection:
                me = self._look_who(connection)
                role = me.role if me else self._role_when_new(connection)
            demand(me or StaffMember("", self.as_name, role), right)

    def _veil(self) -> "Veil | None":
        """What the person at this seat may not see; None for who may see all customers, and where nothing is masked.

        Nothing is while nobody has a PIN, unless the settings say so.
        """
        if not self._asks and not self.settings.mask_customers:
            return None
        role = self._signed_in.role if self._signed_in is not None else None
        if role is None:
            with self.store.reading() as connection:
                me = self._look_who(connection)
                role = me.role if me else self._role_when_new(connection)
        if role in HOLDERS[Right.SEE_CALLERS]:
            return None
        from complaint_desk.desk.staff.masking import Veil

        return Veil(self.as_name, frozenset(self._looked_at), self._card_known_by)

    def _card_known_by(self, customer_id: str) -> "KnownBy":
        """What the card on which this customer stands knows them by."""
        from complaint_desk.store import customers

        with self.store.reading() as connection:
            return customers.known_by(connection, customer_id)

    def _as_may_be_seen(self, answer: Any) -> Any:
        """What a verb answers, masked where the person at this seat may not see all customers."""
        veil = self._veil()
        return answer if veil is None else veil.over(answer)

    def _note_changes(self, seen: int) -> None:
        """Something was written since: by then the PINs may be others."""
        if seen != self._changes:
            self._changes, self._asks = seen, None

    def _join(self, connection: Connection, name: str, role: Role, by: StaffMember | None) -> StaffMember:
        member = StaffMember(history.new_id(), name, role)
        staff.add(connection, member)
        now = self.clock()
        joined = NewEvent(
            Act.STAFF_JOINED, now, fields={"staff": member.id, "role": role.value}, words={"name": name}
        )
        history.append(connection, [joined], ticket_id=None, by=by.id if by else member.id, recorded_at=now)
        return member

    def _policy_changed(self, connection: Connection) -> bool:
        """Bring the rules up to what the file holds; whether they are other ones than before."""
        latest = policies.latest_event(connection)
        if latest is None or latest.id == self._policy_event:
            return False
        from complaint_desk.rules.policy_values import policy_from

        self._policy_event, self.policy = latest.id, policy_from(latest.fields["policy"])
        return True

    @staticmethod
    def _may(me: StaffMember, right: Right) -> None:
        """Raise NotPermitted where this person's role does not hold the right."""
        demand(me, right)

    def _events(self, connection: Connection, number: str) -> list[Event]:
        """Everything that happened to the ticket of this number. Raises TicketNotFound."""
        ticket_id = ticket_id_of(connection, number)
        if ticket_id is None:
            raise TicketNotFound(
                _(
                    "There is no ticket {number} in this file. Look at the number, or search for the caller."
                ).format(number=number)
            )
        return history.events_of(connection, ticket_id)

    def _fold(self, connection: Connection, events: list[Event]) -> Ticket:
        from complaint_desk.rules.lifecycle import fold

        return fold(events, staff.names(connection))

    def _record(
        self,
        connection: Connection,
        before: list[Event],
        new: list[NewEvent],
        *,
        by: StaffMember,
        recorded_at: datetime,
    ) -> Ticket:
        """Add events to a ticket's history and bring its projections to what they amount to."""
        from complaint_desk.desk.finding import search_index
        from complaint_desk.store import projections

        written = history.append(
            connection, new, ticket_id=before[0].ticket_id, by=by.id, recorded_at=recorded_at
        )
        ticket = self._fold(connection, [*before, *written])
        projections.write_over(connection, ticket)
        search_index.change_ticket(connection, before, ticket)
        return ticket

    def _not_closed(
        self, connection: Connection, number: str, version: int | None
    ) -> tuple[list[Event], Ticket]:
        """The events of a ticket to which something is still promised or granted, and the ticket they make.

        Raises TicketNotFound, ChangedMeanwhile, or ActNotAllowed where it is closed.
        """
        self._policy_changed(connection)
        events = self._events(connection, number)
        ticket = self._fold(connection, events)
        self._unchanged_since(ticket, version)
        if ticket.status is TicketStatus.CLOSED:
            raise ActNotAllowed(
                _("Ticket {number} is closed. Nothing was written. Reopen it first.").format(
                    number=ticket.number
                )
            )
        return events, ticket

    @staticmethod
    def _unchanged_since(ticket: Ticket, version: int | None) -> None:
        """Raise ChangedMeanwhile where somebody changed the ticket after this version of it was read."""
        if version is None or version == ticket.version:
            return
        from complaint_desk.rules.lifecycle import COUNTED

        latest = next(line for line in reversed(ticket.history) if line.act in COUNTED)
        raise ChangedMeanwhile(
            _(
                "{name} changed ticket {number} while you had it open. Nothing of yours was written, and your "
                "text is kept. Look at what changed, then save again."
            ).format(name=latest.by, number=ticket.number)
        )
