"""Listening: what the caller told becomes a ticket, and what was misheard is corrected."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from complaint_desk.desk.call_events import call_events
from complaint_desk.desk.complaint_values import (
    assessed,
    corrections,
    spoken_values,
    when_fields,
)
from complaint_desk.desk.customers import customer_rows
from complaint_desk.desk.finding import search_index
from complaint_desk.desk.settling.promise import Promising
from complaint_desk.locale import _
from complaint_desk.models.call_marks import SituationMet, TypeReading
from complaint_desk.models.enums import Act, Channel, ClockKind, HeatStep, Severity
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.models.settling import PromiseMade
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.clock_start import clock_start, clocks_at_receipt
from complaint_desk.rules.lifecycle import fold
from complaint_desk.rules.phone import PhoneRead, read_phone
from complaint_desk.rules.spoken_time import SpokenTime, read_spoken_time
from complaint_desk.rules.ticket_number import local_day, store_sign, ticket_number
from complaint_desk.store import history, projections


class Listening(Promising):
    """The verbs of taking a complaint down."""

    def understand_when(self, said: str, received_at: datetime) -> SpokenTime:
        """What the caller's words for the time mean, seen from receipt, in the store's zone."""
        return read_spoken_time(said, received_at, self.settings.zone)

    def read_phone(self, said: str) -> PhoneRead:
        """What number the caller's digits are, in the store's region."""
        return read_phone(said, self.settings.region)

    def register(
        self,
        complaint: ComplaintForm,
        *,
        received_at: datetime | None = None,
        heat: Mapping[HeatStep, datetime] | None = None,
        attachments: Mapping[str, str] | None = None,
        ticket_id: str | None = None,
        type_reading: TypeReading | None = None,
        read_back_confirmed_at: datetime | None = None,
        situations: Iterable[SituationMet] = (),
        promises: Iterable[PromiseMade] = (),
    ) -> Ticket:
        """Turn what the caller told us into a ticket with its clocks running, in one transaction.

        Receipt is `received_at`, else the form's, else now. `heat` holds when each step was marked in the
        call, `read_back_confirmed_at` when the caller said that what was taken down is right, `type_reading`
        what the desk proposed about the caller, `situations` the cards that were used, `promises` what was promised
        in the call. `ticket_id` (a UUID
        version 7) makes saving the same call twice harmless: the second time the ticket that is already there
        comes back. Raises FieldRefused for a receipt in the future.
        """
        now = self.clock()
        received = received_at or complaint.received_at or now
        _received_in_our_time(received, now)
        spoken = spoken_values(complaint, self.settings.region)
        said_when = self.understand_when(complaint.when, received) if complaint.when else None
        words = {**spoken, "when": complaint.when, "attachments": sorted((attachments or {}).items())}
        said = {name: value for name, value in words.items() if value}
        fields = {
            "channel": (complaint.channel or Channel.PHONE).value,
            "cause": complaint.cause and complaint.cause.value,
            "type": complaint.type and complaint.type.value,
            **when_fields(said_when),
            **assessed(complaint, self.severity_signs),
        }
        in_store = complaint.store or self.settings.store_code or ""
        clocks = self._clocks_at_receipt(fields, in_store, received)
        search_index.prepare(
            spoken["caller"], [*spoken.values(), complaint.when, *(attachments or {}).values()]
        )
        customer_rows.prepare(spoken["caller"])
        day = local_day(received, self.settings.zone)
        looked_at = self._with_words_to_avoid(promises)
        with self.store.writing() as connection:
            if ticket_id and (events := history.events_of(connection, ticket_id)):
                return self._fold(connection, events)
            me = self._me(connection)
            last = history.head(connection, now)
            sign = store_sign(self.settings.store_code, last.origin)
            if self._policy_changed(connection):
                clocks = self._clocks_at_receipt(fields, in_store, received)
            promised = self._promised(connection, looked_at, me, now)
            running = projections.next_running_number(connection, sign, day)
            whose = customer_rows.link(connection, spoken["caller"], spoken["phone"])
            fields |= {
                "number": ticket_number(sign, day, running),
                "store": in_store or sign,
                "owner": me.id,
                "clocks": clocks,
                "customer": whose and whose.customer_id,
                "linked_by": whose and whose.by.value,
            }
            events = history.append(
                connection,
                [
                    NewEvent(Act.RECEIVED, received, fields, said),
                    *_marks(heat or {}),
                    *call_events(type_reading, read_back_confirmed_at, situations, now),
                    *promised,
                ],
                ticket_id=ticket_id or history.new_id(),
                by=me.id,
                recorded_at=now,
                after=last,
            )
            ticket = self._fold(connection, events) if promised else fold(events, {me.id: me.name})
            projections.write_new(connection, ticket)
            customer_rows.add_ticket(connection, ticket, whose)
            search_index.add_ticket(connection, ticket)
        return ticket

    def amend(self, number: str, changes: Mapping[str, str | None], *, version: int | None = None) -> Ticket:
        """Correct what was taken down: each field that differs becomes an event with its old and new value.

        Keys are those of the form. `version` is the one the person saw. Raises ChangedMeanwhile where
        somebody else changed the ticket since, FieldRefused where a value cannot be.
        """
        signs = self.severity_signs
        with self.store.writing() as connection:
            events = self._events(connection, number)
            ticket = self._fold(connection, events)
            self._unchanged_since(ticket, version)
            if (veil := self._veil()) is not None and not veil.is_open(ticket):
                changes = veil.without_masks(ticket, changes)
            now = self.clock()
            new = corrections(
                ticket,
                changes,
                region=self.settings.region,
                read_when=lambda said: self.understand_when(said, ticket.received_at),
                signs=signs,
                now=now,
            )
            if not new:
                return ticket
            me = self._me(connection)
            after = self._record(connection, events, new, by=me, recorded_at=now)
            return self._follow_caller(connection, ticket, after, me, now)

    def _follow_caller(
        self, connection: Connection, before: Ticket, after: Ticket, me: StaffMember, now: datetime
    ) -> Ticket:
        """Let a corrected name or number lead to whom it means, and bring the cards to it."""
        found = customer_rows.relinked(connection, before, after)
        if found is not None:
            fields = {"customer": found.customer_id, "linked_by": found.by.value}
            linked = NewEvent(Act.CUSTOMER_LINKED, now, fields)
            events = history.events_of(connection, after.id)
            after = self._record(connection, events, [linked], by=me, recorded_at=now)
        if (before.caller, before.phone, before.customer_id) != (
            after.caller,
            after.phone,
            after.customer_id,
        ):
            concerned = dict.fromkeys((before.customer_id, after.customer_id))
            customer_rows.refresh(connection, [one for one in concerned if one])
        return after

    def _clocks_at_receipt(
        self, fields: Mapping[str, Any], store: str, received: datetime
    ) -> list[dict[str, Any]]:
        channel, severity = Channel(fields["channel"]), Severity(fields["severity"])
        return clocks_at_receipt(self.policy, channel, severity, store, self.settings.zone, received)

    def _clock(self, kind: ClockKind, target: str, store: str, start: datetime) -> dict[str, Any]:
        return clock_start(kind, target, self.policy, store, self.settings.zone, start)


def _received_in_our_time(received: datetime, now: datetime) -> None:
    if received > now:
        raise FieldRefused(
            "received_at",
            _("A complaint cannot have been received in the future ({time}). Nothing was written.").format(
                time=received.isoformat(timespec="minutes")
            ),
        )
    if received < _EARLIEST_RECEIPT:
        raise FieldRefused(
            "received_at",
            _("A complaint cannot have been received before {year}. Nothing was written.").format(
                year=_EARLIEST_RECEIPT.year
            ),
        )


_EARLIEST_RECEIPT = datetime(1900, 1, 1, tzinfo=UTC)


def _marks(heat: Mapping[HeatStep, datetime]) -> list[NewEvent]:
    marks = sorted(heat.items(), key=lambda mark: mark[1])
    return [NewEvent(Act.HEAT_MARKED, at, {"step": step.value}) for step, at in marks]
