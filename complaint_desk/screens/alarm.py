"""The alarm at a seat: a grave matter has come in. It says so in one line, and rings where the settings say so.

Nothing opens over a call: the call screen shows it in its top line, the queue in the line below the list.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, cast

from complaint_desk.desk.staff.seat import SeatMemory
from complaint_desk.locale import _, n_
from complaint_desk.models.errors import DeskError

if TYPE_CHECKING:
    from textual.app import App

    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.enums import SafetyFlag
    from complaint_desk.models.ticket import QueueRow
    from complaint_desk.screens.at_desk import AtDesk

LOOK_SECONDS = 5
"""How often the desk is asked whether anything was written."""
MOST_FLAGGED = 50
"""So many flagged tickets are looked at."""


class SeatAlarm:
    """The flagged tickets that this seat has not seen in its queue yet."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self.rows: tuple[QueueRow, ...] = ()
        """The flagged tickets not seen yet, the first due first."""
        self._memory: SeatMemory | None = None
        self._seen_changes = -1
        self._looking = False

    @property
    def words(self) -> str:
        """The alarm in a few words, with the key to it; empty while there is none."""
        if not self.rows:
            return ""
        if len(self.rows) > 1:
            return "⚑ " + n_("{count} grave F3", "{count} grave F3", len(self.rows)).format(
                count=len(self.rows)
            )
        return f"⚑ {self.rows[0].number} F3"

    def begin(self) -> None:
        """Look from now on."""
        self._app.set_interval(LOOK_SECONDS, self.look)

    async def memory(self) -> SeatMemory:
        """What this seat remembers, read once."""
        if self._memory is None:
            drafts = cast("AtDesk", self._app).drafts
            found = await asyncio.to_thread(SeatMemory.of, drafts.folder, drafts.seat)
            if self._memory is None:
                self._memory = found
        return self._memory

    async def look(self) -> None:
        """Look for flagged tickets if anything was written; the desk is not waited for."""
        desk = cast("AtDesk", self._app).desk
        if desk is None or self._looking:
            return
        self._looking = True
        try:
            memory = await self.memory()
            seen, rows = await asyncio.to_thread(_flagged, desk, self._seen_changes)
        except DeskError:
            return
        except Exception as error:
            self._app.log.error(error)
            return
        finally:
            self._looking = False
        if rows is not None:
            self._seen_changes = seen
            self._raise(tuple(row for row in rows if row.number not in memory.seen))

    def _raise(self, rows: tuple[QueueRow, ...]) -> None:
        known = {row.number for row in self.rows}
        self.rows = rows
        if any(row.number not in known for row in rows):
            self.ring()
        self._tell()

    def ring(self) -> None:
        """Ring, where the settings say so."""
        desk = cast("AtDesk", self._app).desk
        if desk is not None and desk.settings.alarm_bell:
            self._app.bell()

    async def seen(self, rows: Sequence[QueueRow] = ()) -> None:
        """The queue is looked at: these tickets, and those of the alarm, are seen, and the alarm is over."""
        memory, rows = await self.memory(), (*self.rows, *rows)
        if not rows:
            return
        memory.seen.update(dict.fromkeys(row.number for row in rows))
        if self.rows:
            self.rows = ()
            self._tell()
        await asyncio.to_thread(memory.keep)

    @staticmethod
    def sentence(rows: Sequence[QueueRow], flags: Callable[[tuple[SafetyFlag, ...]], str]) -> str:
        """What the queue says of it: which tickets, and why; `flags` puts safety flags in words."""
        parts = [f"{row.number} {flags(row.safety) or int(row.severity)}" for row in rows[:3]]
        return _("Grave: {tickets}").format(tickets="; ".join(parts))

    def _tell(self) -> None:
        for stack in self._app._screen_stacks.values():
            for screen in stack:
                if callable(heard := getattr(screen, "alarm_changed", None)):
                    heard()


def _flagged(desk: Desk, seen_before: int) -> tuple[int, tuple[QueueRow, ...] | None]:
    seen = desk.changes_seen()
    if seen == seen_before:
        return seen, None
    return seen, tuple(row for row in desk.queue(MOST_FLAGGED) if row.key.rank == 0)
