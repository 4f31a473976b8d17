"""Lines that hold a whole ticket with its history, as this desk exports them: they come back event by event."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy import Connection

from complaint_desk.desk.customers import customer_rows
from complaint_desk.desk.exporting.whole import EVENTS, names_in, with_ids
from complaint_desk.desk.finding import search_index
from complaint_desk.desk.importing import batches
from complaint_desk.desk.importing.lines import LineRefused
from complaint_desk.desk.importing.rows import SourceRow
from complaint_desk.desk.importing.writing import Seat
from complaint_desk.desk.staff.people import seat_name
from complaint_desk.locale import _
from complaint_desk.models.enums import STAFF_ACTS, Act, Role, TicketStatus
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.forms import ComplaintWords, can_be_kept
from complaint_desk.models.importing import ImportCounts
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.customers import CARD_ACTS
from complaint_desk.rules.lifecycle import fold
from complaint_desk.rules.ticket_number import local_day, store_sign, ticket_number
from complaint_desk.store import bring_in, customers, history, projections, staff
from complaint_desk.store.bring_in import ReadyEvent, RecordsSeen, RowRefused

_OF_NO_TICKET = CARD_ACTS | {
    *STAFF_ACTS,
    Act.POLICY_CHANGED,
    Act.BROUGHT_IN,
    Act.FILE_RESTORED,
    Act.FILE_SALVAGED,
}
_NUMBER = re.compile(r"[A-Za-z0-9]{1,8}-\d{6}-\d{3,9}")
_MOST_EVENTS = 100_000
_SLACK = timedelta(days=1)
"""How far a clock of another PC may be ahead of ours."""
_NOT_FOLDED = (KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError, RecursionError)


@dataclass(slots=True)
class ReadyTicket:
    """A ticket of a file, its events checked one by one."""

    line: int
    id: str
    events: Sequence[Mapping[str, Any]]
    people: frozenset[str]
    """Everybody of the staff it names."""
    status: TicketStatus = TicketStatus.OPEN
    received: datetime | None = None


class WholeTickets:
    """Reads exported tickets."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def key(self, row: SourceRow, seen: RecordsSeen) -> str:
        """The ticket's own id."""
        told = row.told or {}
        try:
            ticket_id = str(UUID(told["id"]))
            if ticket_id != told["id"] or not isinstance(told.get(EVENTS), list):
                raise ValueError(ticket_id)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise LineRefused(_("It is no ticket as this desk exports them.")) from error
        before, first = seen.note(ticket_id.replace("-", ""), row.line)
        if before:
            raise LineRefused(_("The same ticket stands in line {line} already.").format(line=first))
        return ticket_id

    def known(self, connection: Connection, keys: Sequence[str]) -> set[str]:
        """Those of these tickets that are here already."""
        return bring_in.known_ids(connection, keys)

    ahead = 0

    def begin(
        self, batch: Sequence[tuple[SourceRow, str]]
    ) -> Callable[[], Sequence[ReadyTicket | LineRefused]]:
        """Have the tickets checked when they are asked for."""
        return lambda: [self._tried(row, key) for row, key in batch]

    def close(self) -> None:
        """Nothing is open."""

    def _tried(self, row: SourceRow, key: str) -> ReadyTicket | LineRefused:
        try:
            return self._ready(row, key)
        except LineRefused as refused:
            return refused

    def _ready(self, row: SourceRow, key: str) -> ReadyTicket:
        """The ticket with its events checked; that they make a ticket is tried with every name its own."""
        told = (row.told or {})[EVENTS]
        if not told or len(told) > _MOST_EVENTS:
            raise LineRefused(_("It is no ticket as this desk exports them."))
        try:
            text = json.dumps(told, ensure_ascii=False)
            if not can_be_kept(text) or "\\u0000" in text:
                raise LineRefused(
                    _("It holds a character that is not text (NUL or half of a surrogate pair).")
                )
            people = frozenset(
                {seat_name(event["by"]) for event in told} | names_in([e["fields"] for e in told])
            )
            for name in people:
                seat_name(name)
            tried = _events(told, key, {name: name for name in people}, self._now)
            ticket = fold([bring_in.as_event(event) for event in tried], {name: name for name in people})
            _must_be_sound(ticket)
        except (FieldRefused, ValidationError, *_NOT_FOLDED) as error:
            if isinstance(error, LineRefused):
                raise
            raise LineRefused(_cannot_be_read(error)) from error
        return ReadyTicket(row.line, key, told, people, ticket.status, ticket.received_at)

    def told(self, ready: ReadyTicket, counts: ImportCounts) -> None:
        """Count it."""
        counts.open += ready.status is TicketStatus.OPEN
        if ready.received is not None:
            batches.received(counts, ready.received.isoformat(timespec="seconds"))

    def prepare(self, ready: ReadyTicket) -> None:
        """Nothing: these tickets are few, and each is its own."""

    def write(
        self, connection: Connection, ready: Sequence[ReadyTicket], seat: Seat
    ) -> Sequence[tuple[ReadyTicket, str]]:
        """Write them with their own ids and times; one that does not fit this desk is refused alone."""
        refused: list[tuple[ReadyTicket, str]] = []
        known = bring_in.known_ids(connection, (one.id for one in ready))
        new = [one for one in ready if one.id not in known]
        if not new:
            return refused
        try:
            with bring_in.on_trial(connection):
                written = _write(connection, new, seat)
        except (RowRefused, *_NOT_FOLDED):
            written = []
            for one in new:
                try:
                    with bring_in.on_trial(connection):
                        written += _write(connection, [one], seat)
                except (RowRefused, *_NOT_FOLDED) as error:
                    refused.append((one, _cannot_be_read(error)))
        callers = dict.fromkeys(ticket.customer_id for ticket in written if ticket.customer_id is not None)
        customer_rows.bring_up(connection, callers)
        return refused


def _write(connection: Connection, ready: Sequence[ReadyTicket], seat: Seat) -> list[Ticket]:
    """Write tickets that are not here yet, all of them or none. Raises what cannot be read raises, RowRefused."""
    names = staff.names(connection)
    ids = {name: found for found, name in names.items()}
    for name in sorted(frozenset[str]().union(*(one.people for one in ready)) - ids.keys()):
        ids[name] = seat.join(name, Role.AGENT).id
        names[ids[name]] = name
    told = [_events(one.events, one.id, ids, seat.now) for one in ready]
    every = [event.id for events in told for event in events]
    if len(set(every)) != len(every) or bring_in.known_events(connection, every):
        raise ValueError(_("its events belong to another ticket here"))
    head = history.head(connection, seat.now)
    tickets = [fold([bring_in.as_event(event) for event in events], names) for events in told]
    taken = bring_in.known_numbers(connection, (ticket.number for ticket in tickets))
    _keep_counters_ahead(connection, tickets)
    for place, (ticket, events) in enumerate(zip(tickets, told, strict=True)):
        changes = _changes(connection, ticket, head, seat) if ticket.number in taken else {}
        customer = _customer_here(connection, ticket)
        if changes:
            events[0] = _with_fields(events[0], changes)
        if customer is not None:
            events[:] = [_with_fields(event, _renamed(event.fields, *customer)) for event in events]
        if changes or customer is not None:
            tickets[place] = fold([bring_in.as_event(event) for event in events], names)
        taken.add(tickets[place].number)
    bring_in.append(connection, [event for events in told for event in events], head)
    projections.write_many(connection, tickets)
    search_index.add_tickets(connection, [(ticket, None) for ticket in tickets])
    return tickets


def _keep_counters_ahead(connection: Connection, tickets: Sequence[Ticket]) -> None:
    """No number that comes along is given to another ticket later."""
    last: dict[tuple[str, str], int] = {}
    for ticket in tickets:
        sign, day, running = ticket.number.rsplit("-", 2)
        last[sign, day] = max(last.get((sign, day), 0), int(running))
    projections.keep_counters_ahead(connection, [(sign, day, at) for (sign, day), at in last.items()])


def _changes(connection: Connection, ticket: Ticket, head: history.Head, seat: Seat) -> dict[str, Any]:
    """A number of its own for a ticket whose number another one has; the old one is kept with it."""
    sign = store_sign(seat.store_code, head.origin)
    day = local_day(ticket.received_at, seat.zone)
    running = projections.next_running_number(connection, sign, day)
    brought = {"file": "", "key": ticket.id.replace("-", ""), "record": ticket.number}
    return {"number": ticket_number(sign, day, running), "brought": brought}


def _customer_here(connection: Connection, ticket: Ticket) -> tuple[str, str] | None:
    """The customer's id in the file and the one of the same person here, where that is another one."""
    if ticket.customer_id is None or customers.card_id_of(connection, ticket.customer_id) is not None:
        return None
    found = customer_rows.link(connection, ticket.caller, ticket.phone)
    if found is None or found.names is None:
        return None
    return ticket.customer_id, found.customer_id


def _with_fields(event: ReadyEvent, changes: Mapping[str, Any]) -> ReadyEvent:
    return ReadyEvent(
        event.id,
        event.ticket_id,
        event.act,
        event.happened_at,
        event.recorded_at,
        event.by,
        {**event.fields, **changes},
        event.words,
        event.schema_version,
    )


def _renamed(fields: Mapping[str, Any], old: str, new: str) -> dict[str, Any]:
    return {name: new for name, value in fields.items() if value == old}


def _events(
    told: Sequence[Mapping[str, Any]], ticket_id: str, ids: Mapping[str, str], now: datetime
) -> list[ReadyEvent]:
    """The events as this desk keeps them. Raises what cannot be read raises."""
    events = [_event(each, ticket_id, ids, now) for each in told]
    if events[0].act is not Act.RECEIVED or any(event.act is Act.RECEIVED for event in events[1:]):
        raise ValueError(Act.RECEIVED.value)
    if len({event.id for event in events}) != len(events):
        raise ValueError("id")
    return events


def _event(told: Mapping[str, Any], ticket_id: str, ids: Mapping[str, str], now: datetime) -> ReadyEvent:
    act = Act(told["act"])
    fields, words = told["fields"], told["words"]
    if act in _OF_NO_TICKET or not isinstance(fields, dict) or not isinstance(words, dict | None):
        raise ValueError(act.value)
    happened, recorded = (
        datetime.fromisoformat(told[name]).astimezone(UTC) for name in ("happened_at", "recorded_at")
    )
    if max(happened, recorded) > now + _SLACK:
        raise ValueError(_("it lies in the future"))
    return ReadyEvent(
        id=str(UUID(told["id"])),
        ticket_id=ticket_id,
        act=act,
        happened_at=happened,
        recorded_at=recorded,
        by=ids[seat_name(told["by"])],
        fields=with_ids(fields, ids),
        words=words,
        schema_version=int(told["schema_version"]),
    )


def _must_be_sound(ticket: Ticket) -> None:
    """Raise ValueError or ValidationError where the values are not what a ticket's row holds."""
    if not isinstance(ticket.number, str) or _NUMBER.fullmatch(ticket.number) is None:
        raise ValueError(_("its number is none"))
    if not isinstance(ticket.store, str) or ticket.received_at.year < 1900:
        raise ValueError("store")
    names = ComplaintWords.model_fields
    ComplaintWords.model_validate({name: getattr(ticket, name) for name in names})
    projections.ticket_values(ticket)
    projections.clock_values(ticket)


def _cannot_be_read(error: Exception) -> str:
    return _("Its history cannot be read ({reason}).").format(reason=str(error)[:100] or type(error).__name__)
