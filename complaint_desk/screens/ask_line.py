"""A card that asks for one line: why, or whom."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain


class AskLine(DeskCard[str]):
    """Gives back what was written, or None where it was left."""

    AUTO_FOCUS = "#line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, question: str, does: str) -> None:
        """`does` is the word for what Enter does."""
        super().__init__()
        self.question, self._does = question, does

    def content(self) -> list[Widget]:
        """The question over the line."""
        return [Static(plain(self.question, lines=True)), LineField("line")]

    def keys(self) -> list[KeyHint]:
        """Do it, or leave it."""
        return [KeyHint("Enter", self._does), KeyHint("Esc", _("Leave it"))]

    def action_answer(self) -> None:
        """Give the line back."""
        self.dismiss(self.query_one("#line", LineField).words.strip())

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
