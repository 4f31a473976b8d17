"""What a call is taken with: the form, the coach beside it, the line above; told and shown, not yet acted on."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Container
from textual.getters import query_one
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, TextArea

from complaint_desk.locale import _, language
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Channel
from complaint_desk.models.errors import DeskError
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.screens.call_check import Fault, kept_of_five
from complaint_desk.screens.call_coach import coach_view
from complaint_desk.screens.call_form import CallForm, cause_choices
from complaint_desk.screens.call_keeping import DraftKeeping, DraftNews
from complaint_desk.screens.call_readings import READ_FIELDS, CallReadings
from complaint_desk.screens.keys import APP_KEYS, CALL_KEYS, hints
from complaint_desk.widgets.call_line import CallFacts, CallLine, clock_face
from complaint_desk.widgets.coach_panel import CoachPanel
from complaint_desk.widgets.key_line import KeyLine
from complaint_desk.widgets.notice import Notice

if TYPE_CHECKING:
    from complaint_desk.desk.coach import Heard
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.ticket import Ticket

NOBODY_CALLS = timedelta(minutes=5)
"""A form empty for so long waits for a call; the call then begins with the first key."""
READ_AFTER_SECONDS = 0.3
"""How long after the last key a spoken time is read."""
OPEN_AFTER_SECONDS = 0.1
"""How long after the form stands the heavy rooms begin to open, so that the first keys have it to themselves."""


class CallRoom(TellsFaults, Screen["Ticket | None"]):
    """The furniture of one call, and what is shown in it."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-short"), (18, "-full")]  # noqa: RUF012
    AUTO_FOCUS = "#phone"

    call_line = query_one("#call-line", CallLine)
    form = query_one("#form", CallForm)
    coach = query_one("#coach", CoachPanel)
    notice = query_one("#notice", Notice)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self, ticket: Ticket | None = None, draft: Draft | None = None) -> None:
        super().__init__()
        self.ticket = ticket
        """The saved ticket that is corrected here; None for a call."""
        self.draft: Draft | None = draft
        self.heard: Heard | None = None
        """What the desk makes of the words so far; None before it has read them."""
        self.known: tuple[str, ...] = ()
        """What is known about the caller, in a few words and in fewer."""
        self.repeats = ""
        """What others told like it, in a line."""
        self.unfolded = False
        """Whether the coach shows everything."""
        self.other_calls = 0
        """How many calls wait to be taken up."""
        self.before: dict[str, str] = {}
        self.shown_faults: frozenset[Fault] = frozenset()
        self.saving = False
        self._ticking: Timer | None = None
        self._read_soon: Timer | None = None

    def compose(self) -> ComposeResult:
        """The call line, the form, the coach, what the desk says, the keys."""
        yield CallLine(id="call-line")
        with Container(id="room"):
            yield CallForm(id="form")
            yield CoachPanel(id="coach")
        yield Notice(id="notice")
        yield KeyLine(id="key-line")

    # Beginning

    def on_mount(self) -> None:
        """A new call begins when the screen opens; the heavy rooms are opened after the first paint."""
        drafts = at_desk(self).drafts
        self.readings = CallReadings(self.form)
        self.keeping = DraftKeeping(self, self.form, drafts, self.show_facts)
        draft = self.draft or drafts.begin(language())
        if self.ticket is not None and self.draft is None:
            draft.number, draft.version = self.ticket.number, self.ticket.version
        self.key_line.show(hints((*CALL_KEYS, *APP_KEYS)))
        self.show_draft(draft, kept=self.draft is not None)
        self._ticking = self.set_interval(1.0, self.tick)
        self.set_timer(OPEN_AFTER_SECONDS, self.settle_in)

    @work(group="desk", exit_on_error=False)
    async def settle_in(self) -> None:
        """Take what the opened desk knows: the names of the causes, the coach's words, the ticket's values."""
        try:
            desk = await at_desk(self).desk_ready()
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        self.form.offer_causes(cause_choices(desk.playbook))
        if self.ticket is not None:
            self._fill_from(self.ticket, desk)
        await self.readings.read(desk, self.call, self.receipt)
        if not self.form.fields["phone"].has_focus:
            await self.readings.settle_phone(desk)
        self.show_coach()
        if words := await asyncio.to_thread(desk.opening_words):
            self.notice.say(" ".join(words), "asks")
        await self.desk_opened(desk)

    async def desk_opened(self, desk: Desk) -> None:
        """The desk is open, and what it knows is shown."""

    def _fill_from(self, ticket: Ticket, desk: Desk) -> None:
        from complaint_desk.screens.call_correction import words_of

        stored = words_of(ticket, desk)
        kept = self.call.fields if self.draft_was_kept else None
        self.form.put(stored, {})
        self.before = self.form.words()
        if kept is not None:
            self.form.put(kept, self.call.attached)
        else:
            self.call.type = ticket.type
            self.call.heat = dict(ticket.heat)
        self.show_facts()

    @property
    def draft_was_kept(self) -> bool:
        """The draft in the form came from the disk."""
        return bool(self.call.written_at)

    @property
    def call(self) -> Draft:
        """The call that stands in the form."""
        assert self.draft is not None
        return self.draft

    @property
    def receipt(self) -> datetime | None:
        """The time of receipt of a saved ticket; None while it is a call."""
        return self.ticket.received_at if self.ticket else None

    def show_draft(self, draft: Draft, *, kept: bool = False) -> None:
        """Put this call into the form; the one before it must be kept, parked or finished by now."""
        self.draft = draft
        self.shown_faults = frozenset()
        self.form.mark({})
        self.readings.forget()
        with self.prevent(Input.Changed, TextArea.Changed):
            self.form.put({"channel": Channel.PHONE.value, **draft.fields}, draft.attached)
        self.form.ask_received(self._other_channel)
        self.keeping.restart(kept=kept)
        self.show_facts()
        self.show_coach()
        self.form.fields["phone"].focus()
        self._read_again()

    @property
    def _other_channel(self) -> bool:
        words = self.form.fields["channel"].words
        return self.ticket is None and words in set(Channel) - {Channel.PHONE}

    # Showing

    def speak(self) -> None:
        """Say everything in the language in use; no letter in the fields changes."""
        with self.prevent(Input.Changed):
            self.form.speak()
            if desk := at_desk(self).desk:
                self.form.offer_causes(cause_choices(desk.playbook))
        self.key_line.show(hints((*CALL_KEYS, *APP_KEYS)))
        self.notice.say("")
        self.show_facts()
        self.show_coach()
        self._read_again()

    def tick(self) -> None:
        """Once a second: the running time, and the coach when its moment has come."""
        now = at_desk(self).drafts.clock()
        if not self.keeping.begun and self.call.empty and now - self.call.opened_at > NOBODY_CALLS:
            self.call.opened_at = now
        self.show_facts()
        self.show_coach()

    def show_facts(self) -> None:
        """Bring the top line up to date."""
        draft, words = self.call, {name: field.words for name, field in self.form.fields.items()}
        since = (at_desk(self).drafts.clock() - draft.opened_at).total_seconds()
        waiting = _("{count} waiting F2").format(count=self.other_calls) if self.other_calls else ""
        heading = _("Correcting") if self.ticket else _("Call")
        who = "  ".join(part for part in (words["phone"].strip(), words["caller"].strip()) if part)
        self.call_line.show(
            CallFacts(
                heading,
                self.ticket.number if self.ticket else clock_face(since),
                who or _("caller not known yet"),
                "5W",
                kept_of_five(words),
                5,
                self.keeping.state,
                bool(self.keeping.trouble),
                waiting,
                self.known,
                at_desk(self).alarm.words,
            )
        )

    def alarm_changed(self) -> None:
        """A grave matter has come in, or was seen: the top line tells, and nothing else."""
        self.show_facts()

    def show_coach(self) -> None:
        """Bring the coach up to date."""
        app = at_desk(self)
        self.call.fields = {name: words for name, words in self.form.words().items() if words}
        self.coach.show(
            coach_view(
                self.call,
                app.drafts.clock(),
                app.desk,
                unfolded=self.unfolded,
                heard=self.heard,
                repeats=self.repeats,
            )
        )

    # Typing

    @on(Input.Changed)
    @on(TextArea.Changed)
    def something_typed(self, event: Input.Changed | TextArea.Changed) -> None:
        """Keep the text, and read what can be read a moment later."""
        self.keeping.touched(self.call)
        name = event.control.name
        if name:
            self.form.unmark(name)
        if name == "promise":
            self.call.promise_said_at = at_desk(self).drafts.clock()
        if name in READ_FIELDS:
            self._read_again()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The label of the field with the cursor stands out; the top line has what was typed in the one before."""
        self.form.activate(event.widget.name)
        self.show_facts()

    @on(Input.Blurred, "#phone")
    def phone_left(self) -> None:
        """The number is complete: show it as the region writes it."""
        if desk := at_desk(self).desk:
            self.run_worker(self.readings.settle_phone(desk), group="phone", exit_on_error=False)

    @on(Input.Submitted)
    def enter_pressed(self, event: Input.Submitted) -> None:
        """Enter goes to the next field."""
        event.stop()
        self.focus_next()

    async def caught_up(self) -> None:
        """Wait until the field with the cursor has taken every key that was pressed before now."""
        if (field := self.focused) is not None:
            taken = asyncio.Event()
            field.call_later(taken.set)
            with suppress(TimeoutError):
                await asyncio.wait_for(taken.wait(), 1.0)

    def _read_again(self) -> None:
        if self._read_soon is not None:
            self._read_soon.stop()
        self._read_soon = self.set_timer(READ_AFTER_SECONDS, self._read)

    @work(group="reading", exclusive=True, exit_on_error=False)
    async def _read(self) -> None:
        self.form.ask_received(self._other_channel)
        if desk := at_desk(self).desk:
            await self.readings.read(desk, self.call, self.receipt)

    @on(DraftNews)
    def draft_news(self, news: DraftNews) -> None:
        """The disk has answered."""
        before = self.keeping.trouble
        self.keeping.heard(news.kept, self.call)
        if self.keeping.trouble != before:
            self.notice.say(self.keeping.trouble_sentence, "warns" if self.keeping.trouble else "")
