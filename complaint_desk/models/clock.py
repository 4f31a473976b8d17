"""One deadline of a ticket, and the pauses in which it stands still. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from complaint_desk.models.enums import ClockKind

OUTLIVES_RESOLVING = frozenset({ClockKind.PROMISE, ClockKind.APPROVAL})
"""The clocks that resolving does not meet: what was promised is still to be kept afterwards."""


@dataclass(frozen=True, slots=True)
class ClockPause:
    """A time in which clocks of a ticket stand still: why, by whom, and until when at the latest."""

    event_id: str
    reason: str
    by: str
    started_at: datetime
    expected_at: datetime
    """The expected return: the pause ends by itself then."""
    ended_at: datetime | None = None
    """When it was ended before its expected return; None where it was not."""
    clocks: tuple[ClockKind, ...] = ()
    positions: tuple[int, ...] = ()
    """Which clocks of the history it stops, by `Clock.position`."""

    @property
    def until(self) -> datetime:
        """When it ended, or will end by itself."""
        return self.ended_at or self.expected_at

    def is_open(self, now: datetime) -> bool:
        """Whether its clocks stand still at this moment."""
        return self.started_at <= now < self.until


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of a ticket and the act that met it, if any.

    `due_at` assumes that a pause lasts to its expected return.
    """

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    target: str = ""
    """How long it allows, as the policy wrote it, such as `24h`."""
    policy_version: int = 1
    met_at: datetime | None = None
    """When the act that met it happened."""
    met_by: str | None = None
    """The id of the event that met it."""
    recorded_late: bool = False
    """The act was written down later than it happened."""
    disputed: bool = False
    """The act was written down after the due time, and no supervisor has confirmed it."""
    position: int = 0
    """Its place among all clocks the ticket's history ever started; acts name it by this."""
    started_by: str | None = None
    """The id of the event that started it."""
    unpaused_due_at: datetime | None = None
    """When it would be due had it never stood still."""
    zone: str | None = None
    """The time zone its days are counted in; None for clocks of elapsed hours."""
    calendar: Mapping[str, Any] | None = field(default=None, hash=False)
    """The working calendar it is counted in, as it was when it started, for targets of working time."""
    pauses: tuple[ClockPause, ...] = ()
    superseded_at: datetime | None = None
    """When another target took this one's place; it then waits for nothing any more."""
    superseded_by: str | None = None
    """The id of the event that put another in its place."""
    broken_at: datetime | None = None
    """For a promise: when it was said that it is not kept; it then waits for nothing, and was missed."""

    @property
    def is_waiting(self) -> bool:
        """Whether it still waits for an act."""
        return self.met_at is None and self.superseded_at is None and self.broken_at is None

    def pause_at(self, now: datetime) -> ClockPause | None:
        """The pause in which it stands still at this moment, the one that lasts longest."""
        if not self.is_waiting:
            return None
        open_ones = (pause for pause in self.pauses if pause.is_open(now))
        return max(open_ones, key=lambda pause: pause.until, default=None)

    def paused_until(self) -> datetime | None:
        """The latest return of its pauses, past or to come; None where it was never paused."""
        return max((pause.until for pause in self.pauses), default=None)
