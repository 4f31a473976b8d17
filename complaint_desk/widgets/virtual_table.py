"""A table of any length that draws only the lines that can be seen, and redraws only what has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from complaint_desk.widgets.columns import Cell, Column, Lines, Placed, TableLine, fitted, pieces
from complaint_desk.widgets.fold import fold, padded

CURSOR = "▸"
MARGIN = 2
"""Cells before the first column: the cursor's sign and a blank."""


class VirtualTable(ScrollView, can_focus=True):
    """Lines by index, the first one a heading that stays; the cursor is a line, not a cell."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,ctrl+home", "to_end(False)", show=False),
        Binding("end,ctrl+end", "to_end(True)", show=False),
        Binding("enter", "choose", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "table--heading",
        "table--cursor",
        "table--late",
        "table--soon",
        "table--flagged",
        "table--waiting",
        "table--mark",
    }
    DEFAULT_CSS = """
    VirtualTable {
        height: 1fr; width: 100%; background: $background; color: $foreground;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
    }
    VirtualTable > .table--heading { color: $quiet; }
    VirtualTable > .table--cursor { background: $panel; text-style: bold; }
    VirtualTable > .table--late { color: $bad; }
    VirtualTable > .table--soon { color: $warn; }
    VirtualTable > .table--flagged { color: $mark; }
    VirtualTable > .table--waiting { color: $quiet; }
    VirtualTable > .table--mark { color: $mark; text-style: bold underline; }
    """

    @dataclass
    class Moved(Message):
        """The cursor stands on another line."""

        table: VirtualTable
        index: int

        def can_replace(self, message: Message) -> bool:
            """Only where it stands now matters."""
            return isinstance(message, VirtualTable.Moved)

    @dataclass
    class Chosen(Message):
        """Enter, or a second click, on a line."""

        table: VirtualTable
        index: int

    @dataclass
    class Wanted(Message):
        """Other lines have come into sight: from the first to the one after the last."""

        table: VirtualTable
        first: int
        last: int

        def can_replace(self, message: Message) -> bool:
            """Only what can be seen now is wanted."""
            return isinstance(message, VirtualTable.Wanted)

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.headings: Mapping[str, str] = {}
        """What each column is called."""
        self.empty = ""
        """What to say where there is no line at all."""
        self.cursor = 0
        """The index of the line on which the cursor stands."""
        self._columns = tuple(columns)
        self._total = 0
        self._lines: Lines = lambda index: None
        self._drawn: dict[int, tuple[int, bool, TableLine | None]] = {}
        self._fit: tuple[int, list[Placed]] = (-1, [])
        self._styles: dict[tuple[str, bool], Style] = {}

    # What it shows

    @property
    def total(self) -> int:
        """How many lines there are, seen or not."""
        return self._total

    @property
    def top(self) -> int:
        """The index of the first line in sight."""
        return self.scroll_offset.y

    @property
    def page_lines(self) -> int:
        """How many lines fit under the heading."""
        return max(self.size.height - 1, 1)

    def call(self, headings: Mapping[str, str], columns: Sequence[Column], empty: str) -> None:
        """Name the columns anew, and say what is said when there is no line."""
        self.headings, self.empty, self._columns = headings, empty, tuple(columns)
        self._fit = (-1, [])
        self.refresh()

    def show(self, total: int, lines: Lines, *, cursor: int, top: int | None = None) -> None:
        """Take these lines: what looks the same as before is not drawn again.

        `top` is the line to stand first; without it the lines in sight stay where they are, unless the cursor
        would be out of sight.
        """
        if total != self._total:
            changed_kind = not total or not self._total
            self._total = total
            self.virtual_size = Size(0, total + 1 if total else 0)
            if changed_kind:
                self.refresh()
        self._lines = lines
        self.cursor = max(0, min(cursor, total - 1))
        if top is not None:
            self._scroll(top)
        self.update_lines()

    def update_lines(self) -> None:
        """Draw again what differs from what is on the screen: a live column alone where only that changed."""
        if not self._total:
            return
        for y in range(1, self.size.height):
            index = self.top + y - 1
            old, new = self._drawn.get(y), self._at(index)
            if old == new:
                continue
            if old and new[2] and old[2] and old[:2] == new[:2] and self._only_live(old[2], new[2]):
                self.refresh(self._live_region(y))
            else:
                self.refresh(Region(0, y, self.size.width, 1))

    def _at(self, index: int) -> tuple[int, bool, TableLine | None]:
        return index, index == self.cursor, self._lines(index) if index < self._total else None

    def _only_live(self, old: TableLine, new: TableLine) -> bool:
        live = {column.name for column in self._columns if column.live}
        return old.mark == new.mark and all(
            name in live or old.cells[name] == cell for name, cell in new.cells.items()
        )

    def _live_region(self, y: int) -> Region:
        live = [place for place in self._placed() if place.column.live]
        first, last = live[0], live[-1]
        return Region(MARGIN + first.x, y, last.x + last.width - first.x, 1)

    # Moving

    def action_move(self, by: int) -> None:
        """One line up or down."""
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        """One page up or down; the last line of a page becomes the first of the next."""
        self.move_to(
            self.cursor + by * max(self.page_lines - 1, 1), scrolled_by=by * max(self.page_lines - 1, 1)
        )

    def action_to_end(self, last: bool) -> None:
        """To the first or the last line."""
        self.move_to(self._total - 1 if last else 0)

    def action_choose(self) -> None:
        """Open the line under the cursor."""
        if self._total:
            self.post_message(self.Chosen(self, self.cursor))

    def move_to(self, index: int, *, scrolled_by: int = 0) -> None:
        """Put the cursor on this line and bring it into sight."""
        index = max(0, min(index, self._total - 1))
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            for line in (before, index):
                self.refresh(Region(0, line - self.top + 1, self.size.width, 1))
            self.post_message(self.Moved(self, index))
        self._scroll(self.top + scrolled_by)

    def _scroll(self, top: int) -> None:
        """Let this line be the first in sight, as far as the cursor stays in sight."""
        top = max(top, self.cursor - self.page_lines + 1)
        top = max(0, min(top, self.cursor, self._total - self.page_lines))
        if top != self.top:
            self.scroll_to(y=top, animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Ask for the lines that have come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self._want()

    def _want(self) -> None:
        if self._total and self.size.height > 1:
            self.post_message(self.Wanted(self, self.top, min(self.top + self.page_lines, self._total)))

    def on_resize(self) -> None:
        """The cursor stays in sight, and other lines may have come into it."""
        self._scroll(self.top)
        self._want()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the cursor's line it opens."""
        index = self.top + event.y - 1
        if event.y < 1 or index >= self._total:
            return
        if index == self.cursor:
            self.action_choose()
        else:
            self.move_to(index)

    # Drawing

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._styles.clear()

    def render_line(self, y: int) -> Strip:
        """The heading, or the line that stands here."""
        width = self.size.width
        ground = self._style("", False)
        if not self._total:
            return self._nothing(y, width, ground)
        if y == 0:
            return self._strip(self.headings, "heading", False, every=True)
        at = self._drawn[y] = self._at(self.top + y - 1)
        index, on_it, line = at
        if index >= self._total:
            return Strip.blank(width, ground)
        if line is None:
            return self._strip({self._placed()[0].column.name: "…"}, "waiting", on_it, every=True)
        return self._strip(line.cells, line.tone, on_it, mark=line.mark)

    def _strip(
        self, cells: Mapping[str, Cell], tone: str, on_it: bool, *, every: bool = False, mark: str = ""
    ) -> Strip:
        base = self._style(tone if every else "", on_it)
        live = self._style(tone, on_it)
        segments = [Segment(padded((CURSOR if on_it else " ") + mark, MARGIN), base)]
        end = 0
        for column, x, room in self._placed():
            if x > end:
                segments.append(Segment(" " * (x - end), base))
            style = live if column.live else base
            found = self._style("mark", on_it)
            for text, marked in pieces(cells.get(column.name, ""), room):
                segments.append(Segment(text, found if marked else style))
            end = x + room
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _nothing(self, y: int, width: int, ground: Style) -> Strip:
        lines = fold(self.empty, max(width - 2 * MARGIN, 2))
        first = max((self.size.height - len(lines)) // 3, 0)
        if not 0 <= y - first < len(lines):
            return Strip.blank(width, ground)
        text = " " * MARGIN + lines[y - first]
        return Strip([Segment(padded(text, width), self._style("waiting", False))])

    def _placed(self) -> list[Placed]:
        width = self.size.width
        if self._fit[0] != width:
            self._fit = (width, fitted(self._columns, width - MARGIN - 1))
        return self._fit[1]

    def _style(self, tone: str, on_it: bool) -> Style:
        if (tone, on_it) not in self._styles:
            style = self.rich_style
            if on_it:
                style += self.get_component_rich_style("table--cursor", partial=True)
            if tone:
                style += self.get_component_rich_style(f"table--{tone}", partial=True)
            self._styles[tone, on_it] = style
        return self._styles[tone, on_it]
