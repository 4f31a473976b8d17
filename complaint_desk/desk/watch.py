"""Watching: the queue by the next unmet clock, whole and by views, and what is looked for in it."""

from typing import TYPE_CHECKING

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.models.queue_view import EVERYTHING, QueueChoice, QueueView, StoreCount, ViewMoments
from complaint_desk.models.ticket import QueueCounts, QueueKey, QueueRow
from complaint_desk.store import finding, queue, staff

if TYPE_CHECKING:
    from datetime import datetime

    from complaint_desk.desk.finding.queue_filter import FilteredQueue
    from complaint_desk.models.policy import Policy

_MOST_FOUND = 500
"""So many lines of a filtered queue are read at the most."""
_OF_ALL_HOURS = frozenset({QueueView.DUE, QueueView.PROMISES})
"""Views that ask when the shift or the day ends."""


class Watching(DeskBase):
    """The verbs of looking at what is due. Each takes the view that is looked at: the whole queue unless told."""

    _shift_ends: "tuple[Policy, datetime, datetime] | None" = None
    """The rules by which it was worked out when the shift ends, since when that holds, and when it ends."""

    _known_as: tuple[str, str] | None = None
    """The name of who sits here, and the id it belongs to."""

    def queue(
        self,
        limit: int = 50,
        *,
        after: QueueKey | None = None,
        before: QueueKey | None = None,
        choice: QueueChoice = EVERYTHING,
    ) -> tuple[QueueRow, ...]:
        """So many open tickets: flagged, running by the next unmet clock, paused; from the top, after, or before."""
        with self.store.reading() as connection:
            moments = self._moments(connection, choice)
            return queue.page(connection, limit, moments, choice, after=after, before=before)

    def queue_end(self, limit: int = 50, choice: QueueChoice = EVERYTHING) -> tuple[QueueRow, ...]:
        """The last lines of the queue, in order."""
        with self.store.reading() as connection:
            return queue.last_page(connection, limit, self._moments(connection, choice), choice)

    def queue_row(self, number: str, choice: QueueChoice = EVERYTHING) -> QueueRow | None:
        """The queue's line of one ticket; None where it does not stand in it."""
        with self.store.reading() as connection:
            return queue.line_of(connection, number, self._moments(connection, choice), choice)

    def queue_position(self, key: QueueKey, choice: QueueChoice = EVERYTHING) -> int:
        """How many lines stand above this one."""
        with self.store.reading() as connection:
            return queue.position(connection, key, self._moments(connection, choice), choice)

    def queue_at(self, lines_above: int, choice: QueueChoice = EVERYTHING) -> QueueKey | None:
        """The place that has so many lines above it; None past the end."""
        with self.store.reading() as connection:
            return queue.at_position(connection, lines_above, self._moments(connection, choice), choice)

    def queue_counts(self, choice: QueueChoice = EVERYTHING) -> QueueCounts:
        """How many lines each view has now; of the store chosen, where one is."""
        with self.store.reading() as connection:
            return queue.counts(connection, self._moments(connection, choice, every_view=True), choice)

    def queue_stores(self) -> tuple[StoreCount, ...]:
        """The stores that have open tickets, by name, with how many are open and how many late."""
        with self.store.reading() as connection:
            return queue.stores(connection, self._moments(connection, EVERYTHING))

    def filter_queue(
        self, text: str, choice: QueueChoice = EVERYTHING, limit: int = _MOST_FOUND, *, typed: bool = False
    ) -> "FilteredQueue":
        """The lines of a view in which all of this stands; the last word may be the beginning of one until `typed`.

        Numbers, names, telephone numbers down to their last four digits, and any words said. Raises FieldRefused,
        with a sentence, for a search that makes no sense, and StoreFault on a database server, which has no index.
        """
        from complaint_desk.desk.finding import queue_filter

        with self.store.reading() as connection:
            moments = self._moments(connection, choice)
            return queue_filter.filtered(
                self, connection, text if typed else queue_filter.still_typed(text), choice, moments, limit
            )

    def changes_seen(self) -> int:
        """A number that differs when any desk has written since; cheap enough to ask every second."""
        with self.store.reading() as connection:
            seen = finding.last_seq(connection)
        self._note_changes(seen)
        return seen

    def _moments(
        self, connection: Connection, choice: QueueChoice, *, every_view: bool = False
    ) -> ViewMoments:
        """What the views depend on now; the calendar is asked only where a view needs it."""
        now = self.clock()
        me = self._my_id(connection) if every_view or choice.view is QueueView.MINE else None
        if not every_view and choice.view not in _OF_ALL_HOURS:
            return ViewMoments(now, me, now, now)
        from complaint_desk.rules.shift_hours import day_end

        self._policy_changed(connection)
        return ViewMoments(now, me, self._shift_end(now), day_end(now, self.settings.zone))

    def _my_id(self, connection: Connection) -> str | None:
        """The id of who sits here, asked once for each name; None while they are not on the staff."""
        if self._known_as is None or self._known_as[0] != self.as_name:
            found = staff.by_name(connection, self.as_name)
            if found is None:
                return None
            self._known_as = (self.as_name, found.id)
        return self._known_as[1]

    def _shift_end(self, now: "datetime") -> "datetime":
        """When the opening hours of this desk's store end, those of now or the next ones."""
        from complaint_desk.rules.calendar_values import calendar_from
        from complaint_desk.rules.shift_hours import shift_end

        known = self._shift_ends
        if known is None or known[0] is not self.policy or not known[1] <= now < known[2]:
            calendar = calendar_from(self.policy.calendar(self.settings.store_code or ""))
            known = self._shift_ends = (self.policy, now, shift_end(now, calendar, self.settings.zone))
        return known[2]
