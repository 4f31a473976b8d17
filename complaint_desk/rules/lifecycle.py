"""How a ticket follows from its events: the one fold that verbs, screens and `check` all use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from complaint_desk.models.enums import (
    Act,
    Cause,
    Channel,
    ClockKind,
    ComplainantType,
    HeatStep,
    Precision,
    SafetyFlag,
    Severity,
    TicketStatus,
)
from complaint_desk.models.event import Event
from complaint_desk.models.ticket import AvoidFound, Clock, HistoryLine, Ticket, TypeReading, When
from complaint_desk.rules.clock_acts import UNDOABLE, meet
from complaint_desk.rules.type_reading import chosen_anew, type_reading_of

_COUNTED = frozenset(
    {Act.RECEIVED, Act.AMENDED, Act.UNDONE, *UNDOABLE}
    - {Act.NOTED, Act.READ_BACK_CONFIRMED, Act.SITUATION_MET}
)
"""Acts that change fields or clocks, and so the version; notes and the marks of the call never conflict."""

_ENUMS: Mapping[str, type] = {"cause": Cause, "channel": Channel, "type": ComplainantType}


@dataclass(slots=True)
class _Standing:
    """A ticket while its events are being read."""

    values: dict[str, Any]
    clocks: list[Clock]
    status: TicketStatus = TicketStatus.OPEN
    version: int = 0
    heat: dict[HeatStep, datetime] = field(default_factory=dict)
    history: list[HistoryLine] = field(default_factory=list)
    type_reading: TypeReading | None = None
    type_end: ComplainantType | None = None
    read_back_confirmed_at: datetime | None = None


def undone_acts(events: Iterable[Event]) -> frozenset[str]:
    """The ids of the acts that a later event took back."""
    return frozenset(event.fields["undoes"] for event in events if event.act is Act.UNDONE)


def last_undoable(events: Sequence[Event], by: str) -> Event | None:
    """The latest act that this member of staff (an id) can still take back; a note only by who wrote it."""
    undone = undone_acts(events)
    live = (e for e in reversed(events) if e.act in UNDOABLE and e.id not in undone)
    return next((e for e in live if e.act is not Act.NOTED or e.by == by), None)


def last_act(events: Sequence[Event], act: Act) -> Event | None:
    """The latest act of this kind that was not taken back."""
    undone = undone_acts(events)
    return next((e for e in reversed(events) if e.act is act and e.id not in undone), None)


def fold(events: Sequence[Event], names: Mapping[str, str]) -> Ticket:
    """The ticket that these events amount to, in their order; the first one is its receipt.

    `names` gives the name of each member of staff by id.
    """
    undone = undone_acts(events)
    confirmed = frozenset(
        act_id
        for event in events
        if event.act is Act.CONFIRMED and event.id not in undone
        for act_id in event.fields["confirms"]
    )
    first = events[0]
    standing = _Standing(values=_received(first), clocks=[])
    for event in events:
        standing.version += event.act in _COUNTED
        standing.history.append(_line(event, names, event.id in undone))
        if event.id not in undone:
            _apply(standing, event, confirmed, names)
    owner_id = standing.values.pop("owner_id")
    return Ticket(
        id=first.ticket_id or "",
        version=standing.version,
        status=standing.status,
        owner_id=owner_id,
        owner=names.get(owner_id) if owner_id else None,
        heat=standing.heat,
        clocks=tuple(standing.clocks),
        history=tuple(standing.history),
        type_reading=standing.type_reading,
        type_end=standing.type_end,
        read_back_confirmed_at=standing.read_back_confirmed_at,
        **standing.values,
    )


def _apply(standing: _Standing, event: Event, confirmed: frozenset[str], names: Mapping[str, str]) -> None:
    match event.act:
        case Act.HEAT_MARKED:
            standing.heat[HeatStep(event.fields["step"])] = event.happened_at
        case Act.HEAT_UNMARKED:
            standing.heat.pop(HeatStep(event.fields["step"]), None)
        case Act.AMENDED:
            _amend(standing.values, event)
            if event.fields["field"] == "type":
                standing.type_reading = chosen_anew(standing.type_reading, event, names)
        case Act.TYPE_READ:
            standing.type_reading = type_reading_of(event, names)
        case Act.READ_BACK_CONFIRMED:
            standing.read_back_confirmed_at = event.happened_at
        case Act.TYPE_ENDED:
            standing.type_end = _read_enum("type", event.fields["type"])
        case Act.RESOLVED:
            standing.status = TicketStatus.RESOLVED
            standing.type_end = _read_enum("type", event.fields.get("type_end")) or standing.type_end
        case Act.REOPENED:
            standing.status = TicketStatus.OPEN
    for started in event.fields.get("clocks", ()):
        standing.clocks.append(_started(started))
    meet(standing.clocks, event, confirmed)


def _received(event: Event) -> dict[str, Any]:
    fields, words = event.fields, event.words or {}
    return {
        "number": fields["number"],
        "store": fields["store"],
        "channel": Channel(fields["channel"]),
        "received_at": event.happened_at,
        "owner_id": fields["owner"],
        "cause": _read_enum("cause", fields["cause"]),
        "type": _read_enum("type", fields["type"]),
        "what": words.get("what", ""),
        **{name: words.get(name) for name in _SPOKEN},
        "when": _when(fields, words.get("when")),
        "attachments": tuple((name, text) for name, text in words.get("attachments", ())),
        **_assessed(fields),
    }


_SPOKEN = ("caller", "phone", "extension", "where", "who", "how", "remedy_wanted")


def _when(fields: Mapping[str, Any], said: str | None) -> When | None:
    if said is None:
        return None
    at, precision = fields.get("when_at"), fields.get("when_precision")
    return When(
        said=said,
        at=datetime.fromisoformat(at) if at else None,
        precision=Precision(precision) if precision else None,
        doubt=fields.get("when_doubt"),
    )


def _assessed(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "severity": Severity(fields["severity"]),
        "safety": tuple(SafetyFlag(flag) for flag in fields["safety"]),
        "missing": tuple(fields["missing"]),
    }


def _amend(values: dict[str, Any], event: Event) -> None:
    name, words = event.fields["field"], event.words or {}
    if name == "when":
        values["when"] = _when(event.fields, words.get("new"))
    elif name in _ENUMS:
        values[name] = _read_enum(name, event.fields["new"])
    elif name == "store":
        values["store"] = event.fields["new"]
    else:
        values[name] = words.get("new") if name != "what" else words.get("new", "")
    values.update(_assessed(event.fields))


def _read_enum(name: str, value: str | None) -> Any:
    return None if value is None else _ENUMS[name](value)


def _started(started: Mapping[str, Any]) -> Clock:
    return Clock(
        kind=ClockKind(started["kind"]),
        started_at=datetime.fromisoformat(started["started_at"]),
        due_at=datetime.fromisoformat(started["due_at"]),
        target=started["target"],
        policy_version=started["policy_version"],
    )


def _ended(event: Event) -> str | None:
    return event.fields["type"] if event.act is Act.TYPE_ENDED else None


def _line(event: Event, names: Mapping[str, str], undone: bool) -> HistoryLine:
    fields, words = event.fields, event.words or {}
    line = HistoryLine(
        event_id=event.id,
        act=event.act,
        by=names.get(event.by, ""),
        happened_at=event.happened_at,
        recorded_at=event.recorded_at,
        text=words.get("text"),
        undone=undone,
        type=_read_enum("type", fields.get("proposed") or fields.get("type_end") or _ended(event)),
        situation=fields.get("situation"),
        avoid=tuple(AvoidFound(*found) for found in fields.get("avoid", ())),
    )
    if event.act is Act.AMENDED:
        old, new = (words.get(k, fields.get(k)) for k in ("old", "new"))
        return replace(line, field_name=fields["field"], old=old, new=new)
    if step := fields.get("step"):
        return replace(line, step=HeatStep(step))
    return line
