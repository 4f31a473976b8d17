"""Writers of tables: CSV and workbooks, a ticket a line, in constant memory."""

import csv
from datetime import datetime
from typing import IO, Any, Protocol

from complaint_desk.desk.exporting.columns import COLUMNS, Seen, Value, headings, values
from complaint_desk.desk.exporting.harmless import harmless
from complaint_desk.locale import _
from complaint_desk.models.ticket import Ticket

_LONGEST_CELL = 32_767
"""Signs that a cell of a workbook holds."""
_MOST_ROWS = 1_048_575
"""Rows of a sheet below its headings."""


class TicketWriter(Protocol):
    """Writes one ticket after another."""

    def write(self, ticket: Ticket) -> None:
        """The next ticket."""

    def close(self) -> None:
        """All tickets are written."""


class CsvWriter:
    """CSV with a byte order mark, so that spreadsheets know it is UTF-8; no cell is a formula."""

    def __init__(self, stream: IO[bytes], seen: Seen) -> None:
        import io

        self._seen = seen
        self._text = io.TextIOWrapper(stream, "utf-8-sig", newline="", write_through=False)
        self._csv = csv.writer(self._text)
        self._csv.writerow(headings())

    def write(self, ticket: Ticket) -> None:
        """A line."""
        self._csv.writerow([_cell(value) for value in values(ticket, self._seen)])

    def close(self) -> None:
        """Everything is handed over to the stream, which stays open."""
        self._text.flush()
        self._text.detach()


class WorkbookWriter:
    """XLSX: typed dates, the heading frozen, columns wide enough; text is text, whatever it begins with."""

    def __init__(self, stream: IO[bytes], seen: Seen) -> None:
        from xlsxwriter import Workbook

        self._seen = seen
        self._book: Any = Workbook(
            stream,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd hh:mm",
            },
        )
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._date = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._sheets = 0
        self._row = _MOST_ROWS

    def write(self, ticket: Ticket) -> None:
        """A row; a full sheet is followed by another."""
        if self._row >= _MOST_ROWS:
            self._begin_sheet()
        self._row += 1
        for place, value in enumerate(values(ticket, self._seen)):
            if isinstance(value, datetime) and value.year >= 1900:
                self._sheet.write_datetime(self._row, place, value, self._date)
            elif isinstance(value, int):
                self._sheet.write_number(self._row, place, value)
            elif value is not None and (text := str(value)):
                short = text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"
                self._sheet.write_string(self._row, place, short)

    def close(self) -> None:
        """The workbook is packed into the stream, which stays open."""
        if not self._sheets:
            self._begin_sheet()
        self._book.close()

    def _begin_sheet(self) -> None:
        self._sheets += 1
        name = _("Complaints")
        self._sheet = self._book.add_worksheet(name if self._sheets == 1 else f"{name} {self._sheets}")
        self._sheet.freeze_panes(1, 1)
        for place, (column, heading) in enumerate(zip(COLUMNS, headings(), strict=True)):
            self._sheet.set_column(place, place, column.width)
            self._sheet.write_string(0, place, heading, self._bold)
        self._sheet.autofilter(0, 0, 0, len(COLUMNS) - 1)
        self._row = 0


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return harmless(value) if isinstance(value, str) else str(value)
