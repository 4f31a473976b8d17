"""What every card over the desk has in common: its place, its colours, its own line of keys."""

from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widget import Widget

from complaint_desk.screens.at_desk import TellsFaults
from complaint_desk.widgets.key_line import KeyHint, KeyLine

Answer = TypeVar("Answer")

CARD_COLUMNS = 76
"""The card's width where there is room; as in its style sheet."""
WIDE_COLUMNS = 90
"""From so many columns on there is room beside the card."""


class DeskCard(TellsFaults, ModalScreen[Answer]):
    """A card in the middle; a subclass gives its content and its keys."""

    CSS_PATH = "card.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_COLUMNS, "-wide")]  # noqa: RUF012

    @property
    def inner_width(self) -> int:
        """How many columns the card has for its text."""
        width = self.app.size.width
        return (CARD_COLUMNS if width >= WIDE_COLUMNS else width) - 4

    def content(self) -> list[Widget]:
        """What stands on the card."""
        return []

    def keys(self) -> list[KeyHint]:
        """The keys that work on it."""
        return []

    def speak(self) -> None:
        """Say everything anew in the language in use; a subclass says what stands on it besides the keys."""
        self.query_one("#card-keys", KeyLine).show(self.keys())

    def compose(self) -> ComposeResult:
        """The content over its keys."""
        with Container(id="card"):
            yield from self.content()
            yield KeyLine(self.keys(), id="card-keys")
