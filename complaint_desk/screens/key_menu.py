"""The keys of a list as a menu of digits: a Chinese input method left on swallows letters, not digits."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.keys import DeskKey
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import Pick, PickList


class KeyMenu(DeskCard[str]):
    """Each key's act behind a digit; gives back the action to run, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, 10)),
        Binding("escape,ctrl+k,m,M", "leave", show=False, priority=True),
    ]

    def __init__(self, keys: Sequence[DeskKey], about: str) -> None:
        """At most nine keys; `about` is what they act on."""
        super().__init__()
        self._keys = keys[:9]
        self._about = about

    def content(self) -> list[Widget]:
        """What it acts on, and the list."""
        picks = [Pick(key.action, f"{digit}  " + _(key.does)) for digit, key in enumerate(self._keys, 1)]
        return [Static(Content.styled(self._about, "$accent")), PickList(picks, id="menu")]

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        return [KeyHint(f"1…{len(self._keys)}", _("Choose")), KeyHint("Esc", _("Leave it"))]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self.dismiss(picked.value)

    def action_choose(self, digit: int) -> None:
        """A digit."""
        if digit <= len(self._keys):
            self.dismiss(self._keys[digit - 1].action)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
