"""The card on which an act is told in one line: who said what to whom, how, and when if not now."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Act, ComplainantType, Precision
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.act_words import act_asks, act_name
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.lint_lines import lint_lines
from complaint_desk.screens.names import type_name
from complaint_desk.screens.telling_card import READ_AFTER_SECONDS, TellingCard
from complaint_desk.screens.time_words import when_words
from complaint_desk.widgets.choice_field import Choice, ChoiceField
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.told_text import ToldText

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.settling.resolve import ResolvedBy

EXACT_ENOUGH = (Precision.MINUTE, Precision.HOUR)
"""How exactly the time of an act must be told: it decides whether a clock was met."""


class ActDone(NamedTuple):
    """An act that was recorded, with the ticket before and after it."""

    act: Act
    before: Ticket
    after: Ticket


class ActLine(TellingCard[ActDone]):
    """Records one act; whatever goes wrong is said on the card, and the text stays in its field."""

    CSS_PATH = ["card.tcss", "act_line.tcss"]  # type: ignore[assignment]  # noqa: RUF012
    AUTO_FOCUS = "#text"
    FAULT = N_("Not recorded ({fault}); the text is kept. Press Enter again.")

    text = query_one("#text", ToldText)
    at = query_one("#at", LineField)
    reading = query_one("#reading", Static)

    def __init__(self, number: str, act: Act, ticket: Ticket | None = None) -> None:
        """`ticket` is the ticket as the person sees it; without it, it is read when the card opens."""
        super().__init__(act, number, ticket)
        self.act = act
        """The act to be recorded."""

    def content(self) -> list[Widget]:
        """What is asked, the line, the time, and what the desk has to say."""
        return [
            Static(self._heading(), id="heading"),
            Static(plain(act_asks(self.act)), id="asks"),
            ToldText("text"),
            Horizontal(
                Static(plain(_("When")), id="at-label"),
                LineField("at"),
                Static("", id="reading"),
                id="moment",
            ),
            *self._type_end(),
            Static("", id="lint"),
            Static("", id="said"),
        ]

    def _type_end(self) -> list[Widget]:
        """When it is settled: the kind the caller had become (training text 003); may stay empty."""
        if self.act is not Act.RESOLVED:
            return []
        field = ChoiceField("type-end")
        field.offer([Choice(kind.value, type_name(kind)) for kind in ComplainantType])
        field.placeholder = _("by number or name; may stay empty")
        return [Horizontal(Static(plain(_("Type at the end")), id="type-end-label"), field, id="end")]

    def keys(self) -> list[KeyHint]:
        """Record or leave."""
        return [
            KeyHint("Enter", _("Record"), 0),
            KeyHint("Tab", _("When"), 2),
            KeyHint("Esc", _("Leave, the text is kept"), 1),
        ]

    def _heading(self) -> Content:
        who = f"  {self.ticket.caller}" if self.ticket and self.ticket.caller else ""
        return Content.assemble((act_name(self.act), "bold"), "  ", (self.number, "$accent"), plain(who))

    def prepare(self) -> None:
        """Put back what was typed here before."""
        self.at.placeholder = _("now; or 10:00, yesterday 3pm")
        if kept := self.kept():
            self.text.words, self.at.words = kept["text"], kept["at"]
        if self.ticket is None:
            self._read_ticket()

    @work(group="ticket", exit_on_error=False)
    async def _read_ticket(self) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            self.ticket = await asyncio.to_thread(desk.ticket, self.number)
        except DeskError as error:
            self.say(str(error))
        else:
            self.query_one("#heading", Static).update(self._heading())
            self.ticket_read(self.ticket)

    # The time

    @on(Input.Changed, "#at")
    def time_typed(self) -> None:
        """Read the time a moment after the last key."""
        self._read_time()

    @work(group="time", exclusive=True, exit_on_error=False)
    async def _read_time(self) -> None:
        await asyncio.sleep(READ_AFTER_SECONDS)
        try:
            desk = await at_desk(self).desk_ready()
            await self._moment(desk)
        except DeskError:
            return

    async def _moment(self, desk: Desk) -> tuple[datetime | None, str]:
        """When the act happened, None for now; and what is wrong with what was typed, empty if nothing is."""
        said = self.at.words.strip()
        if not said:
            self.reading.update("")
            return None, ""
        now = desk.clock()
        spoken = await asyncio.to_thread(desk.understand_when, said, now)
        wrong = ""
        if spoken.at is None:
            wrong = _("? in the future") if spoken.doubt == "after_receipt" else _("? not read as a time")
        elif spoken.precision not in EXACT_ENOUGH:
            wrong = _("? say the hour as well")
        if spoken.at is None or wrong:
            self.reading.update(Content.styled(wrong, "$warning"))
            return None, wrong
        words = when_words(spoken.at, Precision.MINUTE, now, desk.settings.zone)
        self.reading.update(Content.styled(f"→ {words}", "$quiet"))
        return spoken.at, ""

    # The agent's own words

    @on(TextArea.Changed, "#text")
    def words_typed(self) -> None:
        """Look at the agent's own words a moment after the last key; it is shown quietly and never in the way."""
        self._look_at_words()

    @work(group="lint", exclusive=True, exit_on_error=False)
    async def _look_at_words(self) -> None:
        await asyncio.sleep(READ_AFTER_SECONDS)
        try:
            desk = await at_desk(self).desk_ready()
        except DeskError:
            return
        found = await asyncio.to_thread(desk.lint, self.text.words, self.act)
        if self.is_attached:
            self.query_one("#lint", Static).update(lint_lines(found))

    # Recording

    async def record(self) -> None:
        """Record the act, unless its time is not clear."""
        desk = await at_desk(self).desk_ready()
        before = self.ticket
        if before is None:
            before = await asyncio.to_thread(desk.ticket, self.number)
        happened_at, wrong = await self._moment(desk)
        if wrong:
            self.say(_("The time of the act is not clear. Nothing was written yet."))
            self.at.focus()
            return
        after = await asyncio.to_thread(
            self._act_in_thread, desk, happened_at, before.version, self._chosen_end()
        )
        self.leave_with(ActDone(self.act, before, after))

    def _chosen_end(self) -> ComplainantType | None:
        for field in self.query(ChoiceField):
            field.decide()
        for end in self.query("#type-end").results(ChoiceField):
            if end.chosen:
                return ComplainantType(end.chosen)
        return None

    def field_at_fault(self, name: str) -> Widget:
        """The field that a refusal is about."""
        return self.at if name == "at" else self.text

    def ticket_read(self, ticket: Ticket) -> None:
        """The ticket was read after the card opened."""

    def _act_in_thread(
        self, desk: Desk, happened_at: datetime | None, version: int, type_end: ComplainantType | None
    ) -> Ticket:
        words = self.text.words
        findings = [each.found for each in desk.lint(words.strip(), self.act)]
        return desk.act(
            self.number,
            self.act,
            words,
            happened_at=happened_at,
            version=version,
            type_end=type_end,
            avoid=findings,
            resolved=self.ended(),
        )

    def ended(self) -> ResolvedBy | None:
        """How the complaint ended, where the act says so."""
        return None

    def typed(self) -> dict[str, str]:
        """The words and the time."""
        return {"text": self.text.words, "at": self.at.words}
