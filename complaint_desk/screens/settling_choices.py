"""What can be chosen on the card of a promise or a remedy, and the moment told there."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from complaint_desk.locale import _
from complaint_desk.models.enums import Precision
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.settling import RemedyState
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.settling_deeds import DECISIONS, ENDS, WAYS, YES_OR_NO, SettlingDeed
from complaint_desk.widgets.choice_field import Choice

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_LISTS = {"end": ENDS, "decision": DECISIONS, "thanked": YES_OR_NO, "by_way": WAYS}


def choices_for(name: str, deed: SettlingDeed, ticket: Ticket | None) -> list[Choice]:
    """The choices of a field that are known at once, the usual one first; empty where the desk must be asked."""
    if name in _LISTS:
        return [Choice(value, _(label)) for value, label in _LISTS[name].items()]
    if name == "which" and ticket is not None:
        return _those(deed, ticket)
    return []


def _those(deed: SettlingDeed, ticket: Ticket) -> list[Choice]:
    """The promises or remedies of the ticket that this deed could be about, the next one due first."""
    if deed is SettlingDeed.END_PROMISE:
        waiting = sorted((each for each in ticket.promises if each.is_waiting), key=lambda each: each.due_at)
        return [Choice(str(each.number), f"#{each.number} {each.what}") for each in waiting]
    state = RemedyState.WAITING if deed is SettlingDeed.DECIDE else RemedyState.GRANTED
    return [
        Choice(str(each.number), f"#{each.number} {each.amount or ''} {each.text}")
        for each in ticket.remedies
        if each.state is state
    ]


def moment_of(desk: Desk, said: str) -> datetime | None:
    """When it happened; None for now. Raises FieldRefused for what does not say it to the hour."""
    if not said.strip():
        return None
    read = desk.understand_when(said, desk.clock())
    if read.at is None or read.precision not in (Precision.MINUTE, Precision.HOUR):
        raise FieldRefused("at", _("The time is not clear to the hour. Nothing was written yet."))
    return read.at
