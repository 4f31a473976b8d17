"""Why the deadlines of a ticket are what they are: every addend on a line of its own, as a caller could be told."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.desk.deadlines.countdown import countdown_words
from complaint_desk.locale import N_, _, language
from complaint_desk.models.enums import ClockState
from complaint_desk.models.errors import DeskError
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.sheet import Block, Heading, Row, Sheet

if TYPE_CHECKING:
    from complaint_desk.desk.deadlines.explaining import ClockExplained, TicketExplained
    from complaint_desk.desk.desk import Desk

_STATES = {ClockState.RUNNING: N_("running"), ClockState.MET: N_("met"), ClockState.LATE: N_("late")}


class WhyCard(DeskCard[None]):
    """The clocks of one ticket, the next one first; it only reads."""

    CSS_PATH = ["card.tcss", "sheet_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012
    AUTO_FOCUS = "#why"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,y,Y", "leave", show=False, priority=True)]
    sheet = query_one("#why", Sheet)

    def __init__(self, number: str) -> None:
        super().__init__(classes="-tall")
        self.number = number
        """The ticket's number."""

    def content(self) -> list[Widget]:
        """The number, then the lines."""
        heading = Content.assemble((_("Why this deadline?"), "bold"), "  ", (self.number, "$accent"))
        return [Static(heading, id="heading"), Sheet(id="why")]

    def keys(self) -> list[KeyHint]:
        """How to read on and how to leave."""
        return [KeyHint("↓ ↑", _("Scroll")), KeyHint("Esc", _("Back"))]

    def prepare(self) -> None:
        """Ask the desk."""
        self._ask()

    @work(group="why", exit_on_error=False)
    async def _ask(self) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            explained = await asyncio.to_thread(desk.explain, self.number)
        except DeskError as error:
            self.sheet.show([Row(((str(error), ""),))])
            return
        if self.is_attached:
            self.sheet.show(why_blocks(explained, desk))

    def action_leave(self) -> None:
        """Back to where one was."""
        self.dismiss(None)


def why_blocks(explained: TicketExplained, desk: Desk) -> Iterator[Block]:
    """Every clock with its addends: the one that waits and is due first on top, then the others as they began."""
    following = explained.ticket.next_clock
    first = [each for each in explained.clocks if following and each.clock.position == following.position]
    now = desk.clock()
    for each in (*first, *(each for each in explained.clocks if each not in first)):
        yield Heading(f"{desk.playbook.clock_name(each.clock.kind, language())} · {_state(each)}")
        if each.clock.is_waiting:
            yield Row((("▸", "quiet"), (countdown_words(each.clock.due_at, now), "strong")))
        for line in each.lines:
            yield Row((("+", "quiet"), (line, "")))


def _state(each: ClockExplained) -> str:
    if each.clock.superseded_at is not None:
        return _("replaced")
    if each.paused_until is not None:
        return _("paused")
    return _(_STATES[each.state])
