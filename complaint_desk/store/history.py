"""Writes and reads the history: events, the words kept apart from them, the chain of hashes."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from uuid_utils import uuid7

from complaint_desk.models.enums import Act
from complaint_desk.models.event import SCHEMA_VERSION, Event, NewEvent
from complaint_desk.models.tables import EventRow, OriginRow, SaidRow, table_of
from complaint_desk.models.tables_customers import ErasureRow
from complaint_desk.store.chain import GENESIS, canonical, event_hash, words_digest

_event, _said, _origin = table_of(EventRow), table_of(SaidRow), table_of(OriginRow)
_erasure = table_of(ErasureRow)
_SALT_BYTES = 16


def new_id() -> str:
    """An id that sorts by the time it was made: UUID version 7."""
    return str(uuid7())


@dataclass(frozen=True, slots=True)
class Head:
    """Where this file's history goes on: its origin, and the last event's sequence number and hash."""

    origin: str
    seq: int
    hash: str


def head(connection: Connection, now: datetime) -> Head:
    """Where this file's history goes on; its origin is made when there is none yet.

    An origin that goes on from another one's head takes that one's numbers and hashes further.
    """
    found = connection.execute(_HEAD).first()
    if found is None:
        origin = new_id()
        connection.execute(insert(_origin).values(id=origin, created_at=now, in_use=True))
        return Head(origin, 0, GENESIS)
    if found.seq is None and found.parent_head is not None:
        parent = connection.execute(_SEQ_OF, {"of": found.parent_id, "at": found.parent_head}).scalar()
        return Head(found.id, parent or 0, found.parent_head)
    return Head(found.id, found.seq or 0, found.hash or GENESIS)


def start_origin(connection: Connection, now: datetime) -> Head:
    """Begin a new origin that goes on from the head of the one in use, and names it; what follows is told apart.

    For a file that was put back or saved from damage: two files may then go on from the same head.
    """
    old = head(connection, now)
    origin = new_id()
    connection.execute(update(_origin).values(in_use=False))
    named = {"parent_id": old.origin, "parent_head": old.hash} if old.hash != GENESIS else {}
    connection.execute(insert(_origin).values(id=origin, created_at=now, in_use=True, **named))
    return Head(origin, old.seq, old.hash)


def last_recorded(connection: Connection, before: datetime | None = None) -> tuple[int, str, datetime] | None:
    """Number, hash and time of the last event this file itself wrote, or wrote before a moment; None for none.

    Only origins that the file wrote to itself count: the one in use and those it goes on from.
    """
    own: list[str] = []
    origin = connection.execute(select(_origin.c.id).where(_origin.c.in_use)).scalar()
    while origin is not None and origin not in own:
        own.append(origin)
        origin = connection.execute(select(_origin.c.parent_id).where(_origin.c.id == origin)).scalar()
    chosen = select(_event.c.seq, _event.c.hash, _event.c.recorded_at).where(_event.c.origin.in_(own))
    if before is not None:
        chosen = chosen.where(_event.c.recorded_at < before)
    found = connection.execute(chosen.order_by(_event.c.seq.desc()).limit(1)).first()
    return (found.seq, found.hash, found.recorded_at) if found else None


def with_hash(connection: Connection, beginning: str) -> list[tuple[int, str, datetime]]:
    """Number, hash and time of the events whose hash begins so, two at most."""
    rows = connection.execute(
        select(_event.c.seq, _event.c.hash, _event.c.recorded_at)
        .where(func.substr(_event.c.hash, 1, len(beginning)) == beginning)
        .limit(2)
    )
    return [(row.seq, row.hash, row.recorded_at) for row in rows]


def append(
    connection: Connection,
    events: Sequence[NewEvent],
    *,
    ticket_id: str | None,
    by: str,
    recorded_at: datetime,
    after: Head | None = None,
) -> list[Event]:
    """Write events at the end of this file's origin, each chained to the one before, and return them.

    `after` is the `head` where the caller has read it in the same transaction.
    """
    last = after or head(connection, recorded_at)
    origin, seq, previous = last.origin, last.seq, last.hash
    rows: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for new in events:
        seq += 1
        fields = canonical(new.fields)
        row: dict[str, Any] = {
            "id": new_id(),
            "origin": origin,
            "seq": seq,
            "ticket_id": ticket_id,
            "act": new.act.value,
            "schema_version": SCHEMA_VERSION,
            "happened_at": new.happened_at,
            "recorded_at": recorded_at,
            "by": by,
            "fields": fields,
            "words_digest": None,
            "previous_hash": previous,
        }
        if new.words is not None:
            salt, words = secrets.token_bytes(_SALT_BYTES), canonical(new.words)
            row["words_digest"] = words_digest(salt, words)
            said.append({"event_id": row["id"], "salt": salt, "words": words})
        row["hash"] = previous = event_hash(**row)
        rows.append(row)
    connection.execute(_INSERT_EVENTS, rows)
    if said:
        connection.execute(_INSERT_SAID, said)
    return [_written(row, new.words) for row, new in zip(rows, events, strict=True)]


def events_of(connection: Connection, ticket_id: str) -> list[Event]:
    """All that happened to a ticket, in the order it was recorded."""
    rows = connection.execute(_OF_TICKET, {"of": ticket_id})
    return [read_event(row) for row in rows]


_EVENTS = (
    select(_event, _said.c.words, _said.c.salt).join_from(_event, _said, isouter=True).order_by(_event.c.seq)
)
"""Every event with its words, in order."""
_OF_TICKET = _EVENTS.where(_event.c.ticket_id == bindparam("of"))
_HEAD = (
    select(_origin.c.id, _origin.c.parent_id, _origin.c.parent_head, _event.c.seq, _event.c.hash)
    .join_from(_origin, _event, _event.c.origin == _origin.c.id, isouter=True)
    .where(_origin.c.in_use)
    .order_by(_event.c.seq.desc())
    .limit(1)
)
_SEQ_OF = select(_event.c.seq).where(_event.c.origin == bindparam("of"), _event.c.hash == bindparam("at"))
_INSERT_EVENTS, _INSERT_SAID = insert(_event), insert(_said)


def all_events(connection: Connection) -> Sequence[Row[*tuple[Any, ...]]]:
    """Every event of the file as rows, origin by origin, in order, for checks of the chain."""
    return connection.execute(_EVENTS.order_by(None).order_by(_event.c.origin, _event.c.seq)).all()


def count_events(connection: Connection) -> int:
    """How many events the file holds."""
    return connection.execute(select(func.count()).select_from(_event)).scalar_one()


def count_without_words(connection: Connection) -> int:
    """How many events once had words, lack them, and were not erased."""
    gone = (
        select(func.count())
        .select_from(_event)
        .where(
            _event.c.words_digest.is_not(None),
            _event.c.id.not_in(select(_said.c.event_id)),
            _event.c.id.not_in(select(_erasure.c.event_id)),
        )
    )
    return connection.execute(gone).scalar_one()


def read_event(row: Row[*tuple[Any, ...]]) -> Event:
    """An event from its row; its words are None where there were none or they were erased."""
    return _written(row._asdict(), json.loads(row.words) if row.words is not None else None)


def _written(row: Mapping[str, Any], words: Mapping[str, Any] | None) -> Event:
    return Event(
        id=row["id"],
        origin=row["origin"],
        seq=row["seq"],
        ticket_id=row["ticket_id"],
        act=Act(row["act"]),
        schema_version=row["schema_version"],
        happened_at=row["happened_at"],
        recorded_at=row["recorded_at"],
        by=row["by"],
        fields=json.loads(row["fields"]),
        words=words,
    )
