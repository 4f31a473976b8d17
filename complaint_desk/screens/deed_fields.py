"""The short fields of a deed's card: what they are called, what they hint at, and what can be chosen in them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from complaint_desk.desk.staff.role_names import role_name
from complaint_desk.locale import N_, _
from complaint_desk.models.enums import Severity
from complaint_desk.screens.outcome_choices import RECOURSE_HINT, outcome_choices
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.choice_field import Choice, ChoiceField
from complaint_desk.widgets.line_field import LineField

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_LABELS = {
    "to": N_("To"),
    "level": N_("Level"),
    "grade": N_("Severity"),
    "until": N_("Until"),
    "outcome": N_("Outcome"),
    "recourse": N_("Way outside"),
}
_PLACEHOLDERS = {
    "to": N_("a name, or part of it"),
    "level": N_("the next one, unless told"),
    "grade": N_("1 to 4"),
    "until": N_("tomorrow 10:00; friday 3pm"),
    "outcome": N_("by number or name"),
    "recourse": RECOURSE_HINT,
}
_GRADES = {
    Severity.MINOR: N_("a small thing"),
    Severity.ORDINARY: N_("ordinary"),
    Severity.SERIOUS: N_("serious"),
    Severity.GRAVE: N_("grave: at once to a supervisor"),
}


def field_label(name: str) -> str:
    """What the field is called."""
    return _(_LABELS[name])


def field_hint(name: str) -> str:
    """What may be written in it."""
    return _(_PLACEHOLDERS[name])


async def offer_choices(desk: Desk, fields: Mapping[str, LineField]) -> None:
    """Offer outcomes, colleagues, levels of the rules and grades in those of the fields that choose."""
    if isinstance(outcome := fields.get("outcome"), ChoiceField):
        outcome.offer(outcome_choices())
    if isinstance(to := fields.get("to"), ChoiceField):
        people = await asyncio.to_thread(desk.everybody)
        to.offer([Choice(each.name, each.name, also=(role_name(each.role),)) for each in people])
    if isinstance(level := fields.get("level"), ChoiceField):
        policy = await asyncio.to_thread(desk.policy_in_force)
        level.offer([Choice(str(step.level), role_name(step.role)) for step in policy.escalation])
    if isinstance(grade := fields.get("grade"), ChoiceField):
        grade.offer([Choice(str(int(each)), _(_GRADES[each])) for each in Severity])


async def read_return(desk: Desk, said: str) -> tuple[datetime | None, Content]:
    """When a pause is to end, as the desk understands it, and how to show that; None where it cannot be read."""
    from complaint_desk.rules.spoken_time import read_future_time

    if not said:
        return None, Content("")
    now = desk.clock()
    read = await asyncio.to_thread(read_future_time, said, now, desk.settings.zone)
    if read.at is None:
        return None, Content.styled(_("? no time to come that can be read"), "$warning")
    return read.at, Content.styled(f"→ {moment_words(read.at, now, desk.settings.zone)}", "$quiet")
