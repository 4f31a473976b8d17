"""The calls that are not tickets yet and wait to be taken up: parked, or left by a desk that stopped."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.desk.receive import DraftNotKept
from complaint_desk.locale import _
from complaint_desk.models.draft import Draft
from complaint_desk.rules.masks import mask_name, mask_phone
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.confirm import Confirm
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.notice import Notice
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


class DraftsWaiting(DeskCard[str]):
    """Take one up, put one away, or leave them; typing goes on in the form below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f2", "leave", show=False, priority=True),
        Binding("delete", "discard", show=False, priority=True),
    ]

    def __init__(self, waiting: list[Draft], desk: Desk | None) -> None:
        super().__init__()
        self.waiting = waiting
        """The calls, as they were found."""
        self._desk = desk
        self._below: Screen[Any] | None = None
        self._leaving = False

    def content(self) -> list[Widget]:
        """The question and the calls."""
        return [
            Static(plain(_("These calls are not saved yet. Take one up?"))),
            PickList([self._pick(draft) for draft in self.waiting], id="waiting"),
            Notice(id="card-notice"),
        ]

    def keys(self) -> list[KeyHint]:
        """What can be done with a call."""
        return [
            KeyHint("Enter", _("Take it up"), 0),
            KeyHint("Esc", _("Later"), 1),
            KeyHint("Del", _("Discard"), 2),
        ]

    def _pick(self, draft: Draft) -> Pick:
        fields = draft.fields
        phone, caller = (fields.get(name, "").strip() for name in ("phone", "caller"))
        if draft.seat != at_desk(self).drafts.seat and self._desk is not None and self._desk.hides_customers:
            phone, caller = mask_phone(phone) or "", mask_name(caller) or ""
        who = "  ".join(filter(None, (phone, caller)))
        zone = self._desk.settings.zone if self._desk else None
        now = at_desk(self).drafts.clock()
        local = zone or now.astimezone().tzinfo
        assert local is not None
        opened = moment_words(draft.opened_at, now, local)
        told = next(
            (words for name in ("what", "how", "when", "where") if (words := fields.get(name, ""))), ""
        )
        about = [told.replace("\n", " ")[:200] or _("nothing told yet")]
        if draft.number:
            about.insert(0, _("corrects {number}").format(number=draft.number))
        if draft.saving_since:
            about.insert(0, _("was being saved; saving again makes no second ticket"))
        if draft.seat != at_desk(self).drafts.seat:
            about.insert(0, _("from {seat}").format(seat=draft.seat or "?"))
        return Pick(draft.id, f"{opened}  {who or _('caller not known yet')}", " · ".join(about))

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a call."""
        self.dismiss(picked.value)

    def action_leave(self) -> None:
        """They go on waiting."""
        self.dismiss(None)

    def prepare(self) -> None:
        """Remember the call below."""
        self._below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None

    def on_key(self, event: events.Key) -> None:
        """A letter belongs to the call below: the card goes and the letter, with those after it, is typed there."""
        if (event.is_printable or self._leaving) and self._below is not None:
            event.stop()
            if not self._leaving:
                self._leaving = True
                self.dismiss(None)
            if self._below.focused is not None:
                self._below.focused.post_message(events.Key(event.key, event.character))

    @work(group="drafts", exit_on_error=False)
    async def action_discard(self) -> None:
        """Ask, then put the call away; its file stays for thirty days."""
        chosen = self.query_one(PickList).current
        if chosen is None:
            return
        question = _("Discard this call?\n{call}\nIts file stays in the folder “kept” for 30 days.")
        if not await self.app.push_screen_wait(Confirm(question.format(call=chosen.line))):
            return
        try:
            await asyncio.to_thread(at_desk(self).drafts.discard, chosen.value)
        except DraftNotKept:
            self.query_one(Notice).say(_("It could not be put away; it is as it was."), "warns")
            return
        self.waiting = [draft for draft in self.waiting if draft.id != chosen.value]
        if not self.waiting:
            self.dismiss(None)
        else:
            self.query_one(PickList).show([self._pick(draft) for draft in self.waiting])
