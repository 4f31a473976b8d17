"""The reading of a caller as a ticket keeps it: the proposal, its reasons, and what the agent chose."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from complaint_desk.models.call_marks import TypeReading, TypeReason
from complaint_desk.models.enums import Act, ComplainantType
from complaint_desk.models.event import Event, NewEvent

if TYPE_CHECKING:
    from complaint_desk.rules.classify import Reading

_DIGITS = 4


def kept_reading(
    reading: "Reading",
    answers: Mapping[str, ComplainantType | None],
    chosen: ComplainantType | None,
    chosen_at: datetime | None = None,
) -> TypeReading:
    """What a ticket keeps of a reading, with the answers it took into account and the agent's choice."""
    return TypeReading(
        proposed=reading.type,
        probabilities={kind: round(share, _DIGITS) for kind, share in reading.probabilities.items()},
        unsure=reading.unsure,
        reasons=tuple(
            TypeReason(reason.words, reason.type, round(reason.points, 1)) for reason in reading.reasons
        ),
        answers=tuple(answers.items()),
        chosen=chosen,
        chosen_at=chosen_at if chosen else None,
    )


def type_read_event(kept: TypeReading, at: datetime) -> NewEvent:
    """The event that keeps a reading; the caller's words in its reasons can be erased."""
    fields: dict[str, Any] = {
        "proposed": kept.proposed.value,
        "probabilities": {kind.value: share for kind, share in kept.probabilities.items()},
        "unsure": kept.unsure,
        "answers": [[question, heard and heard.value] for question, heard in kept.answers],
        "chosen": kept.chosen and kept.chosen.value,
        "chosen_at": kept.chosen_at and kept.chosen_at.isoformat(),
    }
    reasons = [[reason.words, reason.type.value, reason.points] for reason in kept.reasons]
    return NewEvent(Act.TYPE_READ, at, fields, {"reasons": reasons} if reasons else None)


def type_reading_of(event: Event, names: Mapping[str, str]) -> TypeReading:
    """The reading an event kept; its reasons are gone where the words were erased."""
    fields, words = event.fields, event.words or {}
    chosen = _kind(fields["chosen"])
    chosen_at = fields.get("chosen_at")
    return TypeReading(
        proposed=ComplainantType(fields["proposed"]),
        probabilities={ComplainantType(kind): share for kind, share in fields["probabilities"].items()},
        unsure=fields["unsure"],
        reasons=tuple(
            TypeReason(said, ComplainantType(kind), points) for said, kind, points in words.get("reasons", ())
        ),
        answers=tuple((question, _kind(heard)) for question, heard in fields["answers"]),
        chosen=chosen,
        chosen_by=names.get(event.by) if chosen else None,
        chosen_at=(datetime.fromisoformat(chosen_at) if chosen_at else event.happened_at) if chosen else None,
    )


def chosen_anew(kept: TypeReading | None, event: Event, names: Mapping[str, str]) -> TypeReading | None:
    """The reading after the type was corrected: the proposal stays, the choice is the correction's."""
    if kept is None:
        return None
    chosen = _kind(event.fields["new"])
    return replace(
        kept,
        chosen=chosen,
        chosen_by=names.get(event.by) if chosen else None,
        chosen_at=event.happened_at if chosen else None,
    )


def _kind(value: str | None) -> ComplainantType | None:
    return ComplainantType(value) if value else None
