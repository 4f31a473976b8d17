"""The keys of a list as a menu of digits: a Chinese input method left on swallows letters, not digits."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.keys import DeskKey
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.pick_list import Pick, PickList

A_PAGE = 9
"""So many acts stand behind digits at a time; 0 shows the next ones."""


class KeyMenu(DeskCard[str]):
    """Each key's act behind a digit; gives back the action to run, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, A_PAGE + 1)),
        Binding("0", "more", show=False),
        Binding("escape,ctrl+k,m,M", "leave", show=False, priority=True),
    ]

    menu = query_one("#menu", PickList)

    def __init__(self, keys: Sequence[DeskKey], about: str) -> None:
        """`about` is what the keys act on."""
        super().__init__()
        self._pages = [keys[start : start + A_PAGE] for start in range(0, len(keys), A_PAGE)]
        self._page = 0
        self._about = about

    def content(self) -> list[Widget]:
        """What it acts on, and the list."""
        return [Static(Content.styled(self._about, "$accent")), PickList(self._picks(), id="menu")]

    def _picks(self) -> Sequence[Pick]:
        return [
            Pick(key.action, f"{digit}  " + _(key.does))
            for digit, key in enumerate(self._pages[self._page], 1)
        ]

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        more = [KeyHint("0", _("More"))] if len(self._pages) > 1 else []
        return [
            KeyHint(f"1…{len(self._pages[self._page])}", _("Choose")),
            *more,
            KeyHint("Esc", _("Leave it")),
        ]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self.dismiss(picked.value)

    def action_choose(self, digit: int) -> None:
        """A digit."""
        if digit <= len(self._pages[self._page]):
            self.dismiss(self._pages[self._page][digit - 1].action)

    def action_more(self) -> None:
        """The next ones, and after the last the first again."""
        self._page = (self._page + 1) % len(self._pages)
        self.menu.show(self._picks())
        self.query_one(KeyLine).show(self.keys())

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
