"""What is told of the ticket under the cursor: its line at once, and what its history says as soon as it was read."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual import work

from complaint_desk.desk.essence_words import short_moment, why_line
from complaint_desk.desk.finding.radar_words import radar_line
from complaint_desk.locale import _, language, n_
from complaint_desk.models.errors import DeskError, StoreFault
from complaint_desk.models.essence import Essence
from complaint_desk.models.radar import Radar
from complaint_desk.models.ticket import QueueRow
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.queue_marking import MarkingQueue
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.essence_pane import EssencePane, Told

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

MOST_KNOWN = 200
"""So many essences are kept; they are read anew when anything was written."""


class EssenceOfQueue(MarkingQueue):
    """The pane below the list."""

    essence: EssencePane

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, Essence | None] = {}
        self._known_at = -1
        self._fetching = False

    def show_essence(self) -> None:
        """Show what is known of the ticket under the cursor, and read what is not, beside the screen."""
        row, desk = self.cursor_row, at_desk(self).desk
        if row is None or desk is None:
            self.essence.show("", ())
            return
        if self._known_at != self.window.seen or len(self._known) > MOST_KNOWN:
            self._known, self._known_at = {}, self.window.seen
        known = self._known.get(row.number)
        self.essence.show(_heading(row, desk), _told(row), tuple(self._asides(row, known, desk)))
        if row.number not in self._known and not self._fetching:
            self._fetch()

    @work(group="essence", exit_on_error=False)
    async def _fetch(self) -> None:
        """Read one ticket after the other until the one under the cursor is known."""
        self._fetching = True
        try:
            while (row := self.cursor_row) is not None and row.number not in self._known:
                seen = self._known_at
                desk = await at_desk(self).desk_ready()
                found = await asyncio.to_thread(_essence, desk, row.number)
                if seen == self._known_at:
                    self._known[row.number] = found
        except DeskError:
            return
        finally:
            self._fetching = False
        self.show_essence()

    def _asides(self, row: QueueRow, known: Essence | None, desk: Desk) -> Iterator[Told]:
        if refusal := self.refusals.get(row.number):
            yield Told(_("Not done"), refusal, 2, "$bad")
        if known is None:
            return
        grave, alike = _grave(known.radar), radar_line(known.radar)
        if grave:
            yield Told(_("Alike"), alike, 2, "$warn")
        zone, now = desk.settings.zone, desk.clock()
        if known.clock is not None:
            yield Told(_("Why then"), why_line(known.clock, zone), 2)
        yield Told(_("Promises"), _promises(known, desk), 2)
        if alike and not grave:
            yield Told(_("Alike"), alike, 2)
        paid = ", ".join(str(total) for total in known.paid.totals)
        yield Told(_("{days} days").format(days=known.paid.days), paid or _("nothing granted"), 1)
        for remedy in known.waiting[:1]:
            amount = f" {remedy.amount}" if remedy.amount else ""
            yield Told(_("Approval"), f"{remedy.text}{amount}", 1, "$warn")
        if known.escalation is not None:
            told = known.escalation
            moment = moment_words(told.at, now, zone)
            yield Told(
                _("Escalated"),
                _("to {name}, level {level}, {moment}").format(name=told.to, level=told.level, moment=moment),
            )


def _essence(desk: Desk, number: str) -> Essence | None:
    """The essence; None for a ticket whose history cannot be read, of which the file's check tells more."""
    try:
        return desk.essence(number)
    except StoreFault:
        raise
    except Exception:
        return None


def _grave(radar: Radar) -> bool:
    """Whether others were hurt, or fell ill: that is told before anything else."""
    return any(echo.injuries or echo.food_safety for echo in radar.echoes)


def _heading(row: QueueRow, desk: Desk) -> str:
    received = _("received {moment}").format(
        moment=moment_words(row.received_at, desk.clock(), desk.settings.zone)
    )
    channel = desk.playbook.channel_name(row.channel, language())
    phone = show_phone(row.phone, desk.settings.region) if row.phone else ""
    who = " ".join(part for part in (row.caller, phone) if part) or _("unknown")
    return " · ".join((row.number, who, channel, received))


def _told(row: QueueRow) -> tuple[Told, ...]:
    return Told(_("What"), row.what, 4), Told(_("Wants"), row.remedy_wanted or _("not told"))


def _promises(known: Essence, desk: Desk) -> str:
    if not known.promises:
        return _("none open")
    first = known.promises[0]
    told = f"{short_moment(first.due_at, desk.settings.zone)} {first.what} — {first.owner}"
    more = len(known.promises) - 1
    if not more:
        return told
    return told + " " + n_("(and {number} more)", "(and {number} more)", more).format(number=more)
