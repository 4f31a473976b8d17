"""Writes the faulty lines of a file to one of their own, each with its reason, to be mended and brought in again."""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from complaint_desk.desk.exporting.harmless import harmless
from complaint_desk.desk.importing.rows import SourceRow
from complaint_desk.desk.importing.text_files import named
from complaint_desk.locale import _
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.importing import FileKind

ADDED = ("import_line", "import_reason")
"""The columns it has besides those of the file."""


class FaultyFile:
    """Made when the first faulty line comes; never in the place of another file."""

    def __init__(self, path: Path, kind: FileKind, headings: Sequence[str]) -> None:
        """Raises FileRefused where a file is there already, or the folder is missing."""
        self.path = path
        if path.exists():
            raise FileRefused(
                _("{file} is there already and was left as it is. Name another one.").format(file=named(path))
            )
        if not path.parent.is_dir():
            raise FileRefused(_("There is no folder {folder}.").format(folder=named(path.parent)))
        self._objects = kind in (FileKind.OBJECTS, FileKind.TICKETS)
        self._headings = headings
        self._stream: io.TextIOWrapper | None = None

    def add(self, row: SourceRow, reason: str) -> None:
        """Write a line with the reason why it did not come in. Raises FileRefused where it cannot be written."""
        try:
            stream = self._stream or self._begin()
            if self._objects:
                told = row.told if row.told is not None else {"text": row.raw}
                added = {**told, ADDED[0]: row.line, ADDED[1]: reason}
                stream.write(json.dumps(added, ensure_ascii=False) + "\n")
            else:
                cells = list(row.cells) if row.cells else [row.raw]
                cells = [*cells, *[""] * (len(self._headings) - len(cells))]
                csv.writer(stream).writerow([*map(harmless, cells), row.line, reason])
        except (OSError, ValueError) as error:
            raise self._cannot(error) from error

    def close(self) -> bool:
        """Close it; whether anything was written."""
        if self._stream is None:
            return False
        self._stream.close()
        return True

    def _begin(self) -> io.TextIOWrapper:
        encoding = "utf-8" if self._objects else "utf-8-sig"
        self._stream = self.path.open("x", encoding=encoding, errors="replace", newline="")
        if not self._objects:
            csv.writer(self._stream).writerow([*map(harmless, self._headings), *ADDED])
        return self._stream

    def _cannot(self, error: Exception) -> FileRefused:
        return FileRefused(
            _("{file} cannot be written: {reason}.").format(
                file=named(self.path), reason=getattr(error, "strerror", None) or error
            )
        )
