"""Reads JSON, one object a line: records of another program, or whole tickets as this desk exports them."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from complaint_desk.desk.importing.rows import LONGEST_OBJECT, MOST_COLUMNS, SourceRow
from complaint_desk.desk.importing.tables import TextLines, too_many_columns
from complaint_desk.desk.importing.text_files import named, text_of
from complaint_desk.locale import _
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.importing import FileKind, FileLayout

EVENTS = "events"
"""The key under which an exported ticket holds its history."""
_TRIED = 20


class Objects:
    """A file of JSON objects. Keys that come up later than the first lines do are found by `learn`."""

    def __init__(self, path: Path, encoding: str) -> None:
        """Raises FileRefused where nothing in it is a JSON object."""
        self._path = path
        self._encoding = encoding
        self._keys: dict[str, None] = {}
        first = [row for row, _place in zip(self._read(), range(_TRIED), strict=False)]
        told = [row.told for row in first if row.told is not None]
        if not told:
            reason = first[0].fault if first else _("It is empty.")
            raise FileRefused(
                _("{file} holds no JSON objects, one a line. {reason} Nothing was written.").format(
                    file=named(path), reason=reason
                )
            )
        whole = sum(isinstance(values.get(EVENTS), list) for values in told)
        kind = FileKind.TICKETS if whole * 2 > len(told) else FileKind.OBJECTS
        self.layout = FileLayout(kind, encoding)
        for values in told:
            self.learn(values)

    @property
    def headings(self) -> Sequence[str]:
        """The keys met so far, in the order they came up."""
        return tuple(self._keys)

    def learn(self, values: dict[str, Any]) -> None:
        """Take note of the keys of an object. Raises FileRefused where they are too many."""
        self._keys.update(dict.fromkeys(values))
        if len(self._keys) > MOST_COLUMNS:
            raise too_many_columns(self._path)

    def rows(self) -> Iterator[SourceRow]:
        """The objects, with the values of the keys met so far as cells."""
        tickets = self.layout.kind is FileKind.TICKETS
        for row in self._read():
            if row.told is not None and not tickets:
                row.cells = [_cell(row.told.get(key)) for key in self._keys]
            yield row

    def _read(self) -> Iterator[SourceRow]:
        with text_of(self._path, self._encoding) as stream:
            lines = TextLines(stream, LONGEST_OBJECT)
            while (taken := lines.take()) is not None:
                number, text = taken
                yield _row(number, text)


def _row(number: int, text: str | None) -> SourceRow:
    if text is None:
        return SourceRow(number, fault=_("The line is too long."))
    if not text.strip():
        return SourceRow(number)
    try:
        found = json.loads(text)
        if not isinstance(found, dict):
            return SourceRow(number, fault=_("It is not a JSON object in braces."), raw=text[:10_000])
        if "\\u" in text:
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return SourceRow(
            number, fault=_("It holds half of a character (a lone surrogate)."), raw=text[:10_000]
        )
    except RecursionError:
        return SourceRow(number, fault=_("It is nested too deeply."), raw=text[:10_000])
    except ValueError as error:
        place = getattr(error, "colno", 0)
        fault = _("It is not JSON: sign {number} does not fit.").format(number=place)
        return SourceRow(number, fault=fault, raw=text[:10_000])
    return SourceRow(number, told=found)


def _cell(value: Any) -> str:
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False)
