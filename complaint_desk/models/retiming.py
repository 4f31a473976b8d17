"""Open tickets as a change of the rules looks at them. Standard library only."""

from dataclasses import dataclass
from datetime import datetime

from complaint_desk.models.enums import Channel, ClockKind, Severity


@dataclass(frozen=True, slots=True)
class OpenClock:
    """A clock of an open ticket, as it was when it was looked at."""

    position: int
    kind: ClockKind
    target: str
    started_at: datetime
    due_at: datetime
    is_waiting: bool = True
    was_paused: bool = False
    """Whether it ever stood still: its due time then follows from its history only."""
    unpaused_due_at: datetime | None = None
    """When it would be due had it never stood still, where that is another time."""


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """What decides which rules are an open ticket's, and the clocks that waited when it was looked at."""

    id: str
    row: int
    """Where it lies in its table."""
    channel: Channel
    severity: Severity
    store: str
    next_position: int
    """The place of the next clock it gets."""
    clocks: tuple[OpenClock, ...]

    @property
    def waiting(self) -> tuple[OpenClock, ...]:
        """Its clocks that still wait for an act."""
        return tuple(clock for clock in self.clocks if clock.is_waiting)
