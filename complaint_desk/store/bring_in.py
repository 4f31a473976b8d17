"""Writes tickets of other programs many at a time, and knows which of them are here already."""

import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, OperationalError, StatementError

from complaint_desk.models.enums import Act
from complaint_desk.models.event import SCHEMA_VERSION, Event
from complaint_desk.models.tables import CounterRow, EventRow, SaidRow, TicketRow, table_of
from complaint_desk.store.chain import canonical, event_hash, words_digest
from complaint_desk.store.history import Head
from complaint_desk.store.many_rows import add_rows

_event, _said, _ticket = table_of(EventRow), table_of(SaidRow), table_of(TicketRow)
_counter = table_of(CounterRow)
_SALT_BYTES = 16
_TAKE = (
    sqlite.insert(_counter)
    .values(store=bindparam("store"), day=bindparam("day"), last=bindparam("count"))
    .on_conflict_do_update(
        index_elements=[_counter.c.store, _counter.c.day], set_={"last": _counter.c.last + bindparam("count")}
    )
    .returning(_counter.c.last)
)
_AMONG = "IN (SELECT value FROM json_each(:among))"
_KNOWN_KEYS = select(_ticket.c.brought_key).where(text(f"ticket.brought_key {_AMONG}"))
_KNOWN_IDS = select(_ticket.c.id).where(text(f"ticket.id {_AMONG}"))
_KNOWN_NUMBERS = select(_ticket.c.number).where(text(f"ticket.number {_AMONG}"))
_KNOWN_EVENTS = select(_event.c.id).where(text(f"event.id {_AMONG}"))


@dataclass(frozen=True, slots=True)
class ReadyEvent:
    """An event whose id is known, before its place in the history is."""

    id: str
    ticket_id: str
    act: Act
    happened_at: datetime
    recorded_at: datetime
    by: str
    fields: Mapping[str, Any]
    words: Mapping[str, Any] | None = None
    schema_version: int = SCHEMA_VERSION


def known_keys(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of these records that came in already."""
    return _among(connection, _KNOWN_KEYS, keys)


def known_ids(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of these ids that are tickets."""
    return _among(connection, _KNOWN_IDS, ids)


def known_numbers(connection: Connection, numbers: Iterable[str]) -> set[str]:
    """Those of these numbers that tickets have."""
    return _among(connection, _KNOWN_NUMBERS, numbers)


def known_events(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of these ids that are events."""
    return _among(connection, _KNOWN_EVENTS, ids)


def take_running_numbers(connection: Connection, store: str, day: str, count: int) -> int:
    """So many running numbers of a store's day at once; returns the first of them."""
    last: int = connection.execute(_TAKE, {"store": store, "day": day, "count": count}).scalar_one()
    return last - count + 1


def append(connection: Connection, events: Sequence[ReadyEvent], after: Head) -> Head:
    """Write the events at the end of the file's origin, each chained to the one before; returns the new end."""
    seq, previous = after.seq, after.hash
    rows: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for new in events:
        seq += 1
        row: dict[str, Any] = {
            "id": new.id,
            "origin": after.origin,
            "seq": seq,
            "ticket_id": new.ticket_id,
            "act": new.act.value,
            "schema_version": new.schema_version,
            "happened_at": new.happened_at,
            "recorded_at": new.recorded_at,
            "by": new.by,
            "fields": canonical(new.fields),
            "words_digest": None,
            "previous_hash": previous,
        }
        if new.words is not None:
            salt, words = secrets.token_bytes(_SALT_BYTES), canonical(new.words)
            row["words_digest"] = words_digest(salt, words)
            said.append({"event_id": new.id, "salt": salt, "words": words})
        row["hash"] = previous = event_hash(**row)
        rows.append(row)
    add_rows(connection, _event, rows)
    add_rows(connection, _said, said)
    return Head(after.origin, seq, previous)


def as_event(ready: ReadyEvent) -> Event:
    """The event as a ticket is folded from it; its place in the history plays no part in that."""
    return Event(
        id=ready.id,
        origin="",
        seq=0,
        ticket_id=ready.ticket_id,
        act=ready.act,
        schema_version=ready.schema_version,
        happened_at=ready.happened_at,
        recorded_at=ready.recorded_at,
        by=ready.by,
        fields=ready.fields,
        words=ready.words,
    )


class RowRefused(ValueError):
    """The tables do not hold such a row."""


@contextmanager
def on_trial(connection: Connection) -> Iterator[None]:
    """Write within the caller's transaction, and take all of it back where it fails.

    Raises RowRefused where the tables refuse a row; a fault of the file itself is let through.
    """
    try:
        with connection.begin_nested():
            yield
    except OperationalError:
        raise
    except (DBAPIError, StatementError) as error:
        raise RowRefused(str(getattr(error, "orig", None) or type(error).__name__)) from error


class RecordsSeen:
    """Which records of a file came by, and on which line first: on the disk, so that the memory stays small."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA synchronous=OFF")
        self._file.execute("PRAGMA journal_mode=OFF")
        self._file.execute("PRAGMA cache_size=-8000")
        self._file.execute(
            "CREATE TABLE seen (key BLOB PRIMARY KEY, line INTEGER, times INTEGER) WITHOUT ROWID"
        )
        self._file.execute("BEGIN")

    def note(self, key: str, line: int) -> tuple[int, int]:
        """Take a record in; how often it came by before, and the line on which it came first."""
        found = self._file.execute(
            "INSERT INTO seen VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET times = times + 1 RETURNING times, line",
            (bytes.fromhex(key), line),
        ).fetchone()
        return found[0] - 1, found[1]

    def close(self) -> None:
        """Forget them."""
        self._file.close()


def _among(connection: Connection, asked: Any, values: Iterable[str]) -> set[str]:
    return set(connection.execute(asked, {"among": json.dumps(list(values))}).scalars())
