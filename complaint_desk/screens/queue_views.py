"""Which part of the queue is looked at: its views, the store, what is written in the filter; kept for this seat."""

from __future__ import annotations

import asyncio

from textual import on, work
from textual.getters import query_one
from textual.widgets import Input

from complaint_desk.desk.staff.seat import SeatMemory
from complaint_desk.desk.view_names import view_name
from complaint_desk.locale import _
from complaint_desk.models.queue_view import EVERYTHING, QueueChoice
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.queue_essence import EssenceOfQueue
from complaint_desk.screens.queue_head import VIEWS
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.virtual_table import VirtualTable

FILTER_AFTER_SECONDS = 0.15
"""How long after the last key the list is narrowed."""


class ChoosingView(EssenceOfQueue):
    """The views by digits, the store from a list, the filter in a line of its own."""

    field = query_one("#filter", LineField)
    table: VirtualTable

    def action_view(self, digit: int) -> None:
        """Look at the view of this digit."""
        self.look_at(QueueChoice(VIEWS[digit - 1], self.choice.store))

    def action_next_view(self, by: int) -> None:
        """The view after this one, or before it."""
        at = (VIEWS.index(self.choice.view) + by) % len(VIEWS)
        self.look_at(QueueChoice(VIEWS[at], self.choice.store))

    def unkeyed_commands(self) -> dict[str, str]:
        """The views by their names, for the palette."""
        return {
            _("Queue: {view}").format(view=view_name(view)): f"view({digit})"
            for digit, view in enumerate(VIEWS, 1)
        }

    def look_at(self, choice: QueueChoice) -> None:
        """Look at another view, from its top, or with the cursor on its ticket where that is in it."""
        if choice != self.choice:
            self.choice = choice
            self._keep_memory()
            self.head_changed()
            self.show_view()

    @work(group="stores", exclusive=True, exit_on_error=False)
    async def action_choose_store(self) -> None:
        """Ask of which store the tickets are to be shown."""
        from complaint_desk.screens.store_choice import StoreChoice

        desk = await at_desk(self).desk_ready()
        stores = await asyncio.to_thread(desk.queue_stores)
        self.app.push_screen(StoreChoice(stores, self.choice.store), self._store_chosen)

    def _store_chosen(self, store: str | None) -> None:
        if store is not None:
            self.look_at(QueueChoice(self.choice.view, store or None))

    def remembered(self, memory: SeatMemory) -> None:
        """Go on where this seat left off."""
        if self.choice == EVERYTHING and not self.text:
            self.choice, self.text = memory.choice, memory.text
            with self.prevent(Input.Changed):
                self.field.words = memory.text
            self.set_class(bool(memory.text), "-filtering")

    @work(group="memory", exit_on_error=False)
    async def _keep_memory(self) -> None:
        memory = self.memory
        if memory is not None:
            memory.choice, memory.text = self.choice, self.text
            await asyncio.to_thread(memory.keep)

    # The filter

    def action_filter(self) -> None:
        """Write in the filter."""
        self.add_class("-filtering")
        self.field.focus()

    @on(Input.Changed, "#filter")
    def filter_typed(self) -> None:
        """Narrow the list a moment after the last key."""
        self._narrow()

    @work(group="narrow", exclusive=True, exit_on_error=False)
    async def _narrow(self) -> None:
        await asyncio.sleep(FILTER_AFTER_SECONDS)
        text = self.field.words.strip()
        if text != self.text:
            self.text = text
            self._keep_memory()
            self.show_view()

    def action_calm(self) -> None:
        """Esc: out of the filter; then no filter; then no marks."""
        if self.field.has_focus and self.field.words.strip():
            self.table.focus()
        elif self.has_class("-filtering"):
            self.field.words = ""
            self.remove_class("-filtering")
            self.table.focus()
        elif self.marks:
            self.unmark()

    def head_changed(self) -> None:
        """Another view is looked at: the line above tells, before its lines are there."""
        raise NotImplementedError
