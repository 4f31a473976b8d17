"""What is told once: a recovery code, a one-time PIN. It goes when it was written down."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.fold import fold
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.plain import visible


class ToldOnce(DeskCard[None]):
    """A sentence and what is to be written down; only Enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "leave", show=False, priority=True)]

    def __init__(self, sentence: str, secret: str) -> None:
        super().__init__()
        self._sentence, self._secret = sentence, secret

    def content(self) -> list[Widget]:
        """The sentence over it."""
        said = "\n".join(fold(visible(self._sentence), self.inner_width))
        return [
            Static(
                Content("\n").join([Content(said), Content(""), Content.styled(self._secret, "bold $accent")])
            )
        ]

    def keys(self) -> list[KeyHint]:
        """How to go on."""
        return [KeyHint("Enter", _("I have written it down"))]

    def action_leave(self) -> None:
        """It was written down."""
        self._secret = ""
        self.dismiss(None)
