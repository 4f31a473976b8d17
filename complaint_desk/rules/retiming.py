"""What another policy would do to open tickets: which clocks would be due at another time, and which late."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from complaint_desk.models.enums import Channel, ClockKind, Severity
from complaint_desk.models.policy import Policy
from complaint_desk.models.retiming import OpenTicket
from complaint_desk.rules.clock_start import clock_start, target_of
from complaint_desk.rules.sla_targets import Target


@dataclass(frozen=True, slots=True)
class Retimed:
    """What an event must set to give a ticket the new times: its fields, and each new clock's due time."""

    fields: Mapping[str, Any]
    due: Sequence[tuple[ClockKind, datetime, datetime]]
    """For each replaced clock its kind, the old due time and the new one."""


class Retiming:
    """Asks the new policy about one ticket after the other; what many tickets share is worked out once."""

    def __init__(self, policy: Policy, zone: ZoneInfo, now: datetime) -> None:
        self._policy = policy
        self._zone = zone
        self._now = now
        self._targets: dict[tuple[ClockKind, Channel, Severity, str], str | None] = {}

    def ask(self, ticket: OpenTicket) -> Retimed | None:
        """The new times of a ticket; None where none differs. Clocks that are late stay: what is missed is missed.

        Raises CalendarRefused.
        """
        clocks: list[dict[str, Any]] = []
        supersedes: list[int] = []
        due: list[tuple[ClockKind, datetime, datetime]] = []
        for clock in ticket.waiting:
            if clock.due_at < self._now:
                continue
            target = self._target(clock.kind, ticket)
            if target is None or (target == clock.target and not Target.parse(target).unit.needs_calendar):
                continue
            new = clock_start(clock.kind, target, self._policy, ticket.store, self._zone, clock.started_at)
            at = datetime.fromisoformat(new["due_at"])
            if target == clock.target and at == (clock.unpaused_due_at or clock.due_at):
                continue
            clocks.append({**new, "replaces": clock.position})
            supersedes.append(clock.position)
            due.append((clock.kind, clock.due_at, at))
        return Retimed({"clocks": clocks, "supersedes": supersedes}, due) if clocks else None

    def _target(self, kind: ClockKind, ticket: OpenTicket) -> str | None:
        key = (kind, ticket.channel, ticket.severity, ticket.store)
        if key not in self._targets:
            self._targets[key] = target_of(self._policy, *key)
        return self._targets[key]
