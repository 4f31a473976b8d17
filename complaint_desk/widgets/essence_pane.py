"""The essence of what the cursor stands on: a heading and a few labelled lines, drawn in one widget."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from complaint_desk.widgets.fold import cut, fold, padded
from complaint_desk.widgets.plain import visible


class Told(NamedTuple):
    """One labelled text; it may take so many lines."""

    label: str
    text: str
    lines: int = 1


class EssencePane(Widget):
    """Shows one thing at a time; nothing in it can take the focus."""

    DEFAULT_CSS = """
    EssencePane { width: 100%; height: 5; padding: 0 1; border-top: solid $rule; color: $foreground; }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.heading = ""
        """The line above the others."""
        self.told: tuple[Told, ...] = ()
        """The labelled texts, as far as there is room."""

    def show(self, heading: str, told: Sequence[Told]) -> None:
        """Show these; draws nothing when they are the same."""
        if (heading, tuple(told)) != (self.heading, self.told):
            self.heading, self.told = heading, tuple(told)
            self.refresh()

    def render(self) -> Content:
        """The heading, then each text under its label, cut where the room ends."""
        width, height = self.content_size
        if not self.heading or width < 4:
            return Content("")
        lines = [Content.styled(cut(visible(self.heading), width), "$quiet")]
        room = max((cell_len(told.label) for told in self.told), default=0) + 2
        for told in self.told:
            head = padded(told.label, room)
            folded = fold(visible(told.text), max(width - room, 2))
            if len(folded) > told.lines:
                rest = " ".join(folded[told.lines - 1 :])
                folded = [*folded[: told.lines - 1], cut(rest, max(width - room, 2))]
            for line in folded:
                lines.append(Content.assemble((head, "$quiet"), line))
                head = " " * room
        return Content("\n").join(lines[:height])
