"""The read-back (Ctrl+R): one sentence to read to the caller, and the caller's word that it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _, listed
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.names import field_name
from complaint_desk.widgets.fold import fold
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.plain import plain, visible

if TYPE_CHECKING:
    from complaint_desk.rules.read_back import ReadBack

CARD_CELLS, WIDE = 76, 90
"""The card's width, and the width of the screen from which it is no wider."""
CONFIRMED, ASK = "confirmed", "ask"


class ReadBackCard(DeskCard[str]):
    """Gives back `confirmed`, `ask` to go on with what is missing, None for no change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,1", "confirm", show=False, priority=True),
        Binding("2,down", "ask", show=False, priority=True),
        Binding("escape,ctrl+r", "leave", show=False, priority=True),
    ]

    def __init__(self, back: ReadBack) -> None:
        super().__init__()
        self.back = back
        """What is read."""

    def content(self) -> list[Widget]:
        """The sentence, what is missing, and how to ask for it."""
        return [Static(self._words(), id="read-back")]

    def speak(self) -> None:
        """What the desk says in the language in use; the sentence stays in the caller's."""
        self.show_keys()
        self.query_one("#read-back", Static).update(self._words())

    def _words(self) -> Content:
        back = self.back
        lines = []
        if back.sentence:
            lines += [
                Content.styled(_("Read to the caller:"), "$quiet"),
                Content("\n".join(fold(visible(back.sentence), self._width))).stylize("bold $say"),
            ]
        else:
            lines.append(Content(_("Nothing was told yet that could be read back.")))
        if back.missing and back.ask:
            lines += [
                Content(""),
                Content.styled(_("Still missing: {fields}").format(fields=self._missing()), "$quiet"),
                Content.assemble((_("Ask"), "$quiet"), "  ", plain(back.ask).stylize("$say")),
            ]
        return Content("\n").join(lines)

    @property
    def _width(self) -> int:
        """The cells of a line on the card."""
        return (self.app.size.width if self.app.size.width < WIDE else CARD_CELLS) - 4

    def _missing(self) -> str:
        names = {"when_unclear": "when", "contact": "caller"}
        return listed(field_name(names.get(name, name)) for name in self.back.missing)

    def keys(self) -> list[KeyHint]:
        """Confirmed, go on asking, leave."""
        keys = [KeyHint("Enter", _("The caller confirmed it"), 0)] if self.back.sentence else []
        if self.back.missing:
            keys.append(KeyHint("2", _("To what is missing"), 2))
        return [*keys, KeyHint("Esc", _("Back"), 1)]

    def action_confirm(self) -> None:
        """The caller said that it is right."""
        if self.back.sentence:
            self.dismiss(CONFIRMED)

    def action_ask(self) -> None:
        """To the first field that is missing."""
        self.dismiss(ASK if self.back.missing else None)

    def action_leave(self) -> None:
        """Back to the call."""
        self.dismiss(None)
