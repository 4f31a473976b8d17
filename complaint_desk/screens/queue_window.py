"""The part of the queue that is held for the screen: some pages round the cursor, read through the desk.

Every function here waits for the desk: call it in a thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from complaint_desk.models.ticket import QueueCounts, QueueKey, QueueRow

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

PAGE = 100
"""Lines read at a time, and kept on either side of those in sight."""
FARTHEST_STEP = 1_000
"""A longer way than this from the lines held is jumped, not read through."""


@dataclass(frozen=True)
class QueueWindow:
    """Consecutive lines of the queue as they stood at one moment."""

    start: int = 0
    """How many lines stand above the first one held."""
    rows: tuple[QueueRow, ...] = ()
    counts: QueueCounts = QueueCounts(0, 0, 0)  # noqa: RUF009
    seen: int = -1
    """The desk's count of changes when it was read."""
    places: dict[str, int] = field(init=False, repr=False, compare=False)
    """The index in the whole queue of each ticket held, by number."""

    def __post_init__(self) -> None:
        places = {row.number: self.start + offset for offset, row in enumerate(self.rows)}
        object.__setattr__(self, "places", places)

    @property
    def end(self) -> int:
        """The index after the last line held."""
        return self.start + len(self.rows)

    @property
    def total(self) -> int:
        """How many lines the whole queue has."""
        return max(self.counts.open, self.end)

    def row(self, index: int) -> QueueRow | None:
        """The line of this index, if it is held."""
        return self.rows[index - self.start] if self.start <= index < self.end else None

    def holds(self, first: int, last: int) -> bool:
        """Whether all these lines are held."""
        return self.start <= first and min(last, self.total) <= self.end

    def wants(self, first: int, last: int) -> bool:
        """Whether lines should be fetched: half a page beyond those in sight is not held."""
        return not self.holds(max(0, first - PAGE // 2), min(last + PAGE // 2, self.total))


def at_the_top(desk: Desk) -> QueueWindow:
    """The first lines of the queue."""
    seen, counts = desk.changes_seen(), desk.queue_counts()
    return QueueWindow(0, desk.queue(2 * PAGE), counts, seen)


def round_the_ticket(desk: Desk, number: str, last_place: QueueKey) -> QueueWindow:
    """The lines round a ticket; where it is no longer in the queue, round the place it had."""
    seen, counts = desk.changes_seen(), desk.queue_counts()
    row = desk.queue_row(number)
    key = row.key if row else last_place
    above = desk.queue(PAGE, before=key)
    below = desk.queue(PAGE, after=key)
    start = max(desk.queue_position(key) - len(above), 0) if len(above) == PAGE else 0
    return QueueWindow(start, _each_once((*above, *((row,) if row else ()), *below)), counts, seen)


def reaching(desk: Desk, held: QueueWindow, first: int, last: int) -> QueueWindow:
    """The lines held, with those from `first` to `last` and a page on either side; lines far away are let go."""
    low, high = max(0, first - PAGE), min(last + PAGE, held.total)
    near = held.rows and low <= held.end + FARTHEST_STEP and high >= held.start - FARTHEST_STEP
    if not near:
        return _jump(desk, held, low, high)
    window = held
    if high > window.end:
        more = desk.queue(high - window.end, after=window.rows[-1].key)
        at_end = len(more) < high - window.end
        window = replace(window, rows=_each_once((*window.rows, *more)))
        if at_end:
            window = replace(window, counts=replace(window.counts, open=window.end))
    if low < window.start:
        more = desk.queue(window.start - low, before=window.rows[0].key)
        window = replace(
            window, start=max(window.start - len(more), 0), rows=_each_once((*more, *window.rows))
        )
    cut_above, cut_below = max(low - window.start, 0), max(window.end - high, 0)
    rows = window.rows[cut_above : len(window.rows) - cut_below]
    return replace(window, start=window.start + cut_above, rows=rows)


def _jump(desk: Desk, held: QueueWindow, low: int, high: int) -> QueueWindow:
    seen, counts = desk.changes_seen(), desk.queue_counts()
    if low == 0:
        return QueueWindow(0, desk.queue(high), counts, seen)
    if high >= counts.open:
        rows = desk.queue_end(high - low)
        return QueueWindow(max(counts.open - len(rows), 0), rows, counts, seen)
    above = desk.queue_at(low - 1)
    rows = desk.queue(high - low, after=above) if above else desk.queue_end(high - low)
    return QueueWindow(low, rows, counts, seen)


def _each_once(rows: Sequence[QueueRow]) -> tuple[QueueRow, ...]:
    """A ticket that moved between two reads is shown in its later place only."""
    return tuple({row.number: row for row in rows}.values())
