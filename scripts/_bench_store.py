"""Measures the desk's verbs beside bare sqlite3 doing the same on the same kind of file."""

import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from uuid_utils import uuid7

import _bench_callers
import _bench_search
from _bench_table import Reading
from complaint_desk.desk.desk import Desk
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.rules.search_document import document
from complaint_desk.settings import Settings

_ROUNDS = 40
_PER_ROUND = 5
_TOLD = ComplaintForm.model_validate(
    {
        "what": "结账多收了两瓶酱油的钱,一共多扣38元。小票在手上,系统里显示是扫了两次。" * 3,
        "caller": "王芳",
        "phone": "138 0013 8000",
        "when": "昨天下午3点",
        "where": "南山店 收银台2号",
        "cause": "cashier_error",
    }
)
_QUEUE = (
    "SELECT queue_rank, next_due_at, id, number, next_clock, caller, phone, type, cause, severity, safety, store, "
    "channel, received_at, substr(what, 1, 200), substr(remedy_wanted, 1, 200) FROM ticket "
    "WHERE next_due_at IS NOT NULL ORDER BY queue_rank, next_due_at, id LIMIT 50"
)


def save(path: Path) -> Iterator[Reading]:
    """A durable save, beside the same rows written by bare sqlite3 with the same pragmas, in turns."""
    desk = _desk(path)
    words = document(desk.register(_TOLD))
    inside: list[float] = []
    _time_transactions(desk, inside)
    bare = _BareWriter(path, words)
    ours, limit = in_turns(lambda: desk.register(_TOLD), bare.write)
    del ours[0], inside[0]
    yield Reading("durable save, transaction", inside, limit, 3.5)
    yield Reading("durable save, with reading the words", ours, limit, None)
    desk.close()


def queue_page(path: Path, name: str) -> Iterator[Reading]:
    """The first page of fifty, beside the bare indexed query."""
    desk = _desk(path)
    bare = sqlite3.connect(path)
    ours, limit = in_turns(lambda: desk.queue(50), lambda: bare.execute(_QUEUE).fetchall())
    yield Reading(f"queue page of 50, {name}", ours, limit, 4.0)
    key = desk.queue(50)[-1].key
    later, _ = in_turns(lambda: desk.queue(50, after=key), lambda: None)
    yield Reading(f"next page of 50, {name}", later, limit, 4.0)
    desk.close()


def search(path: Path, name: str) -> Iterator[Reading]:
    """A page of fifty of what is found, in Chinese and English, beside the bare FTS5 query."""
    desk = _desk(path)
    yield from _bench_search.search(path, desk, name)
    desk.close()


def callers(path: Path, name: str) -> Iterator[Reading]:
    """Who is calling, for every key typed; and the card that is shown then."""
    desk = _desk(path)
    yield from _bench_callers.lookup(path, desk, name)
    desk.close()


def flat(small: Path, large: Path, names: tuple[str, str]) -> Iterator[Reading]:
    """The first page in a large file, beside the same in a small one."""
    one, other = _desk(small), _desk(large)
    limit, ours = in_turns(lambda: one.queue(50), lambda: other.queue(50))
    yield Reading(f"queue page, {names[1]} beside {names[0]}", ours, limit, 1.3)
    one.close()
    other.close()


def _desk(path: Path) -> Desk:
    settings = Settings(db=str(path), store_code="S01")
    desk = Desk.__new__(Desk)
    from complaint_desk.desk.opening import utc_now
    from complaint_desk.store.engine import open_store

    desk.__init__(open_store(path), utc_now, settings, "陈静")  # type: ignore[misc]
    return desk


def in_turns(
    ours: Callable[[], Any], limit: Callable[[], Any], rounds: int = _ROUNDS, per_round: int = _PER_ROUND
) -> tuple[list[float], list[float]]:
    """The times of both, in seconds, taken in turns."""
    spent: tuple[list[float], list[float]] = ([], [])
    for round_number in range(rounds):
        order = ((ours, spent[0]), (limit, spent[1]))
        for act, times in order if round_number % 2 else reversed(order):
            for _ in range(per_round):
                begun = time.perf_counter()
                act()
                times.append(time.perf_counter() - begun)
    return spent


def _time_transactions(desk: Desk, spent: list[float]) -> None:
    from contextlib import contextmanager

    writing = desk.store.writing

    @contextmanager
    def timed(on: Connection | None = None) -> Iterator[Connection]:
        begun = time.perf_counter()
        with writing(on) as connection:
            yield connection
        spent.append(time.perf_counter() - begun)

    desk.store.writing = timed  # type: ignore[method-assign]


class _BareWriter:
    """Writes the rows of the last ticket again and again under new ids, its words ready as tokens."""

    def __init__(self, path: Path, words: Sequence[str]) -> None:
        desk = sqlite3.connect(path, isolation_level=None)
        self._file = desk
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
            desk.execute(f"PRAGMA {pragma}")
        self._ticket = desk.execute("SELECT * FROM ticket ORDER BY id DESC LIMIT 1").fetchone()
        names = [column[1] for column in desk.execute("PRAGMA table_info(ticket)")]
        self._id, self._number = names.index("id"), names.index("number")
        ticket_id = self._ticket[self._id]
        self._event = desk.execute("SELECT * FROM event WHERE ticket_id = ?", (ticket_id,)).fetchone()
        self._said = desk.execute("SELECT * FROM said WHERE event_id = ?", (self._event[0],)).fetchone()
        self._clocks = desk.execute("SELECT * FROM clock WHERE ticket_id = ?", (ticket_id,)).fetchall()
        self._indexed = desk.execute("SELECT * FROM search_row WHERE ticket_id = ?", (ticket_id,)).fetchone()
        self._words = words
        self._customer = self._ticket[names.index("customer_id")]
        self._origin = str(uuid7())
        desk.execute("INSERT INTO origin VALUES (?, ?, NULL, NULL, 0)", (self._origin, str(datetime.now())))  # noqa: DTZ005
        self._seq = 0

    def write(self) -> None:
        """The same rows of every table in one transaction."""
        self._seq += 1
        event, ticket, clocks = list(self._event), list(self._ticket), [list(clock) for clock in self._clocks]
        event[0], ticket[self._id] = str(uuid7()), str(uuid7())
        event[1], event[2], event[3] = self._origin, self._seq, ticket[self._id]
        ticket[self._number] = f"bare-{self._seq}"
        for clock in clocks:
            clock[0] = ticket[self._id]
        write = self._file.execute
        write("BEGIN IMMEDIATE")
        write("INSERT INTO counter VALUES ('bare', 'day', 1) ON CONFLICT DO UPDATE SET last = last + 1")
        write(f"INSERT INTO event VALUES ({_marks(event)})", event)
        write(f"INSERT INTO said VALUES ({_marks(self._said)})", (event[0], *self._said[1:]))
        write(f"INSERT INTO ticket VALUES ({_marks(ticket)})", ticket)
        self._file.executemany(f"INSERT INTO clock VALUES ({_marks(clocks[0])})", clocks)
        row = self._indexed[0] + self._seq * 64
        write("INSERT INTO search_row VALUES (?, ?, ?)", (row, ticket[self._id], self._indexed[2]))
        write(_bench_search.INTO_WORDS, (row, *self._words))
        write("UPDATE customer SET last_at = last_at WHERE id = ?", (self._customer,))
        write("COMMIT")


def _marks(values: Any) -> str:
    return ",".join("?" * len(values))
