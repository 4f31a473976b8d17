"""What one shift hands to the next. Standard library only."""

from dataclasses import dataclass
from datetime import datetime

from complaint_desk.models.enums import ClockKind
from complaint_desk.models.settling import PromiseLine
from complaint_desk.models.ticket import QueueRow


@dataclass(frozen=True, slots=True)
class ClockKept:
    """A clock met in time: whose act it was, on which ticket."""

    number: str
    kind: ClockKind
    met_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class OwnersTickets:
    """How many open tickets somebody has, and how many of them are past their next due time."""

    owner: str | None
    open: int
    late: int


SHOWN_OF_HASH = 16
"""Characters of a hash that are printed: enough to tell any two apart."""


@dataclass(frozen=True, slots=True)
class RecordHead:
    """The last event of the record at a moment: whoever holds this can tell later whether the file was replaced."""

    seq: int
    hash: str
    recorded_at: datetime

    @property
    def short(self) -> str:
        """The beginning of the hash in groups of four, as it is printed and read aloud."""
        return " ".join(self.hash[at : at + 4] for at in range(0, SHOWN_OF_HASH, 4))


@dataclass(frozen=True, slots=True)
class ShiftSheet:
    """What was kept in the shift that ends, and what the next one takes on; good work first."""

    made_at: datetime
    until: datetime
    """When the next shift ends."""
    kept: tuple[ClockKept, ...]
    hot: tuple[QueueRow, ...]
    """Flagged tickets: severity 4 or a safety flag."""
    late: tuple[QueueRow, ...]
    due: tuple[QueueRow, ...]
    """What is due before the next shift ends, and not late yet."""
    paused: tuple[QueueRow, ...]
    owners: tuple[OwnersTickets, ...]
    promises: tuple[PromiseLine, ...] = ()
    """What was promised and is to be kept before the next shift ends, what is overdue first."""
    promises_kept: tuple[PromiseLine, ...] = ()
    """What was kept today as promised."""
    head: RecordHead | None = None
    """Where the record stood; None for an empty one."""
