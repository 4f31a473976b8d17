"""The staff, for whoever leads it: who has a PIN, a one-time PIN for a forgotten one, somebody new."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.enums import Role
from complaint_desk.models.errors import DeskError
from complaint_desk.screens.ask_line import AskLine
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.told_once import ToldOnce
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.notice import Notice
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.models.staff import StaffMember


class StaffCard(DeskCard[None]):
    """Everybody who works here; the desk itself asks whether one may."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("0", "add", show=False),
        Binding("escape", "leave", show=False, priority=True),
    ]

    people = query_one("#staff", PickList)
    notice = query_one("#card-notice", Notice)

    def content(self) -> list[Widget]:
        """The list, and what the desk says."""
        return [
            Static(plain(_("Staff"))),
            PickList([], id="staff"),
            Notice(id="card-notice"),
        ]

    def keys(self) -> list[KeyHint]:
        """What can be done."""
        return [
            KeyHint("Enter", _("One-time PIN"), 0),
            KeyHint("0", _("Add an agent"), 1),
            KeyHint("Esc", _("Back"), 2),
        ]

    def on_mount(self) -> None:
        """Read who works here."""
        self._read()

    @work(group="read", exit_on_error=False)
    async def _read(self) -> None:
        desk = await at_desk(self).desk_ready()
        self._show(await asyncio.to_thread(desk.everybody))

    def _show(self, staff: list[StaffMember]) -> None:
        from complaint_desk.desk.role_names import pin_state, role_name

        asks = any(member.has_pin for member in staff)
        self.people.show(
            [
                Pick(
                    member.name,
                    "  ".join((member.name, role_name(member.role), *([pin_state(member)] if asks else []))),
                )
                for member in staff
            ]
        )

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a name: a one-time PIN."""
        self._reset(picked.value)

    @work(group="act", exit_on_error=False)
    async def _reset(self, name: str) -> None:
        desk = await at_desk(self).desk_ready()
        try:
            given = await asyncio.to_thread(desk.reset_pin, name)
            staff = await asyncio.to_thread(desk.everybody)
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        self.notice.say("")
        self._show(staff)
        said = _(
            "With this one-time PIN {name} signs in and chooses one of their own. It is shown this once:"
        )
        self.app.push_screen(ToldOnce(said.format(name=name), given))

    def action_add(self) -> None:
        """Somebody new, as an agent; with a one-time PIN where PINs are in use."""
        self.app.push_screen(AskLine(_("Name of the new agent"), _("Add")), self._named)

    def _named(self, name: str | None) -> None:
        if name is not None:
            self._join(name)

    @work(group="act", exit_on_error=False)
    async def _join(self, name: str) -> None:
        desk = await at_desk(self).desk_ready()
        try:
            member = await asyncio.to_thread(desk.join, name, Role.AGENT)
            staff = await asyncio.to_thread(desk.everybody)
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        self.notice.say("")
        self._show(staff)
        if desk.signed_in is not None:
            self._reset(member.name)

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)
