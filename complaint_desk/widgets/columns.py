"""Columns fitted to a width in terminal cells: which are shown, how wide, and where they stand."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len

from complaint_desk.widgets.fold import padded
from complaint_desk.widgets.plain import visible

Cell = str | tuple[str, ...]
"""A text, or the same in several lengths, the longest first."""


class Column(NamedTuple):
    """A column, and how much room it asks for."""

    name: str
    least: int
    """Cells under which it is not worth showing."""
    most: int
    """Cells beyond which it gains nothing."""
    rank: int = 0
    """0 is always shown; where room is scarce, the highest leaves first and the lowest grows first."""
    live: bool = False
    """It changes by itself as time passes, and wears the line's tone."""


class Placed(NamedTuple):
    """A column in its place."""

    column: Column
    x: int
    width: int


def fitted(columns: Sequence[Column], width: int) -> list[Placed]:
    """The columns that fit, in their order, grown to what they can use, two blanks apart where there is room."""
    kept = list(columns)
    while _needed(kept) > width and any(column.rank for column in kept):
        kept.remove(max(reversed(kept), key=lambda column: column.rank))
    spare = max(width - _needed(kept), 0)
    widths = {column.name: column.least for column in kept}
    for column in sorted(kept, key=lambda column: column.rank):
        grown = min(column.most - column.least, spare)
        widths[column.name] += grown
        spare -= grown
    gap = 2 if spare >= len(kept) - 1 else 1
    placed, x = [], 0
    for column in kept:
        room = min(widths[column.name], width - x)
        if room <= 0:
            break
        placed.append(Placed(column, x, room))
        x += room + gap
    return placed


def _needed(columns: Sequence[Column]) -> int:
    return sum(column.least for column in columns) + max(len(columns) - 1, 0)


def shown(cell: Cell, width: int) -> str:
    """The longest form of a cell that fits, else the shortest cut; always exactly `width` cells, and harmless."""
    forms = (cell,) if isinstance(cell, str) else cell
    for form in forms:
        text = visible(form)
        if cell_len(text) <= width:
            return padded(text, width)
    return padded(visible(forms[-1]) if forms else "", width)
