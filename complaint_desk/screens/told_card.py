"""A card with a few lines to read."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.plain import plain


class Told(DeskCard[None]):
    """A few lines to read."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "leave", show=False, priority=True)]

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def content(self) -> list[Widget]:
        """The lines, which scroll where there is little room."""
        return [VerticalScroll(Static(plain("\n".join(self.lines), lines=True)), id="told")]

    def keys(self) -> list[KeyHint]:
        """How to leave."""
        return [KeyHint("Esc", _("Back"))]

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
