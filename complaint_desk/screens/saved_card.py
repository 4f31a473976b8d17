"""The card after saving: the number, what is promised by when, and a sentence to read to the caller."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.enums import Act, ClockKind
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import Clock, Ticket
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.names import clock_name
from complaint_desk.screens.time_words import due_words
from complaint_desk.widgets.fold import cut, fold
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.notice import Notice
from complaint_desk.widgets.plain import visible

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


class SavedCard(DeskCard[None]):
    """A saved complaint; with an apology marked in the call, one key lets it meet the 24 hours."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,ctrl+n,space", "leave", show=False, priority=True),
        Binding("1,f7", "apology_counts", show=False, priority=True),
    ]

    def __init__(self, ticket: Ticket, apologised_at: datetime | None, desk: Desk) -> None:
        super().__init__()
        self.ticket = ticket
        """The ticket as saved."""
        self._apologised_at = apologised_at
        self._desk = desk
        self._recording = False

    def content(self) -> list[Widget]:
        """The number and the clocks, the sentence, and the question about the apology."""
        return [Static(self._words(), id="saved"), Notice(id="card-notice")]

    def speak(self) -> None:
        """The clocks and the sentence in the language in use."""
        self.show_keys()
        self.query_one("#saved", Static).update(self._words())

    def keys(self) -> list[KeyHint]:
        """Onward; and the apology, while it can still count."""
        onward = KeyHint("Enter", _("Next call"), 0)
        if self._can_count:
            return [onward, KeyHint("1", _("The apology in the call meets the 24 hours"), 1)]
        return [onward]

    @property
    def _can_count(self) -> bool:
        return self._apologised_at is not None and any(
            clock.kind is ClockKind.ADMIT and clock.met_at is None for clock in self.ticket.clocks
        )

    def _words(self) -> Content:
        lines = [
            Content.assemble((_("Saved as "), "$quiet"), (self.ticket.number, "bold $good")),
            Content(""),
        ]
        lines += [self._clock(clock) for clock in self.ticket.clocks]
        lines += [
            Content(""),
            Content.styled(_("Read to the caller:"), "$quiet"),
            *(Content.styled(line, "bold") for line in fold(self._sentence(), self.inner_width)),
        ]
        return Content("\n").join(lines)

    def _clock(self, clock: Clock) -> Content:
        due = due_words(clock.due_at, self._desk.clock(), self._desk.settings.zone)
        if clock.met_at is not None:
            return Content.assemble(("✔ ", "$good"), f"{clock_name(clock.kind)}: ", (_("met"), "$good"))
        about = " ".join(each.what for each in self.ticket.promises if each.position == clock.position)
        line = visible(f"{clock_name(clock.kind)}: {due}" + (f"  {about}" if about else ""))
        return Content.assemble(("· ", "$quiet"), cut(line, self.inner_width - 2))

    def _sentence(self) -> str:
        """What the caller may hear: who does what by when as it was promised, or who rings back; else no promise."""
        ticket = self.ticket
        due = {
            clock.position: due_words(clock.due_at, self._desk.clock(), self._desk.settings.zone)
            for clock in sorted(ticket.clocks, key=lambda clock: clock.due_at)
            if clock.met_at is None
        }
        for promise in ticket.promises:
            if promise.to is None and promise.is_waiting and promise.position in due:
                return _(
                    "“Your reference number is {number}. {name} will see to this {due}: {what}.”"
                ).format(
                    number=ticket.number, name=promise.owner, due=due[promise.position], what=promise.what
                )
        if due and ticket.phone:
            return _(
                "“Your reference number is {number}. {name} will ring you {due} and tell you how it stands.”"
            ).format(
                number=ticket.number, name=ticket.owner or self._desk.as_name, due=next(iter(due.values()))
            )
        return _(
            "“Your reference number is {number}. Please note it: with it any of us can tell you how it stands.”"
        ).format(number=ticket.number)

    def action_leave(self) -> None:
        """On to the next call."""
        self.dismiss(None)

    @work(group="save", exit_on_error=False)
    async def action_apology_counts(self) -> None:
        """Record that the apology in the call was the acknowledgement, at the time it was marked."""
        if self._recording or not self._can_count:
            return
        self._recording = True
        notice = self.query_one(Notice)
        try:
            self.ticket = await asyncio.to_thread(
                self._desk.act,
                self.ticket.number,
                Act.ACKNOWLEDGED,
                _("Apologised to the caller in the call."),
                happened_at=self._apologised_at,
            )
        except DeskError as error:
            notice.say(str(error), "warns")
        else:
            notice.say(_("Recorded: the apology meets the 24 hours."), "good")
            self.query_one("#saved", Static).update(self._words())
            self.query_one(KeyLine).show(self.keys())
        finally:
            self._recording = False
