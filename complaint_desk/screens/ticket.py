"""A ticket (Enter in the queue): what was told, how its clocks stand, all that was done; acts by a letter."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.getters import query_one
from textual.timer import Timer

from complaint_desk.locale import _, language
from complaint_desk.models.enums import Act, HeatStep, TicketStatus
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.act_line import ActDone
from complaint_desk.screens.act_words import safety_words, status_word
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.deeds import Deed, DeedDone
from complaint_desk.screens.key_menu import A_PAGE
from complaint_desk.screens.keys import APP_KEYS, bindings, hints
from complaint_desk.screens.list_keys import TICKET_KEYS
from complaint_desk.screens.seeing import SeesCallers
from complaint_desk.screens.settling_acts import SettlingScreen
from complaint_desk.screens.supervising import SupervisingScreen
from complaint_desk.screens.ticket_page import TicketPage
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyLine
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.said_line import SaidLine
from complaint_desk.widgets.sheet import Sheet, folded

if TYPE_CHECKING:
    from textual.binding import BindingType

    from complaint_desk.desk.desk import Desk

LOOK_SECONDS = 2
"""How often the desk is asked whether anything was written."""
WIDE = 110
"""From so many columns on the record stands beside what was told."""


class TicketScreen(SeesCallers, SettlingScreen, SupervisingScreen):
    """One ticket; it follows what other desks do to it."""

    CSS_PATH = "ticket.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012
    AUTO_FOCUS = "#told"
    MENU = tuple(key for key in TICKET_KEYS if key.keys[1:2] == "," and key.id != "list.menu")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(TICKET_KEYS),
        *(Binding(str(digit), f"menu_entry({digit})", show=False) for digit in range(1, A_PAGE + 1)),
    ]

    head = query_one("#head", HeadLine)
    told_sheet = query_one("#told", Sheet)
    record_sheet = query_one("#record", Sheet)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        """The ticket's number."""
        self.ticket: Ticket | None = None
        """The ticket as it is shown."""
        self.whole = False
        """Whether attached texts are shown whole."""
        self._seen = -1
        self._ticks = 0
        self._looking = False
        self._ticking: Timer | None = None

    def compose(self) -> ComposeResult:
        """The head, the page in one or two columns, what the desk says, the keys."""
        yield HeadLine(id="head")
        with Container(id="room"):
            yield Sheet(id="told")
            yield Sheet(id="record")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """One timer ticks; it rests while the screen is not seen."""
        self.speak()
        self._ticking = self.set_interval(1.0, self.tick)

    def on_screen_suspend(self) -> None:
        """Nothing ticks unseen."""
        if self._ticking is not None:
            self._ticking.pause()

    def on_screen_resume(self) -> None:
        """Seen again: look at once."""
        if self._ticking is not None:
            self._ticking.resume()
        self.look()

    def on_resize(self, event: events.Resize) -> None:
        """One column or two."""
        self.show_page()

    def speak(self) -> None:
        """Say everything in the language in use."""
        self._show_keys()
        self.show_page()

    def _show_keys(self) -> None:
        disputed = self.ticket is not None and any(clock.disputed for clock in self.ticket.clocks)
        hidden = {"" if disputed else "ticket.confirm", "" if self.is_masked else "ticket.see"}
        keys = [key for key in TICKET_KEYS if key.id not in hidden]
        self.key_line.show(hints([*keys, *(key for key in APP_KEYS if key.id == "desk.help")]))

    # Reading

    def tick(self) -> None:
        """The countdowns go on; every few ticks the desk is asked for news."""
        self._ticks += 1
        if self._ticks % LOOK_SECONDS == 0:
            self.look()
        self.show_page()

    @work(group="look", exit_on_error=False)
    async def look(self) -> None:
        """Read the ticket again if anything was written since."""
        if self._looking:
            return
        self._looking = True
        try:
            desk = await at_desk(self).desk_ready()
            self._seen, ticket = await asyncio.to_thread(self._news, desk)
            if ticket is not None:
                self.show(ticket)
        except DeskError as error:
            self.said.say(str(error), "warns")
        except Exception as error:
            self.log.error(error)
            fault = type(error).__name__
            self.said.say(_("The ticket could not be read ({fault}).").format(fault=fault), "warns")
        finally:
            self._looking = False

    def _news(self, desk: Desk) -> tuple[int, Ticket | None]:
        seen = desk.changes_seen()
        return seen, desk.ticket(self.number) if seen != self._seen or self.ticket is None else None

    def show(self, ticket: Ticket) -> None:
        """Show the ticket as it is now."""
        self.ticket = ticket
        self._show_keys()
        self.show_page()

    # Showing

    def show_page(self) -> None:
        """Bring the page up to this moment; what looks the same is not drawn again."""
        desk, ticket = at_desk(self).desk, self.ticket
        if desk is None or ticket is None or not self.is_mounted:
            return
        self._show_head(ticket)
        page = TicketPage(ticket, desk, whole=self.whole)
        if self.size.width >= WIDE:
            self.told_sheet.show([*page.told(), *page.attached()])
            self.record_sheet.show([*page.clocks(), *page.settling(), *page.heat(), *page.history()])
        else:
            self.record_sheet.show(())
            self.told_sheet.show(
                [
                    *page.clocks(),
                    *page.settling(),
                    *page.told(),
                    *page.heat(),
                    *page.history(),
                    *page.attached(),
                ]
            )

    def _show_head(self, ticket: Ticket) -> None:
        parts = [Content.styled(ticket.number, "bold"), plain(ticket.caller or _("unknown"))]
        parts.append(Content.styled(status_word(ticket.status), "$accent"))
        flags = safety_words(ticket.safety)
        if ticket.queue_rank == 0:
            parts.append(Content.styled(f"⚑ {int(ticket.severity)} {flags}".rstrip(), "$accent"))
        owner = _("Owner: {owner}").format(owner=ticket.owner or "—")
        self.head.show(Content("   ").join(parts), plain(owner))

    # Acting

    @property
    def number_at_hand(self) -> str | None:
        """This ticket."""
        return self.number if self.ticket else None

    @property
    def ticket_at_hand(self) -> Ticket | None:
        """This ticket, as it is shown."""
        return self.ticket

    def acted(self, done: ActDone) -> None:
        """Show the ticket after the act."""
        self.show(done.after)

    def settled(self, after: Ticket) -> None:
        """Show the ticket after what was settled."""
        self.show(after)

    def action_act(self, act: str) -> None:
        """Ask for the line about an act; confirming only where something is disputed."""
        disputed = self.ticket is not None and any(clock.disputed for clock in self.ticket.clocks)
        if Act(act) is Act.CONFIRMED and not disputed:
            self.said.say(_("Nothing on this ticket is disputed."))
        else:
            super().action_act(act)

    def action_heat(self, step: str) -> None:
        """Mark a HEAT step done now, or take the mark back."""
        self._mark(HeatStep(step))

    @work(group="heat", exit_on_error=False)
    async def _mark(self, step: HeatStep) -> None:
        if self.ticket is None:
            return
        try:
            desk = await at_desk(self).desk_ready()
            verb: Callable[[str, HeatStep], Ticket] = desk.mark_heat
            done = _("{step}: done.")
            if step in self.ticket.heat:
                verb, done = desk.unmark_heat, _("{step}: mark taken back.")
            ticket = await asyncio.to_thread(verb, self.number, step)
        except DeskError as error:
            self.said.say(str(error), "warns")
            return
        self.show(ticket)
        self.said.say(done.format(step=desk.playbook.step_name(step, language())), "good")

    def action_correct(self) -> None:
        """Open the form again; what is left unsaved there waits as a draft."""
        if self.ticket is not None:
            from complaint_desk.screens.call import CallScreen

            self.app.push_screen(CallScreen.correcting(self.ticket), self._corrected)

    def _corrected(self, ticket: Ticket | None) -> None:
        if ticket is not None:
            self.said.say(_("Corrected."), "good")
            self.show(ticket)

    @work(group="whole", exclusive=True, exit_on_error=False)
    async def action_whole(self) -> None:
        """Show the attached texts whole, folded beside the screen, or only their beginning."""
        if self.ticket is None or not self.ticket.attachments:
            return
        sheet, width = self.told_sheet, self.told_sheet.text_width
        if not self.whole:
            for _name, text in self.ticket.attachments:
                sheet.know(text, width, await asyncio.to_thread(folded, text, width))
        self.whole = not self.whole
        self.show_page()

    def action_pause_or_reopen(self) -> None:
        """Let clocks stand still, or run again where they do; a settled ticket is reopened."""
        desk, ticket = at_desk(self).desk, self.ticket
        if desk is None or ticket is None:
            return
        if ticket.status is not TicketStatus.OPEN:
            self.action_act(Act.REOPENED)
        elif any(pause.is_open(desk.clock()) for pause in ticket.pauses):
            self.action_supervise(Deed.RESUME)
        else:
            self.action_supervise(Deed.PAUSE)

    def deed_done(self, done: DeedDone) -> None:
        """Show the ticket after the deed."""
        for row in done.done:
            if row.after is not None:
                self.show(row.after)

    def action_menu_entry(self, digit: int) -> None:
        """A digit without the menu does what it does in the menu."""
        if self.number_at_hand is not None and digit <= len(self.MENU):
            self.run_worker(self.run_action(self.MENU[digit - 1].action), exit_on_error=False)

    def action_back(self) -> None:
        """Back to where one came from."""
        self.dismiss(None)
