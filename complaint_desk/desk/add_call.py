"""A call about a complaint that is open already: what was told is added to its ticket, in one transaction."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from complaint_desk.desk.call_events import situation_event
from complaint_desk.desk.settling.promise import Promising
from complaint_desk.desk.words_told import told_words
from complaint_desk.locale import _
from complaint_desk.models.call_marks import SituationMet
from complaint_desk.models.enums import Act, TicketStatus
from complaint_desk.models.errors import ActNotAllowed
from complaint_desk.models.event import NewEvent
from complaint_desk.models.settling import PromiseMade
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.clock_acts import UNDOABLE
from complaint_desk.rules.lifecycle import undone_acts


class CallAdded(NamedTuple):
    """A call that was added to a ticket."""

    ticket: Ticket
    added: tuple[str, ...]
    """The ids of the acts, for taking them back."""


class AddingCalls(Promising):
    """The verbs of a caller who rings again."""

    def add_call(
        self,
        number: str,
        text: str,
        *,
        promises: Iterable[PromiseMade] = (),
        situations: Iterable[SituationMet] = (),
    ) -> CallAdded:
        """Add what was told in a call to an open ticket as a note, with what was promised and the cards used.

        Raises FieldRefused for a call without a word, ActNotAllowed where the ticket is not open any more,
        TicketNotFound; then nothing is written.
        """
        words = told_words("text", text, _("Nothing was told in this call yet. Nothing was written."))
        looked_at = self._with_words_to_avoid(promises)
        with self.store.writing() as connection:
            self._policy_changed(connection)
            events = self._events(connection, number)
            ticket = self._fold(connection, events)
            if ticket.status is not TicketStatus.OPEN:
                raise ActNotAllowed(
                    _(
                        "Ticket {number} is not open any more. Nothing was written. Reopen it, or save the call as "
                        "a ticket of its own."
                    ).format(number=ticket.number)
                )
            me, now = self._me(connection), self.clock()
            new = [
                *(situation_event(met) for met in situations),
                *self._promised(connection, looked_at, me, now),
                NewEvent(Act.NOTED, now, {"meets": []}, {"text": words}),
            ]
            after = self._record(connection, events, new, by=me, recorded_at=now)
            known = {event.id for event in events}
            acts = tuple(event.id for event in self._events(connection, number) if event.id not in known)
            return CallAdded(after, acts)

    def take_call_back(self, number: str, added: Collection[str]) -> Ticket:
        """Take back what `add_call` added to a ticket: the acts of these ids, each as a new event.

        Raises ActNotAllowed for acts of somebody else, TicketNotFound; then nothing is written.
        """
        with self.store.writing() as connection:
            events = self._events(connection, number)
            me, now = self._me(connection), self.clock()
            gone = undone_acts(events)
            acts = [event for event in reversed(events) if event.id in added and event.id not in gone]
            if any(event.by != me.id or event.act not in UNDOABLE for event in acts):
                raise ActNotAllowed(
                    _("What somebody else did to ticket {number} is not yours to take back.").format(
                        number=number
                    )
                )
            if not acts:
                return self._fold(connection, events)
            new = [NewEvent(Act.UNDONE, now, {"undoes": event.id}) for event in acts]
            return self._record(connection, events, new, by=me, recorded_at=now)
