"""Marking lines of the queue and acting on the marked; what could not be done stays marked, with its reason."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime

from textual import work

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import QueueRow
from complaint_desk.screens.act_line import ActDone
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.deeds import Deed, DeedDone
from complaint_desk.screens.queue_reading import ReadingQueue

MOST_MARKED = 500
"""So many tickets of a view are marked at once."""
MARK, FAILED = "●", "×"


class MarkingQueue(ReadingQueue):
    """The marks by number, and what was said of those on which an act failed."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: dict[str, QueueRow] = {}
        """The marked lines, by number, in the order in which they were marked."""
        self.refusals: dict[str, str] = {}
        """Why the last deed was not done on a marked ticket."""
        self._last_many: Mapping[str, int] = {}

    @property
    def numbers_at_hand(self) -> tuple[str, ...]:
        """The marked tickets, else the one under the cursor."""
        return tuple(self.marks) or super().numbers_at_hand

    def mark_of(self, number: str) -> str:
        """The sign before a line."""
        if number in self.marks:
            return FAILED if number in self.refusals else MARK
        return ""

    def action_mark(self) -> None:
        """Mark the line under the cursor or take its mark away, and go on to the next."""
        row = self.cursor_row
        if row is None:
            return
        if self.marks.pop(row.number, None) is None:
            self.marks[row.number] = row
        self.refusals.pop(row.number, None)
        self.marked()

    def action_mark_all(self) -> None:
        """Mark every line of the view, as far as marks go; where there are marks, take them all away."""
        if self.marks:
            self.unmark()
        else:
            self._mark_all()

    def unmark(self) -> None:
        """Take all marks away."""
        self.marks.clear()
        self.refusals.clear()
        self.marked(moves=False)

    @work(group="mark", exclusive=True, exit_on_error=False)
    async def _mark_all(self) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            window, choice = self.window, self.choice
            rows = (
                window.rows[:MOST_MARKED]
                if window.text
                else await asyncio.to_thread(desk.queue, MOST_MARKED, choice=choice)
            )
        except DeskError as error:
            self.said.say(str(error), "warns")
            return
        self.marks = {row.number: row for row in rows}
        if len(rows) < self.window.total:
            self.said.say(_("The first {count} tickets are marked.").format(count=len(rows)), "asks")
        self.marked(moves=False)

    def marked(self, *, moves: bool = True) -> None:
        """The marks are others: show them; the cursor goes on where a single line was marked."""
        raise NotImplementedError

    # Deeds on the marked

    def action_act(self, act: str) -> None:
        """Act on every marked ticket, or on the one at hand; undoing right after a deed on many takes it all back."""
        if self.marks:
            self.ask_for(Deed(act), tuple(self.marks))
        elif act == Deed.UNDO and len(self._last_many) > 1:
            self.ask_for(Deed.UNDO, tuple(self._last_many), self._last_many)
        else:
            super().action_act(act)

    def action_supervise(self, deed: str) -> None:
        """Pausing lets tickets run again where all of them stand still."""
        if deed == Deed.PAUSE and self._all_stand_still():
            deed = Deed.RESUME
        super().action_supervise(deed)

    def _all_stand_still(self) -> bool:
        desk = at_desk(self).desk
        rows = list(self.marks.values()) or [row for row in (self.cursor_row,) if row is not None]
        return bool(rows) and desk is not None and all(_stands_still(row, desk.clock()) for row in rows)

    def acted(self, done: ActDone) -> None:
        """The line has moved or is gone: look at once."""
        self._last_many = {}
        self.look()

    def deed_done(self, done: DeedDone) -> None:
        """What was done is no longer marked; what was refused stays marked, with its reason."""
        from complaint_desk.desk.one_by_one import versions

        undoing = done.deed is Deed.UNDO
        self._last_many = {} if undoing or len(done.rows) < 2 else versions(done.rows)
        for row in done.done:
            self.marks.pop(row.number, None)
            self.refusals.pop(row.number, None)
        if len(done.rows) > 1:
            self.refusals.update({row.number: row.refusal for row in done.refused})
            for row in done.refused:
                held = self.window.row(self.window.places.get(row.number, -1))
                if row.number not in self.marks and held is not None:
                    self.marks[row.number] = held
        self.marked(moves=False)
        self.look()


def _stands_still(row: QueueRow, now: datetime) -> bool:
    return row.paused_until is not None and row.paused_until > now
