"""A page of headings, labelled texts and rows of a small table, folded to its width; it draws only what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from complaint_desk.widgets.fold import fold, padded
from complaint_desk.widgets.plain import visible

LONGEST_PIECE = 2_000
"""An unbroken line is folded in pieces of so many characters, so that a megabyte without a blank costs no more."""
NARROWEST_TEXT = 24
"""With less room than this, the last cell of a row stands on lines of its own."""

Part = tuple[str, str]
"""A text and its kind: empty, or the name of one of the sheet's component classes."""


class Heading(NamedTuple):
    """Begins a part of the page."""

    text: str


class Told(NamedTuple):
    """A text under its label, folded."""

    label: str
    text: str
    kind: str = ""


class Row(NamedTuple):
    """A row of a small table: rows that follow one another share their columns; the last cell is folded."""

    cells: tuple[Part, ...]


Block = Heading | Told | Row
Line = list[Part]


def folded(text: str, width: int) -> list[str]:
    """The text, harmless, in lines of at most so many cells, quick also where it has no blank at all."""
    lines: list[str] = []
    for paragraph in visible(text, lines=True).split("\n"):
        for start in range(0, len(paragraph) or 1, LONGEST_PIECE):
            lines += fold(paragraph[start : start + LONGEST_PIECE], width) or [""]
    return lines


class Sheet(ScrollView, can_focus=True):
    """The page; it scrolls by line, by page, and to its ends."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll_up", show=False),
        Binding("down", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("home,ctrl+home", "scroll_home", show=False),
        Binding("end,ctrl+end", "scroll_end", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--heading",
        "sheet--label",
        "sheet--quiet",
        "sheet--good",
        "sheet--soon",
        "sheet--late",
        "sheet--strong",
    }
    DEFAULT_CSS = """
    Sheet {
        height: 1fr; width: 1fr; background: $background; color: $foreground; padding: 0 1;
        overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1;
    }
    Sheet:focus { scrollbar-color: $primary; }
    Sheet > .sheet--heading { color: $accent; }
    Sheet > .sheet--label { color: $quiet; }
    Sheet > .sheet--quiet { color: $quiet; }
    Sheet > .sheet--good { color: $success; }
    Sheet > .sheet--soon { color: $warning; }
    Sheet > .sheet--late { color: $error; }
    Sheet > .sheet--strong { text-style: bold; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.blocks: tuple[Block, ...] = ()
        """What stands on the page."""
        self._lines: list[Line] = []
        self._width = -1
        self._known: dict[tuple[str, int], list[str]] = {}
        self._styles: dict[str, Style] = {}

    def show(self, blocks: Iterable[Block]) -> None:
        """Show these; draws nothing when they are the same, and stays where it was scrolled to."""
        blocks = tuple(blocks)
        if blocks != self.blocks:
            self.blocks = blocks
            self._lay_out()

    def know(self, text: str, width: int, lines: list[str]) -> None:
        """Take a long text as `folded` gave it elsewhere, so that showing it takes no time."""
        self._known[text, width] = lines

    @property
    def text_width(self) -> int:
        """The cells a labelled text has for itself."""
        return self._room - self._label_room()

    @property
    def _room(self) -> int:
        """The cells of a line, without the last one, which is the scrollbar's when there is one."""
        return self.size.width - self.scrollbar_size_vertical

    def on_resize(self) -> None:
        """Fold anew for another width."""
        if self._room != self._width:
            self._lay_out()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._styles.clear()

    def _lay_out(self) -> None:
        self._width = self._room
        if self._width < 2:
            return
        before, self._known = self._known, {}
        self._lines = []
        for kind, run in groupby(self.blocks, type):
            if kind is Row:
                self._lines += self._table([block for block in run if isinstance(block, Row)], before)
            else:
                for block in run:
                    self._lines += self._block(block, before)
        self.virtual_size = Size(0, len(self._lines))
        self.refresh()

    def _fold(self, text: str, width: int, before: dict[tuple[str, int], list[str]]) -> list[str]:
        lines = before.get((text, width)) or folded(text, width)
        self._known[text, width] = lines
        return lines

    def _label_room(self) -> int:
        labels = (cell_len(block.label) for block in self.blocks if isinstance(block, Told))
        return max(labels, default=0) + 2

    def _block(self, block: Block, before: dict[tuple[str, int], list[str]]) -> list[Line]:
        if isinstance(block, Heading):
            return [*([[]] if self._lines else []), [(block.text, "heading")]]
        assert isinstance(block, Told)
        room = self._label_room()
        lines = self._fold(block.text, max(self._width - room, 2), before)
        head: Part = (padded(visible(block.label), room), "label")
        return [
            [head if first == 0 else (" " * room, ""), (line, block.kind)] for first, line in enumerate(lines)
        ]

    def _table(self, rows: Sequence[Row], before: dict[tuple[str, int], list[str]]) -> list[Line]:
        most = max(len(row.cells) for row in rows)
        widths = [
            max((cell_len(visible(row.cells[at][0])) for row in rows if at < len(row.cells) - 1), default=0)
            for at in range(most)
        ]
        lines: list[Line] = []
        for row in rows:
            *first, (text, kind) = row.cells
            line: Line = []
            for (words, style), width in zip(first, widths, strict=False):
                line += [(padded(visible(words), width), style), ("  ", "")]
            used = sum(cell_len(part) for part, _style in line)
            room = self._width - used
            if room < NARROWEST_TEXT and cell_len(visible(text)) > room:
                lines.append(line)
                lines += [
                    [("    ", ""), (part, kind)] for part in self._fold(text, max(self._width - 4, 2), before)
                ]
                continue
            for part in self._fold(text, max(room, 2), before):
                lines.append([*line, (part, kind)])
                line = [(" " * used, "")]
        return lines

    def render_line(self, y: int) -> Strip:
        """The line of the page that stands here."""
        index = y + self.scroll_offset.y
        ground = self._style("")
        if not 0 <= index < len(self._lines):
            return Strip.blank(self.size.width, ground)
        segments = [Segment(text, self._style(kind)) for text, kind in self._lines[index]]
        return Strip(segments).adjust_cell_length(self.size.width, ground)

    def _style(self, kind: str) -> Style:
        if kind not in self._styles:
            style = self.rich_style
            if kind:
                style += self.get_component_rich_style(f"sheet--{kind}", partial=True)
            self._styles[kind] = style
        return self._styles[kind]
