"""Lays what a change of the rules writes for very many tickets ready beside the file, then takes it over at once.

Everything is made and laid out in tables of the connection's own while others go on writing; what then holds the
file is a handful of statements.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.dialects import sqlite

from complaint_desk.models.enums import Act
from complaint_desk.models.event import SCHEMA_VERSION
from complaint_desk.models.tables import ClockRow, EventRow, table_of
from complaint_desk.store.chain import canonical, event_hash
from complaint_desk.store.history import Head, head, new_id

_clock, _event = table_of(ClockRow), table_of(EventRow)
_AT = _event.c.recorded_at.type
_ROOM_KIB = 600_000
"""Pages that change are kept in memory, as far as that, and so written once."""
_CLOCK_COLUMNS = tuple(column.name for column in _clock.c)
_COLUMNS = ", ".join(_CLOCK_COLUMNS)

_TABLES = (
    "CREATE TEMPORARY TABLE laid_event (place INTEGER PRIMARY KEY, id, ticket_id, fields)",
    "CREATE TEMPORARY TABLE laid_chain (place INTEGER PRIMARY KEY, seq, previous_hash, hash)",
    "CREATE TEMPORARY TABLE laid_replaced (ticket_id, position)",
    f"CREATE TEMPORARY TABLE laid_clock ({_COLUMNS})",
)
_TAKE_EVENTS = text(
    'INSERT INTO event (id, origin, seq, ticket_id, act, schema_version, happened_at, recorded_at, "by", fields, '
    "words_digest, previous_hash, hash) SELECT e.id, :origin, c.seq, e.ticket_id, :act, :schema_version, :now, :now, "
    ":by, e.fields, NULL, c.previous_hash, c.hash FROM laid_chain AS c JOIN laid_event AS e ON e.place = c.place "
    "ORDER BY c.place"
).bindparams(bindparam("now", type_=_AT))
_SUPERSEDE = (
    "UPDATE clock SET superseded = 1 FROM laid_replaced AS old "
    "WHERE clock.ticket_id = old.ticket_id AND clock.position = old.position"
)
_TAKE_CLOCKS = f"INSERT INTO clock ({_COLUMNS}) SELECT {_COLUMNS} FROM laid_clock ORDER BY rowid"
_MOVE = "UPDATE ticket SET next_due_at = ? WHERE {where}id = ?"
_FOLLOW = (
    "UPDATE ticket SET next_due_at = ?, next_clock = ?, next_started_at = ?, paused_until = ? "
    "WHERE {where}id = ?"
)
_AT_ROW = "rowid = ? AND "


class Following(NamedTuple):
    """What a ticket waits for from then on."""

    due_at: datetime
    clock: str
    started_at: datetime
    paused_until: datetime | None


class RetimedTicket(NamedTuple):
    """What is written for one ticket, in the form in which the file keeps it."""

    ticket_id: str
    row: int
    """Where the ticket lies in its table."""
    event_id: str
    fields: str
    clocks: tuple[tuple[Any, ...], ...]
    replaced: tuple[int, ...]
    """Positions of the clocks whose place the new ones take."""
    due_at: str | None
    """When the ticket's next clock is due from then on; None where it waits for nothing."""
    following: tuple[Any, ...] | None
    """Its next clock, that one's start and pause, where they are others than before."""


def retimed(
    ticket_id: str,
    row: int,
    fields: Mapping[str, Any],
    clocks: tuple[tuple[Any, ...], ...],
    following: Following | None,
    *,
    same_clock: bool = False,
) -> RetimedTicket:
    """A ticket's rows; `same_clock` where the next clock is of the same kind and start as before, and not paused."""
    then = None
    if following is not None and not same_clock:
        then = (following.clock, _kept(following.started_at), _kept(following.paused_until))
    return RetimedTicket(
        ticket_id,
        row,
        new_id(),
        canonical(fields),
        clocks,
        tuple(fields["supersedes"]),
        _kept(following.due_at) if following is not None else None,
        then,
    )


def new_clock(ticket_id: str, position: int, started: Mapping[str, Any], due_at: datetime) -> tuple[Any, ...]:
    """The row of a clock that an event starts: unmet, and never paused."""
    values = {
        "ticket_id": ticket_id,
        "position": position,
        "kind": started["kind"],
        "target": started["target"],
        "policy_version": started["policy_version"],
        "started_at": _kept(datetime.fromisoformat(started["started_at"])),
        "due_at": _kept(due_at),
        "recorded_late": 0,
        "disputed": 0,
        "superseded": 0,
    }
    return tuple(map(values.get, _CLOCK_COLUMNS))


def clock_as_kept(values: Mapping[str, Any]) -> tuple[Any, ...]:
    """A clock's row from the values of its columns."""
    return tuple(_MADE[name](values[name]) if name in _MADE else values[name] for name in _CLOCK_COLUMNS)


class LaidReady:
    """The rows of a change of the rules, on one connection of its own, which is thrown away afterwards."""

    def __init__(self, connection: Connection, by: str, now: datetime) -> None:
        """Make room on a connection on which nothing goes on; `by` is who changes the rules."""
        bare: Any = connection.connection.driver_connection
        bare.execute("PRAGMA temp_store = MEMORY")
        bare.execute(f"PRAGMA cache_size = -{_ROOM_KIB}")
        for table in _TABLES:
            bare.execute(table)
        self._by, self._now = by, now
        self._tickets: dict[str, tuple[int, RetimedTicket]] = {}
        self._head: Head | None = None
        self._last_place = 0
        self._updates: list[tuple[str, list[tuple[Any, ...]]]] = []

    def lay(self, connection: Connection, tickets: Iterable[RetimedTicket]) -> None:
        """Lay out the rows of these tickets."""
        new = []
        for ticket in tickets:
            self._last_place += 1
            new.append((self._last_place, ticket))
            self._tickets[ticket.ticket_id] = new[-1]
        events = [(place, each.event_id, each.ticket_id, each.fields) for place, each in new]
        clocks = [row for _place, each in new for row in each.clocks]
        replaced = [(each.ticket_id, position) for _place, each in new for position in each.replaced]
        for table, rows in (("laid_event", events), ("laid_clock", clocks), ("laid_replaced", replaced)):
            if rows:
                signs = ",".join("?" * len(rows[0]))
                connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({signs})", rows)

    def take_back(self, connection: Connection, ticket_ids: Iterable[str]) -> None:
        """Take the rows of these tickets away again."""
        gone = [ticket_id for ticket_id in ticket_ids if self._tickets.pop(ticket_id, None)]
        if gone:
            for table in ("laid_event", "laid_clock", "laid_replaced"):
                connection.execute(
                    text(f"DELETE FROM {table} WHERE ticket_id IN (SELECT value FROM json_each(:gone))"),
                    {"gone": json.dumps(gone)},
                )

    def chain(self, connection: Connection) -> None:
        """Chain the events to the history as it ends now, when everything is laid."""
        self._updates = self._ticket_updates()
        self._head = head(connection, self._now)
        connection.exec_driver_sql("DELETE FROM laid_chain")
        if links := self._links(self._head):
            connection.exec_driver_sql("INSERT INTO laid_chain VALUES (?, ?, ?, ?)", links)

    def _links(self, last: Head) -> list[tuple[int, int, str, str]]:
        seq, previous, links = last.seq, last.hash, []
        for place, each in self._tickets.values():
            seq += 1
            own = event_hash(
                id=each.event_id,
                origin=last.origin,
                seq=seq,
                ticket_id=each.ticket_id,
                act=Act.RETIMED.value,
                schema_version=SCHEMA_VERSION,
                happened_at=self._now,
                recorded_at=self._now,
                by=self._by,
                fields=each.fields,
                words_digest=None,
                previous_hash=previous,
            )
            links.append((place, seq, previous, own))
            previous = own
        return links

    def fits(self, connection: Connection) -> bool:
        """Whether the history still ends where the events go on from."""
        return self._head is not None and head(connection, self._now) == self._head

    def take_over(self, connection: Connection) -> None:
        """Write everything in the caller's transaction."""
        if not self._tickets or self._head is None:
            return
        connection.execute(
            _TAKE_EVENTS,
            {
                "origin": self._head.origin,
                "act": Act.RETIMED.value,
                "schema_version": SCHEMA_VERSION,
                "now": self._now,
                "by": self._by,
            },
        )
        connection.exec_driver_sql(_SUPERSEDE)
        connection.exec_driver_sql(_TAKE_CLOCKS)
        for statement, rows in self._updates:
            _update(connection, statement, rows)

    def _ticket_updates(self) -> list[tuple[str, list[tuple[Any, ...]]]]:
        """By due time, as the queue's indexes are: each of their pages is then changed once, not again and again."""
        waiting = [each for _place, each in self._tickets.values() if each.due_at is not None]
        waiting.sort(key=lambda each: each.due_at or "")
        same = [(each.due_at, each.row, each.ticket_id) for each in waiting if each.following is None]
        other = [
            (each.due_at, *each.following, each.row, each.ticket_id) for each in waiting if each.following
        ]
        return [(statement, rows) for statement, rows in ((_MOVE, same), (_FOLLOW, other)) if rows]


def _update(connection: Connection, statement: str, rows: list[tuple[Any, ...]]) -> None:
    """Change tickets by their place in the table, which spares a search for each.

    Where the file was packed meanwhile the places are others: then by the tickets' ids.
    """
    changed = connection.exec_driver_sql(statement.format(where=_AT_ROW), rows).rowcount
    if changed != len(rows):
        connection.exec_driver_sql(statement.format(where=""), [(*row[:-2], row[-1]) for row in rows])


_MADE = {
    column.name: make
    for column in _clock.c
    if (make := column.type.dialect_impl(sqlite.dialect()).bind_processor(sqlite.dialect())) is not None
}


def _kept(instant: datetime | None) -> Any:
    """An instant in the form in which the file keeps it."""
    return _MADE["due_at"](instant)
