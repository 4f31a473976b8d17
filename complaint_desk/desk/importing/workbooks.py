"""Reads a workbook (XLSX) row by row, after its parts were weighed: it is a packed file, and may be a trap."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from complaint_desk.desk.importing.rows import LONGEST_LINE, MOST_COLUMNS, SourceRow
from complaint_desk.desk.importing.tables import headings_from, looks_like_headings, too_many_columns, trimmed
from complaint_desk.desk.importing.text_files import named, unreadable
from complaint_desk.locale import _
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.importing import FileKind, FileLayout

_MOST_PARTS = 2_000
_LARGEST_SHEET = 4 << 30
_LARGEST_PART = 256 << 20
_SUSPECT = 10 << 20
_PACKED_AT_MOST = 200
"""How many times its packed size a part above the suspect size may have: tables stay far below, traps above."""
_MOST_BLANK = 100_000
"""Blank rows in a row after which a sheet is taken to be over."""
_WIDEST = MOST_COLUMNS + 1


class Workbook:
    """One sheet of a workbook."""

    def __init__(self, path: Path, sheet: str | None = None) -> None:
        """The sheet told, else the first that holds anything. Raises FileRefused."""
        self._path = path
        self._formulas = weigh(path)
        with _opened(path) as book:
            names = list(book.sheetnames)
            if sheet is not None and sheet not in names:
                raise FileRefused(
                    _("{file} has no sheet {sheet}. Its sheets: {sheets}. Nothing was written.").format(
                        file=named(path), sheet=sheet, sheets=", ".join(names)
                    )
                )
            chosen = [sheet] if sheet is not None else names
            found = next(
                ((name, first) for name in chosen if (first := _first(self._cells(book, name))) is not None),
                None,
            )
        if found is None:
            raise FileRefused(_("{file} holds no line. Nothing was written.").format(file=named(path)))
        self.layout = FileLayout(FileKind.WORKBOOK, sheet=found[0], sheets=tuple(names))
        self._first = found[1].line
        cells = trimmed(found[1].cells)
        if len(cells) > MOST_COLUMNS:
            raise too_many_columns(path)
        self._headed = looks_like_headings(cells)
        self.headings: Sequence[str] = headings_from(cells if self._headed else [""] * len(cells))

    def rows(self) -> Iterator[SourceRow]:
        """The rows below the headings."""
        with _opened(self._path) as book:
            for row in self._cells(book, self.layout.sheet):
                if row.line > self._first or not self._headed:
                    yield row

    def _cells(self, book: Any, name: str) -> Iterator[SourceRow]:
        if not self._formulas:
            yield from _read(book[name], self._path)
            return
        with _opened(self._path, formulas=True) as with_formulas:
            written = _read(with_formulas[name], self._path)
            for row, as_written in zip(_read(book[name], self._path), written, strict=False):
                if any(
                    text.startswith("=") and not (row.cells[place : place + 1] or [""])[0]
                    for place, text in enumerate(as_written.cells)
                ):
                    row.fault = _(
                        "A cell holds a formula without its result. Save the workbook with its values."
                    )
                yield row


def weigh(path: Path) -> bool:
    """Look at the parts of the file before any is unpacked; whether a sheet holds formulas. Raises FileRefused."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise FileRefused(
                    _("{file} is a packed file, but no workbook (XLSX). Nothing was written.").format(
                        file=named(path)
                    )
                )
            for part in parts:
                sheet = part.filename.startswith("xl/worksheets/")
                too_large = part.file_size > (_LARGEST_SHEET if sheet else _LARGEST_PART)
                packed_size = max(part.compress_size, 1)
                trap = part.file_size > _SUSPECT and part.file_size / packed_size > _PACKED_AT_MOST
                if too_large or trap or part.flag_bits & 1 or len(parts) > _MOST_PARTS:
                    raise FileRefused(
                        _(
                            "{file} unpacks to far more than a table of complaints, or is locked. It was not opened. "
                            "Save it as CSV. Nothing was written."
                        ).format(file=named(path))
                    )
            return any(
                _holds_formulas(packed, part) for part in parts if part.filename.startswith("xl/worksheets/")
            )
    except OSError as error:
        raise unreadable(path, error) from error
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise _damaged(path) from error


def _holds_formulas(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with packed.open(part) as stream:
        end = b""
        while chunk := stream.read(1 << 20):
            if b"<f>" in end + chunk or b"<f " in end + chunk:
                return True
            end = chunk[-3:]
    return False


def _damaged(path: Path) -> FileRefused:
    return FileRefused(
        _(
            "{file} is a damaged workbook. Open and save it again, or save it as CSV. Nothing was written."
        ).format(file=named(path))
    )


def _opened(path: Path, *, formulas: bool = False) -> Any:
    """The workbook, read only; what parses it is safe against XML that unfolds itself."""
    import warnings

    import openpyxl

    if not openpyxl.DEFUSEDXML:
        raise FileRefused(
            _("The library that reads workbooks safely is missing. Save it as CSV. Nothing was written.")
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(path, read_only=True, data_only=not formulas, keep_links=False)
    except OSError as error:
        raise unreadable(path, error) from error
    except Exception as error:
        raise _damaged(path) from error
    return closing(book)


def _read(sheet: Any, path: Path) -> Iterator[SourceRow]:
    """The rows of a sheet, empty ones too, until there is nothing but blank ones."""
    if not hasattr(sheet, "reset_dimensions"):
        return
    sheet.reset_dimensions()
    blank = 0
    rows = iter(sheet.iter_rows(values_only=True, max_col=_WIDEST))
    for number in range(1, 10_000_000):
        try:
            values = next(rows, None)
        except Exception as error:
            raise _damaged(path) from error
        if values is None:
            return
        cells = [_cell(value) for value in islice(values, _WIDEST)]
        blank = 0 if any(cells) else blank + 1
        if blank > _MOST_BLANK:
            return
        if sum(map(len, cells)) > LONGEST_LINE:
            yield SourceRow(number, fault=_("The line is longer than a million signs."))
        else:
            yield SourceRow(number, cells)


def _first(rows: Iterator[SourceRow]) -> SourceRow | None:
    return next((row for row in islice(rows, 1_000) if any(row.cells)), None)


def _cell(value: Any) -> str:
    """A value as a person reads it; dates as ISO writes them, which every reader of dates knows."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)
