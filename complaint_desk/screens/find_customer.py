"""A card on which a customer is found while one types: number, name, pinyin, initials."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input, Static

from complaint_desk.locale import _, n_
from complaint_desk.models.errors import DeskError
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

LOOK_AFTER_SECONDS = 0.12


class FindCustomer(DeskCard[str]):
    """Gives back the id of the customer that was chosen, or None."""

    AUTO_FOCUS = "#line"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("enter", "answer", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, question: str, without: str = "") -> None:
        """`without` is the id of a customer who is not meant."""
        super().__init__()
        self._desk, self._question, self._without = desk, question, without

    def content(self) -> list[Widget]:
        """The question, the line, whoever may be meant."""
        return [Static(plain(self._question)), LineField("line"), PickList([], id="found")]

    def keys(self) -> list[KeyHint]:
        """Choose, or leave it."""
        return [KeyHint("↑ ↓", _("Choose")), KeyHint("Enter", _("This one")), KeyHint("Esc", _("Leave it"))]

    def prepare(self) -> None:
        """The cursor stays in the line."""
        self.query_one(PickList).can_focus = False

    @on(Input.Changed)
    def typed(self) -> None:
        """Look a moment after the last key."""
        self.look()

    @work(group="look", exclusive=True, exit_on_error=False)
    async def look(self) -> None:
        """List whoever may be meant."""
        await asyncio.sleep(LOOK_AFTER_SECONDS)
        try:
            found = await asyncio.to_thread(self._desk.who_is, self.query_one(LineField).words)
        except DeskError:
            return
        region = self._desk.settings.region
        picks = [
            Pick(
                one.customer_id,
                "  ".join(
                    (one.name or _("no name"), *(show_phone(number, region) for number in one.numbers[:2]))
                ),
                n_("{count} open", "{count} open", one.open_tickets).format(count=one.open_tickets),
            )
            for one in found
            if one.customer_id != self._without
        ]
        self.query_one(PickList).show(picks)

    def action_move(self, by: int) -> None:
        """To the next, or the one before."""
        self.query_one(PickList).action_move(by)

    def action_answer(self) -> None:
        """The one with the bar."""
        if (current := self.query_one(PickList).current) is not None:
            self.dismiss(current.value)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
