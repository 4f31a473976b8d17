"""Columns fitted to a width in terminal cells: which are shown, how wide, and where they stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len

from complaint_desk.widgets.fold import cut, padded
from complaint_desk.widgets.plain import visible


@dataclass(frozen=True, slots=True)
class Marked:
    """A text of which some words stand out; a narrow column shows the part around the first of them."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """Start and end of each, in order, counted in the characters of `text`."""


Cell = str | tuple[str, ...] | Marked
"""A text, the same in several lengths, the longest first, or a text with marks."""


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
    if isinstance(cell, Marked):
        return "".join(text for text, _ in shown_marked(cell, width))
    forms = (cell,) if isinstance(cell, str) else cell
    for form in forms:
        text = visible(form)
        if cell_len(text) <= width:
            return padded(text, width)
    return padded(visible(forms[-1]) if forms else "", width)


def pieces(cell: Cell, width: int) -> list[tuple[str, bool]]:
    """What stands in a column for this cell, in pieces that are marked or not."""
    return shown_marked(cell, width) if isinstance(cell, Marked) else [(shown(cell, width), False)]


def shown_marked(cell: Marked, width: int) -> list[tuple[str, bool]]:
    """The part of a text around its first mark in exactly `width` cells, in pieces: harmless, marked or not."""
    pieces, at = list[tuple[str, bool]](), 0
    for left, right in cell.marks:
        pieces += [(visible(cell.text[at:left]), False), (visible(cell.text[left:right]), True)]
        at = right
    pieces.append((visible(cell.text[at:]), False))
    if cell.marks and sum(cell_len(text) for text, _ in pieces) > width:
        pieces[0] = (_tail(pieces[0][0], width // 3), False)
    fitting, room = list[tuple[str, bool]](), width
    for index, (text, marked) in enumerate(pieces):
        rest = sum(cell_len(other) for other, _ in pieces[index + 1 :])
        piece = text if cell_len(text) + min(rest, 1) <= room else cut(text + "…", room)
        if piece:
            fitting.append((piece, marked))
            room -= cell_len(piece)
        if piece != text:
            break
    return [*fitting, (" " * room, False)] if room > 0 else fitting


def _tail(text: str, width: int) -> str:
    """The end of a text in at most `width` cells, with an ellipsis where something was left out."""
    if cell_len(text) <= width:
        return text
    end = text
    while end and cell_len(end) > width - 1:
        end = end[1:]
    return "…" + end


class TableLine(NamedTuple):
    """What stands in one line: a text for each column, and the tone of its live columns."""

    cells: Mapping[str, Cell]
    tone: str = ""
    """`late`, `soon`, `flagged`, or empty."""
    mark: str = ""
    """A sign of one cell beside the cursor's, for lines that are marked."""


Lines = Callable[[int], TableLine | None]
"""Gives the line of this index; None while it is not there yet."""
