"""One event of a ticket as a line that a person reads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from complaint_desk.models.call_marks import AvoidFound
from complaint_desk.models.enums import Act, ClockKind, ComplainantType, HeatStep
from complaint_desk.models.event import Event
from complaint_desk.models.settling import FollowUpKind, Outcome, RemedyKind, SettlingAct
from complaint_desk.models.ticket import HistoryLine
from complaint_desk.rules.remedies import ABOUT_A_REMEDY, money_in


def history_line(
    event: Event, names: Mapping[str, str], undone: bool, numbers: Mapping[str, int]
) -> HistoryLine:
    """The line of this event; `names` gives staff by id, `undone` whether it was taken back.

    `numbers` gives the number of a promise or a remedy on its ticket, by the event that made it.
    """
    fields, words = event.fields, event.words or {}
    line = HistoryLine(
        event_id=event.id,
        act=event.act,
        by=names.get(event.by, ""),
        happened_at=event.happened_at,
        recorded_at=event.recorded_at,
        text=words.get("text"),
        undone=undone,
        type=_type(event),
        situation=fields.get("situation"),
        avoid=tuple(AvoidFound(*found) for found in fields.get("avoid", ())),
    )
    match event.act:
        case Act.AMENDED:
            old, new = (words.get(key, fields.get(key)) for key in ("old", "new"))
            return replace(line, field_name=fields["field"], old=old, new=new)
        case Act.SEVERITY_CHANGED:
            return replace(
                line, field_name="severity", old=str(fields["previous"]), new=str(fields["severity"])
            )
        case Act.ASSIGNED | Act.TAKEN | Act.HANDED_OVER:
            return replace(line, about=names.get(fields["owner"], ""))
        case Act.ESCALATED:
            return replace(line, about=names.get(fields["to"], ""))
        case Act.PAUSED:
            kinds = tuple(ClockKind(kind) for kind in fields["kinds"])
            return replace(line, until=datetime.fromisoformat(fields["expected_at"]), clocks=kinds)
        case Act.RETIMED:
            return replace(line, clocks=tuple(ClockKind(started["kind"]) for started in fields["clocks"]))
        case Act.PROMISED:
            due = datetime.fromisoformat(fields["clocks"][0]["due_at"])
            settling = SettlingAct(numbers[event.id])
            return replace(line, about=names.get(fields["owner"], ""), until=due, settling=settling)
        case Act.PROMISE_PASSED_ON:
            settling = SettlingAct(numbers.get(fields["promises"][0]))
            return replace(line, about=names.get(fields["owner"], ""), settling=settling)
        case Act.PROMISE_KEPT | Act.PROMISE_BROKEN:
            return replace(line, settling=SettlingAct(numbers.get(fields["of"])))
        case Act.REMEDY_OFFERED | Act.REMEDY_CHANGED:
            number = numbers.get(fields.get("of", event.id))
            return replace(line, settling=SettlingAct(number, RemedyKind(fields["remedy"]), money_in(fields)))
        case act if act in ABOUT_A_REMEDY:
            return replace(line, settling=SettlingAct(numbers.get(fields["of"])))
        case Act.RESOLVED if fields.get("outcome"):
            return replace(line, settling=SettlingAct(outcome=Outcome(fields["outcome"])))
        case Act.FOLLOWED_UP:
            return replace(line, settling=SettlingAct(follow_up=FollowUpKind(fields["kind"])))
    if step := fields.get("step"):
        return replace(line, step=HeatStep(step))
    return line


def item_numbers(events: Iterable[Event]) -> dict[str, int]:
    """The number of each promise and each remedy of a ticket, by the event that made it."""
    counted: Counter[Act] = Counter()
    numbers = {}
    for event in events:
        if event.act in (Act.PROMISED, Act.REMEDY_OFFERED):
            counted[event.act] += 1
            numbers[event.id] = counted[event.act]
    return numbers


def _type(event: Event) -> ComplainantType | None:
    """For a reading the kind proposed, for an end the kind the caller had become."""
    fields = event.fields
    kind = fields["type"] if event.act is Act.TYPE_ENDED else fields.get("proposed") or fields.get("type_end")
    return ComplainantType(kind) if kind else None
