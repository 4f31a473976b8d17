"""The list under a choice field, drawn in one widget; the field keeps the cursor and tells it where to go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from complaint_desk.widgets.fold import padded
from complaint_desk.widgets.plain import visible

if TYPE_CHECKING:
    from complaint_desk.widgets.choice_field import Choice


class ChoiceMenu(Widget):
    """A short list that never takes the focus."""

    DEFAULT_CSS = """
    ChoiceMenu {
        overlay: screen; position: absolute; display: none; width: auto; height: auto;
        background: $panel; color: $foreground; padding: 0 1;
    }
    ChoiceMenu.-open { display: block; }
    ChoiceMenu > .choice-menu--highlighted { background: $primary; color: $background; }
    ChoiceMenu > .choice-menu--number { color: $quiet; }
    """
    COMPONENT_CLASSES = {"choice-menu--highlighted", "choice-menu--number"}  # noqa: RUF012
    can_focus = False

    def __init__(self) -> None:
        super().__init__()
        self.owner: Widget | None = None
        """The field it belongs to while it is open."""
        self._choices: list[tuple[int, Choice]] = []
        self._at = 0
        self._top = 0
        self._rows = 1
        self._placed_by: tuple[Region, Size] | None = None

    @property
    def highlighted(self) -> Choice | None:
        """The choice on which the bar stands."""
        return self._choices[self._at][1] if self._choices else None

    def open(self, owner: Widget, choices: Sequence[tuple[int, Choice]], chosen: str | None) -> None:
        """Show these numbered choices under the field, or above it where there is more room."""
        self.owner = owner
        self._choices = list(choices)
        self._at = next((i for i, (_, choice) in enumerate(choices) if choice.value == chosen), 0)
        self._top = 0
        self._placed_by = None
        self._place()
        self.add_class("-open")

    def on_mount(self) -> None:
        """The list stays with its field when the form scrolls or the terminal changes its size."""
        self.screen.screen_layout_refresh_signal.subscribe(self, lambda _screen: self._place())

    def _place(self) -> None:
        if self.owner is None or self._placed_by == (self.owner.region, self.screen.size):
            return
        field, room = self._placed_by = (self.owner.region, self.screen.size)
        below, above = room.height - field.bottom - 1, field.y - 1
        self._rows = max(1, min(len(self._choices), max(below, above), 12))
        down = self._rows <= below or below >= above
        self.styles.offset = (
            max(0, min(field.x - 1, room.width - self._width() - 2)),
            field.bottom if down else field.y - self._rows,
        )
        self.move(0)

    def close(self) -> None:
        """Put the list away."""
        self.owner = None
        self._choices = []
        self.remove_class("-open")

    def move(self, by: int) -> None:
        """Move the bar, round the ends."""
        if self._choices:
            self._at = (self._at + by) % len(self._choices)
            self._top = min(max(self._top, self._at - self._rows + 1), self._at)
            self.refresh(layout=True)

    def _width(self) -> int:
        return max((cell_len(self._line(*each)) for each in self._choices), default=1)

    @staticmethod
    def _line(number: int, choice: Choice) -> str:
        return f"{number:>2}  {choice.code + ' ' if choice.code else ''}{visible(choice.label)}"

    def render(self) -> Content:
        """The lines that fit, the bar on one of them."""
        width = self._width()
        highlighted = self.get_visual_style("choice-menu--highlighted")
        lines = []
        for index in range(self._top, min(self._top + self._rows, len(self._choices))):
            line = Content(padded(self._line(*self._choices[index]), width))
            lines.append(line.stylize(highlighted) if index == self._at else line)
        return Content("\n").join(lines)
