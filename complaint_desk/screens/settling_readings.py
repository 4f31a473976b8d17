"""What the desk makes of what is typed about a promise or a remedy, and what was promised or granted before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from complaint_desk.locale import _
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.settling import PromiseMade, RemedyKind
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.settling_deeds import SettlingDeed
from complaint_desk.screens.time_words import moment_words

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

READ = frozenset({"by", "amount"})
"""The fields beside which something is shown."""
_MOST_BEFORE = 5


def what_is_understood(
    desk: Desk, deed: SettlingDeed, told: Mapping[str, str], words: str, store: str
) -> dict[str, tuple[str, str]]:
    """What to show beside fields, by name: words and their colour."""
    if deed is SettlingDeed.PROMISE:
        said = told.get("by", "").strip() or words.strip()
        if not said:
            return {}
        read = desk.understand_due(said, store)
        if read.at is None:
            wrong = _("? a time gone by") if read.doubt == "already_past" else _("? by when")
            return {"by": (wrong, "warning")}
        return {"by": (f"→ {moment_words(read.at, desk.clock(), desk.settings.zone)}", "quiet")}
    if deed in (SettlingDeed.OFFER, SettlingDeed.DECIDE) and told.get("kind") in set(RemedyKind):
        try:
            amount = desk.money(told.get("amount", ""))
        except FieldRefused:
            return {"amount": (_("? no amount"), "warning")}
        if desk.within_authority(RemedyKind(told["kind"]), amount):
            return {"amount": (_("within your authority"), "quiet")}
        return {"amount": (_("needs approval"), "warning")}
    return {}


def said_before(
    desk: Desk, deed: SettlingDeed, ticket: Ticket | None, promised: Sequence[PromiseMade]
) -> list[str]:
    """What was promised in the call before, or what the caller was granted before."""
    now, zone = desk.clock(), desk.settings.zone
    if ticket is None:
        return [f"✔ {moment_words(made.by, now, zone)}  {made.what}" for made in promised[-_MOST_BEFORE:]]
    if deed in (SettlingDeed.OFFER, SettlingDeed.DECIDE):
        from complaint_desk.desk.settling.settling_text import remedy_text
        from complaint_desk.desk.settling.settling_words import paid_words

        lines = [remedy_text(each, zone, desk.playbook) for each in ticket.remedies[-_MOST_BEFORE:]]
        return [*lines, paid_words(desk.paid_before(ticket.number))]
    if deed in (SettlingDeed.PROMISE, SettlingDeed.END_PROMISE):
        from complaint_desk.desk.settling.settling_text import promise_text

        return [promise_text(each, now, zone) for each in ticket.promises if each.is_waiting][:_MOST_BEFORE]
    if deed is SettlingDeed.CLOSE:
        from complaint_desk.desk.settling.settling_words import missing_words
        from complaint_desk.rules.ending import missing_to_close

        missing = missing_to_close(ticket)
        return [_("Still missing: {fields}").format(fields=missing_words(missing))] if missing else []
    return []
