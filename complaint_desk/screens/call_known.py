"""A call by somebody known: who rings, what others told like it, and adding the call to a ticket that is open."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on, work
from textual.timer import Timer
from textual.widgets import Input, TextArea

from complaint_desk.desk.receive import DraftNotKept
from complaint_desk.locale import _, language
from complaint_desk.models.draft import Draft
from complaint_desk.models.errors import DeskError
from complaint_desk.models.radar import Radar
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.call_guided import GuidedCall

if TYPE_CHECKING:
    from complaint_desk.desk.add_call import CallAdded
    from complaint_desk.desk.customers.who_calls import WhoCalls
    from complaint_desk.desk.desk import Desk
    from complaint_desk.screens.caller import CallerAnswer

RADAR_AFTER_SECONDS = 0.6
"""How long after the last key the radar looks round."""
WHO_FIELDS = ("phone", "caller")
RADAR_FIELDS = ("phone", "caller", "what", "how", "where", "who", "remedy_wanted", "store")


class KnownCall(GuidedCall):
    """Looks up beside the typing, never on a key; what it finds stands in a line and behind a key."""

    who: WhoCalls | None = None
    """Who may be calling."""
    radar: Radar = Radar()
    """What recent complaints have in common with this one."""
    _looking_up: bool = False
    _radar_soon: Timer | None = None
    _looked_up: tuple[str, str] = ("", "")

    # Looking up

    @on(Input.Changed)
    @on(TextArea.Changed)
    def known_changed(self, event: Input.Changed | TextArea.Changed) -> None:
        """Number, name or words have changed: look who calls at once, and round a moment after the last key."""
        name = event.control.name
        if name in WHO_FIELDS:
            self.who_again()
        if name in RADAR_FIELDS:
            self.radar_again()

    def who_again(self) -> None:
        """Look up who calls as soon as what was typed is painted."""
        if self.ticket is None:
            self.call_after_refresh(self._who)

    def radar_again(self) -> None:
        """Look round a moment from now; a key before that puts it off."""
        if self.ticket is None:
            if self._radar_soon is not None:
                self._radar_soon.stop()
            self._radar_soon = self.set_timer(RADAR_AFTER_SECONDS, self._radar)

    @work(group="who", exit_on_error=False)
    async def _who(self) -> None:
        """Who calls, in a thread. One question at a time: the one under way is followed by the newest words."""
        if self._looking_up:
            return
        self._looking_up = True
        try:
            while not await self._look_up():
                pass
        finally:
            self._looking_up = False

    async def _look_up(self) -> bool:
        """Look up the words that stand in the form; False where others stand there by the time of the answer."""
        desk, draft, asked = at_desk(self).desk, self.call, self._who_words()
        if desk is None or self.looked_up:
            return True
        from complaint_desk.desk.customers.who_calls import who_calls

        try:
            who = await asyncio.to_thread(who_calls, desk, *asked)
        except DeskError as error:
            self.log.warning(error)
            return True
        if self.call is not draft or self._who_words() != asked:
            return False
        self._looked_up, self.who = asked, who
        self._show_known()
        return True

    @property
    def looked_up(self) -> bool:
        """Whether what is known stands for the number and the name that stand in the form."""
        return self.who is not None and self._looked_up == self._who_words()

    def _who_words(self) -> tuple[str, str]:
        return self.form.fields["phone"].words, self.form.fields["caller"].words

    def _show_known(self) -> None:
        from complaint_desk.desk.customers.who_calls import known_line

        forms = known_line(self.who, bool(self._looked_up[1].strip())) if self.who else ()
        self.known = tuple(f"{form} ▸^O" for form in forms)
        self.show_facts()

    @work(group="radar", exclusive=True, exit_on_error=False)
    async def _radar(self) -> None:
        """What others told like it, in a thread; what was found for older words is dropped."""
        self._radar_soon = None
        desk, draft = at_desk(self).desk, self.call
        if desk is None:
            return
        words = self.form.words()
        try:
            radar = await asyncio.to_thread(desk.radar, words)
        except DeskError as error:
            self.log.warning(error)
            return
        if self.call is draft:
            self.radar = radar
            self._show_repeats()

    def _show_repeats(self) -> None:
        from complaint_desk.desk.finding.radar_words import radar_line

        self.repeats = "" if self.radar.quiet else radar_line(self.radar)
        self.show_coach()

    def show_draft(self, draft: Draft, *, kept: bool = False) -> None:
        """Another call stands in the form: nobody is known in it yet."""
        self.who, self.radar = None, Radar()
        self.known, self.repeats = (), ""
        super().show_draft(draft, kept=kept)
        self.who_again()
        self.radar_again()

    def speak(self) -> None:
        """Say everything in the language in use."""
        super().speak()
        if self.who is not None:
            self._show_known()
        if not self.radar.quiet:
            self._show_repeats()

    def tick(self) -> None:
        """Once a second; what could not be looked up yet is looked up, such as before somebody has signed in."""
        super().tick()
        if self.who is None and at_desk(self).desk is not None:
            self.who_again()

    async def desk_opened(self, desk: Desk) -> None:
        """Look up what was typed while the desk opened; the rooms of the looking are opened beside the typing."""
        if self.ticket is None:
            from complaint_desk.desk.customers.callers import get_ready

            with suppress(DeskError):
                await asyncio.to_thread(get_ready, desk)
            self.who_again()

    # Who it is

    @work(group="caller", exclusive=True, exit_on_error=False)
    async def action_caller(self) -> None:
        """Show who is calling, with the open tickets and what others told like it."""
        try:
            desk = await at_desk(self).desk_ready()
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        if self.ticket is not None:
            from complaint_desk.screens.customer import CustomerScreen

            self.app.push_screen(CustomerScreen(self.ticket.number))
            return
        await self._look_up()
        if (self.who is None or not self.who.found) and self.radar.quiet:
            self.notice.say(
                _("Nobody known has this number or this name, and nothing like it was told lately.")
            )
            return
        from complaint_desk.desk.customers.who_calls import NOBODY
        from complaint_desk.screens.caller import CallerScreen

        words = self.form.words()
        screen = CallerScreen(desk, self.who or NOBODY, self.radar, words["phone"], words["caller"])
        self.app.push_screen(screen, self._caller_answered)

    def _caller_answered(self, answer: CallerAnswer | None) -> None:
        if answer is None:
            self._looked_up = ("", "")
            self.who_again()
        elif answer.add_to is not None:
            self._add(answer.add_to)
        elif answer.take is not None:
            taken = []
            for name, words in (("phone", answer.take.phone), ("caller", answer.take.caller)):
                if words and not self.form.fields[name].words.strip():
                    self.form.fields[name].words = words
                    taken.append(name)
            self.keeping.touched(self.call)
            self.notice.say(
                _("Taken over from the card.") if taken else _("Number and name stand there already."), "good"
            )
            self.show_facts()

    # Adding the call to a ticket

    @work(group="save", exit_on_error=False)
    async def _add(self, number: str) -> None:
        """Add what was typed to an open ticket as a note, and close the call; whatever goes wrong, it stays."""
        if self.saving:
            return
        self.saving = True
        try:
            await self._try_to_add(number)
        except DeskError as error:
            self.notice.say(str(error), "warns")
        except Exception as error:
            self.log.error(error)
            fault = type(error).__name__
            self.notice.say(_("Not added ({fault}); the call is kept as it is.").format(fault=fault), "warns")
        finally:
            self.saving = False

    async def _try_to_add(self, number: str) -> None:
        from complaint_desk.screens.call_adding import note_of
        from complaint_desk.screens.confirm import Confirm

        await self.caught_up()
        self.form.decide()
        self.keeping.collect(self.call)
        desk, draft = await at_desk(self).desk_ready(), self.call
        await self.readings.read(desk, draft, self.receipt)
        words = note_of(draft, self.form, desk, self.readings.promises(draft))
        question = _("Add this call to {number} as a note, and close the call?\n\n{text}")
        lines = words[:_SHOWN].split("\n")[:_SHOWN_LINES]
        shown = "\n".join(lines) + ("…" if len("\n".join(lines)) < len(words) else "")
        if not await self.app.push_screen_wait(Confirm(question.format(number=number, text=shown))):
            return
        added = await asyncio.to_thread(
            desk.add_call, number, words, promises=self.readings.promises(draft), situations=draft.situations
        )
        before, drafts = draft.snapshot(), at_desk(self).drafts
        self.keeping.hand_over(draft)
        with suppress(DraftNotKept):
            await asyncio.to_thread(drafts.flush)
            await asyncio.to_thread(drafts.discard, draft.id)
        self.begin_call()
        self._added(desk, added, before)

    def _added(self, desk: Desk, added: CallAdded, before: Draft) -> None:
        from complaint_desk.screens.added_card import AddedCard

        self.notice.say(_("Added to {number}.").format(number=added.ticket.number), "good")

        def answered(back: bool | None) -> None:
            if back:
                self._take_back(desk, added, before)

        self.app.push_screen(AddedCard(added.ticket, desk), answered)

    @work(group="save", exit_on_error=False)
    async def _take_back(self, desk: Desk, added: CallAdded, before: Draft) -> None:
        """Take the note back; the call stands in the form again, and what stands there now waits."""
        try:
            await asyncio.to_thread(desk.take_call_back, added.ticket.number, added.added)
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        self.keep_now()
        self.show_draft(before)
        self.keeping.touched(self.call)
        self.notice.say(_("Taken back. Here is the call again, as it was."), "good")

    def begin_call(self) -> None:
        """An empty form and a new call, opened now."""
        self.show_draft(at_desk(self).drafts.begin(language()))

    def keep_now(self) -> bool:
        """Hand over what stands in the form; False when there is nothing in it."""
        self.keeping.collect(self.call)
        if self.call.empty:
            return False
        self.keeping.hand_over(self.call)
        return True


_SHOWN, _SHOWN_LINES = 500, 9
"""Characters and lines of the note that are shown before it is added."""
