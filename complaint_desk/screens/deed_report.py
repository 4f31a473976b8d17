"""What became of a deed on many tickets, row by row: what was refused first, with its reason."""

from collections.abc import Callable
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.deeds import DeedDone, counted
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.sheet import Row, Sheet


class DeedReport(DeskCard[None]):
    """A line for each ticket; it scrolls."""

    CSS_PATH = ["card.tcss", "sheet_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012
    AUTO_FOCUS = "#rows"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter", "leave", show=False, priority=True)]

    def __init__(self, done: DeedDone, told: Callable[[Ticket], str]) -> None:
        """`told` says in a sentence what was done to a ticket."""
        super().__init__(classes="-tall")
        self.done = done
        """The deed, and what became of it."""
        self._told = told

    def content(self) -> list[Widget]:
        """The sum, then the rows."""
        return [
            Static(Content.styled(plain(counted(self.done)).plain, "bold"), id="heading"),
            Sheet(id="rows"),
        ]

    def on_mount(self) -> None:
        """The refused ones first."""
        rows = [Row((("!", "late"), (row.number, "strong"), (row.refusal, ""))) for row in self.done.refused]
        rows += [
            Row((("✔", "good"), (row.number, "strong"), (self._told(row.after), "quiet")))
            for row in self.done.done
            if row.after is not None
        ]
        self.query_one("#rows", Sheet).show(rows)

    def keys(self) -> list[KeyHint]:
        """How to read on and how to leave."""
        return [KeyHint("↓ ↑", _("Scroll")), KeyHint("Esc", _("Back"))]

    def action_leave(self) -> None:
        """Back to the list."""
        self.dismiss(None)
