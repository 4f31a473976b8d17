"""Measures the supervisor's desk: opening the queue, its views, the filter, a tick, new rules for all."""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import Any

import _bench_store
from _bench_table import Reading
from complaint_desk.models.enums import ClockKind
from complaint_desk.models.policy import Policy
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.screens import queue_window

_ROUNDS, _PER_ROUND = 12, 3
_BARE = (
    "SELECT queue_rank, next_due_at, id, number, next_clock, caller, phone, type, cause, severity, safety, store, "
    "channel, received_at, substr(what, 1, 200), substr(remedy_wanted, 1, 200) FROM ticket "
    "WHERE next_due_at IS NOT NULL {where} ORDER BY queue_rank, next_due_at, id LIMIT 50"
)
_BARE_COUNT = "SELECT count(*) FROM ticket WHERE next_due_at IS NOT NULL"
_MATCHING = "SELECT rowid FROM search_words WHERE search_words MATCH ? ORDER BY rowid LIMIT 1000"
_RECOMPUTED_SECONDS = 30.0
_LOCKED_SECONDS = 5.0


def views(path: Path, name: str) -> Iterator[Reading]:
    """Pages of views, opening, counting and filtering, each beside the bare query of the same."""
    desk, bare = _bench_store._desk(path), sqlite3.connect(path)
    (me,) = bare.execute("SELECT id FROM staff ORDER BY id LIMIT 1").fetchone()
    queries: tuple[tuple[str, QueueChoice, str, tuple[Any, ...]], ...] = (
        ("mine", QueueChoice(QueueView.MINE), "AND owner_id = ?", (me,)),
        ("late", QueueChoice(QueueView.LATE), "AND queue_rank = 1 AND next_due_at < datetime('now')", ()),
        ("of a store", QueueChoice(QueueView.ALL, "S01"), "AND store = 'S01'", ()),
    )
    for called, choice, where, values in queries:
        asked = _BARE.format(where=where)
        yield _beside(
            f"view {called}, {name}",
            partial(desk.queue, 50, choice=choice),
            partial(_all, bare, asked, values),
            4.0,
        )
    first = _BARE.format(where="")
    yield _beside(
        f"queue opened with its counts, {name}",
        partial(queue_window.at_the_top, desk),
        lambda: (bare.execute(first).fetchall(), bare.execute(_BARE_COUNT).fetchall()),
        None,
    )
    yield _beside(
        f"all counts, {name}", desk.queue_counts, lambda: bare.execute(_BARE_COUNT).fetchall(), None
    )
    for typed, match in (("8000", '"0008"*'), ("kettle", '"kettle"')):
        yield _beside(
            f"filter “{typed}”, {name}",
            partial(desk.filter_queue, typed),
            partial(_all, bare, _MATCHING, (match,)),
            None,
        )
    yield _beside(
        f"asking for news, {name}", desk.changes_seen, lambda: bare.execute("SELECT 1").fetchall(), None
    )
    desk.close()


def _all(bare: sqlite3.Connection, asked: str, values: Sequence[Any]) -> list[Any]:
    return bare.execute(asked, values).fetchall()


def flat(small: Path, large: Path, names: tuple[str, str]) -> Iterator[Reading]:
    """A view's page in a large file, beside the same in a small one."""
    one, other = _bench_store._desk(small), _bench_store._desk(large)
    for view in (QueueView.MINE, QueueView.LATE):
        choice = QueueChoice(view)
        limit, ours = _bench_store.in_turns(
            partial(one.queue, 50, choice=choice),
            partial(other.queue, 50, choice=choice),
        )
        yield Reading(f"view {view}, {names[1]} beside {names[0]}", ours, limit, 1.3)
    one.close()
    other.close()


def tick(path: Path, name: str) -> Iterator[Reading]:
    """A second passing in the open queue, as the processor's time, beside a second of time: a share of one core."""
    yield Reading(f"a tick of the queue, {name}", asyncio.run(_ticks(path)), [1.0], 0.015)


async def _ticks(path: Path) -> list[float]:
    from complaint_desk.app import ComplaintDeskApp
    from complaint_desk.desk.receive import CallDrafts
    from complaint_desk.screens.queue import QueueScreen
    from complaint_desk.startup import StartOptions

    drafts = CallDrafts(path.with_suffix(".drafts"), "bench")
    app = ComplaintDeskApp(
        StartOptions(db=str(path)), open_desk=lambda: _bench_store._desk(path), drafts=drafts
    )
    spent = []
    async with app.run_test(size=(120, 40)) as pilot:
        await app.desk_ready()
        await pilot.press("f3")
        await app.workers.wait_for_complete()
        screen = app.screen
        assert isinstance(screen, QueueScreen)
        for _ in range(60):
            begun = time.process_time()
            screen.tick()
            await app.workers.wait_for_complete()
            await pilot.pause()
            spent.append(time.process_time() - begun)
    return spent


def recompute(path: Path) -> Iterator[Reading]:
    """New rules for every open ticket, in seconds; and how long another desk waits meanwhile. The file is a copy.

    What is late does not move, so in the copy nothing is: every open ticket has time to be solved, and moves.
    """
    copy = path.with_name("recomputed.db")
    shutil.copyfile(path, copy)
    _give_time(copy)
    desk = _bench_store._desk(copy)
    count = desk.queue_counts().open
    told: list[tuple[int, int]] = []
    policy = Policy()
    slower = replace(
        policy,
        clocks=tuple(
            replace(rule, target="401d") if rule.kind is ClockKind.SOLVE else rule for rule in policy.clocks
        ),
    )
    other = _OtherDesk(copy)
    other.start()
    begun, of_processor = time.perf_counter(), time.process_time()
    moved = desk.apply_policy(slower, open_too=True, told=lambda *far: told.append(far)).preview.moved
    spent, of_processor = time.perf_counter() - begun, time.process_time() - of_processor
    waited = other.stop()
    yield Reading(
        f"new rules for {count:,} open tickets ({moved:,} moved, told {len(told)} times)",
        [spent],
        [_RECOMPUTED_SECONDS],
        1.0,
    )
    yield Reading("… of the processor's time", [of_processor], [_RECOMPUTED_SECONDS], 1.0)
    yield Reading("… longest wait of another desk", [waited], [_LOCKED_SECONDS], 1.0)
    desk.close()


def _give_time(path: Path) -> None:
    bare = sqlite3.connect(path)
    later = "strftime('%Y-%m-%d %H:%M:%S.000000', started_at, '+400 days')"
    waits = "ticket_id IN (SELECT id FROM ticket WHERE next_clock = 'solve')"
    bare.execute(f"UPDATE clock SET due_at = {later}, target = '400d' WHERE kind = 'solve' AND {waits}")
    due = "(SELECT due_at FROM clock WHERE ticket_id = ticket.id AND kind = 'solve')"
    bare.execute(f"UPDATE ticket SET next_due_at = {due} WHERE next_clock = 'solve'")
    bare.commit()
    bare.close()


class _OtherDesk(Thread):
    """Asks for the file again and again, as a desk does that saves, and keeps how long it had to wait."""

    def __init__(self, path: Path) -> None:
        super().__init__(daemon=True)
        self._path, self._ends = path, Event()
        self.waited: list[float] = []

    def run(self) -> None:
        """Until `stop`."""
        bare = sqlite3.connect(self._path, isolation_level=None, timeout=600)
        while not self._ends.wait(0.05):
            begun = time.perf_counter()
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("ROLLBACK")
            self.waited.append(time.perf_counter() - begun)
        bare.close()

    def stop(self) -> float:
        """The longest wait, in seconds."""
        self._ends.set()
        self.join()
        return max(self.waited)


def _beside(what: str, ours: Callable[[], Any], limit: Callable[[], Any], budget: float | None) -> Reading:
    return Reading(what, *_bench_store.in_turns(ours, limit, _ROUNDS, _PER_ROUND), budget)
