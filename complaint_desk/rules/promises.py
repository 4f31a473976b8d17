"""The promises of a ticket as its history leaves them. Pure, like the fold it serves."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from complaint_desk.models.settling import Promise
from complaint_desk.models.ticket import Clock


def promises_of(
    events: Sequence[Event], undone: Collection[str], clocks: Sequence[Clock], names: Mapping[str, str]
) -> tuple[Promise, ...]:
    """Every promise that was not taken back, with how it ended; numbers go on also where one was taken back."""
    of_event = {clock.started_by: clock for clock in clocks}
    found: dict[str, Promise] = {}
    number = 0
    for event in events:
        if event.act is Act.PROMISED:
            number += 1
            if event.id not in undone:
                found[event.id] = _promise(event, number, of_event[event.id], names)
        elif event.act in _ENDS and event.id not in undone and event.fields["of"] in found:
            promise = found[event.fields["of"]]
            found[promise.event_id] = _ended(promise, event, names)
        elif event.act in _PASSES_ON and event.id not in undone:
            for passed in event.fields.get("promises", ()):
                if passed in found:
                    found[passed] = _passed_on(found[passed], event.fields["owner"], names)
    return tuple(found.values())


_ENDS = frozenset({Act.PROMISE_KEPT, Act.PROMISE_BROKEN})
_PASSES_ON = frozenset({Act.PROMISE_PASSED_ON, Act.ASSIGNED, Act.TAKEN, Act.HANDED_OVER})
"""Acts after which somebody else keeps the promises they name; a ticket that changes hands takes its own along."""


def _passed_on(promise: Promise, owner_id: str, names: Mapping[str, str]) -> Promise:
    return replace(promise, owner=names.get(owner_id, ""), owner_id=owner_id)


def _promise(event: Event, number: int, clock: Clock, names: Mapping[str, str]) -> Promise:
    fields, words = event.fields, event.words or {}
    return Promise(
        event_id=event.id,
        number=number,
        position=clock.position,
        what=words.get("text", ""),
        owner=names.get(fields["owner"], ""),
        owner_id=fields["owner"],
        authority=names.get(fields["authority"], ""),
        made_by=names.get(event.by, ""),
        made_at=clock.started_at,
        due_at=clock.due_at,
        by_said=words.get("by", ""),
        to=words.get("to"),
        kept_at=clock.met_at,
        disputed=clock.disputed,
        broken_at=clock.broken_at,
    )


def _ended(promise: Promise, event: Event, names: Mapping[str, str]) -> Promise:
    text, by = (event.words or {}).get("text"), names.get(event.by, "")
    if event.act is Act.PROMISE_KEPT:
        return replace(promise, kept_by=by, end_text=text)
    return replace(promise, broken_by=by, end_text=text)
