"""What is told of a ticket in a glance. Standard library only."""

from dataclasses import dataclass, field

from complaint_desk.models.radar import Radar
from complaint_desk.models.settling import PaidBefore, Promise, Remedy
from complaint_desk.models.ticket import Clock, Escalation


@dataclass(frozen=True, slots=True)
class Essence:
    """What is told of a ticket beside its line in the queue."""

    number: str
    version: int
    clock: Clock | None
    """The next clock."""
    promises: tuple[Promise, ...]
    """Those that are neither kept nor broken, the first due first."""
    waiting: tuple[Remedy, ...]
    """The remedies that wait for approval."""
    paid: PaidBefore
    """What the caller was granted in the last ninety days, over all tickets."""
    escalation: Escalation | None
    radar: Radar = field(default_factory=Radar)
    """What others told like it."""
