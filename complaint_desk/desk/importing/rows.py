"""A line of a file, as every kind of file gives it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from complaint_desk.models.importing import FileLayout

MOST_COLUMNS = 1_000
"""Columns that hold anything."""
LONGEST_LINE = 1_000_000
"""Signs of a line of a table."""
LONGEST_OBJECT = 32_000_000
"""Signs of a line that holds a JSON object: a ticket with everything that was ever attached to it."""


@dataclass(slots=True)
class SourceRow:
    """A line: its cells, or the sentence that says why it has none."""

    line: int
    cells: Sequence[str] = ()
    fault: str = ""
    told: dict[str, Any] | None = None
    """The JSON object of the line."""
    raw: str = ""
    """What stood there, where it could not be cut into cells."""


class Source(Protocol):
    """A file that is read line by line."""

    layout: FileLayout

    @property
    def headings(self) -> Sequence[str]:
        """The names of its columns."""

    def rows(self) -> Iterator[SourceRow]:
        """The lines below the headings, from the top, blank ones too. Raises FileRefused where it ends in a fault."""
