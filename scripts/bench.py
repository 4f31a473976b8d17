#!/usr/bin/env python3
"""Prints the desk's speed as ratios to a limit taken in the same run.

    .venv/bin/python scripts/bench.py [--tickets 100000] [--only store|views|rules|command|screen|import]

The machine's own speed cancels out in the ratios; run it on a quiet machine all the same. Files are made in a
temporary folder, which takes about a minute for a million tickets.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

_HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(_HERE), str(_HERE.parent)]

from _bench_table import HEADING, Reading, line  # noqa: E402

_COMMANDS = 9


def command(path: Path) -> Iterator[Reading]:
    """A command such as `queue`, beside importing SQLModel."""
    queue = (sys.executable, "-m", "complaint_desk", "--db", str(path), "queue")
    bare = (sys.executable, "-c", "import sqlmodel")
    ours, limit = [], []
    for _ in range(_COMMANDS):
        ours.append(_run(queue))
        limit.append(_run(bare))
    yield Reading("the command `queue`", ours, limit, 1.5)


def _run(arguments: Sequence[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, cwd=_HERE.parent)
    return time.perf_counter() - begun


def main() -> None:
    """Make the files, measure, print a line as each reading is there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--tickets", type=int, default=100_000, help="in the large file")
    parser.add_argument("--only", choices=("store", "views", "rules", "command", "screen", "import"))
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="complaint-desk-bench-") as folder:
        small, large = Path(folder) / "small.db", Path(folder) / "large.db"
        _make(small, 1_000)
        _make(large, asked.tickets)
        _add_callers(large, asked.tickets * 3 // 10)
        print(HEADING)
        for measure in _measures(asked.only, small, large, asked.tickets):
            for reading in measure():
                print(line(reading), flush=True)


def _make(path: Path, tickets: int) -> None:
    from _bench_file import make_file

    begun = time.perf_counter()
    make_file(path, tickets, datetime.now(UTC))
    seconds, size = time.perf_counter() - begun, path.stat().st_size / 2**20
    print(f"made a file of {tickets:,} tickets in {seconds:.0f} s, {size:.0f} MiB", file=sys.stderr)


def _add_callers(path: Path, customers: int) -> None:
    from _bench_callers import add_callers

    begun = time.perf_counter()
    add_callers(path, customers)
    print(f"gave it {customers:,} customers in {time.perf_counter() - begun:.0f} s", file=sys.stderr)


def _measures(
    only: str | None, small: Path, large: Path, tickets: int
) -> Iterator[Callable[[], Iterator[Reading]]]:
    name = f"{tickets:,} tickets"
    if only in (None, "store"):
        import _bench_store

        yield lambda: _bench_store.queue_page(small, "1,000 tickets")
        yield lambda: _bench_store.queue_page(large, name)
        yield lambda: _bench_store.flat(small, large, ("1,000", name))
        yield lambda: _bench_store.search(large, name)
        yield lambda: _bench_store.callers(large, name)
        yield lambda: _bench_store.save(large)
    if only in (None, "views"):
        import _bench_views

        yield lambda: _bench_views.views(small, "1,000 tickets")
        yield lambda: _bench_views.views(large, name)
        yield lambda: _bench_views.flat(small, large, ("1,000", name))
        yield lambda: _bench_views.tick(small, "1,000 tickets")
        yield lambda: _bench_views.tick(large, name)
    if only in (None, "rules"):
        import _bench_views

        yield lambda: _bench_views.recompute(large)
    if only in (None, "command"):
        yield lambda: command(large)
    if only in (None, "import"):
        import _bench_import

        yield lambda: _bench_import.bring_in(large.parent, min(tickets, _bench_import.LINES))
    if only in (None, "screen"):
        import _bench_screen

        for measure in (
            _bench_screen.first_paint,
            _bench_screen.form_takes_keys,
            _bench_screen.key_in_form,
            _bench_screen.who_is_shown,
            _bench_screen.key_in_queue,
            _bench_screen.at_rest,
            _bench_screen.tabs,
        ):
            yield lambda measure=measure: measure(large)  # type: ignore[misc]


if __name__ == "__main__":
    main()
