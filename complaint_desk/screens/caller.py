"""Who is calling (Ctrl+O): whom it may be, the open tickets with "add to it?", and what to know before going on."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen

from complaint_desk.desk.deadlines.countdown import countdown_words
from complaint_desk.desk.finding.radar_words import duplicate_words
from complaint_desk.locale import _, n_
from complaint_desk.models.customer import CallerCard, CallerFound
from complaint_desk.models.errors import DeskError
from complaint_desk.models.radar import Radar
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens.at_desk import TellsFaults
from complaint_desk.screens.caller_page import caller_blocks, radar_blocks
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.said_line import SaidLine
from complaint_desk.widgets.sheet import Sheet, Told

if TYPE_CHECKING:
    from complaint_desk.desk.customers.who_calls import WhoCalls
    from complaint_desk.desk.desk import Desk

WIDE = 100
"""From so many columns on what to know stands beside what can be done."""


class Taken(NamedTuple):
    """Number and name from a card, for the empty fields of the call."""

    phone: str
    caller: str


class CallerAnswer(NamedTuple):
    """What the call is to do now: be added to a ticket, or take number and name from a card."""

    add_to: str | None = None
    take: Taken | None = None


class CallerScreen(TellsFaults, Screen["CallerAnswer | None"]):
    """It lies over the call, which stays as it was; gives back what was chosen, or None."""

    CSS_PATH = "caller.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#things"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, 10)),
        Binding("escape", "back", show=False, priority=True),
        Binding("ctrl+o", "leave", show=False, priority=True),
        Binding("right", "open", show=False),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
    ]

    head = query_one("#head", HeadLine)
    things = query_one("#things", PickList)
    about = query_one("#about", Sheet)
    said = query_one("#said", SaidLine)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self, desk: Desk, who: WhoCalls, radar: Radar, phone: str, caller: str) -> None:
        """`phone` and `caller` are what was typed so far."""
        super().__init__()
        self._desk, self.who, self.radar = desk, who, radar
        self._typed = (phone, caller)
        self.card: CallerCard | None = who.card
        """The person that is shown; None while one of several is to be chosen."""

    def compose(self) -> ComposeResult:
        """Who, what can be done, what to know, what the desk says, the keys."""
        yield HeadLine(id="head")
        with Container(id="room"):
            yield PickList([], id="things")
            yield Sheet(id="about")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """Everything is read already, or is read for the one that is chosen."""
        self.about.can_focus = False
        self.speak()

    def speak(self) -> None:
        """Say everything in the language in use."""
        hints = [
            KeyHint("↑ ↓", _("Choose"), 1),
            KeyHint("Enter", _("Do it"), 1),
            KeyHint("→", _("Open the ticket"), 3),
            KeyHint("PgUp PgDn", _("Read on"), 4),
            KeyHint("Esc", _("Back to the call"), 0),
        ]
        self.key_line.show(hints)
        self._show()

    # Showing

    def _show(self) -> None:
        phone, caller = self._typed
        typed = "  ".join(part.strip() for part in (phone, caller) if part.strip())
        self.head.show(Content.styled(_("Who is calling"), "bold"), plain(typed))
        picks = (
            list(self._of_person(self.card)) if self.card else [self._person(one) for one in self.who.found]
        )
        picks += self._duplicates()
        if self.card is not None and len(self.who.found) > 1:
            others = len(self.who.found) - 1
            picks.append(
                Pick(
                    "others",
                    n_("Somebody else: {count} more", "Somebody else: {count} more", others).format(
                        count=others
                    ),
                )
            )
        numbered = [
            pick._replace(line=f"{place}  {pick.line}") if place < 10 else pick
            for place, pick in enumerate(picks, 1)
        ]
        self.things.at = 0
        self.things.show(numbered)
        blocks = list(caller_blocks(self.card, self._desk)) if self.card else []
        if not self.card and self.who.on_number and self.who.found:
            several = _(
                "Several people ring from this number. Ask for the name, or choose one to see what is open."
            )
            blocks.append(Told("", several))
        self.about.show([*radar_blocks(self.radar), *blocks])

    def _person(self, one: CallerFound) -> Pick:
        region = self._desk.settings.region
        number = show_phone(one.numbers[0], region) if one.numbers else ""
        name = one.name or _("no name")
        last = (
            _("last rang {moment}").format(
                moment=moment_words(one.last_at, self._desk.clock(), self._desk.settings.zone)
            )
            if one.last_at
            else ""
        )
        count = n_("{count} open", "{count} open", one.open_tickets).format(count=one.open_tickets)
        return Pick(
            f"who:{one.customer_id}",
            "  ".join(part for part in (name, number) if part),
            " · ".join(part for part in (count, last) if part),
        )

    def _of_person(self, caller: CallerCard) -> list[Pick]:
        now = self._desk.clock()
        picks = []
        for ticket in caller.open_tickets:
            left = countdown_words(ticket.next_due_at, now) if ticket.next_due_at else ""
            facts = [left, ticket.owner or _("nobody's"), ticket.what.replace("\n", " ")]
            picks.append(
                Pick(
                    f"add:{ticket.number}",
                    _("Add to {number}?").format(number=ticket.number),
                    " · ".join(fact for fact in facts if fact),
                )
            )
        name = caller.card.name or _("no name")
        phone, typed_name = self._typed
        if not (phone.strip() and typed_name.strip()):
            picks.append(Pick("take", _("It is {name}: take number and name").format(name=name)))
        picks.append(Pick("card", _("Open the card of {name}").format(name=name)))
        return picks

    def _duplicates(self) -> list[Pick]:
        shown = {ticket.number for ticket in self.card.open_tickets} if self.card else set()
        return [
            Pick(
                f"add:{one.number}",
                _("Add to {number}?").format(number=one.number),
                " · ".join((duplicate_words(one), one.what.replace("\n", " "))),
            )
            for one in self.radar.duplicates
            if one.number not in shown
        ]

    def on_resize(self, event: events.Resize) -> None:
        """What to know is folded to its width."""
        self.about.refresh(layout=True)

    # Choosing

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self._do(picked.value)

    def action_choose(self, digit: int) -> None:
        """A digit."""
        if digit <= len(self.things.picks):
            self._do(self.things.picks[digit - 1].value)

    def _do(self, chosen: str) -> None:
        kind, _colon, value = chosen.partition(":")
        if kind == "add":
            self.dismiss(CallerAnswer(add_to=value))
        elif kind == "who":
            self._choose(value)
        elif kind == "others":
            self.card = None
            self._show()
        elif kind == "card" and self.card is not None:
            from complaint_desk.screens.customer import CustomerScreen

            self.app.push_screen(CustomerScreen(self.card.card.id), self._card_left)
        elif kind == "take" and self.card is not None:
            card = self.card.card
            number = show_phone(card.numbers[0], self._desk.settings.region) if card.numbers else ""
            self.dismiss(CallerAnswer(take=Taken(number, card.name or "")))

    @work(group="card", exclusive=True, exit_on_error=False)
    async def _choose(self, customer_id: str) -> None:
        try:
            self.card = await asyncio.to_thread(self._desk.caller_card, customer_id)
        except DeskError as error:
            self.said.say(str(error), "warns")
            return
        self._show()

    def _card_left(self, _answer: None) -> None:
        """The card may have changed."""
        if self.card is not None:
            self._choose(self.card.card.id)

    def action_open(self) -> None:
        """Look at the ticket that the line is about; Esc comes back here."""
        current = self.things.current
        if current is not None and current.value.startswith("add:"):
            from complaint_desk.screens.ticket import TicketScreen

            self.app.push_screen(TicketScreen(current.value.removeprefix("add:")))

    def action_page(self, by: int) -> None:
        """Read on, or back."""
        self.about.scroll_relative(y=by * max(self.about.size.height - 2, 1), animate=False)

    def action_back(self) -> None:
        """From one of several to all of them; from there back to the call."""
        if self.card is not None and len(self.who.found) > 1 and self.who.card is None:
            self.card = None
            self._show()
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Back to the call."""
        self.dismiss(None)
