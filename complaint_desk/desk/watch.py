"""Watching: the queue by the next unmet clock."""

from complaint_desk.desk.base import DeskBase
from complaint_desk.models.ticket import QueueCounts, QueueKey, QueueRow
from complaint_desk.store import finding, queue


class Watching(DeskBase):
    """The verbs of looking at what is due."""

    def queue(
        self, limit: int = 50, *, after: QueueKey | None = None, before: QueueKey | None = None
    ) -> tuple[QueueRow, ...]:
        """So many open tickets: flagged, running by the next unmet clock, paused; from the top, after, or before."""
        with self.store.reading() as connection:
            return queue.page(connection, limit, self.clock(), after=after, before=before)

    def queue_end(self, limit: int = 50) -> tuple[QueueRow, ...]:
        """The last lines of the queue, in order."""
        with self.store.reading() as connection:
            return queue.last_page(connection, limit, self.clock())

    def queue_row(self, number: str) -> QueueRow | None:
        """The queue's line of one ticket; None where it is not open."""
        with self.store.reading() as connection:
            return queue.line_of(connection, number, self.clock())

    def queue_position(self, key: QueueKey) -> int:
        """How many lines stand above this one."""
        with self.store.reading() as connection:
            return queue.position(connection, key, self.clock())

    def queue_at(self, lines_above: int) -> QueueKey | None:
        """The place that has so many lines above it; None past the end."""
        with self.store.reading() as connection:
            return queue.at_position(connection, lines_above, self.clock())

    def queue_counts(self) -> QueueCounts:
        """How many tickets are open, late and flagged now."""
        with self.store.reading() as connection:
            return queue.counts(connection, self.clock())

    def changes_seen(self) -> int:
        """A number that differs when any desk has written since; cheap enough to ask every second."""
        with self.store.reading() as connection:
            seen = finding.last_seq(connection)
        self._note_changes(seen)
        return seen
