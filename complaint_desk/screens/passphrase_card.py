"""A card that asks for the passphrase of a sealed backup; nothing typed into it is shown."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pin_field import PinField
from complaint_desk.widgets.plain import plain


class PassphraseCard(DeskCard[str]):
    """Gives back what was typed, or None where it was left."""

    AUTO_FOCUS = "#passphrase"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "answer", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, name: str) -> None:
        """`name` is the backup's."""
        super().__init__()
        self.name_of_backup = name
        """Which backup is to be opened."""

    def content(self) -> list[Widget]:
        """The question over the field."""
        asked = _("{file} is sealed. Its passphrase:").format(file=self.name_of_backup)
        return [Static(plain(asked)), PinField("passphrase")]

    def keys(self) -> list[KeyHint]:
        """Open it, or leave it."""
        return [KeyHint("Enter", _("Open")), KeyHint("Esc", _("Leave it"))]

    def action_answer(self) -> None:
        """Give it back."""
        self.dismiss(self.query_one("#passphrase", PinField).take())

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
