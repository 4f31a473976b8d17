"""Goes through a file's lines batch by batch: tries them, or writes those that are not here yet."""

import gc
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Connection

from complaint_desk.desk.importing.faulty_file import FaultyFile
from complaint_desk.desk.importing.helpers import MADE_BETWEEN_CLEARINGS
from complaint_desk.desk.importing.lines import LineRefused
from complaint_desk.desk.importing.rows import SourceRow
from complaint_desk.desk.importing.sources import open_again
from complaint_desk.desk.importing.text_files import Passed, same_file
from complaint_desk.desk.importing.writing import Seat
from complaint_desk.locale import _
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.importing import ImportCounts, ImportPlan, LineFault
from complaint_desk.store.bring_in import RecordsSeen
from complaint_desk.store.engine import Store

_FIRST_BATCH, _LARGEST_BATCH = 50, 1_000
_BATCH_SECONDS = 0.25
"""How long a batch should hold the lock; the next one is made smaller or larger by what the last one took."""
_LET_IN_SECONDS = 0.005
_FIRST_FAULTS = 20
_MOST_GUESSED = 200


class Reading(Protocol):
    """How the lines of one kind of file become tickets."""

    def key(self, row: SourceRow, seen: RecordsSeen) -> str:
        """Tells the line's record from all others. Raises LineRefused where the file holds it twice."""

    def known(self, connection: Connection, keys: Sequence[str]) -> set[str]:
        """Those of these records that are here already."""

    ahead: int
    """How many batches may be read before the first of them is written."""

    def begin(self, batch: Sequence[tuple[SourceRow, str]]) -> Callable[[], Sequence[Any]]:
        """Have the lines made ready; what is given back waits for them, and gives a LineRefused for some."""

    def close(self) -> None:
        """Let go of what it holds."""

    def told(self, ready: Any, counts: ImportCounts) -> None:
        """Count what a line is."""

    def prepare(self, ready: Any) -> None:
        """Do what can be done before the lock is taken."""

    def write(self, connection: Connection, ready: Sequence[Any], seat: Seat) -> Sequence[tuple[Any, str]]:
        """Write them; gives back those that were refused in the end, with the sentence."""


@dataclass(frozen=True, slots=True)
class Writing:
    """Where lines go that are not only tried."""

    sit: Callable[[Connection], Seat]
    """Who writes, asked in each transaction."""
    faulty: FaultyFile | None = None


class Batches:
    """One way through a file."""

    def __init__(self, plan: ImportPlan, reading: Reading, store: Store, writing: Writing | None) -> None:
        """Without `writing` the lines are only tried."""
        self._plan, self._reading, self._store, self._writing = plan, reading, store, writing
        self._size = _FIRST_BATCH if writing else _LARGEST_BATCH
        self.counts = ImportCounts()
        self._under_way: deque[tuple[Sequence[tuple[SourceRow, str]], Callable[[], Sequence[Any]]]] = deque()

    def go(self, passed: Passed, stop: Callable[[], bool]) -> None:
        """Go through all lines, or until asked to stop. Raises FileRefused, StoreFault; what was written stays."""
        seen, often = RecordsSeen(), gc.get_threshold()
        gc.set_threshold(MADE_BETWEEN_CLEARINGS, *often[1:])
        try:
            self._go(seen, passed, stop)
        finally:
            gc.set_threshold(*often)
            seen.close()
            self._reading.close()

    def _go(self, seen: RecordsSeen, passed: Passed, stop: Callable[[], bool]) -> None:
        path = Path(self._plan.path)
        if not same_file(path, self._plan.size):
            raise FileRefused(_("The file was changed since it was looked at. Nothing more was written."))
        source = open_again(path, self._plan.layout)
        learn = getattr(source, "learn", None)
        if learn is not None:
            learn({column.heading: None for column in self._plan.columns})
        batch: list[tuple[SourceRow, str]] = []
        for row in source.rows():
            if (
                not row.fault
                and row.told is None
                and not any(cell and not cell.isspace() for cell in row.cells)
            ):
                self.counts.blank += 1
                continue
            self.counts.read += 1
            try:
                if row.fault:
                    raise LineRefused(row.fault)
                batch.append((row, self._reading.key(row, seen)))
            except LineRefused as refused:
                self._refuse(row, refused)
            if len(batch) >= self._size:
                self._hand_over(batch)
                batch = []
                passed(self.counts.read, self._plan.lines)
                if stop():
                    self.counts.cancelled = True
                    return
        self._hand_over(batch)
        while self._under_way:
            self._finish(*self._under_way.popleft())
            if self._under_way and stop():
                self.counts.cancelled = True
                return
        passed(self.counts.read, self._plan.lines)

    def _hand_over(self, batch: Sequence[tuple[SourceRow, str]]) -> None:
        """Have a batch read, and write the oldest where enough are under way."""
        if batch:
            with self._store.reading() as connection:
                known = self._reading.known(connection, [key for _row, key in batch])
            new = [(row, key) for row, key in batch if key not in known]
            self.counts.known += len(batch) - len(new)
            self._under_way.append((new, self._reading.begin(new)))
        if len(self._under_way) > self._reading.ahead:
            self._finish(*self._under_way.popleft())

    def _finish(self, batch: Sequence[tuple[SourceRow, str]], answers: Callable[[], Sequence[Any]]) -> None:
        ready: list[Any] = []
        rows: dict[int, SourceRow] = {}
        for (row, _key), one in zip(batch, answers(), strict=True):
            if isinstance(one, LineRefused):
                self._refuse(row, one)
            else:
                rows[id(one)] = row
                ready.append(one)
        if self._writing is not None and ready:
            refused_late = self._write(ready, self._writing)
            for one, sentence in refused_late:
                self._refuse(rows[id(one)], LineRefused(sentence))
            late = {id(one) for one, _sentence in refused_late}
            ready = [one for one in ready if id(one) not in late]
        for one in ready:
            self.counts.new += 1
            self._reading.told(one, self.counts)

    def _write(self, ready: Sequence[Any], writing: Writing) -> Sequence[tuple[Any, str]]:
        for one in ready:
            self._reading.prepare(one)
        with self._store.writing() as connection:
            begun = time.perf_counter()
            refused = self._reading.write(connection, ready, writing.sit(connection))
        spent = max(time.perf_counter() - begun, 0.001)
        wanted = int(len(ready) * _BATCH_SECONDS / spent)
        self._size = max(10, min(_LARGEST_BATCH, wanted, self._size * 2))
        time.sleep(_LET_IN_SECONDS)
        return refused

    def _refuse(self, row: SourceRow, refused: LineRefused) -> None:
        self.counts.faulty += 1
        reason = f"{refused.column}: {refused}" if refused.column else str(refused)
        if len(self.counts.faults) < _FIRST_FAULTS:
            self.counts.faults.append(LineFault(row.line, str(refused), refused.column))
        if self._writing is not None and self._writing.faulty is not None:
            self._writing.faulty.add(row, reason)


def guess(counts: ImportCounts, heading: str, value: str) -> None:
    """Count a value that stands for nothing known."""
    told = (heading, value)
    if told in counts.guessed or len(counts.guessed) < _MOST_GUESSED:
        counts.guessed[told] = counts.guessed.get(told, 0) + 1


def received(counts: ImportCounts, at: str) -> None:
    """Widen the span of receipts (ISO 8601 in UTC)."""
    counts.first_received = min(counts.first_received or at, at)
    counts.last_received = max(counts.last_received or at, at)
