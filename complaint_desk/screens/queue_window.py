"""The part of the queue that is held for the screen: some pages round the cursor, read through the desk.

Every function here waits for the desk: call it in a thread.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from complaint_desk.models.queue_view import EVERYTHING, QueueChoice
from complaint_desk.models.ticket import QueueCounts, QueueKey, QueueRow

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

PAGE = 100
"""Lines read at a time, and kept on either side of those in sight."""
FARTHEST_STEP = 1_000
"""A longer way than this from the lines held is jumped, not read through."""
QUICKLY_COUNTED = 0.1
"""What takes no more seconds than this is counted as often as it is asked."""
COUNTING_SHARE = 0.02
"""No more of the time than this goes into counting, however often other desks write."""


@dataclass(frozen=True)
class QueueWindow:
    """Consecutive lines of the queue as they stood at one moment."""

    start: int = 0
    """How many lines stand above the first one held."""
    rows: tuple[QueueRow, ...] = ()
    counts: QueueCounts = QueueCounts(0, 0, 0)  # noqa: RUF009
    seen: int = -1
    """The desk's count of changes when it was read."""
    choice: QueueChoice = EVERYTHING
    """Which view the lines are of."""
    text: str = ""
    """What stands in all of them: a filter's lines are all held, in one window."""
    more: bool = False
    """More lines fit the filter than are held."""
    counted: float = 0.0
    """When it was counted, by the clock that only goes on, in seconds."""
    counting_took: float = 0.0
    """How long that took, in seconds."""
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
        """How many lines there are to be seen."""
        return len(self.rows) if self.text else max(self.counts.total, self.end)

    def row(self, index: int) -> QueueRow | None:
        """The line of this index, if it is held."""
        return self.rows[index - self.start] if self.start <= index < self.end else None

    def holds(self, first: int, last: int) -> bool:
        """Whether all these lines are held."""
        return self.start <= first and min(last, self.total) <= self.end

    def wants(self, first: int, last: int) -> bool:
        """Whether lines should be fetched: half a page beyond those in sight is not held."""
        return not self.holds(max(0, first - PAGE // 2), min(last + PAGE // 2, self.total))


def at_the_top(desk: Desk, choice: QueueChoice = EVERYTHING) -> QueueWindow:
    """The first lines of a view."""
    return _counted(
        desk, QueueWindow(0, desk.queue(2 * PAGE, choice=choice), seen=desk.changes_seen(), choice=choice)
    )


def filtered(desk: Desk, choice: QueueChoice, text: str) -> QueueWindow:
    """The lines of a view in which all of this stands. Raises FieldRefused or StoreFault."""
    seen = desk.changes_seen()
    found = desk.filter_queue(text, choice)
    return _counted(desk, QueueWindow(0, found.rows, seen=seen, choice=choice, text=text, more=found.more))


def round_the_ticket(desk: Desk, held: QueueWindow, number: str, last_place: QueueKey) -> QueueWindow:
    """The lines round a ticket; where it is no longer in the view, round the place it had."""
    seen, choice = desk.changes_seen(), held.choice
    row = desk.queue_row(number, choice)
    key = row.key if row else last_place
    above = desk.queue(PAGE, before=key, choice=choice)
    below = desk.queue(PAGE, after=key, choice=choice)
    start = max(desk.queue_position(key, choice) - len(above), 0) if len(above) == PAGE else 0
    rows = _each_once((*above, *((row,) if row else ()), *below))
    return _counted(desk, replace(held, start=start, rows=rows, seen=seen), held)


def _counted(desk: Desk, window: QueueWindow, held: QueueWindow | None = None) -> QueueWindow:
    """The window with its counts: those of the window held where counting anew would take too much of the time."""
    begun = time.monotonic()
    if (
        held is not None
        and held.counting_took > QUICKLY_COUNTED
        and held.choice == window.choice
        and (begun - held.counted) * COUNTING_SHARE < held.counting_took
    ):
        return window
    counts = desk.queue_counts(window.choice)
    done = time.monotonic()
    return replace(window, counts=counts, counted=done, counting_took=done - begun)


def reaching(desk: Desk, held: QueueWindow, first: int, last: int) -> QueueWindow:
    """The lines held, with those from `first` to `last` and a page on either side; lines far away are let go."""
    low, high = max(0, first - PAGE), min(last + PAGE, held.total)
    near = held.rows and low <= held.end + FARTHEST_STEP and high >= held.start - FARTHEST_STEP
    if not near:
        return _jump(desk, held, low, high)
    window, choice = held, held.choice
    if high > window.end:
        more = desk.queue(high - window.end, after=window.rows[-1].key, choice=choice)
        at_end = len(more) < high - window.end
        window = replace(window, rows=_each_once((*window.rows, *more)))
        if at_end:
            window = replace(window, counts=replace(window.counts, total=window.end))
    if low < window.start:
        more = desk.queue(window.start - low, before=window.rows[0].key, choice=choice)
        window = replace(
            window, start=max(window.start - len(more), 0), rows=_each_once((*more, *window.rows))
        )
    cut_above, cut_below = max(low - window.start, 0), max(window.end - high, 0)
    rows = window.rows[cut_above : len(window.rows) - cut_below]
    return replace(window, start=window.start + cut_above, rows=rows)


def _jump(desk: Desk, held: QueueWindow, low: int, high: int) -> QueueWindow:
    window = _counted(desk, replace(held, rows=(), start=0, seen=desk.changes_seen()), held)
    choice, total = held.choice, window.counts.total
    if low == 0:
        return replace(window, rows=desk.queue(high, choice=choice))
    if high >= total:
        rows = desk.queue_end(high - low, choice)
        return replace(window, start=max(total - len(rows), 0), rows=rows)
    above = desk.queue_at(low - 1, choice)
    rows = desk.queue(high - low, after=above, choice=choice) if above else desk.queue_end(high - low, choice)
    return replace(window, start=low, rows=rows)


def _each_once(rows: Sequence[QueueRow]) -> tuple[QueueRow, ...]:
    """A ticket that moved between two reads is shown in its later place only."""
    return tuple({row.number: row for row in rows}.values())
