"""Which clocks warn now: those that have used up a share of their time, or all of it, in store hours."""

from typing import NamedTuple

from complaint_desk.desk.deadlines.keep_policy import KeepingPolicy
from complaint_desk.desk.watch import Watching
from complaint_desk.models.queue_view import EVERYTHING, QueueChoice
from complaint_desk.models.ticket import QueueKey, QueueRow
from complaint_desk.rules.warnings import OVERDUE

MOST_WARNED = 150
"""So many tickets on either side of now are looked at: those that became late last, those that will be late next."""
_RUNNING_RANK = 1


class Warned(NamedTuple):
    """The highest mark a ticket's next clock has raised."""

    row: QueueRow
    share: float
    """In percent of its time."""

    @property
    def is_late(self) -> bool:
        """Whether all of its time is used up."""
        return self.share >= OVERDUE


class WarningOfClocks(KeepingPolicy, Watching):
    """The verb of warning."""

    def warned(self, choice: QueueChoice = EVERYTHING) -> tuple[Warned, ...]:
        """The tickets of a view whose next clock has raised a mark, in the queue's order, the nearest to now."""
        now = self.clock()
        here = QueueKey(_RUNNING_RANK, now, "")
        rows = {row.number: row for row in self.queue(MOST_WARNED, before=here, choice=choice)}
        rows |= {row.number: row for row in self.queue(MOST_WARNED, after=here, choice=choice)}
        rows |= {row.number: row for row in self.queue(50, choice=choice) if row.key.rank == 0}
        found = []
        for row in sorted(rows.values(), key=lambda row: row.key):
            if row.paused_until is not None and row.paused_until > now:
                continue
            if marks := self.warnings_reached(row):
                found.append(Warned(row, marks[-1]))
        return tuple(found)
