"""The shift sheet: what was kept today, and what the next shift takes on."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time

from complaint_desk.desk.watch import Watching
from complaint_desk.models.shift import RecordHead, ShiftSheet
from complaint_desk.models.ticket import QueueKey, QueueRow
from complaint_desk.rules.calendar import working_time
from complaint_desk.rules.calendar_values import calendar_from
from complaint_desk.rules.local_time import instant_of
from complaint_desk.store import history, settling, shift
from complaint_desk.store.queue import PAUSED_RANK

_PAGE = 200
_RUNNING_RANK = 1
_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class HandingTheShift(Watching):
    """The verbs of the change of shifts."""

    def shift_sheet(self, until: datetime | None = None) -> ShiftSheet:
        """What to hand over now; `until` is when the next shift ends, by the store's calendar unless told."""
        now = self.clock()
        ends = until or self.next_shift_ends(now)
        hot = tuple(self._lines(None, lambda row: row.key.rank == 0))
        running = list(
            self._lines(
                QueueKey(_RUNNING_RANK, _FIRST, ""),
                lambda row: row.key.rank == _RUNNING_RANK and row.key.next_due_at <= ends,
            )
        )
        paused = tuple(
            self._lines(QueueKey(_RUNNING_RANK, _LAST, ""), lambda row: row.key.rank == PAUSED_RANK)
        )
        today = now.astimezone(self.settings.zone).date()
        midnight = instant_of(datetime.combine(today, time()), self.settings.zone)
        with self.store.reading() as connection:
            kept = shift.kept_since(connection, midnight)
            owners = shift.open_by_owner(connection, now)
            promises = settling.promises(connection, now, due_by=ends)
            promises_kept = settling.promises_kept(connection, midnight)
            head = history.last_recorded(connection)
        return ShiftSheet(
            made_at=now,
            until=ends,
            kept=kept,
            hot=hot,
            late=tuple(row for row in running if row.key.next_due_at < now),
            due=tuple(row for row in running if row.key.next_due_at >= now),
            paused=paused,
            owners=owners,
            promises=promises,
            promises_kept=promises_kept,
            head=RecordHead(*head) if head else None,
        )

    def next_shift_ends(self, now: datetime) -> datetime:
        """When the first opening hours end that begin after this moment, in the calendar of this desk's store."""
        with self.store.reading() as connection:
            self._policy_changed(connection)
        calendar = calendar_from(self.policy.calendar(self.settings.store_code or ""))
        zone = self.settings.zone
        return next(
            closes
            for day in calendar.days(now.astimezone(zone).date())
            for opens, closes in working_time(day, zone)
            if opens > now
        )

    def _lines(self, after: QueueKey | None, wanted: Callable[[QueueRow], bool]) -> Iterator[QueueRow]:
        """The lines of the queue from here on, as long as they are wanted."""
        while rows := self.queue(_PAGE, after=after):
            for row in rows:
                if not wanted(row):
                    return
                yield row
            after = rows[-1].key
