"""One of a few things, chosen from a list."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain


class PickCard(DeskCard[str]):
    """Gives back the value that was picked, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]

    def __init__(
        self, title: str, about: str, picks: Sequence[Pick], chosen: str = "", *, does: str = ""
    ) -> None:
        """`about` is what it is chosen for; the bar stands on the value that is `chosen` now.

        `does` is the word for what Enter does, where it does more than take a value.
        """
        super().__init__()
        self._title, self._about = title, about
        self._picks, self._chosen, self._does = picks, chosen, does

    def content(self) -> list[Widget]:
        """What is chosen, and the list."""
        at = next((place for place, pick in enumerate(self._picks) if pick.value == self._chosen), 0)
        heading = Content.assemble((self._title, "bold"), "  ", plain(self._about))
        return [Static(heading), PickList(self._picks, at, id="targets")]

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        does = self._does or _("Take it")
        return [KeyHint("↓ ↑", _("Choose")), KeyHint("Enter", does), KeyHint("Esc", _("Leave it"))]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        picked.stop()
        self.dismiss(picked.value)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
