"""Every key in one table (F1)."""

from typing import ClassVar

from rich.style import Style
from rich.table import Table
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.bring_in_keys import READING_KEYS
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.customer_keys import CUSTOMER_KEYS, CUSTOMER_MENU
from complaint_desk.screens.keys import APP_KEYS, CALL_KEYS, MOVING, PALETTE
from complaint_desk.screens.list_keys import (
    BRING_IN_KEYS,
    BRING_IN_MOVES,
    QUEUE_KEYS,
    QUEUE_VIEW_KEYS,
    SEARCH_KEYS,
    TICKET_KEYS,
)
from complaint_desk.screens.people_keys import PEOPLE_KEYS
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.plain import plain


class HelpScreen(DeskCard[None]):
    """The keys, what they do, and where."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,ctrl+g,enter", "leave", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__(classes="-tall")

    def content(self) -> list[Widget]:
        """The table, which scrolls where there is little room; above it, that the last backup is old."""
        age = at_desk(self).safety.backup_words
        about = [Static(plain(f"! {age}"), id="backup-age")] if age else []
        return [*about, VerticalScroll(Static(self._table(), id="table"), id="keys")]

    def speak(self) -> None:
        """The table in the language in use."""
        self.show_keys()
        self.query_one("#table", Static).update(self._table())

    def keys(self) -> list[KeyHint]:
        """How to read on and how to leave."""
        return [KeyHint("↓ ↑", _("Scroll")), KeyHint("Esc", _("Back"))]

    def _table(self) -> Table:
        groups = (
            (_("On the call screen"), [(key.shown, key.does) for key in CALL_KEYS]),
            (_("In the queue"), [*((key.shown, key.does) for key in QUEUE_KEYS), *QUEUE_VIEW_KEYS]),
            (_("In the search"), [(key.shown, key.does) for key in SEARCH_KEYS]),
            (_("On a ticket"), [(key.shown, key.does) for key in TICKET_KEYS]),
            (
                _("On a customer's card"),
                [
                    *((key.shown, key.does) for key in CUSTOMER_KEYS),
                    *(("Ctrl+K", key.does) for key in CUSTOMER_MENU),
                ],
            ),
            (_("On the staff's screen"), [(key.shown, key.does) for key in PEOPLE_KEYS]),
            (
                _("Bringing records in"),
                [*((key.shown, key.does) for key in (*BRING_IN_KEYS, *READING_KEYS)), *BRING_IN_MOVES],
            ),
            (_("Everywhere"), [(key.shown, key.does) for key in (*APP_KEYS, PALETTE)]),
            (_("In the fields"), list(MOVING)),
        )
        keys = Style(color=self.app.theme_variables.get("key-name"))
        table = Table.grid(padding=(0, 2), expand=True)
        table.add_column(no_wrap=True)
        table.add_column(ratio=1, overflow="fold")
        for place, (title, rows) in enumerate(groups):
            if place:
                table.add_row()
            table.add_row(Text(title, style="bold"))
            for shown, does in rows:
                table.add_row(Text(shown, style=keys), Text(_(does)))
        return table

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
