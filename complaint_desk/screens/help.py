"""Every key in one table (F1)."""

from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.keys import APP_KEYS, CALL_KEYS, MOVING, PALETTE
from complaint_desk.widgets.fold import padded
from complaint_desk.widgets.key_line import KeyHint


class HelpScreen(DeskCard[None]):
    """The keys, what they do, and where."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,ctrl+g,enter", "leave", show=False, priority=True),
    ]

    def content(self) -> list[Widget]:
        """The table, which scrolls where there is little room."""
        return [VerticalScroll(Static(self._table()), id="keys")]

    def keys(self) -> list[KeyHint]:
        """How to read on and how to leave."""
        return [KeyHint("↓ ↑", _("Scroll")), KeyHint("Esc", _("Back"))]

    def _table(self) -> Content:
        groups = (
            (_("On the call screen"), [(key.shown, key.does) for key in CALL_KEYS]),
            (_("Everywhere"), [(key.shown, key.does) for key in (*APP_KEYS, PALETTE)]),
            (_("In the fields"), list(MOVING)),
        )
        keys = max(cell_len(shown) for _title, rows in groups for shown, _does in rows) + 2
        lines: list[Content] = []
        for title, rows in groups:
            lines += (
                [Content(""), Content.styled(title, "bold")] if lines else [Content.styled(title, "bold")]
            )
            lines += [Content.assemble((padded(shown, keys), "$key-name"), _(does)) for shown, does in rows]
        return Content("\n").join(lines)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
