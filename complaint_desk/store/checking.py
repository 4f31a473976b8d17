"""Proves the history whole and its projections true, and makes the projections anew from it.

Nothing here trusts the file: every event is hashed again, and every ticket is folded from its events again. How
events fold into a ticket is a rule, which the desk hands in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, union

from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from complaint_desk.models.tables import (
    ClockRow,
    CounterRow,
    ErasureRow,
    EventRow,
    OriginRow,
    SaidRow,
    TicketRow,
    table_of,
)
from complaint_desk.models.ticket import Ticket
from complaint_desk.store import projections, settling, staff
from complaint_desk.store.chain import GENESIS, event_hash, words_digest
from complaint_desk.store.finding import number_of
from complaint_desk.store.history import events_of
from complaint_desk.store.triggers import missing_triggers

_event, _said, _origin = table_of(EventRow), table_of(SaidRow), table_of(OriginRow)
_ticket, _clock, _counter = table_of(TicketRow), table_of(ClockRow), table_of(CounterRow)
_erasure = table_of(ErasureRow)
_ROWS_AT_ONCE = 1_000

UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError)
"""What folding raises where the events of a ticket cannot be read, or some are missing."""
Fold = Callable[[Sequence[Event], Mapping[str, str]], Ticket]
"""Makes a ticket of its events and of the names of staff by id."""
HASHED = (
    *("id", "origin", "seq", "ticket_id", "act", "schema_version", "happened_at", "recorded_at", "by"),
    *("fields", "words_digest", "previous_hash"),
)
"""The columns of an event that its hash covers."""


class FaultKind(StrEnum):
    """What can be wrong with a file whose pages can all be read."""

    GUARD_MISSING = "guard_missing"
    EVENT_MISSING = "event_missing"
    EVENT_CHANGED = "event_changed"
    EVENT_OUT_OF_PLACE = "event_out_of_place"
    WORDS_CHANGED = "words_changed"
    WORDS_MISSING = "words_missing"
    ORIGIN_UNKNOWN = "origin_unknown"
    TICKET_UNREADABLE = "ticket_unreadable"
    TICKET_DIFFERS = "ticket_differs"
    TICKET_WITHOUT_HISTORY = "ticket_without_history"
    COUNTER_BEHIND = "counter_behind"
    NOT_AS_INDEXED = "not_as_indexed"
    CUSTOMER_DIFFERS = "customer_differs"
    STAFF_DIFFERS = "staff_differs"
    REFERENCE_BROKEN = "reference_broken"
    PAGE_DAMAGED = "page_damaged"


@dataclass(frozen=True, slots=True)
class FileFault:
    """One fault, where it lies, and what differs."""

    kind: FaultKind
    number: str | None = None
    """The ticket's number, as far as it is known."""
    ticket_id: str | None = None
    event_id: str | None = None
    seq: int | None = None
    about: str = ""


Told = Callable[[int, int], None]
"""Is told how many rows were looked at, and of how many."""


def faults_of(connection: Connection, fold: Fold, told: Told = lambda done, of: None) -> Iterator[FileFault]:
    """Everything that is wrong with this file; nothing for a sound one."""
    yield from _damaged_pages(connection)
    if connection.dialect.name == "sqlite":
        for name in missing_triggers(connection):
            yield FileFault(FaultKind.GUARD_MISSING, about=name)
    events, tickets = (
        connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in (_event, _ticket)
    )
    whole = events + tickets
    yield from broken_links(connection, lambda done: told(done, whole))
    yield from differences(connection, fold, lambda done: told(min(events + done, whole), whole))
    told(whole, whole)


def _damaged_pages(connection: Connection) -> Iterator[FileFault]:
    if connection.dialect.name != "sqlite":
        return
    for (verdict,) in connection.exec_driver_sql("PRAGMA integrity_check(10)"):
        if verdict != "ok":
            yield FileFault(FaultKind.PAGE_DAMAGED, about=verdict)
    for table, rowid, parent, _number in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield _broken_reference(connection, table, rowid, parent)


def _broken_reference(connection: Connection, table: str, rowid: int | None, parent: str) -> FileFault:
    """A row that names another which is not there, with its ticket and its event as far as it tells them."""
    row: Mapping[str, Any] = {}
    if rowid is not None and table.isidentifier():
        found = (
            connection.exec_driver_sql(f'SELECT * FROM "{table}" WHERE rowid = {int(rowid)}')
            .mappings()
            .first()
        )
        row = dict(found) if found else {}
    ticket_id = row.get("ticket_id") or (row.get("id") if table == "ticket" else None)
    event_id = row.get("event_id") or (row.get("id") if table == "event" else None)
    number = (
        row.get("number") if table == "ticket" else number_of(connection, ticket_id) if ticket_id else None
    )
    seq = row.get("seq") if table == "event" else None
    about = f"{table} {seq or event_id or ticket_id or rowid} → {parent}"
    return FileFault(FaultKind.REFERENCE_BROKEN, number, ticket_id, event_id, seq, about)


def broken_links(
    connection: Connection, told: Callable[[int], None] = lambda done: None
) -> Iterator[FileFault]:
    """Where the chain of hashes does not hold, origin by origin, in constant memory.

    Words that were erased leave the chain whole; words that were altered, or are gone without an erasure, do not.
    """
    parents = {row.id: (row.parent_id, row.parent_head) for row in connection.execute(select(_origin))}
    heads: set[tuple[str, str]] = set()
    wanted = {parent for parent in parents.values() if parent[0]}
    begins = _where_origins_begin(connection, parents)
    origin, seq, previous = "", 0, GENESIS
    rows = connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(_CHAINED)
    for done, row in enumerate(rows):
        if done % _ROWS_AT_ONCE == 0:
            told(done)
        if row.origin != origin:
            origin = row.origin
            seq, previous = begins.get(origin, (0, GENESIS))
        yield from _faults_of_event(row, seq, previous)
        seq, previous = row.seq, row.hash
        if (origin, previous) in wanted:
            heads.add((origin, previous))
    for known, parent in parents.items():
        if parent[0] and parent not in heads:
            yield FileFault(FaultKind.ORIGIN_UNKNOWN, about=known)


def _where_origins_begin(
    connection: Connection, parents: Mapping[str, tuple[str | None, str | None]]
) -> dict[str, tuple[int, str]]:
    """The number and the hash after which each origin goes on that names the head of another."""
    found = {}
    for origin, (parent, at) in parents.items():
        if parent and at:
            seq = connection.execute(
                select(_event.c.seq).where(_event.c.origin == parent, _event.c.hash == at)
            ).scalar()
            found[origin] = (seq or 0, at)
    return found


_CHAINED = (
    select(_event, _said.c.words, _said.c.salt, _ticket.c.number, _erasure.c.erased_by)
    .join_from(_event, _said, _said.c.event_id == _event.c.id, isouter=True)
    .join(_erasure, _erasure.c.event_id == _event.c.id, isouter=True)
    .join(_ticket, _ticket.c.id == _event.c.ticket_id, isouter=True)
    .order_by(_event.c.origin, _event.c.seq)
)


def _faults_of_event(row: Row[*tuple[Any, ...]], seq: int, previous: str) -> Iterator[FileFault]:
    kinds = []
    if row.seq != seq + 1:
        kinds.append(FaultKind.EVENT_MISSING)
    elif row.previous_hash != previous:
        kinds.append(FaultKind.EVENT_OUT_OF_PLACE)
    if _hash_of(row) != row.hash:
        kinds.append(FaultKind.EVENT_CHANGED)
    if row.words is not None and words_digest(row.salt, row.words) != row.words_digest:
        kinds.append(FaultKind.WORDS_CHANGED)
    if row.words is None and row.words_digest is not None and row.erased_by is None:
        kinds.append(FaultKind.WORDS_MISSING)
    for kind in kinds:
        yield FileFault(kind, row.number, row.ticket_id, row.id, row.seq, row.act)


def _hash_of(row: Row[*tuple[Any, ...]]) -> str | None:
    """The hash its values give; None where they are no values an event can have."""
    try:
        return event_hash(**{name: getattr(row, name) for name in HASHED})
    except (TypeError, ValueError, AttributeError):
        return None


def differences(
    connection: Connection, fold: Fold, told: Callable[[int], None] = lambda done: None
) -> Iterator[FileFault]:
    """Tickets whose rows are not what their events amount to, and counters that would give a number twice."""
    names = staff.names(connection)
    highest: dict[tuple[str, str], int] = {}
    for done, ticket_id in enumerate(_ticket_ids(connection)):
        if done % _ROWS_AT_ONCE == 0:
            told(done)
        row, clocks = projections.kept(connection, ticket_id)
        number = row["number"] if row else None
        try:
            events = events_of(connection, ticket_id)
            ticket = fold(events, names) if events and events[0].act is Act.RECEIVED else None
        except UNREADABLE as error:
            yield FileFault(FaultKind.TICKET_UNREADABLE, number, ticket_id, about=str(error))
            continue
        if ticket is None:
            yield FileFault(FaultKind.TICKET_WITHOUT_HISTORY, number, ticket_id)
            continue
        _count(highest, ticket)
        if differing := _differing(ticket, row, clocks, settling.kept(connection, ticket_id)):
            yield FileFault(FaultKind.TICKET_DIFFERS, ticket.number, ticket_id, about=", ".join(differing))
    given = {(row.store, row.day): row.last for row in connection.execute(select(_counter))}
    for (store, day), running in highest.items():
        if given.get((store, day), 0) < running:
            yield FileFault(FaultKind.COUNTER_BEHIND, about=f"{store}-{day}")


def rebuild(connection: Connection, fold: Fold, unreadable: list[str] | None = None) -> int:
    """Make tickets, clocks and counters anew from the events, in the caller's transaction; how many tickets.

    Counters are only ever moved forward, as numbers are never given twice. Raises what `fold` raises where an
    event cannot be read; then nothing is kept. With `unreadable` such a ticket's id is put there instead, and the
    ticket has no row.
    """
    names = staff.names(connection)
    highest: dict[tuple[str, str], int] = {}
    told = 0
    for ticket_id in _ticket_ids(connection):
        events = events_of(connection, ticket_id)
        if not events:
            connection.execute(delete(_clock).where(_clock.c.ticket_id == ticket_id))
            settling.remove(connection, ticket_id)
            connection.execute(delete(_ticket).where(_ticket.c.id == ticket_id))
            continue
        try:
            ticket = fold(events, names)
        except UNREADABLE:
            if unreadable is None:
                raise
            unreadable.append(ticket_id)
            continue
        row, _clocks = projections.kept(connection, ticket_id)
        write = projections.write_over if row else projections.write_new
        write(connection, ticket)
        _count(highest, ticket)
        told += 1
    given = {(row.store, row.day): row.last for row in connection.execute(select(_counter))}
    for (store, day), running in highest.items():
        if given.get((store, day), 0) < running:
            connection.execute(delete(_counter).where(_counter.c.store == store, _counter.c.day == day))
            connection.execute(insert(_counter).values(store=store, day=day, last=running))
    return told


def _ticket_ids(connection: Connection) -> list[str]:
    named = select(_event.c.ticket_id).where(_event.c.ticket_id.is_not(None))
    return list(connection.execute(union(named, select(_ticket.c.id))).scalars())


def _count(highest: dict[tuple[str, str], int], ticket: Ticket) -> None:
    store, day, running = ticket.number.rsplit("-", 2)
    highest[store, day] = max(highest.get((store, day), 0), int(running))


def _differing(
    ticket: Ticket,
    row: dict[str, Any] | None,
    clocks: list[dict[str, Any]],
    settled: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> list[str]:
    if row is None:
        return ["ticket"]
    values = projections.ticket_values(ticket)
    return [
        *(name for name, value in values.items() if row[name] != value),
        *(["clocks"] if clocks != projections.clock_values(ticket) else []),
        *(["promises"] if settled[0] != settling.promise_values(ticket) else []),
        *(["remedies"] if settled[1] != settling.remedy_values(ticket) else []),
    ]
