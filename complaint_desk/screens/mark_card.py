"""A card with a list of which any number can be marked: values to take, complaints to part."""

from __future__ import annotations

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


class MarkCard(DeskCard[tuple[str, ...]]):
    """Gives back the values that are marked when Enter is pressed, or None where it is left."""

    AUTO_FOCUS = "#marks"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"mark({digit})", show=False) for digit in range(1, 10)),
        Binding("space", "mark(0)", show=False),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, question: str, picks: Sequence[Pick], does: str) -> None:
        """`does` is the word for what Enter does."""
        super().__init__()
        self._question, self._picks, self._does = question, tuple(picks), does
        self.marked: set[str] = set()
        """The values that are marked."""

    def content(self) -> list[Widget]:
        """The question and the list."""
        return [Static(plain(self._question, lines=True)), PickList(self._shown(), id="marks")]

    def keys(self) -> list[KeyHint]:
        """Mark, do it, or leave it."""
        return [
            KeyHint("Space 1…9", _("Mark")),
            KeyHint("Enter", self._does),
            KeyHint("Esc", _("Leave it")),
        ]

    def _shown(self) -> list[Pick]:
        return [
            pick._replace(line=f"{'✔' if pick.value in self.marked else '·'} {place}  {pick.line}")
            for place, pick in enumerate(self._picks, 1)
        ]

    def action_mark(self, digit: int) -> None:
        """Mark the line of this digit, or the one with the bar; again takes the mark away."""
        marks = self.query_one(PickList)
        at = digit - 1 if digit else marks.at
        if at < len(self._picks):
            self.marked ^= {self._picks[at].value}
            marks.show(self._shown())

    @on(PickList.Picked)
    def answer(self) -> None:
        """Enter: with the marks as they stand."""
        self.dismiss(tuple(pick.value for pick in self._picks if pick.value in self.marked))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
