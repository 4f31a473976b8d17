"""Promises, remedies and the end of a ticket as JSON values: stable English keys, times with the store's offset."""

from datetime import datetime, tzinfo
from typing import Any

from complaint_desk.models.money import Money
from complaint_desk.models.settling import FollowUp, Promise, Remedy, SettlingAct
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.local_time import iso


def settling_json(ticket: Ticket, now: datetime, zone: tzinfo) -> dict[str, Any]:
    """The keys of a ticket that tell what was promised, what the caller gets, and how it ended."""
    return {
        "promises": [_promise(promise, now, zone) for promise in ticket.promises],
        "remedies": [_remedy(remedy, zone) for remedy in ticket.remedies],
        "outcome": ticket.outcome,
        "recourse": ticket.recourse,
        "resolved_at": iso(ticket.resolved_at, zone),
        "closed_at": iso(ticket.closed_at, zone),
        "follow_ups": [_follow_up(each, zone) for each in ticket.follow_ups],
    }


def settling_act_json(act: SettlingAct | None) -> dict[str, Any]:
    """What an act of the history set about a promise, a remedy or the end; empty where it set nothing."""
    if act is None:
        return {}
    values = {
        "item": act.number,
        "remedy": act.remedy,
        "amount": money_json(act.amount),
        "outcome": act.outcome,
        "follow_up": act.follow_up,
    }
    return {name: value for name, value in values.items() if value is not None}


def money_json(money: Money | None) -> dict[str, Any] | None:
    """An amount as exact text with its currency, and in minor units."""
    if money is None:
        return None
    return {"amount": str(money.amount), "currency": money.currency, "minor_units": money.minor}


def _promise(promise: Promise, now: datetime, zone: tzinfo) -> dict[str, Any]:
    return {
        "promise": promise.number,
        "what": promise.what,
        "to": promise.to,
        "owner": promise.owner,
        "authority": promise.authority,
        "by_said": promise.by_said or None,
        "due_at": iso(promise.due_at, zone),
        "made_at": iso(promise.made_at, zone),
        "made_by": promise.made_by,
        "state": promise.state(now),
        "kept_at": iso(promise.kept_at, zone),
        "kept_by": promise.kept_by,
        "broken_at": iso(promise.broken_at, zone),
        "broken_by": promise.broken_by,
        "disputed": promise.disputed,
        "end_text": promise.end_text,
    }


def _remedy(remedy: Remedy, zone: tzinfo) -> dict[str, Any]:
    return {
        "remedy": remedy.number,
        "kind": remedy.kind,
        "amount": money_json(remedy.amount),
        "text": remedy.text,
        "state": remedy.state,
        "offered_by": remedy.offered_by,
        "offered_at": iso(remedy.offered_at, zone),
        "approval_due_at": iso(remedy.approval_due_at, zone),
        "decided_by": remedy.decided_by,
        "decided_at": iso(remedy.decided_at, zone),
        "decided_text": remedy.decided_text,
        "asked_kind": remedy.asked_kind,
        "asked_amount": money_json(remedy.asked_amount),
        "carried_out_at": iso(remedy.carried_out_at, zone),
        "carried_out_by": remedy.carried_out_by,
    }


def _follow_up(each: FollowUp, zone: tzinfo) -> dict[str, Any]:
    return {"kind": each.kind, "at": iso(each.at, zone), "by": each.by, "text": each.text}
