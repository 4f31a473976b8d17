"""A ticket as one JSON object that holds everything: what a person reads, and the events it is made from."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any

from complaint_desk.desk.ticket_json import ticket_object
from complaint_desk.models.event import Event
from complaint_desk.models.ticket import Ticket

FORMAT, FORMAT_KEY = "complaint-desk-ticket-1", "format"
EVENTS = "events"
STAFF = "$staff"
"""Stands in an event for a person of the staff, by name: ids differ from desk to desk."""


def whole_object(
    ticket: Ticket, events: Sequence[Event], names: Mapping[str, str], now: datetime, zone: tzinfo
) -> dict[str, Any]:
    """The ticket as `ticket show --json` gives it, and its events; `names` gives the staff by id."""
    return {
        FORMAT_KEY: FORMAT,
        **ticket_object(ticket, now, zone),
        EVENTS: [event_object(event, names) for event in events],
    }


def whole_line(
    ticket: Ticket, events: Sequence[Event], names: Mapping[str, str], now: datetime, zone: tzinfo
) -> str:
    """The whole ticket on one line."""
    return json.dumps(whole_object(ticket, events, names, now, zone), ensure_ascii=False)


def event_object(event: Event, names: Mapping[str, str]) -> dict[str, Any]:
    """An event with all it sets and what was said; the staff by name."""
    return {
        "id": event.id,
        "act": event.act.value,
        "schema_version": event.schema_version,
        "happened_at": _instant(event.happened_at),
        "recorded_at": _instant(event.recorded_at),
        "by": names.get(event.by, event.by),
        "fields": _named(event.fields, names),
        "words": event.words,
    }


def with_ids(value: Any, ids: Mapping[str, str]) -> Any:
    """The same value with the staff by id again, which `ids` gives by name. Raises KeyError for another name."""
    if isinstance(value, Mapping):
        if set(value) == {STAFF}:
            return ids[value[STAFF]]
        return {key: with_ids(each, ids) for key, each in value.items()}
    if isinstance(value, list):
        return [with_ids(each, ids) for each in value]
    return value


def names_in(value: Any) -> set[str]:
    """The names of the staff that stand in an event's values."""
    if isinstance(value, Mapping):
        if set(value) == {STAFF}:
            return {value[STAFF]}
        return set().union(*map(names_in, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(names_in, value)) if value else set()
    return set()


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return {STAFF: names[value]} if value in names else value
    if isinstance(value, Mapping):
        return {key: _named(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_named(each, names) for each in value]
    return value


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
