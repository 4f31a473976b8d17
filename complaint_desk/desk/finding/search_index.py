"""Keeps the index of words true to the tickets: with every save, anew as a whole, and compared."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from complaint_desk.models.event import Event
from complaint_desk.models.search import Document
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.lifecycle import fold
from complaint_desk.rules.name_sounds import name_sounds
from complaint_desk.rules.search_document import digest, document, with_number
from complaint_desk.rules.tokens import indexed
from complaint_desk.store import full_text_swap as swap
from complaint_desk.store import history
from complaint_desk.store.engine import Store
from complaint_desk.store.full_text import LIVE, FullText, has_index

_BATCH = 200
"""Tickets read, and then written, at a time."""
_FEW = 50
"""So few changed tickets are caught up with while the new index takes its place."""

Told = Callable[[int, int], None]
"""Called with how many tickets are done, and how many there are."""


@dataclass(frozen=True, slots=True)
class IndexFaults:
    """Where the index of words differs from the tickets; all is well where there is nothing in it."""

    missing: tuple[str, ...] = ()
    """Ids of tickets that are not in it."""
    stale: tuple[str, ...] = ()
    """Ids of tickets of which it holds something else."""
    unknown: tuple[str, ...] = ()
    """Ids in it that are no tickets."""
    left_over: int = 0
    """Rows that no ticket has; nobody meets them, they only take room."""


def prepare(caller: str | None, texts: Iterable[str | None]) -> None:
    """Cut a ticket's texts into tokens and sound its caller's name before its transaction begins.

    Both are remembered until then, and what they load is loaded.
    """
    for text in texts:
        indexed(text or "")
    name_sounds(caller or "")


def add_ticket(connection: Connection, ticket: Ticket) -> None:
    """Put a new ticket into the index, in the transaction that writes it."""
    held = document(ticket)
    LIVE.add(connection, ticket.id, ticket.received_at, held, digest(held))


def add_tickets(connection: Connection, tickets: Iterable[tuple[Ticket, Document | None]]) -> None:
    """Put many new tickets into the index, in the transaction that writes them.

    Each comes with what the index will hold of it but for its number, where that was worked out beforehand.
    """
    rows = []
    for ticket, begun in tickets:
        held = document(ticket) if begun is None else with_number(begun, ticket)
        rows.append((ticket.id, ticket.received_at, held, digest(held)))
    LIVE.add_many(connection, rows)


def change_ticket(connection: Connection, before: Sequence[Event], ticket: Ticket) -> None:
    """Bring the index to what a ticket amounts to now; `before` are the events it had so far."""
    _change(LIVE, connection, before, ticket)


def rebuild(store: Store, told: Told = lambda done, count: None) -> int:
    """Make the index anew from the history and put it in place of the old one; returns how many tickets it holds.

    Desks go on working: nothing is locked longer than a batch takes to write, and what they write meanwhile is
    caught up with. Interrupted, it leaves the old index as it was. Does nothing on a database server.
    """
    with store.reading() as connection:
        if not has_index(connection):
            return 0
    reached = swap.begin(store)
    done = 0
    for batch, count in _batches(store):
        with store.writing() as connection:
            for ticket, held in batch:
                swap.NEW.add(connection, ticket.id, ticket.received_at, held, digest(held))
        done += len(batch)
        told(done, max(done, count))
        _let_others_in()
    while True:
        with store.writing() as connection:
            changed = swap.changed_since(connection, reached)
            if len(changed) <= _FEW:
                _catch_up(connection, changed)
                swap.put_in_place(connection)
                count, _rows = LIVE.counted(connection)
                break
            reached = swap.last_event(connection)
        for at in range(0, len(changed), _FEW):
            with store.writing() as connection:
                _catch_up(connection, changed[at : at + _FEW])
            _let_others_in()
    swap.put_away(store, _let_others_in)
    return count


def compare(connection: Connection) -> IndexFaults:
    """Compare the index with what the history of every ticket amounts to, a batch at a time."""
    if not has_index(connection):
        return IndexFaults()
    missing, stale, unknown, last = list[str](), list[str](), list[str](), ""
    while True:
        ids = swap.tickets_after(connection, last, _BATCH)
        held = LIVE.digests(connection, last, ids[-1] if ids else None)
        unknown += sorted(held.keys() - set(ids))
        for ticket_id in ids:
            if ticket_id not in held:
                missing.append(ticket_id)
            elif held[ticket_id] != digest(document(fold(history.events_of(connection, ticket_id), {}))):
                stale.append(ticket_id)
        if not ids:
            break
        last = ids[-1]
    rows, words = LIVE.counted(connection)
    return IndexFaults(tuple(missing), tuple(stale), tuple(unknown), words - rows)


def _catch_up(connection: Connection, ticket_ids: Iterable[str]) -> None:
    """Bring the new index to what these tickets amount to by now."""
    for ticket_id in ticket_ids:
        events = history.events_of(connection, ticket_id)
        _change(swap.NEW, connection, events, fold(events, {}))


def _batches(store: Store) -> Iterator[tuple[list[tuple[Ticket, Document]], int]]:
    """The tickets by batches with what the index holds of each, in the order of the index, and how many there are."""
    last = ""
    while True:
        with store.reading() as connection:
            ids = swap.tickets_after(connection, last, _BATCH)
            count = swap.count_tickets(connection)
            tickets = [fold(history.events_of(connection, ticket_id), {}) for ticket_id in ids]
        if not ids:
            return
        last = ids[-1]
        tickets.sort(key=lambda ticket: ticket.received_at)
        yield [(ticket, document(ticket)) for ticket in tickets], count


def _change(index: FullText, connection: Connection, before: Sequence[Event], ticket: Ticket) -> None:
    def was(digest_held: int) -> Document | None:
        for end in range(len(before), 0, -1):
            held = document(fold(before[:end], {}))
            if digest(held) == digest_held:
                return held
        return None

    held = document(ticket)
    index.change(connection, ticket.id, ticket.received_at, was=was, held=held, digest=digest(held))


def _let_others_in() -> None:
    """Leave the lock free for a moment, so that a desk that waits for it gets it."""
    time.sleep(0.005)
