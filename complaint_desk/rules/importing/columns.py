"""What a column's cells tell about it: how many, how long, how different, and what they look like."""

import re
from collections import Counter
from dataclasses import dataclass, field

from complaint_desk.rules.importing.date_orders import DatesSeen
from complaint_desk.rules.importing.dates import read_time

MOST_VALUES = 1_000
"""Different values of a column that are counted; a closed list has fewer."""
_LOOKED_AT = 2_000
"""Cells of a column that are looked at closely; the rest is only counted, and read where they are dates."""
_TRIED = 50
"""After so many cells a column that holds no date is tried no longer."""

_PHONE = re.compile(
    r"(?=(?:\D*\d){7,15}\D*$)\+?[\d()（）\s./·-]{7,24}(?:(?:转|ext\.?|x|分机)\s*\d{1,6})?", re.IGNORECASE
)


@dataclass(slots=True)
class ColumnSeen:
    """One column, from the cells that were added."""

    cells: int = 0
    """Cells that hold anything."""
    values: Counter[str] = field(default_factory=Counter)
    """How often each value stands there; stops where there are too many different ones."""
    dates: DatesSeen = field(default_factory=DatesSeen)
    looked_at: int = 0
    signs: int = 0
    """How long the cells that were looked at are in all."""
    times: int = 0
    phones: int = 0
    numbers: int = 0

    def add(self, cell: str) -> None:
        """Take the next cell in."""
        if not cell or cell.isspace():
            return
        self.cells += 1
        if len(self.values) <= MOST_VALUES:
            self.values[cell[:200]] += 1
        if self.dates.cells < _TRIED or self.dates.dates * 2 > self.dates.cells:
            self.dates.add(cell)
        if self.looked_at < _LOOKED_AT:
            self._look(cell)

    def _look(self, cell: str) -> None:
        self.looked_at += 1
        self.signs += len(cell)
        if len(cell) <= 32:
            self.times += read_time(cell) is not None and any(not sign.isdigit() for sign in cell.strip())
            self.phones += _PHONE.fullmatch(cell.strip()) is not None
            self.numbers += cell.strip().isdecimal()

    @property
    def is_a_list(self) -> bool:
        """Whether it holds a few values again and again."""
        return len(self.values) <= min(MOST_VALUES, 60)

    @property
    def length(self) -> float:
        """The usual length of a cell, in signs."""
        return self.signs / self.looked_at if self.looked_at else 0.0

    @property
    def distinct(self) -> float:
        """The share of cells that differ from all others, as far as they were counted."""
        counted = sum(self.values.values())
        return len(self.values) / counted if counted else 0.0

    def share(self, count: int) -> float:
        """What share of the cells looked at so many are."""
        return count / self.looked_at if self.looked_at else 0.0
