"""The values with which an event starts a clock: its target, the rules it follows, and when it is due."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from complaint_desk.models.enums import Channel, ClockKind, ClockState, Severity
from complaint_desk.models.policy import NOT_AT_RECEIPT, Policy
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.calendar_values import calendar_from, calendar_values
from complaint_desk.rules.sla import clock_state, due_at
from complaint_desk.rules.sla_targets import Target, TargetUnit


def clock_start(
    kind: ClockKind, target: str, policy: Policy, store: str, zone: ZoneInfo, start: datetime
) -> dict[str, Any]:
    """A clock that starts now, with everything its due time can be told from later.

    The zone is kept with targets counted in days, the store's calendar from that day on with those counted in
    working time. Raises CalendarRefused where the calendar has no working time for it.
    """
    asked = Target.parse(target)
    values: dict[str, Any] = {"kind": kind.value, "target": target, "policy_version": policy.version}
    calendar = None
    if asked.unit is not TargetUnit.HOURS:
        values["zone"] = zone.key
    if asked.unit.needs_calendar:
        whole = calendar_from(policy.calendar(store))
        values["calendar"] = calendar_values(whole, start.astimezone(zone).date())
        calendar = calendar_from(values["calendar"])
    due = due_at(asked, start, zone, calendar)
    return {**values, "started_at": start.isoformat(), "due_at": due.at.isoformat()}


def promise_start(made_at: datetime, due: datetime, policy: Policy) -> dict[str, Any]:
    """The clock of a promise: it is due when it was said to be, whatever the rules."""
    return {
        "kind": ClockKind.PROMISE.value,
        "target": "",
        "policy_version": policy.version,
        "started_at": made_at.isoformat(),
        "due_at": due.isoformat(),
    }


def clocks_at_receipt(
    policy: Policy, channel: Channel, severity: Severity, store: str, zone: ZoneInfo, received: datetime
) -> list[dict[str, Any]]:
    """The clocks that a complaint starts with, by the policy. Raises CalendarRefused."""
    return [
        clock_start(rule.kind, rule.target, policy, store, zone, received)
        for rule in policy.at_receipt(channel, severity, store)
    ]


def clocks_in_place(
    ticket: Ticket, policy: Policy, severity: Severity, zone: ZoneInfo, now: datetime
) -> dict[str, Any]:
    """What an event sets so that running clocks get the time this policy allows for this severity.

    `clocks` and `supersedes`, empty where nothing changes. A clock that was met or missed stays as it is; its
    old target stays in the history. Raises CalendarRefused.
    """
    clocks: list[dict[str, Any]] = []
    supersedes: list[int] = []
    for clock in ticket.clocks:
        if not clock.is_waiting or clock_state(clock.due_at, None, now) is not ClockState.RUNNING:
            continue
        target = target_of(policy, clock.kind, ticket.channel, severity, ticket.store)
        if target is None or target == clock.target:
            continue
        new = clock_start(clock.kind, target, policy, ticket.store, zone, clock.started_at)
        clocks.append({**new, "replaces": clock.position})
        supersedes.append(clock.position)
    return {"clocks": clocks, "supersedes": supersedes} if clocks else {}


def target_of(
    policy: Policy, kind: ClockKind, channel: Channel, severity: Severity, store: str
) -> str | None:
    """What the policy allows a clock of this kind for such a complaint; None where it says nothing of it."""
    if kind is ClockKind.REOPENED:
        return policy.at_reopening
    if kind in NOT_AT_RECEIPT:
        return None
    rule = policy.rule(kind, channel, severity, store)
    return rule.target if rule else None
