"""Saying what kind of caller this is: one digit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _, language
from complaint_desk.models.enums import ComplainantType
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.names import type_name
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


class TypeChoice(DeskCard[str]):
    """The five types of training text 003; gives back the type chosen, an empty text for none, None for no change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(number), f"choose('{kind.value}')", show=False)
            for number, kind in enumerate(ComplainantType, 1)
        ),
        Binding("0,delete,backspace", "choose('')", show=False),
        Binding("escape,f10,ctrl+l", "leave", show=False, priority=True),
    ]

    def __init__(self, chosen: ComplainantType | None, desk: Desk | None) -> None:
        super().__init__()
        self._chosen = chosen
        self._desk = desk

    def content(self) -> list[Widget]:
        """Each type with what the caller wishes for."""
        picks = []
        for number, kind in enumerate(ComplainantType, 1):
            name, wish = type_name(kind), ""
            if self._desk is not None:
                name = self._desk.playbook.type_name(kind, language())
                wish = self._desk.playbook.type_wish(kind, language())
            picks.append(Pick(kind.value, f"{number}  {name}" + (f" · {wish}" if wish else "")))
        at = list(ComplainantType).index(self._chosen) if self._chosen else 0
        return [Static(plain(_("What does this caller wish for?"))), PickList(picks, at, id="types")]

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        return [KeyHint("1…5", _("Choose")), KeyHint("0", _("Not known")), KeyHint("Esc", _("Leave it"))]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self.dismiss(picked.value)

    def action_choose(self, value: str) -> None:
        """A digit."""
        self.dismiss(value)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
