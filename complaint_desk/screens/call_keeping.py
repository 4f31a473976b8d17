"""Keeping a call's draft: told of each key, it has the text on the disk within a second, off the key's path."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from complaint_desk.locale import N_, _, language
from complaint_desk.models.draft import Draft

if TYPE_CHECKING:
    from complaint_desk.desk.receive import CallDrafts, DraftKept
    from complaint_desk.screens.call_form import CallForm

PAUSE_SECONDS = 0.4
"""How long after the first unwritten key the text is handed over; with the writing it stays under a second."""

_TROUBLES = {
    "disk_full": N_(
        "The disk is full: the text is safe on the screen only. Make room; the desk tries again."
    ),
    "not_writable": N_("The drafts' folder cannot be written: the text is safe on the screen only."),
    "failed": N_(
        "The draft could not be written: the text is safe on the screen only. The desk tries again."
    ),
}


@dataclass
class DraftNews(Message):
    """The writing thread has tried to keep a draft."""

    kept: DraftKept


class DraftKeeping:
    """One call's draft, its form, and the word on whether it is on the disk."""

    def __init__(
        self, screen: Screen[Any], form: CallForm, drafts: CallDrafts, changed: Callable[[], None]
    ) -> None:
        """`changed` is called when the draft's state in words has changed."""
        self._screen = screen
        self._form = form
        self._drafts = drafts
        self._changed = changed
        self._timer: Timer | None = None
        self._ever = False
        self._on_disk = False
        self.trouble: str | None = None
        """Why the text is not on the disk; None when all is well."""
        self.unwritten = False
        """Keys were pressed that the disk does not have yet."""

    @property
    def state(self) -> str:
        """Where the text is, in a word or two; it changes rarely, as each change is drawn among the keys."""
        if self.trouble:
            return _("NOT on disk")
        if self._on_disk:
            return _("draft kept")
        return _("writing…") if self.unwritten else ""

    @property
    def trouble_sentence(self) -> str:
        """What is wrong with the disk and what to do."""
        return _(_TROUBLES[self.trouble]) if self.trouble else ""

    @property
    def begun(self) -> bool:
        """Something was entered in this call."""
        return self._ever or self.unwritten

    def restart(self, *, kept: bool = False) -> None:
        """Another draft stands in the form; `kept` says that it came from the disk."""
        self._stop()
        self._ever, self.unwritten, self.trouble = kept, False, None
        self._on_disk = kept

    def touched(self, draft: Draft) -> None:
        """Something changed; cheap enough for every key."""
        if not self.unwritten:
            self.unwritten = True
            self._changed()
        if self._timer is None:
            self._timer = self._screen.set_timer(PAUSE_SECONDS, lambda: self.hand_over(draft))

    def collect(self, draft: Draft) -> None:
        """Bring the draft up to what stands in the form."""
        words = self._form.words()
        draft.fields = {name: said for name, said in words.items() if said}
        draft.attached = dict(self._form.attached)
        draft.language = language()

    def hand_over(self, draft: Draft) -> None:
        """Give the writing thread the text as it stands; nothing, while there is nothing to keep."""
        self._stop()
        self.collect(draft)
        if draft.empty and not self._ever:
            self.unwritten = False
            self._changed()
            return
        self._ever = True
        screen = self._screen
        self._drafts.keep(draft, lambda kept: screen.post_message(DraftNews(kept)))

    def heard(self, kept: DraftKept, draft: Draft) -> None:
        """Take note of what the writing thread says."""
        if kept.draft_id == draft.id:
            self.trouble = kept.trouble
            self._on_disk = kept.trouble is None
            self.unwritten = kept.trouble is not None or self._timer is not None
            self._changed()

    async def finish(self, draft: Draft) -> None:
        """The draft is a ticket: forget it."""
        self._stop()
        await asyncio.to_thread(self._drafts.finish, draft.id)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
