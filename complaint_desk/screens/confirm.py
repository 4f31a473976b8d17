"""A question before something is put away."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.plain import plain


class Confirm(DeskCard[bool]):
    """Asks once; Enter is yes, everything else is no."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer(True)", show=False, priority=True),
        Binding("escape", "answer(False)", show=False, priority=True),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question
        """What is asked."""

    def content(self) -> list[Widget]:
        """The question."""
        return [Static(plain(self.question, lines=True))]

    def keys(self) -> list[KeyHint]:
        """Yes and no."""
        return [KeyHint("Enter", _("Yes")), KeyHint("Esc", _("No"))]

    def action_answer(self, yes: bool) -> None:
        """Give the answer back."""
        self.dismiss(yes)
