"""Reads every open ticket's waiting clocks, and writes new ones for a hundred thousand tickets in one go."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    and_,
    bindparam,
    func,
    insert,
    literal_column,
    not_,
    select,
    update,
)

from complaint_desk.models.enums import Act, Channel, ClockKind, Severity
from complaint_desk.models.event import SCHEMA_VERSION
from complaint_desk.models.retiming import OpenClock, OpenTicket
from complaint_desk.models.tables import ClockRow, EventRow, TicketRow, table_of
from complaint_desk.store.chain import canonical, event_hash
from complaint_desk.store.history import Head, head, new_id

_ticket, _clock, _event = table_of(TicketRow), table_of(ClockRow), table_of(EventRow)
_IS_OPEN: ColumnElement[bool] = literal_column("ticket.status = 'open' AND ticket.next_due_at IS NOT NULL")
_OPEN = (
    select(
        _ticket.c.id,
        _ticket.c.channel,
        _ticket.c.severity,
        _ticket.c.store,
        _clock.c.position,
        _clock.c.kind,
        _clock.c.target,
        _clock.c.started_at,
        _clock.c.due_at,
        _clock.c.paused_until,
        and_(_clock.c.met_at.is_(None), _clock.c.broken_at.is_(None), not_(_clock.c.superseded)).label(
            "waits"
        ),
    )
    .join_from(_ticket, _clock, _clock.c.ticket_id == _ticket.c.id)
    .where(_IS_OPEN)
    .order_by(_ticket.c.id, _clock.c.position)
)
_ROWS_AT_ONCE = 5_000
_VERY_MANY = 20_000
_ROOM_KIB = 400_000
_REPLACE = (
    update(_clock)
    .where(_clock.c.ticket_id == bindparam("of"), _clock.c.position == bindparam("place"))
    .values(superseded=bindparam("superseded"))
)


def count_open(connection: Connection) -> int:
    """How many tickets are open."""
    return connection.execute(select(func.count()).select_from(_ticket).where(_IS_OPEN)).scalar_one()


def open_tickets(connection: Connection) -> Iterator[OpenTicket]:
    """Every open ticket with its clocks, read little by little."""
    yield from _tickets(connection.execute(_OPEN.execution_options(yield_per=_ROWS_AT_ONCE)))


def open_ticket(connection: Connection, ticket_id: str) -> OpenTicket | None:
    """One ticket with its clocks; None where it is not open."""
    return next(_tickets(connection.execute(_OPEN.where(_ticket.c.id == ticket_id))), None)


def _tickets(rows: Iterable[Any]) -> Iterator[OpenTicket]:
    for ticket_id, found in groupby(rows, key=lambda row: row.id):
        of_one = list(found)
        first = of_one[0]
        yield OpenTicket(
            ticket_id,
            Channel(first.channel),
            Severity(first.severity),
            first.store,
            tuple(
                OpenClock(
                    row.position,
                    ClockKind(row.kind),
                    row.target,
                    row.started_at,
                    row.due_at,
                    bool(row.waits),
                    row.paused_until is not None,
                )
                for row in of_one
            ),
        )


def changed_since(connection: Connection, seq: int) -> set[str]:
    """The tickets with an event after this one of the file."""
    found = connection.execute(select(_event.c.ticket_id).where(_event.c.seq > seq).distinct()).scalars()
    return {ticket_id for ticket_id in found if ticket_id is not None}


def with_undone_acts(connection: Connection) -> set[str]:
    """The tickets of which an act was taken back: places in their history may be empty."""
    found = connection.execute(select(_event.c.ticket_id).where(_event.c.act == Act.UNDONE.value).distinct())
    return set(found.scalars())


def prepared(ticket_id: str, fields: Mapping[str, Any]) -> tuple[str, str, str]:
    """What of an event can be made before its place in the history is known: its id, its ticket, its values."""
    return new_id(), ticket_id, canonical(fields)


class _Many:
    """A statement for very many rows, whose values are brought into the database's form beforehand."""

    def __init__(self, statement: Any, names: Sequence[str], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=None)
        self._statement = statement
        self._text = str(compiled)
        self._order = compiled.positiontup or []
        self._bare = dialect.name == "sqlite" and set(self._order) == set(names)
        self._made = {
            name: make
            for name, parameter in compiled.binds.items()
            if (make := parameter.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }

    def ready(self, rows: Iterable[Mapping[str, Any]]) -> list[Any]:
        """The rows as `write` takes them."""
        if not self._bare:
            return [dict(row) for row in rows]
        made, order = self._made, self._order
        return [tuple(made[name](row[name]) if name in made else row[name] for name in order) for row in rows]

    def write(self, connection: Connection, ready: list[Any]) -> None:
        """Write them all."""
        if self._bare:
            connection.exec_driver_sql(self._text, ready)
        else:
            connection.execute(self._statement, ready)


_FOLLOW = (
    update(_ticket)
    .where(_ticket.c.id == bindparam("of"))
    .values(
        next_clock=bindparam("clock"),
        next_due_at=bindparam("due"),
        next_started_at=bindparam("started"),
        paused_until=bindparam("paused"),
    )
)


class ReadyToWrite:
    """Everything that gives tickets new times, chained to the history as it stood; written by `write`."""

    def __init__(
        self,
        connection: Connection,
        *,
        events: Iterable[tuple[str, str, str]],
        clocks: Iterable[Mapping[str, Any]],
        replaced: Iterable[Mapping[str, Any]],
        follow: Iterable[Mapping[str, Any]],
        by: str,
        now: datetime,
    ) -> None:
        """`events` as `prepared` made them; `clocks` as rows; `replaced`: `of` a ticket, at a `place`;

        `follow`: `of` a ticket its next `clock`, when it is `due`, `started`, and `paused` until.
        """
        dialect = connection.dialect
        self._head = head(connection, now)
        names = [column.name for column in _event.c], [column.name for column in _clock.c]
        several = (
            (_Many(insert(_event), names[0], dialect), _chained(events, self._head, by, now)),
            (_Many(_REPLACE, ("of", "place", "superseded"), dialect), _superseded(replaced)),
            (_Many(insert(_clock), names[1], dialect), clocks),
            (_Many(_FOLLOW, ("of", "clock", "due", "started", "paused"), dialect), _in_order(follow)),
        )
        self._ready = [(many, many.ready(rows)) for many, rows in several]

    def fits(self, connection: Connection, now: datetime) -> bool:
        """Whether the history still ends where this goes on from."""
        return head(connection, now) == self._head

    def write(self, connection: Connection) -> None:
        """Write it all in the caller's transaction."""
        with _room_for_pages(connection, sum(len(rows) for _many, rows in self._ready)):
            for many, rows in self._ready:
                if rows:
                    many.write(connection, rows)


@contextmanager
def _room_for_pages(connection: Connection, rows: int) -> Iterator[None]:
    """Room to keep the changed pages of very many rows in memory, so that each is written once and not often."""
    if connection.dialect.name != "sqlite" or rows < _VERY_MANY:
        yield
        return
    usual = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_ROOM_KIB}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {usual}")


def _in_order(follow: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """By due time, as the queue's indexes are: each of their pages is then changed once and not again and again."""
    return sorted(follow, key=lambda each: each["due"])


def _superseded(replaced: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for each in replaced:
        yield {**each, "superseded": True}


def _chained(
    events: Iterable[tuple[str, str, str]], last: Head, by: str, now: datetime
) -> Iterator[dict[str, Any]]:
    seq, previous = last.seq, last.hash
    for event_id, ticket_id, fields in events:
        seq += 1
        row: dict[str, Any] = {
            "id": event_id,
            "origin": last.origin,
            "seq": seq,
            "ticket_id": ticket_id,
            "act": Act.RETIMED.value,
            "schema_version": SCHEMA_VERSION,
            "happened_at": now,
            "recorded_at": now,
            "by": by,
            "fields": fields,
            "words_digest": None,
            "previous_hash": previous,
        }
        row["hash"] = previous = event_hash(**row)
        yield row
