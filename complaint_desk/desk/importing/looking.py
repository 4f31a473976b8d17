"""The first look at a file: all of its lines once, for what its columns are and how its dates are written."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from complaint_desk.desk.importing.mapping_file import applied
from complaint_desk.desk.importing.objects import Objects
from complaint_desk.desk.importing.rows import Source, SourceRow
from complaint_desk.desk.importing.text_files import Passed
from complaint_desk.models.importing import ColumnMap, FileKind, ImportPlan, OrderAsked, Target
from complaint_desk.rules.importing.columns import ColumnSeen
from complaint_desk.rules.importing.dates import DateOrder
from complaint_desk.rules.importing.propose import Names, missing, propose, with_orders, with_values

_SAMPLES = 5
_LONGEST_SAMPLE = 200
_TELL_EVERY = 2_000


class Look:
    """What one reading of a file told; plans for other mappings follow from it without reading it again."""

    def __init__(self, source: Source, path: Path, fingerprint: str, names: Names, today: date) -> None:
        """`today` is the store's day: no complaint was received after it."""
        self._today = today
        self._source = source
        self._path = path
        self._fingerprint = fingerprint
        self._names = names
        self._seen: list[ColumnSeen] = [ColumnSeen() for _heading in source.headings]
        self._samples: list[tuple[str, ...]] = []
        self._lines = 0

    def read(self, passed: Passed) -> None:
        """Read the file once, from top to end; how many lines there are is known only then."""
        for row in self._source.rows():
            if isinstance(self._source, Objects) and row.told is not None:
                self._source.learn(row.told)
            if row.fault or row.told is not None or any(row.cells):
                self._lines += 1
                self._take(row)
            if self._lines % _TELL_EVERY == 0:
                passed(self._lines, 0)

    def plan(
        self,
        columns: Sequence[ColumnMap] | None = None,
        order: DateOrder | None = None,
        *,
        in_place: bool = False,
    ) -> ImportPlan:
        """What the file's columns become: as proposed, or as told by heading (`in_place`: one for each column).

        Raises FileRefused where the file lacks a column that is told.
        """
        headings, layout = tuple(self._source.headings), self._source.layout
        told: tuple[ColumnMap, ...] = ()
        asked: tuple[OrderAsked, ...] = ()
        lacking: tuple[Target, ...] = ()
        if layout.kind is not FileKind.TICKETS:
            if columns is None:
                told = self._decidable(propose(headings, self._seen, self._names))
            else:
                fitting = tuple(columns) if in_place else applied(headings, columns)
                told = tuple(
                    with_values(column, seen, self._names)
                    for column, seen in zip(fitting, self._seen, strict=True)
                )
            told, asked = with_orders(told, self._seen, self._today, order)
            lacking = missing(told)
        return ImportPlan(
            path=str(self._path),
            name=self._path.name,
            fingerprint=self._fingerprint,
            layout=layout,
            columns=told,
            samples=tuple(self._samples),
            lines=self._lines,
            asked=asked,
            missing=lacking,
            size=self._path.stat().st_size,
        )

    def _decidable(self, told: Sequence[ColumnMap]) -> tuple[ColumnMap, ...]:
        """The proposal, with another column of the same dates where the first leaves their order open."""
        columns = list(told)
        for place, column in enumerate(columns):
            if column.to is Target.RECEIVED and self._seen[place].dates.decide(self._today).order is None:
                other = next(self._same_dates(place), None)
                if other is not None and columns[other].to is Target.ASIDE:
                    columns[place] = ColumnMap(column.heading, Target.ASIDE)
                    columns[other] = ColumnMap(columns[other].heading, Target.RECEIVED)
        return tuple(columns)

    def _same_dates(self, place: int) -> Iterator[int]:
        for other, seen in enumerate(self._seen):
            dates = seen.dates
            alike = dates.cells == self._seen[place].dates.cells and dates.share > 0.99 and dates.bare == 0
            if other != place and alike and dates.decide(self._today).order is not None:
                yield other

    def _take(self, row: SourceRow) -> None:
        if row.fault:
            return
        if row.told is not None and self._source.layout.kind is FileKind.TICKETS:
            cells: Sequence[str] = [str(row.told.get(key) or "") for key in ("number", "received_at", "what")]
        else:
            cells = row.cells
            while len(self._seen) < len(self._source.headings):
                self._seen.append(ColumnSeen())
            for cell, seen in zip(cells, self._seen, strict=False):
                seen.add(cell)
        if len(self._samples) < _SAMPLES:
            self._samples.append(tuple(cell[:_LONGEST_SAMPLE] for cell in cells[: len(self._seen) or 3]))
