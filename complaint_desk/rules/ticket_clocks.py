"""A ticket's clocks as its history leaves them: started, paused, replaced, met. Pure, like the fold it serves."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from complaint_desk.models.enums import Act, ClockKind
from complaint_desk.models.event import Event
from complaint_desk.models.ticket import Clock, ClockPause
from complaint_desk.rules.addends import Addend, AddendCode
from complaint_desk.rules.calendar import Calendar
from complaint_desk.rules.calendar_values import calendar_from
from complaint_desk.rules.clock_acts import breach_of, met_by
from complaint_desk.rules.pauses import Pause, PauseLedger, standstills
from complaint_desk.rules.sla import Due, due_at
from complaint_desk.rules.sla_targets import Target

_EVER = datetime.max.replace(tzinfo=UTC)


def clocks_of(
    events: Sequence[Event], undone: Collection[str], confirmed: Collection[str], names: Mapping[str, str]
) -> tuple[tuple[Clock, ...], tuple[ClockPause, ...]]:
    """The clocks and the pauses that these events amount to; acts that were taken back count for nothing.

    A clock that a later one replaced stays, marked; one whose start was taken back is gone.
    """
    places = _started(events, undone)
    pauses = _pauses(events, undone, names, places)
    for place, clock in enumerate(places):
        if clock is None:
            continue
        lineage = _lineage(place, events, undone)
        own = tuple(pause for pause in pauses if lineage & set(pause.positions))
        met = met_by(replace(clock, pauses=own), events, undone, confirmed, _due_when_met(clock, own))
        places[place] = _broken(met, events, undone)
    return tuple(clock for clock in places if clock), pauses


def _broken(clock: Clock, events: Sequence[Event], undone: Collection[str]) -> Clock:
    """The clock of a promise with the moment it was said that it is not kept."""
    for event in events:
        if clock.position in event.fields.get("breaks", ()) and event.id not in undone:
            return replace(clock, broken_at=event.happened_at)
    return clock


def due_when_met(clock: Clock, met_at: datetime | None) -> datetime:
    """The due time had it been met then: pauses count up to that moment, open ones to their expected return."""
    return _due_when_met(clock, clock.pauses)(met_at)


def due_if_resumed_now(clock: Clock, now: datetime) -> datetime:
    """When it would be due if its pauses that are open at `now` ended then; the due time where none is."""
    if clock.pause_at(now) is None:
        return clock.due_at
    return _due(clock, _recorded(clock.pauses), now).at


def hidden_breach(clock: Clock, now: datetime) -> datetime | None:
    """The due time it would have missed had it never stood still, where its pauses are why it did not."""
    without = clock.unpaused_due_at
    if not clock.pauses or without is None or breach_of(clock, now) is not None:
        return None
    return breach_of(replace(clock, due_at=without), now)


def why_due(clock: Clock, zone: ZoneInfo) -> Due:
    """The due time with all it is made of; `zone` is for clocks whose start told none.

    The result is the stored due time: what was kept stands, also where the data on holidays changed since.
    """
    return _due(clock, [pause.to_its_return() for pause in _recorded(clock.pauses)], _EVER, zone)


def _due_when_met(clock: Clock, pauses: Sequence[ClockPause]) -> Callable[[datetime | None], datetime]:
    base = clock.unpaused_due_at or clock.due_at
    stops = [pause.to_its_return() for pause in _recorded(pauses)]

    def due(met_at: datetime | None) -> datetime:
        if not stops:
            return base
        stretches = standstills(stops, clock.started_at, _EVER, met_at)
        if clock.calendar is None:
            return PauseLedger(stretches).move(base)
        return due_at(*_asked(clock), _calendar(clock), stretches).at

    return due


def _due(clock: Clock, pauses: Sequence[Pause], now: datetime, zone: ZoneInfo | None = None) -> Due:
    if not clock.target:
        return _as_told(clock)
    stretches = standstills(pauses, clock.started_at, now, clock.met_at)
    return due_at(*_asked(clock, zone), _calendar(clock), stretches)


def _as_told(clock: Clock) -> Due:
    """A promise is due when it was said to be, by no target and no calendar."""
    at = clock.started_at.astimezone(UTC)
    return Due(clock.due_at, (Addend(AddendCode.RECEIPT, at=at), Addend(AddendCode.RESULT, at=clock.due_at)))


def _asked(clock: Clock, zone: ZoneInfo | None = None) -> tuple[Target, datetime, ZoneInfo]:
    return (
        Target.parse(clock.target),
        clock.started_at,
        ZoneInfo(clock.zone) if clock.zone else zone or ZoneInfo("UTC"),
    )


def _calendar(clock: Clock) -> Calendar | None:
    return calendar_from(clock.calendar) if clock.calendar is not None else None


def _recorded(pauses: Sequence[ClockPause]) -> list[Pause]:
    """Pauses as the rules know them, without those that ended as they began."""
    return [
        Pause(pause.started_at, pause.ended_at, pause.expected_at)
        for pause in pauses
        if pause.until > pause.started_at
    ]


def _started(events: Sequence[Event], undone: Collection[str]) -> list[Clock | None]:
    """Every clock the events ever started, at its place; None where its start was taken back."""
    places: list[Clock | None] = []
    for event in events:
        for started in event.fields.get("clocks", ()):
            places.append(None if event.id in undone else _clock(started, len(places), event))
        if event.id in undone:
            continue
        for place in event.fields.get("supersedes", ()):
            clock = places[place]
            if clock is not None:
                places[place] = replace(clock, superseded_at=event.happened_at, superseded_by=event.id)
    return places


def _clock(started: Mapping[str, Any], place: int, event: Event) -> Clock:
    due = datetime.fromisoformat(started["due_at"])
    return Clock(
        kind=ClockKind(started["kind"]),
        started_at=datetime.fromisoformat(started["started_at"]),
        due_at=due,
        target=started["target"],
        policy_version=started["policy_version"],
        position=place,
        started_by=event.id,
        unpaused_due_at=due,
        zone=started.get("zone"),
        calendar=started.get("calendar"),
    )


def _lineage(place: int, events: Sequence[Event], undone: Collection[str]) -> frozenset[int]:
    """The clock's own place and those of the clocks it took over from."""
    found, count = {place}, 0
    replaced: dict[int, int] = {}
    for event in events:
        for started in event.fields.get("clocks", ()):
            if "replaces" in started and event.id not in undone:
                replaced[count] = started["replaces"]
            count += 1
    while place in replaced:
        place = replaced[place]
        found.add(place)
    return frozenset(found)


def _pauses(
    events: Sequence[Event], undone: Collection[str], names: Mapping[str, str], places: Sequence[Clock | None]
) -> tuple[ClockPause, ...]:
    found: dict[str, ClockPause] = {}
    for event in events:
        if event.id in undone:
            continue
        if event.act is Act.PAUSED:
            stopped = [place for place in event.fields["stops"] if places[place] is not None]
            found[event.id] = ClockPause(
                event_id=event.id,
                reason=(event.words or {}).get("text", ""),
                by=names.get(event.by, ""),
                started_at=event.happened_at,
                expected_at=datetime.fromisoformat(event.fields["expected_at"]),
                clocks=tuple(dict.fromkeys(clock.kind for place in stopped if (clock := places[place]))),
                positions=tuple(stopped),
            )
        elif event.act is Act.RESUMED:
            for pause_id in event.fields["ends"]:
                pause = found.get(pause_id)
                if pause is not None and event.happened_at < pause.expected_at:
                    found[pause_id] = replace(pause, ended_at=max(event.happened_at, pause.started_at))
    return tuple(found.values())
