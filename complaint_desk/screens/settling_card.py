"""The card on which a promise, a remedy or the end of a ticket is told; whatever goes wrong, the text stays."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from complaint_desk.locale import _, language
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import DeskError
from complaint_desk.models.settling import PromiseMade, RemedyKind
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.lint_lines import lint_lines
from complaint_desk.screens.settling_choices import choices_for, moment_of
from complaint_desk.screens.settling_deeds import (
    ASKED,
    CHOICES,
    LABELS,
    PASSED_ON,
    PLACEHOLDERS,
    SettlingDeed,
    do,
    promise_told,
)
from complaint_desk.screens.settling_readings import READ, said_before, what_is_understood
from complaint_desk.screens.telling_card import READ_AFTER_SECONDS, TellingCard
from complaint_desk.widgets.choice_field import Choice, ChoiceField
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.told_text import ToldText

if TYPE_CHECKING:
    from collections.abc import Sequence


class SettlingDone(NamedTuple):
    """A deed that was done, with the ticket before and after it; or a promise taken down in a call."""

    deed: SettlingDeed
    before: Ticket | None = None
    after: Ticket | None = None
    promise: PromiseMade | None = None


class SettlingCard(TellingCard[SettlingDone]):
    """Asks for what a deed needs and does it."""

    CSS_PATH = ["card.tcss", "settling_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012

    words = query_one("#words", ToldText)

    def __init__(
        self,
        deed: SettlingDeed,
        ticket: Ticket | None = None,
        *,
        begun: str = "",
        promised: Sequence[PromiseMade] = (),
        store: str = "",
        call: str = "",
    ) -> None:
        """`ticket` is the ticket as the person sees it; without one a promise is taken down for the call.

        `begun` are words typed already, `promised` what was promised in the call before, `store` the call's store,
        `call` which call it is, so that no words of one come up in another.
        """
        super().__init__(deed, ticket.number if ticket else call, ticket)
        self.deed = deed
        self._begun, self._promised, self._store = begun, tuple(promised), ticket.store if ticket else store
        self._asked = ASKED[deed]

    @property
    def fields(self) -> dict[str, LineField]:
        """The fields besides the words, by name."""
        return {name: self.query_one("#" + name.replace("_", "-"), LineField) for name in self._asked.fields}

    def content(self) -> list[Widget]:
        """What is asked, what was before, the words, the fields, and what the desk has to say."""
        about = self.ticket.number if self.ticket else ""
        heading = Content.assemble((_(self._asked.name), "bold"), "  ", (about, "$accent"))
        return [
            Static(heading, id="heading"),
            Static(plain(_(self._asked.asks)), id="asks"),
            Static("", id="before"),
            ToldText("words"),
            *(self._row(name) for name in self._asked.fields),
            Static("", id="lint"),
            Static("", id="said"),
        ]

    def _row(self, name: str) -> Widget:
        field: LineField = ChoiceField(name) if name in CHOICES else LineField(name)
        field.placeholder = _(PLACEHOLDERS[name]) if name in PLACEHOLDERS else ""
        return Horizontal(
            Static(plain(_(LABELS[name])), classes="label"),
            field,
            Static("", id="read-" + name.replace("_", "-")),
            classes="row",
        )

    def prepare(self) -> None:
        """Offer what can be chosen, put back what was typed here before."""
        self._offer_lists()
        kept = self.kept()
        self.words.words = self._begun or kept.get("words", "")
        for name, field in self.fields.items():
            if kept.get(name):
                field.words = kept[name]
        self.words.focus()
        self._offer()

    def _offer_lists(self) -> None:
        for name, field in self.fields.items():
            if isinstance(field, ChoiceField) and (choices := choices_for(name, self.deed, self.ticket)):
                field.offer(choices)
                field.words = choices[0].value

    @work(group="offer", exit_on_error=False)
    async def _offer(self) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            if isinstance(kind := self.fields.get("kind"), ChoiceField):
                names = [(each, desk.playbook.remedy_name(each, language())) for each in RemedyKind]
                kind.offer([Choice(each.value, name) for each, name in names])
            people = [field for name in ("owner", "keeper", "authority") if (field := self.fields.get(name))]
            if people:
                everybody = await asyncio.to_thread(desk.everybody)
                for field in people:
                    assert isinstance(field, ChoiceField)
                    field.offer([Choice(each.name, each.name) for each in everybody])
            lines = await asyncio.to_thread(said_before, desk, self.deed, self.ticket, self._promised)
        except DeskError as error:
            self.say(str(error))
            return
        if self.is_attached:
            self.query_one("#before", Static).update(Content("\n").join(plain(line) for line in lines))
            self._read()

    # Reading along

    @on(Input.Changed)
    @on(TextArea.Changed)
    def something_typed(self) -> None:
        """Read times and amounts, and look at the agent's words, a moment after the last key."""
        self._read()

    @work(group="read", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        await asyncio.sleep(READ_AFTER_SECONDS)
        try:
            desk = await at_desk(self).desk_ready()
            told, words = self._told()
            understood = await asyncio.to_thread(
                what_is_understood, desk, self.deed, told, words, self._store
            )
            act = Act.PROMISED if self.deed is SettlingDeed.PROMISE else Act.NOTED
            found = await asyncio.to_thread(desk.lint, words, act)
        except DeskError:
            return
        if not self.is_attached:
            return
        for name in READ & set(self._asked.fields):
            sentence, tone = understood.get(name, ("", "quiet"))
            self.query_one("#read-" + name, Static).update(Content.styled(sentence, f"${tone}"))
        self.query_one("#lint", Static).update(lint_lines(found))

    def _told(self) -> tuple[dict[str, str], str]:
        return {name: field.words for name, field in self.fields.items()}, self.words.words

    # Doing it

    def missing(self) -> Widget | None:
        """The words, then the fields that may not be empty."""
        if self._asked.words_needed and not self.words.words.strip():
            return self.words
        for name, field in self.fields.items():
            passes_on = name == "keeper" and self.fields["end"].words == PASSED_ON
            needed = passes_on or name not in self._asked.may_be_empty
            empty = needed and not field.words.strip()
            if empty or (isinstance(field, ChoiceField) and field.undecided):
                return field
        return None

    def field_at_fault(self, name: str) -> Widget:
        """The field of that name, else the words."""
        return self.fields.get(name, self.words)

    async def record(self) -> None:
        """Do it to the ticket; a promise of the call only goes back to the call."""
        desk = await at_desk(self).desk_ready()
        told, words = self._told()
        if self.ticket is None:
            made = await asyncio.to_thread(promise_told, desk, told, words, self._store)
            done = SettlingDone(self.deed, promise=made)
        else:
            at = await asyncio.to_thread(moment_of, desk, told.get("at", ""))
            after = await asyncio.to_thread(do, desk, self.deed, self.ticket, told, words, at)
            done = SettlingDone(self.deed, self.ticket, after)
        self.leave_with(done)

    def typed(self) -> dict[str, str]:
        """The fields and the words."""
        told, words = self._told()
        return {**told, "words": words}

    def worth_keeping(self, typed: dict[str, str]) -> bool:
        """Whether there are words, and others than came along from the call."""
        words = typed["words"]
        return bool(words.strip()) and words != self._begun
