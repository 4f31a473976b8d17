"""From the form to the ticket: one verb of the desk, and what is left over recorded as a note."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from complaint_desk.locale import _
from complaint_desk.models.draft import Draft
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import DeskError, FieldRefused
from complaint_desk.screens.names import field_name

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.call_marks import TypeReading
    from complaint_desk.models.settling import PromiseMade
    from complaint_desk.models.ticket import Ticket
    from complaint_desk.screens.call_form import CallForm

_NOT_AMENDED = ("received_at", "promise")
_NOT_OF_THE_COMPLAINT = ("received_at", "promise")


def name_ticket(draft: Draft) -> bool:
    """Give the draft the identity its ticket will have; True when an earlier attempt gave it one already."""
    if draft.ticket_id is not None:
        return True
    from uuid_utils import uuid7

    draft.ticket_id = str(uuid7())
    return False


async def register(
    desk: Desk,
    draft: Draft,
    form: CallForm,
    received_at: datetime | None,
    promises: Sequence[PromiseMade],
    begun_before: bool,
) -> Ticket:
    """Make the call a ticket. Raises DeskError; then nothing was written.

    After an earlier attempt (`begun_before`) the ticket may be there already: then what differs is corrected.
    """
    undecided = form.undecided
    words = {
        name: said
        for name, said in draft.fields.items()
        if name not in undecided and name not in _NOT_OF_THE_COMPLAINT and said.strip()
    }
    ticket = await asyncio.to_thread(
        _register, desk, words, draft, received_at or draft.opened_at, form.attached_in_use(), promises
    )
    if begun_before:
        ticket = await asyncio.to_thread(desk.amend, ticket.number, {**words, "type": draft.type})
        ticket = await promise_the_rest(desk, ticket, promises)
    return await _note_the_rest(desk, ticket, _left_over(undecided, draft, promises), draft)


async def promise_the_rest(desk: Desk, ticket: Ticket, promises: Sequence[PromiseMade]) -> Ticket:
    """Record the promises that the ticket does not hold yet."""
    held = {(promise.what, promise.due_at) for promise in ticket.promises}
    for made in promises:
        if (made.what.strip(), made.by) not in held:
            ticket = await asyncio.to_thread(desk.promise, ticket.number, made)
    return ticket


def _left_over(undecided: list[str], draft: Draft, promises: Sequence[PromiseMade]) -> list[str]:
    """The fields whose words go nowhere but into a note: a promise without its time is none."""
    words = draft.fields.get("promise", "").strip()
    without_time = bool(words) and all(made.what.strip() != words for made in promises)
    return [*undecided, "promise"] if without_time else undecided


def _register(
    desk: Desk,
    words: Mapping[str, str],
    draft: Draft,
    received_at: datetime,
    attached: Mapping[str, str],
    promises: Sequence[PromiseMade],
) -> Ticket:
    from pydantic import ValidationError

    from complaint_desk.models.forms import ComplaintForm

    try:
        complaint = ComplaintForm.model_validate({**words, "type": draft.type})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0]) if first["loc"] else "what"
        raise FieldRefused(
            name, _("{field} cannot be saved: {reason}").format(field=field_name(name), reason=first["msg"])
        ) from error
    return desk.register(
        complaint,
        received_at=min(received_at, desk.clock()),  # where this PC's clock was set back during the call
        heat=draft.heat,
        attachments=attached,
        ticket_id=draft.ticket_id,
        type_reading=_reading(desk, draft),
        read_back_confirmed_at=draft.read_back_confirmed_at,
        situations=draft.situations,
        promises=promises,
    )


def _reading(desk: Desk, draft: Draft) -> TypeReading | None:
    """What the desk proposes about the caller from all that was told, and the agent's choice."""
    from complaint_desk.rules.type_reading import kept_reading

    reading = desk.hear(draft.fields, draft.answers).reading
    return kept_reading(reading, draft.answers, draft.type, draft.type_chosen_at) if reading else None


async def amend(
    desk: Desk,
    draft: Draft,
    form: CallForm,
    before: Mapping[str, str],
    ticket: Ticket,
    promises: Sequence[PromiseMade],
) -> Ticket:
    """Record what was changed in a saved ticket. Raises DeskError; ChangedMeanwhile where another was quicker."""
    undecided = form.undecided
    changes: dict[str, str | None] = {}
    for name, field in form.fields.items():
        said = field.words
        if name in _NOT_AMENDED or name in undecided or said == before.get(name, ""):
            continue
        for key, text in form.attached.items():
            said = _put_back(said, key, text)
        changes[name] = said if said.strip() else None
    if draft.type != ticket.type:
        changes["type"] = draft.type
    if changes:
        ticket = await asyncio.to_thread(desk.amend, ticket.number, changes, version=draft.version)
    ticket = await promise_the_rest(desk, ticket, promises)
    return await _note_the_rest(desk, ticket, _left_over(undecided, draft, promises), draft)


def _put_back(said: str, key: str, text: str) -> str:
    """The words with an attached text where its mark stands."""
    start = said.find(f"⟦{key}:")
    end = said.find("⟧", start)
    return said[:start] + text + said[end + 1 :] if start >= 0 and end >= 0 else said


async def _note_the_rest(desk: Desk, ticket: Ticket, undecided: list[str], draft: Draft) -> Ticket:
    """Words in a choice field that are none of its choices are kept as a note: no word is dropped."""
    for name in undecided:
        text = _("{field} as typed: {words}").format(field=field_name(name), words=draft.fields[name])
        try:
            ticket = await asyncio.to_thread(desk.act, ticket.number, Act.NOTED, text)
        except DeskError:
            return ticket
    return ticket
