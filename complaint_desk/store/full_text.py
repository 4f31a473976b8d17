"""The index of words: one row for each ticket, written in the transaction that changes the ticket.

The index keeps no text of its own. To take a ticket out, exactly what was put in must be named again; it follows from
the ticket's events, and a digest tells whether it still does. Where it does not, the ticket gets a new row, and the
old one is met by nobody until the index is rebuilt.

A row's number tells when the ticket was received, so that the newest come first and a span of time is a span of rows.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from complaint_desk.models.search import SEARCH_COLUMNS, Document

ROWS_A_SECOND = 64
"""So many tickets received in one second keep their own second; more of them run on into the next ones."""
SLACK = timedelta(days=1)
"""A ticket's row is never farther than this from its receipt: 5.5 million tickets of one second would be needed."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_COLUMNS = ", ".join(SEARCH_COLUMNS)
_MARKS = ", ".join("?" * (len(SEARCH_COLUMNS) + 1))


class FullText:
    """The statements of one index: the live one, or with a suffix one that is being built beside it."""

    def __init__(self, suffix: str = "") -> None:
        self.words, self.rows = f"search_words{suffix}", f"search_row{suffix}"
        self._put_in = f"INSERT INTO {self.words}(rowid, {_COLUMNS}) VALUES ({_MARKS})"
        self._take_out = (
            f"INSERT INTO {self.words}({self.words}, rowid, {_COLUMNS}) VALUES ('delete', {_MARKS})"
        )
        self._last_in = f"SELECT max(row_id) FROM {self.rows} WHERE row_id >= ? AND row_id < ?"
        self._last_of_each = (
            f"SELECT value, (SELECT max(row_id) FROM {self.rows} "
            f"WHERE row_id >= value AND row_id < value + {ROWS_A_SECOND}) FROM json_each(?)"
        )
        self._of_ticket = f"SELECT row_id, digest FROM {self.rows} WHERE ticket_id = ?"
        self._remember = f"INSERT INTO {self.rows}(row_id, ticket_id, digest) VALUES (?, ?, ?)"
        self._renumber = f"UPDATE {self.rows} SET row_id = ?, digest = ? WHERE ticket_id = ?"
        self._between = (
            f"SELECT ticket_id, digest FROM {self.rows} WHERE ticket_id > ? AND (? IS NULL OR ticket_id <= ?)"
        )

    @property
    def creating(self) -> str:
        """The statement that makes an empty index."""
        return (
            f"CREATE VIRTUAL TABLE {self.words} USING fts5({_COLUMNS}, content='', prefix='1 3', "
            "tokenize=\"ascii tokenchars '_'\")"
        )

    @property
    def inner_tables(self) -> frozenset[str]:
        """The tables that SQLite keeps for the index; none of them is described by a model."""
        parts = ("data", "idx", "docsize", "config")
        return frozenset({self.words, *(f"{self.words}_{part}" for part in parts)})

    def add(
        self, connection: Connection, ticket_id: str, received_at: datetime, held: Document, digest: int
    ) -> None:
        """Put a ticket in that is not there yet."""
        if not has_index(connection):
            return
        row = self._free_row(connection, received_at)
        connection.exec_driver_sql(self._remember, (row, ticket_id, digest))
        self.put_in(connection, row, held)

    def add_many(
        self, connection: Connection, tickets: Sequence[tuple[str, datetime, Document, int]]
    ) -> None:
        """Put many tickets in that are not there yet: id, receipt, what is held, digest."""
        if not has_index(connection):
            return
        rows: list[tuple[Any, ...]] = []
        waiting: list[tuple[int, str, int]] = []
        last = self._last_rows(connection, {row_at(received_at) for _id, received_at, *_held in tickets})

        def remember() -> None:
            if waiting:
                connection.exec_driver_sql(self._remember, list(waiting))
                waiting.clear()

        for ticket_id, received_at, held, digest in tickets:
            first = row_at(received_at)
            row = last[first] + 1 if first in last else first
            if row >= first + ROWS_A_SECOND:
                remember()
                row = self._free_row(connection, received_at)
            last[row - row % ROWS_A_SECOND] = row
            waiting.append((row, ticket_id, digest))
            rows.append((row, *held))
        remember()
        connection.exec_driver_sql(self._put_in, rows)

    def _last_rows(self, connection: Connection, firsts: Iterable[int]) -> dict[int, int]:
        """The last row of each of these seconds that has any, by the first row it can have."""
        found = connection.exec_driver_sql(self._last_of_each, (json.dumps(list(firsts)),))
        return {first: last for first, last in found if last is not None}

    def change(
        self,
        connection: Connection,
        ticket_id: str,
        received_at: datetime,
        *,
        was: Callable[[int], Document | None],
        held: Document,
        digest: int,
    ) -> None:
        """Bring the index to what a ticket holds now.

        `was` is asked what the ticket held when its digest was this; None where it cannot tell.
        """
        if not has_index(connection):
            return
        found = connection.exec_driver_sql(self._of_ticket, (ticket_id,)).one_or_none()
        if found is None:
            self.add(connection, ticket_id, received_at, held, digest)
        elif found[1] != digest:
            row, held_so_far = found[0], was(found[1])
            if held_so_far is not None:
                connection.exec_driver_sql(self._take_out, (row, *held_so_far))
            else:
                row = self._free_row(connection, received_at)
            connection.exec_driver_sql(self._renumber, (row, digest, ticket_id))
            self.put_in(connection, row, held)

    def put_in(self, connection: Connection, row: int, held: Document) -> None:
        """Put a document into a row of the index that is free."""
        connection.exec_driver_sql(self._put_in, (row, *held))

    def digests(self, connection: Connection, after: str, upto: str | None) -> dict[str, int]:
        """The digests of the tickets in the index whose ids lie in this span; to the last where `upto` is None."""
        found = connection.exec_driver_sql(self._between, (after, upto, upto))
        return {row[0]: row[1] for row in found}

    def counted(self, connection: Connection) -> tuple[int, int]:
        """How many tickets are in the index, and how many rows it holds in all; equal unless some are left over."""
        return tuple(
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()
            for table in (self.rows, f"{self.words}_docsize")
        )

    def _free_row(self, connection: Connection, received_at: datetime) -> int:
        """A row number at this receipt or, where its second is full, soon after it."""
        first, span = row_at(received_at), ROWS_A_SECOND
        while True:
            last = connection.exec_driver_sql(self._last_in, (first, first + span)).scalar_one()
            if last is None:
                return first
            if last < first + span - 1:
                return int(last) + 1
            span *= 2


LIVE = FullText()
"""The index that is searched."""


def has_index(connection: Connection) -> bool:
    """Whether this database keeps the index of words: a file does, a database server does not."""
    return connection.dialect.name == "sqlite"


def row_at(received_at: datetime) -> int:
    """The first row number of tickets received at this second."""
    return int(received_at.timestamp()) * ROWS_A_SECOND


def received_at(row: int) -> datetime:
    """The second to which a row number belongs; its ticket was received then or up to SLACK earlier."""
    return _EPOCH + timedelta(seconds=row // ROWS_A_SECOND)
