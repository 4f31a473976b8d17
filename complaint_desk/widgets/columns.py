"""Columns fitted to a width in terminal cells: which are shown, how wide, and where they stand."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from complaint_desk.widgets.fold import padded
from complaint_desk.widgets.plain import visible

Cell = str | tuple[str, ...]
"""A text, or the same in several lengths, the longest first."""


class Column(NamedTuple):
    """A column, and how much room it asks for, in cells."""

    name: str
    least: int
    """Under this it is not worth showing."""
    good: int
    """Before this is reached, no column of a higher rank is shown."""
    most: int
    """Beyond this it gains nothing."""
    rank: int = 0
    """0 is always shown; the lower, the sooner it is shown and grown."""
    live: bool = False
    """It changes by itself as time passes, and wears the line's tone."""


class Placed(NamedTuple):
    """A column in its place."""

    column: Column
    x: int
    width: int


def fitted(columns: Sequence[Column], width: int) -> list[Placed]:
    """The columns that fit, in their order, grown to what they can use, two blanks apart where there is room."""
    ranked = sorted(columns, key=lambda column: column.rank)
    kept: list[Column] = []
    for column in ranked:
        if column.rank and sum(other.good + 1 for other in kept) + column.least > width:
            break
        kept.append(column)
    spare = max(width - sum(column.least + 1 for column in kept) + 1, 0)
    widths = {column.name: column.least for column in kept}
    for wanted in ("good", "most"):
        for column in kept:
            grown = min(max(getattr(column, wanted) - widths[column.name], 0), spare)
            widths[column.name] += grown
            spare -= grown
    gap = 2 if spare >= len(kept) - 1 else 1
    placed, x = [], 0
    for column in columns:
        room = min(widths.get(column.name, 0), width - x)
        if room > 0:
            placed.append(Placed(column, x, room))
            x += room + gap
    return placed


def shown(cell: Cell, width: int) -> str:
    """The longest form of a cell that fits, else the shortest cut; always exactly `width` cells, and harmless."""
    forms = (cell,) if isinstance(cell, str) else cell
    for form in forms:
        text = visible(form)
        if cell_len(text) <= width:
            return padded(text, width)
    return padded(visible(forms[-1]) if forms else "", width)


class TableLine(NamedTuple):
    """What stands in one line: a text for each column, and the tone of its live columns."""

    cells: Mapping[str, Cell]
    tone: str = ""
    """`late`, `soon`, `flagged`, or empty."""


Lines = Callable[[int], TableLine | None]
"""Gives the line of this index; None while it is not there yet."""
