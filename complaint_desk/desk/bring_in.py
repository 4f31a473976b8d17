"""Bringing in: the records of another program become tickets, and an exported ticket comes back whole."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.locale import _, language
from complaint_desk.models.enums import Act, TicketStatus
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.event import NewEvent
from complaint_desk.models.importing import ColumnMap, FileKind, ImportCounts, ImportPlan
from complaint_desk.store import history, staff

if TYPE_CHECKING:
    from complaint_desk.desk.importing.batches import Reading
    from complaint_desk.desk.importing.helpers import Helpers, Told
    from complaint_desk.desk.importing.looking import Look
    from complaint_desk.desk.importing.writing import Seat
    from complaint_desk.rules.importing.dates import DateOrder

Passed = Callable[[int, int], None]
"""Called with how much is done, and how much there is."""


def _untold(done: int, count: int) -> None:
    """Tell nobody."""


def _going_on() -> bool:
    return False


class BringingIn(DeskBase):
    """The verbs of bringing records in. A file that cannot be read raises FileRefused; then nothing is written."""

    def look_at_file(
        self,
        path: Path,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        passed: Passed = _untold,
    ) -> "Look":
        """Read a file once, for what it is; `Look.plan` then says what its columns become."""
        from complaint_desk.desk.importing.looking import Look
        from complaint_desk.desk.importing.names import known_names
        from complaint_desk.desk.importing.sources import open_source

        path = path.expanduser()
        source, fingerprint = open_source(
            path, encoding=encoding, delimiter=delimiter, sheet=sheet, passed=passed
        )
        look = Look(source, path, fingerprint, known_names(self.playbook), self._today())
        look.read(passed)
        return look

    def plan_import(
        self,
        path: Path,
        *,
        columns: Sequence[ColumnMap] | None = None,
        order: "DateOrder | None" = None,
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        passed: Passed = _untold,
    ) -> ImportPlan:
        """What a file's columns become: as a mapping tells, by heading, or as the desk proposes."""
        look = self.look_at_file(path, encoding=encoding, delimiter=delimiter, sheet=sheet, passed=passed)
        return look.plan(columns, order)

    def try_import(
        self,
        plan: ImportPlan,
        *,
        status: TicketStatus = TicketStatus.OPEN,
        passed: Passed = _untold,
        stop: Callable[[], bool] = _going_on,
    ) -> ImportCounts:
        """What would become of a file's lines. Nothing is written.

        `status` is what lines are whose status the file does not tell; `stop` is asked between batches.
        """
        from complaint_desk.desk.importing.batches import Batches

        batches = Batches(plan, self._reading(plan, status), self.store, None)
        batches.go(passed, stop)
        return batches.counts

    def bring_in(
        self,
        plan: ImportPlan,
        *,
        status: TicketStatus = TicketStatus.OPEN,
        start_clocks: bool = False,
        faulty_to: Path | None = None,
        passed: Passed = _untold,
        stop: Callable[[], bool] = _going_on,
    ) -> ImportCounts:
        """Write a file's lines as tickets, batch by batch; lines that are here already are passed over.

        Interrupted, it is gone on with by doing it again. Tickets get no clocks of ours unless `start_clocks`:
        then those that are open get theirs, from now on. Faulty lines are written to `faulty_to`, each with its
        reason. That it was done is noted in the desk's log.
        """
        from complaint_desk.desk.importing.batches import Batches, Writing
        from complaint_desk.desk.importing.faulty_file import FaultyFile

        headings = [column.heading for column in plan.columns]
        faulty = FaultyFile(faulty_to, plan.layout.kind, headings) if faulty_to else None
        reading = self._reading(plan, status)

        def sit(connection: Connection) -> "Seat":
            return self._seat(connection, start_clocks)

        batches = Batches(plan, reading, self.store, Writing(sit, faulty))
        try:
            batches.go(passed, stop)
        except BaseException:
            batches.counts.cancelled = True
            raise
        finally:
            if faulty is not None and faulty.close():
                batches.counts.faulty_file = str(faulty.path)
            if batches.counts.new or not batches.counts.cancelled:
                self._note(plan, batches.counts, start_clocks)
        return batches.counts

    def _reading(self, plan: ImportPlan, status: TicketStatus) -> "Reading":
        """How the file's lines are read. Raises FileRefused where it is not told yet what they become."""
        from complaint_desk.desk.importing.helpers import Told
        from complaint_desk.desk.importing.records import Records
        from complaint_desk.desk.importing.whole_tickets import WholeTickets
        from complaint_desk.rules.importing.words import folded

        if not plan.is_ready:
            raise FileRefused(_("It is not told yet what the columns become. Nothing was written."))
        if plan.layout.kind is FileKind.TICKETS:
            return WholeTickets(self.clock())
        with self.store.reading() as connection:
            names = staff.names(connection)
        told = Told(
            now=self.clock(),
            zone=self.settings.time_zone,
            region=self.settings.region,
            language=language(),
            playbook_folder=self.settings.playbook_folder,
            store_code=self.settings.store_code,
            staff={folded(name): one for one, name in names.items()},
            status=status,
        )
        return Records(plan, told.around(), _helpers(plan, told))

    def _seat(self, connection: Connection, start_clocks: bool) -> "Seat":
        from complaint_desk.desk.importing.writing import Seat

        self._policy_changed(connection)
        me = self._me(connection)
        return Seat(
            me=me,
            names=staff.names(connection),
            now=self.clock(),
            zone=self.settings.zone,
            store_code=self.settings.store_code,
            policy=self.policy if start_clocks else None,
            join=lambda name, role: self._join(connection, name, role, by=me),
        )

    def _today(self) -> date:
        """The store's day today: no complaint was received after it."""
        return self.clock().astimezone(self.settings.zone).date()

    def _note(self, plan: ImportPlan, counts: ImportCounts, start_clocks: bool) -> None:
        """Keep in the desk's log that a file came in, and what became of its lines."""
        with self.store.writing() as connection:
            now = self.clock()
            fields = {
                "file": plan.name[:200],
                "fingerprint": plan.fingerprint,
                "lines": counts.read,
                "new": counts.new,
                "known": counts.known,
                "faulty": counts.faulty,
                "cancelled": counts.cancelled,
                "start_clocks": start_clocks,
            }
            noted = NewEvent(Act.BROUGHT_IN, now, fields)
            history.append(connection, [noted], ticket_id=None, by=self._me(connection).id, recorded_at=now)


def _helpers(plan: ImportPlan, told: "Told") -> "Helpers | None":
    """Processes that read beside the writing, where the file is long and the system gives any."""
    from complaint_desk.desk.importing import helpers

    if plan.lines < helpers.WORTH_IT:
        return None
    try:
        return helpers.Helpers(plan, told)
    except (OSError, ImportError, RuntimeError):
        return None
