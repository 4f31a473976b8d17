"""A card with a list from which one line is picked."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain


class PickCard(DeskCard[str]):
    """Gives back the value that was picked, or None."""

    AUTO_FOCUS = "#picks"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]

    def __init__(self, heading: str, picks: Sequence[Pick], does: str) -> None:
        """`does` is the word for what Enter does."""
        super().__init__()
        self._heading, self._picks, self._does = heading, tuple(picks), does

    def content(self) -> list[Widget]:
        """The heading over the list."""
        return [Static(plain(self._heading)), PickList(self._picks, id="picks")]

    def keys(self) -> list[KeyHint]:
        """Pick, or leave it."""
        return [KeyHint("↑ ↓", _("Choose")), KeyHint("Enter", self._does), KeyHint("Esc", _("Leave it"))]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self.dismiss(picked.value)

    def action_leave(self) -> None:
        """Nothing was picked."""
        self.dismiss(None)
