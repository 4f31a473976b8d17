"""Learning: how the clocks were kept."""

from datetime import UTC, date, datetime, time, timedelta

from complaint_desk.desk.base import DeskBase
from complaint_desk.models.enums import ClockKind
from complaint_desk.rules.clock_report import GROUPED_BY, ClockFact, ClockReport, clock_report
from complaint_desk.rules.local_time import instant_of
from complaint_desk.store.clock_facts import clock_facts

_FIRST = datetime(1900, 1, 1, tzinfo=UTC)


class Learning(DeskBase):
    """The verbs of learning from what was done."""

    def clock_report(self, first: date | None = None, last: date | None = None) -> ClockReport:
        """How the clocks were kept that started from one local day to another, both included; all unless told."""
        now = self.clock()
        since = self._midnight(first) if first else _FIRST
        until = self._midnight(last + timedelta(days=1)) if last else now + timedelta(days=1)
        with self.store.reading() as connection:
            return clock_report(
                (
                    ClockFact(
                        ClockKind(row.kind),
                        row.started_at,
                        row.due_at,
                        row.met_at,
                        row.disputed,
                        row.broken_at is not None,
                        {name: getattr(row, name) for name in GROUPED_BY},
                    )
                    for row in clock_facts(connection, since, until)
                ),
                now,
            )

    def _midnight(self, day: date) -> datetime:
        return instant_of(datetime.combine(day, time()), self.settings.zone)
