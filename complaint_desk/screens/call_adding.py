"""A call as the note that is added to a ticket which is open already: every word that was typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from complaint_desk.locale import _, listed
from complaint_desk.models.draft import FORM_FIELDS, Draft
from complaint_desk.models.enums import Cause, Channel
from complaint_desk.models.settling import PromiseMade
from complaint_desk.screens.names import channel_name, field_name, step_name, type_name
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.call_line import clock_face

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.screens.call_form import CallForm


def note_of(draft: Draft, form: CallForm, desk: Desk, promises: Sequence[PromiseMade]) -> str:
    """What was typed, each field under its label, with texts that were too long for one put back whole."""
    zone = desk.settings.zone
    opened = draft.opened_at.astimezone(zone)
    lines = [_("Rang again on {day}:").format(day=f"{opened:%Y-%m-%d %H:%M}")]
    lines += _fields(draft, form, desk)
    if draft.type is not None:
        lines.append(f"{_('Type')}: {type_name(draft.type)}")
    if draft.heat:
        marks = sorted(draft.heat.items(), key=lambda mark: mark[1])
        done = [
            f"{step_name(step)} {clock_face((at - draft.opened_at).total_seconds())}" for step, at in marks
        ]
        lines.append(f"HEAT: {listed(done)}")
    if draft.read_back_confirmed_at is not None:
        lines.append(_("The caller confirmed what was taken down."))
    for made in promises:
        due = moment_words(made.by, desk.clock(), zone)
        lines.append(_("Promised: {what}, by {due}").format(what=made.what, due=due))
    return "\n".join(lines)


def _fields(draft: Draft, form: CallForm, desk: Desk) -> Iterator[str]:
    for name in FORM_FIELDS:
        words = draft.fields.get(name, "")
        if not words.strip() or (name == "channel" and words == Channel.PHONE) or name == "promise":
            continue
        for key, text in form.attached_in_use().items():
            start = words.find(f"⟦{key}:")
            end = words.find("⟧", start)
            if start >= 0 and end >= 0:
                words = words[:start] + text + words[end + 1 :]
        yield f"{field_name(name)}: {_value(name, words, desk)}"
    said = draft.fields.get("promise", "")
    if said.strip():
        yield f"{field_name('promise')}: {said}"


def _value(name: str, words: str, desk: Desk) -> str:
    from complaint_desk.locale import language

    if name == "cause" and words in set(Cause):
        cause = Cause(words)
        return f"{cause.code} {desk.playbook.cause_name(cause, language())}"
    if name == "channel" and words in set(Channel):
        return channel_name(Channel(words))
    return words
