"""How a ticket follows from its events: the one fold that verbs, screens and `check` all use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from complaint_desk.models.call_marks import TypeReading
from complaint_desk.models.customer import LinkedBy
from complaint_desk.models.enums import (
    Act,
    Cause,
    Channel,
    ComplainantType,
    HeatStep,
    Precision,
    SafetyFlag,
    Severity,
    TicketStatus,
)
from complaint_desk.models.event import Event
from complaint_desk.models.ticket import Brought, Escalation, HistoryLine, Ticket, When
from complaint_desk.rules.clock_acts import UNDOABLE
from complaint_desk.rules.ending import ending_of
from complaint_desk.rules.erased_words import as_erased
from complaint_desk.rules.grave_situations import raised_by
from complaint_desk.rules.history_lines import history_line, item_numbers
from complaint_desk.rules.promises import promises_of
from complaint_desk.rules.remedies import remedies_of
from complaint_desk.rules.ticket_clocks import clocks_of
from complaint_desk.rules.type_reading import chosen_anew, type_reading_of

COUNTED = frozenset(
    {Act.RECEIVED, Act.AMENDED, Act.UNDONE, Act.WORDS_ERASED, *UNDOABLE}
    - {Act.NOTED, Act.READ_BACK_CONFIRMED, Act.SITUATION_MET}
)
"""Acts that change fields or clocks, and so the version; notes and the marks of the call never conflict."""

_ENUMS: Mapping[str, type] = {"cause": Cause, "channel": Channel, "type": ComplainantType}


@dataclass(slots=True)
class _Standing:
    """A ticket while its events are being read."""

    values: dict[str, Any]
    status: TicketStatus = TicketStatus.OPEN
    version: int = 0
    heat: dict[HeatStep, datetime] = field(default_factory=dict)
    history: list[HistoryLine] = field(default_factory=list)
    type_reading: TypeReading | None = None
    type_end: ComplainantType | None = None
    read_back_confirmed_at: datetime | None = None
    situations: list[str] = field(default_factory=list)
    by_hand: Severity | None = None
    """The severity somebody chose."""
    assessed: Severity = Severity.ORDINARY
    """The one that follows from what was told, as last assessed."""
    escalation: Escalation | None = None


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
    events = as_erased(events)
    undone = undone_acts(events)
    confirmed = frozenset(
        act_id
        for event in events
        if event.act is Act.CONFIRMED and event.id not in undone
        for act_id in event.fields["confirms"]
    )
    first = events[0]
    values = _received(first)
    standing = _Standing(
        values=values,
        assessed=values["severity"],
        status=TicketStatus(first.fields.get("status", TicketStatus.OPEN)),
    )
    numbers = item_numbers(events)
    for event in events:
        standing.version += event.act in COUNTED
        standing.history.append(history_line(event, names, event.id in undone, numbers))
        if event.id not in undone:
            _apply(standing, event, names)
    clocks, pauses = clocks_of(events, undone, confirmed, names)
    ending = ending_of(events, undone, names)
    owner_id = standing.values.pop("owner_id")
    return Ticket(
        id=first.ticket_id or "",
        version=standing.version,
        status=standing.status,
        owner_id=owner_id,
        owner=names.get(owner_id) if owner_id else None,
        heat=standing.heat,
        clocks=clocks,
        pauses=pauses,
        escalation=standing.escalation,
        promises=promises_of(events, undone, clocks, names),
        remedies=remedies_of(events, undone, clocks, names),
        outcome=ending.outcome,
        recourse=ending.recourse,
        resolved_at=ending.resolved_at,
        closed_at=ending.closed_at,
        follow_ups=tuple(ending.follow_ups),
        history=tuple(standing.history),
        type_reading=standing.type_reading,
        type_end=standing.type_end,
        read_back_confirmed_at=standing.read_back_confirmed_at,
        **standing.values,
    )


def _apply(standing: _Standing, event: Event, names: Mapping[str, str]) -> None:
    match event.act:
        case Act.HEAT_MARKED:
            standing.heat[HeatStep(event.fields["step"])] = event.happened_at
        case Act.HEAT_UNMARKED:
            standing.heat.pop(HeatStep(event.fields["step"]), None)
        case Act.AMENDED:
            _amend(standing.values, event)
            _raise(standing)
            _keep_chosen_severity(standing)
            if event.fields["field"] == "type":
                standing.type_reading = chosen_anew(standing.type_reading, event, names)
        case Act.TYPE_READ:
            standing.type_reading = type_reading_of(event, names)
        case Act.SITUATION_MET:
            standing.situations.append(event.fields["situation"])
            _raise(standing)
        case Act.READ_BACK_CONFIRMED:
            standing.read_back_confirmed_at = event.happened_at
        case Act.TYPE_ENDED:
            standing.type_end = _read_enum("type", event.fields["type"])
        case Act.RESOLVED:
            standing.status = TicketStatus.RESOLVED
            standing.type_end = _read_enum("type", event.fields.get("type_end")) or standing.type_end
        case Act.REOPENED:
            standing.status = TicketStatus.OPEN
        case Act.CLOSED:
            standing.status = TicketStatus.CLOSED
        case Act.SEVERITY_CHANGED:
            standing.by_hand = Severity(event.fields["severity"])
            standing.values["severity"] = standing.by_hand
        case Act.ASSIGNED | Act.TAKEN | Act.HANDED_OVER:
            standing.values["owner_id"] = event.fields["owner"]
        case Act.ESCALATED:
            standing.escalation = _escalation(event, names)
        case Act.CUSTOMER_LINKED:
            standing.values |= _linked(event.fields)


def _raise(standing: _Standing) -> None:
    """The cards that were used raise severity and flags, whatever the words say."""
    values = standing.values
    values["severity"], values["safety"] = raised_by(
        standing.situations, values["severity"], values["safety"]
    )


def _keep_chosen_severity(standing: _Standing) -> None:
    """A correction moves a severity that somebody chose only where it shows the matter to be graver."""
    before, standing.assessed = standing.assessed, standing.values["severity"]
    if standing.by_hand is None or standing.assessed > before:
        standing.by_hand = None
    else:
        standing.values["severity"] = standing.by_hand


def _escalation(event: Event, names: Mapping[str, str]) -> Escalation:
    return Escalation(
        level=event.fields["level"],
        to=names.get(event.fields["to"], ""),
        to_id=event.fields["to"],
        at=event.happened_at,
        by=names.get(event.by, ""),
        reason=(event.words or {}).get("text", ""),
    )


def _received(event: Event) -> dict[str, Any]:
    fields, words = event.fields, event.words or {}
    return {
        "number": fields["number"],
        "store": fields["store"],
        "channel": Channel(fields["channel"]),
        "received_at": event.happened_at,
        "owner_id": fields["owner"],
        **_linked(fields),
        "cause": _read_enum("cause", fields["cause"]),
        "type": _read_enum("type", fields["type"]),
        "what": words.get("what", ""),
        **{name: words.get(name) for name in _SPOKEN},
        "when": _when(fields, words.get("when")),
        "attachments": tuple((name, text) for name, text in words.get("attachments", ())),
        "brought": _brought(fields.get("brought"), words),
        **_assessed(fields),
    }


def _brought(told: Mapping[str, Any] | None, words: Mapping[str, Any]) -> Brought | None:
    if told is None:
        return None
    return Brought(
        file=told["file"],
        key=told["key"],
        record=told.get("record"),
        status=told.get("status"),
        texts=tuple((heading, text) for heading, text in words.get("origin", ())),
    )


def _linked(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Who complains; tickets from before customers had cards name nobody."""
    by = fields.get("linked_by")
    return {"customer_id": fields.get("customer"), "linked_by": LinkedBy(by) if by else None}


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
