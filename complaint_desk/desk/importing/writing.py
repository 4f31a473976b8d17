"""Writes lines of a file as tickets, a batch in one transaction."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from complaint_desk.desk.customers import customer_rows
from complaint_desk.desk.finding import search_index
from complaint_desk.desk.importing.lines import ReadyLine
from complaint_desk.models.enums import Act, Channel, Role, Severity, TicketStatus
from complaint_desk.models.policy import Policy
from complaint_desk.models.search import Document
from complaint_desk.models.staff import StaffMember
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.clock_start import clocks_at_receipt
from complaint_desk.rules.lifecycle import fold
from complaint_desk.rules.search_document import document
from complaint_desk.rules.ticket_number import local_day, store_sign, ticket_number
from complaint_desk.store import bring_in, history, projections
from complaint_desk.store.bring_in import ReadyEvent


@dataclass(frozen=True, slots=True)
class Seat:
    """Who writes, when, and where."""

    me: StaffMember
    names: dict[str, str]
    """The staff's names by id."""
    now: datetime
    zone: ZoneInfo
    store_code: str | None
    policy: Policy | None
    """Whose clocks open tickets start now; None to start none."""
    join: Callable[[str, Role], StaffMember]
    """Adds somebody to the staff."""


class _Waiting(NamedTuple):
    """A ticket about to be written."""

    event: ReadyEvent
    ticket: Ticket
    whose: customer_rows.Link | None
    held: Document | None


def prepare(line: ReadyLine) -> None:
    """Sound the caller's name before the transaction begins."""
    search_index.prepare(line.words.get("caller"), ())
    customer_rows.prepare(line.words.get("caller"))


def write(connection: Connection, lines: Sequence[ReadyLine], seat: Seat) -> int:
    """Write the lines that are not in the desk yet as tickets; how many were new."""
    known = bring_in.known_keys(connection, (line.key for line in lines))
    new = [line for line in lines if line.key not in known]
    if not new:
        return 0
    head = history.head(connection, seat.now)
    sign = store_sign(seat.store_code, head.origin)
    days = [local_day(line.received, seat.zone) for line in new]
    running = {
        day: bring_in.take_running_numbers(connection, sign, day, count)
        for day, count in sorted(Counter(days).items())
    }
    waiting: list[_Waiting] = []
    numbers: set[str] = set()
    cards = customer_rows.numbers_known(connection, (line.words.get("phone") or "" for line in new))
    for line, day in zip(new, days, strict=True):
        phone = line.words.get("phone")
        if phone in numbers:
            head = _flush(connection, waiting, head)
            cards |= customer_rows.numbers_known(connection, numbers)
            numbers.clear()
        if phone:
            numbers.add(phone)
        whose = customer_rows.link(connection, line.words.get("caller"), phone, cards)
        number = ticket_number(sign, day, running[day])
        running[day] += 1
        event = _event(line, number, sign, whose, seat)
        waiting.append(_Waiting(event, fold([bring_in.as_event(event)], seat.names), whose, line.held))
    _flush(connection, waiting, head)
    return len(new)


def _flush(connection: Connection, waiting: list[_Waiting], head: history.Head) -> history.Head:
    """Write what waits; a caller who rings twice in a batch is known by the second time."""
    head = bring_in.append(connection, [one.event for one in waiting], head)
    projections.write_many(connection, [one.ticket for one in waiting])
    customer_rows.add_tickets(connection, [(one.ticket, one.whose) for one in waiting])
    search_index.add_tickets(connection, [(one.ticket, one.held) for one in waiting])
    waiting.clear()
    return head


def words_held(line: ReadyLine, store_code: str | None) -> Document | None:
    """What the index of words will hold of the line, all but its number; None where its store is not known yet."""
    store = line.store or store_code
    if store is None:
        return None
    fields = {**line.fields, "number": "", "store": store, "owner": line.owner, "clocks": []}
    event = ReadyEvent("", "", Act.RECEIVED, line.received, line.received, "", fields, line.words)
    return document(fold([bring_in.as_event(event)], {}))


def _event(
    line: ReadyLine, number: str, sign: str, whose: customer_rows.Link | None, seat: Seat
) -> ReadyEvent:
    store = line.store or seat.store_code or sign
    fields: dict[str, Any] = {
        **line.fields,
        "number": number,
        "store": store,
        "owner": line.owner,
        "clocks": _clocks(line, store, seat),
        "customer": whose and whose.customer_id,
        "linked_by": whose and whose.by.value,
    }
    return ReadyEvent(
        id=history.new_id(),
        ticket_id=history.new_id(),
        act=Act.RECEIVED,
        happened_at=line.received,
        recorded_at=seat.now,
        by=seat.me.id,
        fields=fields,
        words=line.words,
    )


def _clocks(line: ReadyLine, store: str, seat: Seat) -> list[dict[str, Any]]:
    """The clocks of a ticket that is open, from now on: before, nothing was promised by this desk."""
    if seat.policy is None or line.status is not TicketStatus.OPEN:
        return []
    channel, severity = Channel(line.fields["channel"]), Severity(line.fields["severity"])
    return clocks_at_receipt(seat.policy, channel, severity, store, seat.zone, seat.now)
