"""The card on which a deed of the supervisor's desk is told: to whom, until when, how grave, and why."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input, Static

from complaint_desk.desk.one_by_one import RowDone, Verb, one_by_one
from complaint_desk.locale import _
from complaint_desk.models.enums import Severity
from complaint_desk.models.errors import DeskError
from complaint_desk.models.settling import Outcome
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.deed_fields import field_hint, field_label, offer_choices, read_return
from complaint_desk.screens.deeds import ASKS, Deed, DeedDone, DeedTold, deed_asks, deed_name, verb_of
from complaint_desk.screens.telling_card import READ_AFTER_SECONDS, TellingCard
from complaint_desk.widgets.choice_field import ChoiceField
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.told_text import ToldText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from complaint_desk.desk.desk import Desk


_SEVERAL = "*"
"""Where a ticket's number stands: what is typed for several waits for several."""


class DeedCard(TellingCard[DeedDone]):
    """Asks for what a deed needs and does it; whatever goes wrong is said here, and the text stays in its field."""

    CSS_PATH = ["card.tcss", "deed_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012

    words = query_one("#words", ToldText)

    def __init__(
        self,
        deed: Deed,
        numbers: Sequence[str],
        *,
        ticket: Ticket | None = None,
        versions: Mapping[str, int] | None = None,
    ) -> None:
        """`ticket` is the one ticket as the person sees it; `versions` are those that must not have changed."""
        super().__init__(deed, numbers[0] if len(numbers) == 1 else _SEVERAL, ticket)
        self.deed = deed
        """What is to be done."""
        self.numbers = tuple(numbers)
        """The tickets, by number."""
        self._versions = dict(versions or {})
        self._stopped = False
        self._asks = ASKS[deed]

    @property
    def fields(self) -> dict[str, LineField]:
        """The fields besides the words, by name."""
        return {name: self.query_one(f"#{name}", LineField) for name in self._asks.fields}

    def content(self) -> list[Widget]:
        """What is asked, the fields, the words, and what the desk has to say."""
        about = (
            self.numbers[0]
            if len(self.numbers) == 1
            else _("{number} tickets").format(number=len(self.numbers))
        )
        return [
            Static(Content.assemble((deed_name(self.deed), "bold"), "  ", (about, "$accent")), id="heading"),
            Static(plain(deed_asks(self.deed)), id="asks"),
            *(self._row(name) for name in self._asks.fields),
            ToldText("words"),
            Static("", id="said"),
        ]

    def _row(self, name: str) -> Widget:
        field: LineField = LineField(name) if name in ("until", "recourse") else ChoiceField(name)
        field.placeholder = field_hint(name)
        return Horizontal(
            Static(plain(field_label(name)), classes="label"),
            field,
            Static("", id=f"read-{name}"),
            classes="row",
        )

    def prepare(self) -> None:
        """Put back what was typed here before, and offer what can be chosen."""
        self.add_class("-" + self.deed.value.replace("_", "-"))
        for name, typed in self.kept().items():
            if name == "words":
                self.words.words = typed
            elif name in self.fields:
                self.fields[name].words = typed
        first = next(iter(self.fields.values()), None)
        (first or self.words).focus()
        self._offer()

    @work(group="offer", exit_on_error=False)
    async def _offer(self) -> None:
        """What can be chosen, and for a single ticket the summary a colleague needs."""
        try:
            desk = await at_desk(self).desk_ready()
            await offer_choices(desk, self.fields)
            if len(self.numbers) == 1:
                if self.ticket is None:
                    self.ticket = await asyncio.to_thread(desk.ticket, self.numbers[0])
                self._versions.setdefault(self.numbers[0], self.ticket.version)
                if self.deed is Deed.HAND_OVER and not self.words.words.strip():
                    summary = await asyncio.to_thread(desk.warm_summary, self.numbers[0])
                    if not self.words.words.strip():
                        self.words.words = summary
        except DeskError as error:
            self.say(str(error))

    # The return

    @on(Input.Changed, "#until")
    def return_typed(self) -> None:
        """Read the time a moment after the last key."""
        self._read_return()

    @work(group="until", exclusive=True, exit_on_error=False)
    async def _read_return(self) -> None:
        await asyncio.sleep(READ_AFTER_SECONDS)
        try:
            await self._return(await at_desk(self).desk_ready())
        except DeskError:
            return

    async def _return(self, desk: Desk) -> datetime | None:
        """The return as the desk understands it, shown beside what was typed."""
        at, shown = await read_return(desk, self.fields["until"].words.strip())
        if self.is_attached:
            self.query_one("#read-until", Static).update(shown)
        return at

    # Doing it

    def missing(self) -> Widget | None:
        """The first field without its value; the level of an escalation follows from the rules where it is empty.

        Where else to turn is told with a rejection only.
        """
        fields = self.fields
        for name, field in fields.items():
            needed = name != "level" and (name != "recourse" or fields["outcome"].words == Outcome.REJECTED)
            if (needed and not field.words.strip()) or (isinstance(field, ChoiceField) and field.undecided):
                return field
        if self._asks.words_needed and not self.words.words.strip():
            return self.words
        return None

    def field_at_fault(self, name: str) -> Widget:
        """The field of that name, else the words."""
        return self.fields.get(name, self.words)

    async def record(self) -> None:
        """Do it to the one ticket, or to one after the other."""
        desk = await at_desk(self).desk_ready()
        until = await self._return(desk) if "until" in self.fields else None
        if "until" in self.fields and until is None:
            self.say(_("The return is not clear. Nothing was done yet."))
            self.fields["until"].focus()
            return
        fields = {name: field.words for name, field in self.fields.items()}
        told = DeedTold(
            words=self.words.words,
            to=fields.get("to", ""),
            level=int(fields["level"]) if fields.get("level") else None,
            grade=Severity(int(fields["grade"])) if fields.get("grade") else None,
            until=until,
            outcome=Outcome(fields["outcome"]) if fields.get("outcome") else None,
            recourse=fields.get("recourse", ""),
        )
        verb = verb_of(desk, self.deed, told, self._versions)
        if len(self.numbers) == 1:
            after = await asyncio.to_thread(verb, self.numbers[0])
            done = DeedDone(self.deed, (RowDone(self.numbers[0], after),))
        else:
            done = DeedDone(self.deed, await self._go_through(verb))
        self.leave_with(done)

    async def _go_through(self, verb: Verb) -> tuple[RowDone, ...]:
        """One ticket after the other, in a thread; how far it is stands on the card, and Esc stops it."""

        def told(done: int, count: int) -> None:
            self.app.call_from_thread(self._progress, done, count)

        return await asyncio.to_thread(
            lambda: tuple(one_by_one(self.numbers, verb, told=told, stopped=lambda: self._stopped))
        )

    def _progress(self, done: int, count: int) -> None:
        if self.is_attached:
            words = _("{done} of {count}; Esc stops").format(done=f"{done:,}", count=f"{count:,}")
            self.said.update(Content.styled(words, "$quiet"))

    def go_on_with(self, ticket: Ticket) -> None:
        """Another desk has changed the ticket; the deed is then done to it as it is now."""
        super().go_on_with(ticket)
        self._versions[ticket.number] = ticket.version

    def typed(self) -> dict[str, str]:
        """The words and the fields."""
        return {"words": self.words.words, **{name: field.words for name, field in self.fields.items()}}

    def action_leave(self) -> None:
        """Do nothing, or stop after the ticket that is being written; what was typed waits for the next time."""
        if self.running:
            self._stopped = True
            return
        super().action_leave()
