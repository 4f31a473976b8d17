"""The agent's call screen: from ring to ticket, every act on a key."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import work

from complaint_desk.locale import _, n_
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import HeatStep
from complaint_desk.models.errors import ChangedMeanwhile, DeskError, FieldRefused
from complaint_desk.screens import call_saving
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.call_check import faults_of, sentence
from complaint_desk.screens.call_known import KnownCall
from complaint_desk.screens.keys import CALL_KEYS, bindings

if TYPE_CHECKING:
    from textual.binding import BindingType

    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.ticket import Ticket


class CallScreen(KnownCall):
    """One call from ring to ticket; or, opened with a ticket, its correction."""

    CSS_PATH = "call.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CALL_KEYS), ("escape", "calm")]

    @classmethod
    def correcting(cls, ticket: Ticket, draft: Draft | None = None) -> CallScreen:
        """The form opened again on a saved ticket; the screen gives back the ticket as corrected, or None."""
        return cls(ticket, draft)

    def on_mount(self) -> None:
        """Ask about calls that wait, once the form can be seen."""
        if self.ticket is None:
            self.call_after_refresh(self._look_for_waiting)

    # Leaving what is open

    def action_calm(self) -> None:
        """Esc: fold the coach, clear the line; leave a correction, whose changes stay as a draft."""
        self.notice.say("")
        if self.unfolded:
            self.action_unfold()
        elif self.ticket is not None:
            self._leave_correction()

    # Saving

    @work(group="save", exit_on_error=False)
    async def action_save(self) -> None:
        """Check and name what is missing; pressed again, save as it is. The form stays until it is saved."""
        if self.saving:
            return
        await self.caught_up()
        self.form.decide()
        self.keeping.collect(self.call)
        app = at_desk(self)
        if app.desk is not None:
            await self.readings.read(app.desk, self.call, self.receipt)
        faults = faults_of(
            self.call.fields, self.form.undecided, self.readings.doubts, receipt_known=self.ticket is not None
        )
        needed = any(fault.kind == "needed" for fault in faults)
        if faults and (needed or frozenset(faults) != self.shown_faults):
            self.shown_faults = frozenset(faults)
            self.form.mark({fault.field: fault.mark for fault in faults})
            self.notice.say(sentence(faults), "warns" if needed else "asks")
            first = next((fault for fault in faults if fault.kind == "needed"), faults[0])
            self.form.fields[first.field].focus()
            return
        self.saving = True
        try:
            await self._save()
        finally:
            self.saving = False

    async def _save(self) -> None:
        """Write the ticket; whatever goes wrong, the text stands in the form and in the draft."""
        app, draft = at_desk(self), self.call
        self.notice.say(
            _("Saving…") if app.desk else _("Opening the desk; it is saved as soon as it is open…")
        )
        try:
            desk = await app.desk_ready()
            if self.ticket is not None:
                ticket = await call_saving.amend(
                    desk, draft, self.form, self.before, self.ticket, self.readings.promises(draft)
                )
            else:
                begun_before = call_saving.name_ticket(draft)
                await self._about_to_save(draft)
                received_at = self.readings.received_at
                ticket = await call_saving.register(
                    desk, draft, self.form, received_at, self.readings.promises(draft), begun_before
                )
        except ChangedMeanwhile as error:
            await self._refused(draft, _("{reason} Ctrl+S again saves over it.").format(reason=error))
            draft.version = None
        except FieldRefused as error:
            await self._refused(draft, str(error))
            if field := self.form.fields.get(error.field_name):
                field.focus()
        except DeskError as error:
            await self._refused(draft, str(error))
        except Exception as error:
            self.log.error(error)
            await self._refused(
                draft,
                _("Not saved ({fault}); the text is kept. Press Ctrl+S again.").format(
                    fault=type(error).__name__
                ),
            )
        else:
            await self.keeping.finish(draft)
            self._saved(ticket, draft, desk)

    async def _about_to_save(self, draft: Draft) -> None:
        """Note on the disk that it is being saved, and as which ticket, so that saving twice makes one."""
        draft.saving_since = at_desk(self).drafts.clock()
        with suppress(Exception):
            await asyncio.to_thread(at_desk(self).drafts.keep_now, draft)

    async def _refused(self, draft: Draft, reason: str) -> None:
        draft.saving_since = None
        self.notice.say(reason, "warns")
        self.keeping.hand_over(draft)

    def _saved(self, ticket: Ticket, draft: Draft, desk: Desk) -> None:
        if self.ticket is not None:
            self.dismiss(ticket)
            return
        from complaint_desk.screens.saved_card import SavedCard

        self.begin_call()
        self.notice.say(_("Saved: {number}").format(number=ticket.number), "good")
        self.app.push_screen(SavedCard(ticket, draft.heat.get(HeatStep.APOLOGISE), desk))

    # Other calls

    @work(group="drafts", exit_on_error=False)
    async def action_park(self) -> None:
        """Park this call and take the next."""
        await self.caught_up()
        if self.ticket is not None:
            self._leave_correction()
            return
        drafts = at_desk(self).drafts
        if not self.keep_now():
            self.notice.say(_("Nothing to park: this call is empty."))
            return
        self.begin_call()
        await asyncio.to_thread(drafts.flush)
        await self._count_waiting()
        self.notice.say(_("Parked. F2 shows the calls that wait."), "good")

    def _leave_correction(self) -> None:
        self.keeping.collect(self.call)
        if self.form.words() != self.before or self.call.promises:
            self.keeping.hand_over(self.call)
        self.dismiss(None)

    def look_for_waiting(self) -> None:
        """Offer what was not finished at this seat, as at the start."""
        self._look_for_waiting()

    async def _count_waiting(self) -> list[Draft]:
        drafts = at_desk(self).drafts
        waiting = [draft for draft in await asyncio.to_thread(drafts.waiting) if draft.id != self.call.id]
        self.other_calls = len(waiting)
        self.show_facts()
        return waiting

    @work(group="drafts", exit_on_error=False)
    async def _look_for_waiting(self) -> None:
        """At the start: offer what was not finished, with a question, unless a call is being typed already."""
        waiting = await self._count_waiting()
        mine = [draft for draft in waiting if draft.seat == at_desk(self).drafts.seat]
        await asyncio.to_thread(at_desk(self).drafts.sweep)
        if not mine:
            return
        if self.keeping.unwritten or self.app.screen is not self:
            count = len(mine)
            self.notice.say(
                n_("{count} unfinished call waits: F2.", "{count} unfinished calls wait: F2.", count).format(
                    count=count
                ),
                "asks",
            )
            return
        self._offer(waiting)

    @work(group="drafts", exit_on_error=False)
    async def action_waiting(self) -> None:
        """Show the calls that wait."""
        if waiting := await self._count_waiting():
            self._offer(waiting)
        else:
            self.notice.say(_("No other call waits."))

    def _offer(self, waiting: list[Draft]) -> None:
        from complaint_desk.screens.drafts_waiting import DraftsWaiting

        self.app.push_screen(DraftsWaiting(waiting, at_desk(self).desk), self._waiting_answered)

    def _waiting_answered(self, taken: str | None) -> None:
        self._take_up(taken)

    @work(group="drafts", exit_on_error=False)
    async def _take_up(self, taken: str | None) -> None:
        """Take up the call that was chosen; what stands in the form waits in its place."""
        drafts = at_desk(self).drafts
        if taken is not None:
            self.keep_now()
            await asyncio.to_thread(drafts.flush)
            draft = await asyncio.to_thread(drafts.take, taken)
            if draft is None:
                self.notice.say(_("That call is gone: another desk has taken it up."), "warns")
            elif draft.number is not None:
                await self._take_up_correction(draft)
            else:
                self.show_draft(draft, kept=True)
                self.notice.say(_("Here is the call again, as it was left."), "good")
        await self._count_waiting()

    async def _take_up_correction(self, draft: Draft) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            ticket = await asyncio.to_thread(desk.ticket, str(draft.number))
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        self.app.push_screen(CallScreen.correcting(ticket, draft))
