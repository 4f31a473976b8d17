"""Reads a table written as text: one record after another, in bounded memory, whatever the file holds."""

import csv
import io
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from complaint_desk.desk.importing.rows import LONGEST_LINE, MOST_COLUMNS, SourceRow
from complaint_desk.desk.importing.text_files import named, text_of, unreadable
from complaint_desk.locale import _
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.importing import FileKind, FileLayout
from complaint_desk.rules.importing.dates import DateOrder, is_bare_number, plain, read_moment, read_time

_DELIMITERS = (",", "\t", ";", "|", "^", "~", "\x1f", "\x01", "§", "¦", "，", "；")
_MOST_LINES = 1_000
"""Lines over which one record may go."""
_TRIED = 100
"""Records from which the delimiter is told."""


class TextLines:
    """The lines of a text, none longer than the limit: of a longer one only that it is too long is known."""

    def __init__(self, stream: io.TextIOBase, longest: int) -> None:
        self._stream = stream
        self._longest = longest
        self._back: deque[tuple[int, str | None]] = deque()
        self.number = 0

    def take(self) -> tuple[int, str | None] | None:
        """The next line with its number; its text is None where it is too long; None at the end."""
        if self._back:
            return self._back.popleft()
        text = self._stream.readline(self._longest + 2)
        if not text:
            return None
        self.number += 1
        if len(text) < self._longest + 2 or text.endswith(("\n", "\r")):
            return self.number, text
        while text and not text.endswith(("\n", "\r")):
            text = self._stream.readline(self._longest)
        return self.number, None

    def give_back(self, lines: Sequence[tuple[int, str | None]]) -> None:
        """Lines that shall come again."""
        self._back.extendleft(reversed(lines))


class Table:
    """A file with a delimiter between its cells."""

    def __init__(self, path: Path, encoding: str, delimiter: str | None = None) -> None:
        """Raises FileRefused where nothing stands in it."""
        csv.field_size_limit(LONGEST_LINE)
        self._path = path
        self._skipped = 0
        sample = [line for line in self._sample(encoding) if line]
        if sample and sample[0].lower().startswith("sep=") and len(sample[0].strip()) == 5:
            delimiter = delimiter or sample[0].strip()[-1]
            self._skipped = 1
            sample = sample[1:]
        delimiter = delimiter or _delimiter_of(sample)
        self.layout = FileLayout(FileKind.TABLE, encoding, delimiter)
        first = next(
            (row for row in self._records() if row.fault or any(cell.strip() for cell in row.cells)), None
        )
        if first is None:
            raise FileRefused(_("{file} holds no line. Nothing was written.").format(file=named(path)))
        if first.fault:
            raise FileRefused(
                _("The first line of {file} cannot be read: {reason} Nothing was written.").format(
                    file=named(path), reason=first.fault
                )
            )
        cells = trimmed(first.cells)
        if len(cells) > MOST_COLUMNS:
            raise too_many_columns(path)
        self._headed = looks_like_headings(cells)
        self._first = first.line
        self.headings: Sequence[str] = headings_from(cells if self._headed else [""] * len(cells))

    def rows(self) -> Iterator[SourceRow]:
        """The records below the headings."""
        for row in self._records():
            if row.line > self._first or not self._headed:
                yield row

    def _records(self) -> Iterator[SourceRow]:
        with text_of(self._path, self.layout.encoding) as stream:
            lines = TextLines(stream, LONGEST_LINE)
            for _skip in range(self._skipped):
                lines.take()
            yield from records(lines, self.layout.delimiter)

    def _sample(self, encoding: str) -> list[str]:
        try:
            with self._path.open(encoding=encoding, newline="") as stream:
                return [text for text in (stream.readline(20_000) for _ in range(_TRIED)) if text]
        except OSError as error:
            raise unreadable(self._path, error) from error


def records(lines: TextLines, delimiter: str) -> Iterator[SourceRow]:
    """The records of a table; one that cannot be read costs its own first line and no other."""
    while (begun := lines.take()) is not None:
        number, text = begun
        if text is None:
            yield SourceRow(number, fault=_("The line is longer than a million signs."))
            continue
        fed: list[tuple[int, str | None]] = []
        ended = runaway = False

        def feed(first: str = text, fed: list[tuple[int, str | None]] = fed) -> Iterator[str]:
            nonlocal ended, runaway
            yield first
            signs = len(first)
            while (line := lines.take()) is not None:
                fed.append(line)
                signs += len(line[1] or "")
                if line[1] is None or signs > LONGEST_LINE or len(fed) > _MOST_LINES:
                    runaway = True
                    return
                yield line[1]
            ended = True

        try:
            cells = next(csv.reader(feed(), delimiter=delimiter))
        except csv.Error:
            runaway, cells = True, []
        if runaway or ended:
            lines.give_back(fed)
            yield SourceRow(
                number, fault=_("A quotation mark is not closed, or a cell is too long."), raw=text[:10_000]
            )
        else:
            yield SourceRow(number, cells, raw="")


def trimmed(cells: Sequence[str]) -> list[str]:
    """The cells without empty ones at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return list(cells[:end])


def headings_from(cells: Sequence[str]) -> tuple[str, ...]:
    """The headings, with a name for a column that has none."""
    return tuple(
        " ".join(cell.split())[:200] or _("column {number}").format(number=number)
        for number, cell in enumerate(cells, 1)
    )


def looks_like_headings(cells: Sequence[str]) -> bool:
    """Whether a first line names columns: it holds no date, no time and no long text."""
    return not any(
        len(cell) > 100
        or (any(sign.isdigit() for sign in cell) and read_time(cell) is not None and not cell.isdigit())
        or (not is_bare_number(plain(cell)) and any(read_moment(cell, order) for order in DateOrder))
        for cell in cells
    )


def too_many_columns(path: Path) -> FileRefused:
    """The refusal of a table that is too wide to be one of complaints."""
    return FileRefused(
        _("{file} has more than {limit} columns. Nothing was written.").format(
            file=named(path), limit=f"{MOST_COLUMNS:,}"
        )
    )


def _delimiter_of(sample: Sequence[str]) -> str:
    """The sign that cuts the most lines into the same number of cells."""

    def worth(delimiter: str) -> tuple[float, int]:
        lines = TextLines(io.StringIO("".join(sample), newline=""), LONGEST_LINE)
        rows = [row.cells for row in islice(records(lines, delimiter), _TRIED) if not row.fault]
        counts = Counter(len(cells) for cells in rows if any(cell.strip() for cell in cells))
        counts.pop(1, None)
        if not counts:
            return 0.0, 0
        columns, agreeing = counts.most_common(1)[0]
        return agreeing / len(rows), columns

    best = max(_DELIMITERS, key=lambda sign: (round(worth(sign)[0], 1), worth(sign)[1]))
    return best if worth(best)[0] > 0 else ","
