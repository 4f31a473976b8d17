"""Of which store the queue is shown: of one, or of all."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.queue_view import StoreCount
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import Pick, PickList

EVERY_STORE = ""
"""The answer for all stores; no store is called nothing."""


class StoreChoice(DeskCard[str]):
    """The stores with what is open in each; gives back one, `EVERY_STORE`, or None to leave it as it is."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, 10)),
        Binding("escape,w,W", "leave", show=False, priority=True),
    ]

    def __init__(self, stores: Sequence[StoreCount], chosen: str | None) -> None:
        super().__init__()
        every = StoreCount(EVERY_STORE, sum(each.open for each in stores), sum(each.late for each in stores))
        self._stores = [every, *stores]
        self._chosen = chosen

    def content(self) -> list[Widget]:
        """The list."""
        at = next((place for place, each in enumerate(self._stores) if each.store == (self._chosen or "")), 0)
        picks = [Pick(each.store, self._line(place, each)) for place, each in enumerate(self._stores, 1)]
        return [Static(Content.styled(_("Whose tickets?"), "bold")), PickList(picks, at, id="stores")]

    @staticmethod
    def _line(place: int, each: StoreCount) -> str:
        name = each.store or _("All stores")
        counts = _("{open} open, {late} late").format(open=f"{each.open:,}", late=f"{each.late:,}")
        return f"{place if place < 10 else ' '}  {name}  {counts}"

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        return [KeyHint("1…9 ↓ ↑", _("Choose")), KeyHint("Enter", _("Show")), KeyHint("Esc", _("Leave it"))]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self.dismiss(picked.value)

    def action_choose(self, digit: int) -> None:
        """A digit."""
        if digit <= len(self._stores):
            self.dismiss(self._stores[digit - 1].store)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
