"""What the desk makes of spoken times and telephone numbers in the form, read beside the typing, never on a key."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import TYPE_CHECKING

from complaint_desk.locale import _, n_
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Act, Channel
from complaint_desk.models.settling import PromiseMade
from complaint_desk.screens.call_form import CallForm
from complaint_desk.screens.time_words import moment_words, when_words
from complaint_desk.widgets.form import Reading

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

READ_FIELDS = ("when", "received_at", "phone", "channel", "promise")
"""Fields whose change asks for a new reading."""


def _already(draft: Draft) -> str:
    """How many promises were taken down already in this call."""
    count = len(draft.promises)
    return n_("{count} promise kept in mind", "{count} promises kept in mind", count).format(count=count)


class CallReadings:
    """The readings of one form: what was understood, and what is in doubt."""

    def __init__(self, form: CallForm) -> None:
        self.form = form
        self.received_at: datetime | None = None
        """The date received as understood, for what did not come by telephone."""
        self.promise: PromiseMade | None = None
        """What stands in the field for a promise, where it says by when."""
        self.doubts: dict[str, str] = {}
        """Why a reading is doubtful, by field."""

    def promises(self, draft: Draft) -> list[PromiseMade]:
        """What was promised in this call: what was taken down before, and what stands in the field."""
        return [*draft.promises, *([self.promise] if self.promise else [])]

    def forget(self) -> None:
        """Another call stands in the form: nothing is understood of it yet."""
        self.received_at = self.promise = None
        self.doubts.clear()
        for field in ("when", "received_at", "promise"):
            self.form.read(field, None)

    async def read(self, desk: Desk, draft: Draft, receipt: datetime | None) -> None:
        """Read both times anew and show them; `receipt` is the known time of receipt of a saved ticket."""
        words = self.form.words()
        now = desk.clock()
        self.doubts.clear()
        self.received_at = None
        if receipt is None and words["channel"] not in ("", Channel.PHONE):
            self.received_at = await self._time(desk, "received_at", words["received_at"], now, "in_future")
        else:
            self.form.read("received_at", None)
        received = receipt or self.received_at or draft.opened_at
        await self._time(desk, "when", words["when"], received, "after_receipt")
        await self._promise(desk, words["promise"], words["store"], draft)

    async def _promise(self, desk: Desk, said: str, store: str, draft: Draft) -> None:
        """By when the words in the field for a promise promise something."""
        self.promise = None
        if not said.strip():
            self.form.read("promise", Reading(_already(draft)) if draft.promises else None)
            return
        since = draft.promise_said_at or desk.clock()
        due = await asyncio.to_thread(desk.understand_due, said, store, since)
        if due.at is None:
            past = due.doubt == "already_past"
            self.doubts["promise"] = "no_time_to_come" if past else "no_time"
            sentence = _("? a time gone by") if past else _("? by when? Ctrl+T")
            self.form.read("promise", Reading(sentence, doubtful=True))
            return
        self.promise = PromiseMade(said.strip(), due.at, said.strip(), made_at=since)
        moment = moment_words(due.at, desk.clock(), desk.settings.zone)
        avoid = await asyncio.to_thread(desk.lint, said, Act.PROMISED)
        more = (
            (_("“{words}” → {instead}").format(words=avoid[0].words, instead=avoid[0].instead),)
            if avoid
            else ()
        )
        kept = (_already(draft),) if draft.promises else ()
        self.form.read("promise", Reading("  ".join((f"→ {moment}", *more, *kept)), doubtful=bool(avoid)))

    async def _time(
        self, desk: Desk, field: str, said: str, reference: datetime, too_late: str
    ) -> datetime | None:
        if not said.strip():
            self.form.read(field, None)
            return None
        spoken = await asyncio.to_thread(desk.understand_when, said, reference)
        if spoken.at is None:
            kind = too_late if spoken.doubt == "after_receipt" else "unreadable"
            sentence = {
                "unreadable": _("? not read as a time; kept as said"),
                "after_receipt": _("? after receipt: is that right?"),
                "in_future": _("? in the future: is that right?"),
            }[kind]
            self.doubts[field] = kind
            self.form.read(field, Reading(sentence, doubtful=True))
            return None
        words = when_words(spoken.at, spoken.precision, desk.clock(), desk.settings.zone)
        if spoken.doubt:
            self.doubts[field] = "ambiguous"
            self.form.read(
                field, Reading(_("? {moment}, or another day?").format(moment=words), doubtful=True)
            )
        else:
            self.form.read(field, Reading(f"→ {words}"))
        return spoken.at

    async def settle_phone(self, desk: Desk) -> None:
        """Show the number in the national form, its extension in its own field; what is no number stays as typed."""
        field, extension = self.form.fields["phone"], self.form.fields["extension"]
        said = field.words
        if not said.strip():
            return
        read = await asyncio.to_thread(desk.read_phone, said)
        if read.national and field.words == said:
            field.words = read.national
            if read.extension and not extension.words.strip():
                extension.words = read.extension
