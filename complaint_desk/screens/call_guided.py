"""The call with its coach: what the desk hears while it is typed, and the acts that need no field."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer
from textual.widgets import Input, TextArea

from complaint_desk.locale import _
from complaint_desk.models.call_marks import SituationMet
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import ComplainantType, HeatStep
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.call_room import CallRoom
from complaint_desk.screens.names import step_name
from complaint_desk.widgets.choice_field import ChoiceField

if TYPE_CHECKING:
    from collections.abc import Callable

    from complaint_desk.desk.desk import Desk
    from complaint_desk.rules.read_back import ReadBack
    from complaint_desk.screens.settling_card import SettlingDone

HEAR_AFTER_SECONDS = 0.3
"""How long after the last key the words are read anew."""
HEARD_FIELDS = ("what", "how", "remedy_wanted", "channel")


class GuidedCall(CallRoom):
    """Hears the caller beside the typing, never on a key; offers, and decides nothing."""

    _hear_soon: Timer | None = None

    # Hearing

    @on(Input.Changed)
    @on(TextArea.Changed)
    def words_changed(self, event: Input.Changed | TextArea.Changed) -> None:
        """The caller's words have changed: read them a moment after the last key."""
        if event.control.name in HEARD_FIELDS:
            self.hear_again()

    def hear_again(self) -> None:
        """Read the words a moment from now; a key before that puts it off."""
        if self._hear_soon is not None:
            self._hear_soon.stop()
        self._hear_soon = self.set_timer(HEAR_AFTER_SECONDS, self._hear)

    @work(group="hearing", exclusive=True, exit_on_error=False)
    async def _hear(self) -> None:
        """Read the words in a thread; what was read of older words is dropped."""
        self._hear_soon = None
        desk, draft = at_desk(self).desk, self.call
        if desk is None:
            return
        words, answers = self.form.words(), dict(draft.answers)
        heard = await asyncio.to_thread(desk.hear, words, answers)
        if self.call is draft:
            self.heard = heard
            self.show_coach()

    def show_draft(self, draft: Draft, *, kept: bool = False) -> None:
        """Another call stands in the form: nothing of it has been heard yet."""
        self.heard = None
        super().show_draft(draft, kept=kept)
        self.hear_again()

    def speak(self) -> None:
        """Say everything in the language in use."""
        super().speak()
        self._propose_cause()

    def tick(self) -> None:
        """Once a second; words typed before the desk was open are read as soon as it is."""
        super().tick()
        if self.heard is None and self._hear_soon is None and at_desk(self).desk is not None:
            self.hear_again()

    # The coach

    def show_coach(self) -> None:
        """Bring the coach up to date, and the proposal in the cause field."""
        super().show_coach()
        self._propose_cause()

    def _propose_cause(self) -> None:
        """Show the likeliest cause in the empty field; it is never filled in by itself."""
        field, proposal = self.form.fields["cause"], ""
        desk, reading = at_desk(self).desk, self.heard.reading if self.heard else None
        if desk is not None and reading is not None and reading.causes:
            from complaint_desk.locale import language
            from complaint_desk.screens.type_words import percent

            cause, share = reading.causes[0]
            proposal = _("^E {code} {cause} {share} %?").format(
                code=cause.code, cause=desk.playbook.cause_name(cause, language()), share=percent(share)
            )
        if isinstance(field, ChoiceField) and field.placeholder != proposal:
            field.placeholder = proposal

    def action_take_cause(self) -> None:
        """Take the cause that is proposed."""
        field = self.form.fields["cause"]
        reading = self.heard.reading if self.heard else None
        if reading is None or not reading.causes:
            self.notice.say(_("No cause to propose yet: there are too few words."))
        elif field.words.strip():
            self.notice.say(_("A cause stands there already."))
        else:
            field.words = reading.causes[0][0].value
            self.keeping.touched(self.call)
            self.show_coach()

    def action_heat(self, step: str) -> None:
        """Mark a HEAT step done now, or take the mark back; a notice says it where no coach shows it."""
        done = HeatStep(step)
        draft = self.call
        if done in draft.heat:
            del draft.heat[done]
            self.notice.say(_("{step}: mark taken back.").format(step=step_name(done)))
        else:
            draft.heat[done] = at_desk(self).drafts.clock()
            told = "" if self.coach.display else _("{step}: done.").format(step=step_name(done))
            self.notice.say(told, "good" if told else "")
        self._marked()
        if (ticket := self.ticket) is not None:
            at = draft.heat.get(done)
            self._on_ticket(
                lambda desk: (
                    desk.mark_heat(ticket.number, done, at) if at else desk.unmark_heat(ticket.number, done)
                )
            )

    def _marked(self) -> None:
        self.keeping.touched(self.call)
        self.show_coach()

    @work(group="marks", exit_on_error=False)
    async def _on_ticket(self, verb: Callable[[Desk], Ticket]) -> None:
        """Record a mark on the saved ticket that is corrected here."""
        try:
            await asyncio.to_thread(verb, await at_desk(self).desk_ready())
        except DeskError as error:
            self.notice.say(str(error), "warns")

    def action_unfold(self) -> None:
        """Show all the coach has to say, or only what is needed now."""
        self.unfolded = not self.unfolded
        self.set_class(self.unfolded, "-unfolded")
        self.show_coach()

    # The caller's type

    def action_choose_type(self) -> None:
        """Say what kind of caller this is, with what the desk reads before one's eyes."""
        from complaint_desk.screens.type_choice import TypeChoice

        desk = at_desk(self).desk
        reading = self.heard.reading if self.heard else None
        card = TypeChoice(self.call.type, desk.playbook if desk else None, reading)
        self.app.push_screen(card, self._type_chosen)

    def _type_chosen(self, chosen: str | None) -> None:
        from complaint_desk.screens.type_choice import ANSWER

        if chosen is None:
            return
        draft = self.call
        if chosen.startswith(f"{ANSWER}:"):
            _mark, question, kind = chosen.split(":")
            draft.answers[question] = ComplainantType(kind) if kind else None
            self.hear_again()
        else:
            draft.type = ComplainantType(chosen) if chosen else None
            draft.type_chosen_at = at_desk(self).drafts.clock() if chosen else None
        self._marked()

    # The read-back

    @work(group="read-back", exclusive=True, exit_on_error=False)
    async def action_read_back(self) -> None:
        """Read what was taken down to the caller."""
        from complaint_desk.screens.read_back_card import ReadBackCard

        self.keeping.collect(self.call)
        draft = self.call.snapshot()
        received = self.receipt or self.readings.received_at or draft.opened_at
        try:
            desk = await at_desk(self).desk_ready()
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        back = await asyncio.to_thread(desk.read_back, draft, received)
        self.app.push_screen(ReadBackCard(back), lambda answer: self._read_back_answered(back, answer))

    def _read_back_answered(self, back: ReadBack, answer: str | None) -> None:
        from complaint_desk.screens.read_back_card import CONFIRMED

        if answer == CONFIRMED:
            at = self.call.read_back_confirmed_at = at_desk(self).drafts.clock()
            self.notice.say(_("The caller confirmed what was taken down."), "good")
            self._marked()
            if (ticket := self.ticket) is not None:
                self._on_ticket(lambda desk: desk.confirm_read_back(ticket.number, at))
        elif answer is not None:
            name = {"when_unclear": "when"}.get(back.missing[0], back.missing[0])
            if name == "contact":
                name = "phone" if self.form.fields["caller"].words.strip() else "caller"
            self.form.fields[name].focus()

    # What is promised

    def action_promise(self) -> None:
        """Take one more promise down; what stands in the field for it is the beginning."""
        from complaint_desk.screens.settling_card import SettlingCard
        from complaint_desk.screens.settling_deeds import SettlingDeed

        words = self.form.words()
        card = SettlingCard(
            SettlingDeed.PROMISE,
            begun=words["promise"].strip(),
            promised=self.call.promises,
            store=words["store"].strip(),
            call=self.call.id,
        )
        self.app.push_screen(card, self._promised)

    def _promised(self, done: SettlingDone | None) -> None:
        if done is None or done.promise is None:
            return
        self.call.promises.append(done.promise)
        self.form.fields["promise"].words = ""
        self.notice.say(_("Promise taken down; it is saved with the ticket."), "good")
        self._marked()
        self._read_again()

    # Calls that need another way, and the playbook

    def action_situation(self) -> None:
        """Show the cards for calls that need another way, the one that fits best first."""
        from complaint_desk.screens.situation_card import SituationCard

        desk = at_desk(self).desk
        if desk is None:
            self.notice.say(_("The cards come as soon as the desk is open."))
            return
        self.keeping.collect(self.call)
        draft = self.call.snapshot()
        card = SituationCard(
            desk.playbook,
            self.heard.offers if self.heard else (),
            lambda situation: desk.summary_for(situation, draft),
            at_desk(self).drafts.clock,
            {"caller": draft.fields.get("caller"), "store": desk.settings.store_name, "agent": None},
        )
        self.app.push_screen(card, self._situation_met)

    def _situation_met(self, met: SituationMet | None) -> None:
        if met is None:
            return
        self.call.situations.append(met)
        self.notice.say(_("Kept: the card and the summary go with the ticket."), "good")
        self._marked()
        if (ticket := self.ticket) is not None:
            self._on_ticket(lambda desk: desk.meet_situation(ticket.number, met))

    def action_playbook(self) -> None:
        """Open the playbook over the call, which stays as it is."""
        from complaint_desk.screens.playbook import PlaybookScreen

        self.app.push_screen(PlaybookScreen())
