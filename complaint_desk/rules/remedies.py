"""The remedies of a ticket as its history leaves them: offered, decided, carried out. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from complaint_desk.models.money import Money
from complaint_desk.models.settling import Remedy, RemedyKind, RemedyState
from complaint_desk.models.ticket import Clock


def remedies_of(
    events: Sequence[Event], undone: Collection[str], clocks: Sequence[Clock], names: Mapping[str, str]
) -> tuple[Remedy, ...]:
    """Every remedy that was not taken back; numbers go on also where one was taken back."""
    of_event = {clock.started_by: clock for clock in clocks}
    found: dict[str, Remedy] = {}
    number = 0
    for event in events:
        if event.act is Act.REMEDY_OFFERED:
            number += 1
            if event.id not in undone:
                found[event.id] = _offered(event, number, of_event.get(event.id), names)
        elif event.act in ABOUT_A_REMEDY and event.id not in undone and event.fields["of"] in found:
            remedy = found[event.fields["of"]]
            found[remedy.event_id] = _gone_on(remedy, event, names)
    return tuple(found.values())


ABOUT_A_REMEDY = frozenset(
    {
        Act.REMEDY_APPROVED,
        Act.REMEDY_CHANGED,
        Act.REMEDY_REFUSED,
        Act.REMEDY_WITHDRAWN,
        Act.REMEDY_CARRIED_OUT,
    }
)
"""What happens to a remedy that was offered."""


def money_in(fields: Mapping[str, Any]) -> Money | None:
    """The amount that an event sets; None where it sets none."""
    minor = fields.get("amount")
    return None if minor is None else Money(minor, fields["currency"])


def _offered(event: Event, number: int, clock: Clock | None, names: Mapping[str, str]) -> Remedy:
    return Remedy(
        event_id=event.id,
        number=number,
        kind=RemedyKind(event.fields["remedy"]),
        amount=money_in(event.fields),
        text=(event.words or {}).get("text", ""),
        state=RemedyState.WAITING if clock else RemedyState.GRANTED,
        offered_by=names.get(event.by, ""),
        offered_by_id=event.by,
        offered_at=event.happened_at,
        position=clock.position if clock else None,
        approval_due_at=clock.due_at if clock else None,
        granted_at=None if clock else event.happened_at,
    )


def _gone_on(remedy: Remedy, event: Event, names: Mapping[str, str]) -> Remedy:
    by = names.get(event.by, "")
    if event.act is Act.REMEDY_CARRIED_OUT:
        return replace(
            remedy, state=RemedyState.CARRIED_OUT, carried_out_at=event.happened_at, carried_out_by=by
        )
    remedy = replace(
        remedy,
        decided_by=by,
        decided_at=event.happened_at,
        decided_text=(event.words or {}).get("text"),
    )
    match event.act:
        case Act.REMEDY_REFUSED:
            return replace(remedy, state=RemedyState.REFUSED, granted_at=None)
        case Act.REMEDY_WITHDRAWN:
            return replace(remedy, state=RemedyState.WITHDRAWN, granted_at=None)
        case Act.REMEDY_CHANGED:
            remedy = replace(
                remedy,
                asked_kind=remedy.kind,
                asked_amount=remedy.amount,
                kind=RemedyKind(event.fields["remedy"]),
                amount=money_in(event.fields),
            )
    return replace(remedy, state=RemedyState.GRANTED, granted_at=event.happened_at)
