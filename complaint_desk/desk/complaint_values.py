"""What a form sets on a ticket: values as they are kept, what is missing, how grave it is, what was corrected."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from complaint_desk.desk.refusals import first_refusal
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.forms import ASKED_FOR, ComplaintForm
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.phone import kept_phone, read_phone
from complaint_desk.rules.severity import assess
from complaint_desk.rules.severity_signs import Signs
from complaint_desk.rules.spoken_time import SpokenTime

_SPOKEN = ("caller", "phone", "extension", "where", "who", "what", "how", "remedy_wanted")
_CHOSEN = ("cause", "channel", "type", "store")
_AMENDABLE = (*_SPOKEN, "when", *_CHOSEN)
_ALWAYS_THERE = ("channel", "store")


def spoken_values(complaint: ComplaintForm, region: str) -> dict[str, str | None]:
    """The caller's words as they are kept: the number in E.164 where it is one, its extension told apart."""
    values: dict[str, str | None] = {name: getattr(complaint, name) for name in _SPOKEN}
    if complaint.phone:
        e164, extension = kept_phone(complaint.phone, region)
        values["phone"] = e164 or complaint.phone
        values["extension"] = complaint.extension or extension
    return values


def when_fields(read: SpokenTime | None) -> dict[str, str | None]:
    """What the desk made of the caller's words for the time."""
    if read is None:
        return {"when_at": None, "when_precision": None, "when_doubt": None}
    return {
        "when_at": read.at.isoformat() if read.at else None,
        "when_precision": read.precision.value if read.precision else None,
        "when_doubt": read.doubt,
    }


def assessed(complaint: ComplaintForm, signs: Signs) -> dict[str, Any]:
    """Severity and safety flags (`signs` are the playbook's), and what was asked for and not told."""
    words = "\n".join(
        text for text in (complaint.what, complaint.how, complaint.remedy_wanted, complaint.where) if text
    )
    found = assess(words, complaint.channel, complaint.cause, signs)
    return {
        "severity": int(found.severity),
        "safety": [flag.value for flag in found.flags],
        "missing": [name for name in ASKED_FOR if getattr(complaint, name) is None],
    }


def corrections(
    ticket: Ticket,
    changes: Mapping[str, str | None],
    *,
    region: str,
    read_when: Callable[[str], SpokenTime],
    signs: Signs,
    now: datetime,
) -> list[NewEvent]:
    """One event for each field that differs from the ticket, in the form's order; empty where none does.

    Raises FieldRefused for a field that cannot be corrected or a value it cannot hold.
    """
    for name in changes:
        if name not in _AMENDABLE:
            raise FieldRefused(
                name, _("{field} cannot be corrected. Nothing was written.").format(field=name)
            )
    for name in _ALWAYS_THERE:
        if name in changes and not _told(changes[name]):
            raise FieldRefused(
                name, _("{field} cannot be left empty. Nothing was written.").format(field=name)
            )
    before = form_of(ticket)
    try:
        complaint = ComplaintForm.model_validate({**before, **changes})
    except ValidationError as error:
        name, sentence = first_refusal(error)
        raise FieldRefused(name, sentence) from error
    old = form_of(ticket)
    kept = _kept_values(complaint, region)
    new = {**old, **{name: kept[name] for name in changes}}
    new["extension"] = _extension(ticket, changes, new["phone"], region)
    after = assessed(complaint, signs)
    return [
        _correction(name, old[name], new[name], read_when, after, now)
        for name in _AMENDABLE
        if old[name] != new[name]
    ]


def _extension(
    ticket: Ticket, changes: Mapping[str, str | None], phone: str | None, region: str
) -> str | None:
    """The extension as corrected; else the one said with a corrected number; an old one only with its number."""
    old = ticket.extension
    if "extension" in changes and (told := _told(changes["extension"])) != old:
        return told
    if "phone" not in changes:
        return old
    within = read_phone(changes["phone"] or "", region).extension
    return within or (old if phone == ticket.phone else None)


def _told(value: str | None) -> str | None:
    return value if value and value.strip() else None


def form_of(ticket: Ticket) -> dict[str, str | None]:
    """The form that would give this ticket, for correcting it."""
    return {
        **{name: getattr(ticket, name) for name in (*_SPOKEN, "store")},
        **{name: getattr(getattr(ticket, name), "value", None) for name in ("cause", "channel", "type")},
        "when": ticket.when.said if ticket.when else None,
    }


def _kept_values(complaint: ComplaintForm, region: str) -> dict[str, str | None]:
    chosen = {name: getattr(complaint, name) for name in _CHOSEN}
    return {
        **spoken_values(complaint, region),
        **{name: getattr(value, "value", value) for name, value in chosen.items()},
        "when": complaint.when,
    }


def _correction(
    name: str,
    old: str | None,
    new: str | None,
    read_when: Callable[[str], SpokenTime],
    after: Mapping[str, Any],
    now: datetime,
) -> NewEvent:
    fields: dict[str, Any] = {"field": name, **after}
    if name in _CHOSEN:
        return NewEvent(Act.AMENDED, now, {**fields, "old": old, "new": new})
    if name == "when":
        fields |= when_fields(read_when(new) if new else None)
    return NewEvent(Act.AMENDED, now, fields, {"old": old, "new": new})
