"""A short list to pick from with the arrow keys; drawn in one widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from complaint_desk.widgets.fold import padded
from complaint_desk.widgets.plain import visible


class Pick(NamedTuple):
    """One line to pick, with what is said about it below."""

    value: str
    line: str
    about: str = ""


class PickList(Widget, can_focus=True):
    """Lines with a bar on one of them."""

    DEFAULT_CSS = """
    PickList { width: 100%; height: auto; max-height: 16; color: $foreground; }
    PickList > .pick-list--bar { background: $primary; color: $background; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick-list--bar"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("enter", "pick", show=False),
    ]

    @dataclass
    class Picked(Message):
        """A line was picked."""

        value: str

    class Moved(Message):
        """The bar stands on another line."""

    def __init__(self, picks: Sequence[Pick], at: int = 0, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.picks = list(picks)
        """What can be picked."""
        self.at = min(max(at, 0), max(len(self.picks) - 1, 0))
        """Where the bar stands."""

    @property
    def current(self) -> Pick | None:
        """The line with the bar."""
        return self.picks[self.at] if self.picks else None

    def show(self, picks: Sequence[Pick]) -> None:
        """Show these lines, the bar where it was as far as it can be."""
        self.picks = list(picks)
        self.at = min(self.at, max(len(self.picks) - 1, 0))
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are to pick from, so that the list grows with them."""
        each = 2 if any(pick.about for pick in self.picks) else 1
        return max(len(self.picks) * each, 1)

    def action_move(self, by: int) -> None:
        """Move the bar, round the ends."""
        if self.picks:
            self.at = (self.at + by) % len(self.picks)
            self.refresh()
            self.post_message(self.Moved())

    def action_pick(self) -> None:
        """Take the line with the bar."""
        if self.current is not None:
            self.post_message(self.Picked(self.current.value))

    def render(self) -> Content:
        """The lines around the bar, as many as there is room for."""
        width = max(self.content_size.width, 20)
        rows = max(self.content_size.height, 1) if self.size.height else 100
        each = 2 if any(pick.about for pick in self.picks) else 1
        fit = max(rows // each, 1)
        top = min(max(self.at - fit + 1, 0), max(len(self.picks) - fit, 0))
        bar = self.get_visual_style("pick-list--bar")
        lines = []
        for index, pick in enumerate(self.picks[top : top + fit], top):
            line = Content(padded(" " + visible(pick.line), width))
            lines.append(line.stylize(bar) if index == self.at else line)
            if each == 2:
                lines.append(Content.styled(padded("   " + visible(pick.about), width), "$quiet"))
        return Content("\n").join(lines)
