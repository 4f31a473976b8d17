"""What every card over the desk has in common: its place, its colours, its own line of keys."""

from collections.abc import Awaitable
from typing import TypeVar

from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import ModalScreen
from textual.widget import Widget

from complaint_desk.screens.at_desk import TellsFaults
from complaint_desk.screens.held import hold
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

    def prepare(self) -> None:
        """What is to be done once the content stands: on opening, and after it was said in another language."""

    def on_mount(self) -> None:
        """Make the content ready."""
        self.prepare()

    def show_keys(self) -> None:
        """The keys in the language in use."""
        self.query_one("#card-keys", KeyLine).show(self.keys())

    def speak(self) -> Awaitable[None] | None:
        """Say everything anew in the language in use; what stands in the fields, and the cursor, stay."""
        return self._say_again()

    async def _say_again(self) -> None:
        held = hold(self)
        await self.recompose()
        self.prepare()
        held.put_back(self)

    def compose(self) -> ComposeResult:
        """The content over its keys."""
        with Container(id="card"):
            yield from self.content()
            yield KeyLine(self.keys(), id="card-keys")
