"""The essence of what the cursor stands on: a heading and a few labelled lines, drawn in one widget."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from complaint_desk.widgets.fold import cut, fold, padded
from complaint_desk.widgets.plain import visible

TWO_COLUMNS = 100
"""From so many cells on the asides stand to the right of what was told."""


class Told(NamedTuple):
    """One labelled text; it may take so many lines."""

    label: str
    text: str
    lines: int = 1
    tone: str = ""
    """The name of a colour of the theme; empty for the ordinary one."""


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
        self.asides: tuple[Told, ...] = ()
        """What is known besides: to the right where there is room, else below."""

    def show(self, heading: str, told: Sequence[Told], asides: Sequence[Told] = ()) -> None:
        """Show these; draws nothing when they are the same."""
        if (heading, tuple(told), tuple(asides)) != (self.heading, self.told, self.asides):
            self.heading, self.told, self.asides = heading, tuple(told), tuple(asides)
            self.refresh()

    def render(self) -> Content:
        """The heading, then each text under its label, cut where the room ends."""
        width, height = self.content_size
        if not self.heading or width < 4:
            return Content("")
        head = Content.styled(cut(visible(self.heading), width), "$quiet")
        if width >= TWO_COLUMNS and self.asides:
            left = width * 11 // 20
            lines = _side_by_side(
                _lines(self.told, left - 2, height - 1), _lines(self.asides, width - left, height - 1), left
            )
        else:
            lines = _lines((*self.told, *self.asides), width, height - 1)
        return Content("\n").join([head, *lines][:height])


def _side_by_side(left: Sequence[Content], right: Sequence[Content], width: int) -> list[Content]:
    blank = Content("")
    rows = []
    for at in range(max(len(left), len(right))):
        first = left[at] if at < len(left) else blank
        second = right[at] if at < len(right) else blank
        rows.append(Content.assemble(first, " " * (width - first.cell_length), second))
    return rows


def _lines(told: Sequence[Told], width: int, height: int) -> list[Content]:
    """The texts in so many lines: a text that may take several gives way first to those below it."""
    room = max((cell_len(each.label) for each in told), default=0) + 2
    spare = max(height - len(told), 0)
    lines = []
    for each in told:
        most = 1 + min(max(each.lines - 1, 0), spare)
        folded = fold(visible(each.text), max(width - room, 2)) or [""]
        if len(folded) > most:
            folded = [*folded[: most - 1], cut(" ".join(folded[most - 1 :]), max(width - room, 2))]
        spare -= len(folded) - 1
        head = padded(each.label, room)
        for line in folded:
            lines.append(Content.assemble((head, "$quiet"), (line, each.tone) if each.tone else line))
            head = " " * room
    return lines
