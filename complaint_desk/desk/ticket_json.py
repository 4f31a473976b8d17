"""A ticket as JSON: stable English keys and identifiers, times in ISO 8601 with the store's offset."""

import json
import re
from datetime import datetime, tzinfo
from typing import Any

from complaint_desk.desk.settling.settling_json import settling_act_json, settling_json
from complaint_desk.models.call_marks import TypeReading
from complaint_desk.models.enums import Act
from complaint_desk.models.ticket import (
    Brought,
    Clock,
    ClockPause,
    Escalation,
    HistoryLine,
    QueueRow,
    Ticket,
    When,
)
from complaint_desk.rules.clock_acts import breach_of
from complaint_desk.rules.local_time import iso
from complaint_desk.rules.sla import clock_state
from complaint_desk.rules.ticket_clocks import due_if_resumed_now


def ticket_json(ticket: Ticket, now: datetime, zone: tzinfo) -> str:
    """The ticket on one line, as it stands at `now`."""
    return on_one_line(ticket_object(ticket, now, zone))


def queue_json(row: QueueRow, now: datetime, zone: tzinfo) -> str:
    """A line of the queue on one line."""
    due = row.key.next_due_at
    return on_one_line(
        {
            "number": row.number,
            "id": row.key.ticket_id,
            "clock": row.clock,
            "due_at": iso(due, zone) if row.clock else None,
            "state": clock_state(due, None, now) if row.clock else None,
            "paused_until": iso(row.paused_until, zone)
            if row.paused_until and row.paused_until > now
            else None,
            "caller": row.caller,
            "phone": row.phone,
            "type": row.type,
            "cause": row.cause,
            "severity": int(row.severity),
            "safety": list(row.safety),
            "owner": row.owner,
            "store": row.store,
            "channel": row.channel,
            "received_at": iso(row.received_at, zone),
            "what": row.what,
        }
    )


def on_one_line(values: dict[str, Any]) -> str:
    """JSON that moves no cursor either: signs a terminal could act upon are written as escapes."""
    return _ACTED_UPON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(values, ensure_ascii=False))


_ACTED_UPON = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def ticket_object(ticket: Ticket, now: datetime, zone: tzinfo) -> dict[str, Any]:
    """The ticket as JSON values, as it stands at `now`."""
    return {
        "number": ticket.number,
        "id": ticket.id,
        "version": ticket.version,
        "status": ticket.status,
        "store": ticket.store,
        "channel": ticket.channel,
        "received_at": iso(ticket.received_at, zone),
        "caller": ticket.caller,
        "phone": ticket.phone,
        "extension": ticket.extension,
        "customer": ticket.customer_id,
        "linked_by": ticket.linked_by,
        "when": _when(ticket.when, zone),
        "where": ticket.where,
        "who": ticket.who,
        "what": ticket.what,
        "how": ticket.how,
        "remedy_wanted": ticket.remedy_wanted,
        "cause": ticket.cause,
        "type": ticket.type,
        "type_reading": _reading(ticket.type_reading, zone),
        "type_end": ticket.type_end,
        "severity": int(ticket.severity),
        "safety": list(ticket.safety),
        "owner": ticket.owner,
        "missing": list(ticket.missing),
        "attachments": [{"field": name, "text": text} for name, text in ticket.attachments],
        "brought": _brought(ticket.brought) if ticket.brought else None,
        "heat": {step: iso(at, zone) for step, at in ticket.heat.items()},
        "read_back_confirmed_at": iso(ticket.read_back_confirmed_at, zone)
        if ticket.read_back_confirmed_at
        else None,
        "escalation": _escalation(ticket.escalation, zone) if ticket.escalation else None,
        "clocks": [_clock(clock, now, zone) for clock in ticket.clocks],
        "pauses": [_pause(pause, now, zone) for pause in ticket.pauses],
        **settling_json(ticket, now, zone),
        "history": [_line(line, ticket, zone) for line in ticket.history],
    }


def _when(when: When | None, zone: tzinfo) -> dict[str, Any] | None:
    if when is None:
        return None
    at = iso(when.at, zone) if when.at else None
    return {"said": when.said, "at": at, "precision": when.precision, "doubt": when.doubt}


def _reading(reading: TypeReading | None, zone: tzinfo) -> dict[str, Any] | None:
    if reading is None:
        return None
    return {
        "proposed": reading.proposed,
        "probabilities": dict(reading.probabilities),
        "unsure": reading.unsure,
        "reasons": [
            {"words": reason.words, "type": reason.type, "points": reason.points}
            for reason in reading.reasons
        ],
        "answers": dict(reading.answers),
        "chosen": reading.chosen,
        "chosen_by": reading.chosen_by,
        "chosen_at": iso(reading.chosen_at, zone) if reading.chosen_at else None,
    }


def _clock(clock: Clock, now: datetime, zone: tzinfo) -> dict[str, Any]:
    breached = breach_of(clock, now)
    pause = clock.pause_at(now)
    shown = {
        "kind": clock.kind,
        "due_at": iso(clock.due_at, zone),
        "met_at": iso(clock.met_at, zone) if clock.met_at else None,
        "breached_at": iso(breached, zone) if breached else None,
        "state": clock_state(clock.due_at, clock.met_at, now),
        "recorded_late": clock.recorded_late,
        "disputed": clock.disputed,
    }
    if pause is not None:
        shown["paused_until"] = iso(pause.until, zone)
        shown["due_if_resumed_now"] = iso(due_if_resumed_now(clock, now), zone)
    if clock.broken_at is not None:
        shown |= {"state": "broken", "broken_at": iso(clock.broken_at, zone)}
    if clock.superseded_at is not None:
        shown |= {"state": "superseded", "superseded_at": iso(clock.superseded_at, zone)}
    return shown


def _pause(pause: ClockPause, now: datetime, zone: tzinfo) -> dict[str, Any]:
    return {
        "from": iso(pause.started_at, zone),
        "expected": iso(pause.expected_at, zone),
        "to": iso(pause.ended_at, zone) if pause.ended_at else None,
        "open": pause.is_open(now),
        "by": pause.by,
        "reason": pause.reason,
        "clocks": list(pause.clocks),
    }


def _brought(brought: Brought) -> dict[str, Any]:
    return {
        "file": brought.file,
        "record": brought.record,
        "status": brought.status,
        "texts": [{"heading": heading, "text": text} for heading, text in brought.texts],
    }


def _escalation(escalation: Escalation, zone: tzinfo) -> dict[str, Any]:
    return {
        "level": escalation.level,
        "to": escalation.to,
        "at": iso(escalation.at, zone),
        "by": escalation.by,
        "reason": escalation.reason,
    }


def _line(line: HistoryLine, ticket: Ticket, zone: tzinfo) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "happened_at": iso(line.happened_at, zone),
        "recorded_at": iso(line.recorded_at, zone),
        "by": line.by,
        "act": line.act,
        "text": line.text,
    }
    if line.field_name is not None:
        shown |= {"field": line.field_name, "old": line.old, "new": line.new}
    if line.act is Act.PROMISED and line.until is not None:
        shown |= {"owner": line.about, "due_at": iso(line.until, zone)}
    elif line.about is not None:
        shown["to"] = line.about
    shown |= settling_act_json(line.settling)
    if line.act is not Act.PROMISED and line.until is not None:
        shown["expected"] = iso(line.until, zone)
    if line.clocks:
        shown["clocks"] = list(line.clocks)
    if line.step is not None:
        shown["step"] = line.step
    if line.type is not None:
        shown["type"] = line.type
    if line.situation is not None:
        shown["situation"] = line.situation
    if line.avoid:
        shown["avoid"] = [{"rule": found.rule, "span": [found.start, found.end]} for found in line.avoid]
    if line.undone:
        shown["undone"] = True
    if met := ticket.met_by(line.event_id):
        shown["meets"] = [clock.kind for clock in met]
    return shown
