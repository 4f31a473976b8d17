"""Promising: what is promised to a caller, by whom and by when; kept or broken by an act."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.staff.permissions import Right
from complaint_desk.desk.staff.working_here import working_here
from complaint_desk.desk.words_told import told_moment, told_words
from complaint_desk.locale import N_, _, n_
from complaint_desk.models.enums import Act, Precision
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.event import Event, NewEvent
from complaint_desk.models.settling import DueRead, Promise, PromiseLine, PromiseMade
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.instants import OffsetMissing, read_instant
from complaint_desk.rules.local_time import instant_of
from complaint_desk.store import settling, staff

if TYPE_CHECKING:
    from complaint_desk.desk.coach import Coaching
    from complaint_desk.rules.calendar import Calendar


class Promising(DeskBase):
    """The verbs of promises. Each raises TicketNotFound, ChangedMeanwhile, ActNotAllowed or FieldRefused;

    then nothing is written.
    """

    def understand_due(self, said: str, store: str = "", since: datetime | None = None) -> DueRead:
        """By when the words for a time promise something, in the store's zone and hours; words or ISO 8601.

        They are read from `since` on, the moment they were said; now unless told. `at` is None where they cannot
        be read or lie before it; `doubt` then says which.
        """
        now = since or self.clock()
        exact = self._exact(said.strip())
        if exact is not None:
            late = exact <= now
            return DueRead(said, None if late else exact, Precision.MINUTE, "already_past" if late else None)
        from complaint_desk.rules.promise_time import due_of
        from complaint_desk.rules.spoken_time import read_future_time

        read = read_future_time(said, now, self.settings.zone)
        if read.at is None:
            return DueRead(said, None, None, read.doubt)
        due = due_of(read.at, read.precision, self._calendar_of(store), self.settings.zone, now)
        if due <= now:
            return DueRead(said, None, None, "already_past")
        return DueRead(said, due, read.precision, read.doubt)

    def due_told(self, said: str, store: str = "") -> datetime:
        """By when something is promised. Raises FieldRefused, field `by`, where the words do not say it."""
        read = self.understand_due(said, store)
        if read.at is None:
            sentence = _PAST if read.doubt == "already_past" else _UNREADABLE
            raise FieldRefused("by", _(sentence).format(said=said.strip()))
        return read.at

    def promise(self, number: str, made: PromiseMade, *, version: int | None = None) -> Ticket:
        """Record a promise on a ticket that is open or resolved; its clock is due when it was said to be."""
        looked_at = self._with_words_to_avoid([made])
        with self.store.writing() as connection:
            events, _ticket = self._not_closed(connection, number, version)
            me, now = self._me(connection), self.clock()
            new = self._promised(connection, looked_at, me, now)
            return self._record(connection, events, new, by=me, recorded_at=now)

    def keep_promise(
        self,
        number: str,
        which: int | None = None,
        text: str = "",
        *,
        happened_at: datetime | None = None,
        version: int | None = None,
    ) -> Ticket:
        """Record that a promise was kept, now or at `happened_at`; `which` is its number on the ticket.

        Without `which` it is the only one that waits. A word written down after the due time stands as disputed
        until a supervisor confirms it.
        """
        words = told_words("text", text)
        with self.store.writing() as connection:
            events, promise = self._waiting(connection, number, which, version)
            now = self.clock()
            too_early = _("The promise was made only afterwards. Nothing was written.")
            at = told_moment(happened_at, now, promise.made_at, too_early)
            fields = {"of": promise.event_id, "meets": [promise.position]}
            new = NewEvent(Act.PROMISE_KEPT, at, fields, {"text": words} if words else None)
            return self._record(connection, events, [new], by=self._me(connection), recorded_at=now)

    def break_promise(
        self, number: str, which: int | None, text: str, *, version: int | None = None
    ) -> Ticket:
        """Record that a promise is not kept, and why; it was missed from then on and waits for nothing more."""
        asked = _("Say in a line why it is not kept, and what the caller was told. Nothing was written yet.")
        words = told_words("text", text, asked)
        with self.store.writing() as connection:
            events, promise = self._waiting(connection, number, which, version)
            now = self.clock()
            fields = {"of": promise.event_id, "breaks": [promise.position]}
            new = NewEvent(Act.PROMISE_BROKEN, now, fields, {"text": words})
            return self._record(connection, events, [new], by=self._me(connection), recorded_at=now)

    def pass_promise_on(
        self, number: str, which: int | None, to: str, text: str = "", *, version: int | None = None
    ) -> Ticket:
        """Have somebody else keep a promise that waits (oneself, where nobody is named); its time stays.

        What a colleague keeps on a colleague's ticket is passed on by a supervisor, unless they work here no more.
        """
        words = told_words("text", text)
        with self.store.writing() as connection:
            events, promise = self._waiting(connection, number, which, version)
            me = self._me(connection)
            if me.id not in (promise.owner_id, self._fold(connection, events).owner_id):
                working = {member.id for member in staff.everybody(connection)}
                if promise.owner_id in working:
                    self._may(me, Right.REASSIGN)
            owner = working_here(connection, to, "owner") if to.strip() else me
            if owner.id == promise.owner_id:
                raise ActNotAllowed(
                    _("{name} keeps promise {which} of ticket {number} already. Nothing was changed.").format(
                        name=owner.name, which=promise.number, number=number
                    )
                )
            now = self.clock()
            fields = {"promises": [promise.event_id], "owner": owner.id, "previous": promise.owner_id}
            new = NewEvent(Act.PROMISE_PASSED_ON, now, fields, {"text": words} if words else None)
            return self._record(connection, events, [new], by=me, recorded_at=now)

    def promises(
        self,
        *,
        ended_too: bool = False,
        owner: str | None = None,
        due_by: datetime | None = None,
        limit: int | None = None,
        after: PromiseLine | None = None,
    ) -> tuple[PromiseLine, ...]:
        """The promises of all tickets, the next one due first; those kept or broken as well where asked for.

        All of them, or a page: so many, those after the last one of the page before.
        """
        with self.store.reading() as connection:
            owner_id = working_here(connection, owner, "owner").id if owner else None
            return settling.promises(
                connection,
                self.clock(),
                ended_too=ended_too,
                owner_id=owner_id,
                due_by=due_by,
                limit=limit,
                after=after,
            )

    def _exact(self, said: str) -> datetime | None:
        """The instant that ISO 8601 names; without an offset by the store's clock on the wall."""
        try:
            return read_instant(said)
        except OffsetMissing:
            return instant_of(datetime.fromisoformat(said), self.settings.zone)
        except ValueError:
            return None

    def _with_words_to_avoid(self, made: Iterable[PromiseMade]) -> list[PromiseMade]:
        """The promises with the words to avoid in them; looked for before the file is locked."""
        look = cast("Coaching", self).lint
        return [
            replace(each, avoid=tuple(seen.found for seen in look(each.what.strip(), Act.PROMISED)))
            for each in made
        ]

    def _promised(
        self, connection: Connection, made: Iterable[PromiseMade], me: StaffMember, now: datetime
    ) -> list[NewEvent]:
        """The events of promises, made now or earlier in the call. Raises FieldRefused."""
        from complaint_desk.rules.clock_start import promise_start

        events = []
        for each in made:
            what = told_words("what", each.what, _("Say what is promised. Nothing was written yet."))
            to, said = told_words("to", each.to or ""), told_words("by", each.by_said)
            due, made_at = each.by.astimezone(UTC), min(each.made_at or now, now)
            if due <= made_at:
                raise FieldRefused("by", _("A promise is for a time to come. Nothing was written."))
            owner = working_here(connection, each.owner, "owner") if each.owner else me
            authority = working_here(connection, each.authority, "authority") if each.authority else me
            fields: dict[str, Any] = {
                "owner": owner.id,
                "authority": authority.id,
                "clocks": [promise_start(made_at, due, self.policy)],
            }
            if each.avoid:
                fields["avoid"] = [[found.rule, found.start, found.end] for found in each.avoid]
            words = {"text": what, **({"to": to} if to else {}), **({"by": said} if said else {})}
            events.append(NewEvent(Act.PROMISED, made_at, fields, words))
        return events

    def _waiting(
        self, connection: Connection, number: str, which: int | None, version: int | None
    ) -> tuple[list[Event], Promise]:
        events = self._events(connection, number)
        ticket = self._fold(connection, events)
        self._unchanged_since(ticket, version)
        waiting = [promise for promise in ticket.promises if promise.is_waiting]
        if which is not None:
            return events, self._promise_of(ticket, which)
        if len(waiting) == 1:
            return events, waiting[0]
        if not waiting:
            raise ActNotAllowed(
                _("No promise of ticket {number} waits to be kept. Nothing was written.").format(
                    number=ticket.number
                )
            )
        raise FieldRefused(
            "which",
            n_(
                "{number} promise waits; say which: {which}. Nothing was written.",
                "{number} promises wait; say which: {which}. Nothing was written.",
                len(waiting),
            ).format(
                number=len(waiting),
                which="; ".join(f"{promise.number} {promise.what}" for promise in waiting),
            ),
        )

    @staticmethod
    def _promise_of(ticket: Ticket, which: int) -> Promise:
        found = next((each for each in ticket.promises if each.number == which), None)
        if found is None:
            raise FieldRefused(
                "which",
                _("Ticket {number} has no promise {which}. Nothing was written.").format(
                    number=ticket.number, which=which
                ),
            )
        if not found.is_waiting:
            raise ActNotAllowed(
                _(
                    "Promise {which} of ticket {number} is kept or broken already. Nothing was written."
                ).format(number=ticket.number, which=which)
            )
        return found

    def _calendar_of(self, store: str) -> "Calendar":
        from complaint_desk.rules.calendar_values import calendar_from

        return calendar_from(self.policy.calendar(store or self.settings.store_code or ""))


_PAST = N_("“{said}” has passed already, and a promise is for a time to come. Nothing was written.")
_UNREADABLE = N_(
    "“{said}” is no time to come that can be read. Write it like 2026-11-20T15:30:00+08:00. Nothing was written."
)
