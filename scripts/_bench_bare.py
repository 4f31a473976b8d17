"""The limits: the same work with nothing of the desk in it. Run as `python _bench_bare.py empty|form|table`."""

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widgets import Input, Static, TextArea

LINES, AREAS = 10, 3
"""Fields of the call form: single lines and text areas."""


class Empty(App[None]):
    """An app with one word on it."""

    def compose(self) -> ComposeResult:
        """One word."""
        yield Static("ready")


class Form(App[None]):
    """As many fields as the call form has, and nothing else."""

    CSS = "Input { height: 1; border: none; } TextArea { height: 3; border: none; }"

    def compose(self) -> ComposeResult:
        """The fields; the first has the cursor."""
        for number in range(LINES):
            yield Input(placeholder=f"field {number}")
        for number in range(AREAS):
            yield TextArea(f"area {number}")


class Rows(ScrollView, can_focus=True):
    """Fifty lines drawn on demand, one of them under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [("down", "move(1)"), ("up", "move(-1)")]
    cursor = reactive(0)

    def on_mount(self) -> None:
        """Fifty lines."""
        self.virtual_size = Size(100, 50)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two lines that change."""
        for line in (old, new):
            self.refresh(Region(0, line, self.size.width, 1))

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.cursor = max(0, min(49, self.cursor + by))

    def render_line(self, y: int) -> Strip:
        """One line, marked where the cursor is."""
        from rich.segment import Segment

        mark = ">" if y == self.cursor else " "
        return Strip([Segment(f"{mark} row {y:02d}  还剩2小时14分  承担责任  S01-261120-{y:03d}  王芳")])


class Table(App[None]):
    """A virtual table of fifty rows."""

    def compose(self) -> ComposeResult:
        """The table has the cursor."""
        yield Rows()


if __name__ == "__main__":
    {"empty": Empty, "form": Form, "table": Table}[sys.argv[1]]().run()
