"""Writing out: tickets as a table or whole, one ticket as a page; what is masked on the screen is masked there."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from complaint_desk.desk.finding.find import Finding
from complaint_desk.desk.watch import Watching
from complaint_desk.locale import _
from complaint_desk.models.errors import NotPermitted
from complaint_desk.models.event import Event
from complaint_desk.models.exporting import (
    Chosen,
    EveryTicket,
    Exported,
    ExportFormat,
    OfQueue,
    OfSearch,
    PageFormat,
)
from complaint_desk.models.ticket import Ticket
from complaint_desk.store import finding, history, staff

if TYPE_CHECKING:
    from complaint_desk.models.search import SearchKey
    from complaint_desk.models.ticket import QueueKey

Passed = Callable[[int, int], None]
"""Called with how many tickets are written, and how many there are, as far as is known."""
_BATCH = 200
_MOST_FILTERED = 100_000


def _untold(done: int, count: int) -> None:
    """Tell nobody."""


def _going_on() -> bool:
    return False


class Exporting(Finding, Watching):
    """The verbs of writing out. A file that cannot be written raises FileRefused; nothing of it is left."""

    def export(
        self,
        chosen: Chosen,
        to: Path | IO[bytes],
        form: ExportFormat,
        *,
        overwrite: bool = False,
        passed: Passed = _untold,
        stop: Callable[[], bool] = _going_on,
    ) -> Exported:
        """Write tickets to a file or a stream, in the order in which they are chosen.

        CSV and XLSX hold a line a ticket; JSONL holds all of each, and can be brought in again, so only who may see
        all customers may write it. `stop` is asked between batches; then no file is left. Raises NotPermitted.
        """
        from complaint_desk.desk.exporting.new_file import new_file

        if form is ExportFormat.JSONL:
            self._must_see_all()
        place = new_file(to, overwrite=overwrite) if isinstance(to, Path) else nullcontext(to)
        path = str(to.expanduser()) if isinstance(to, Path) else None
        try:
            with place as stream:
                written = self._write_all(chosen, stream, form, passed, stop)
        except _Stopped:
            return Exported(0, None, cancelled=True)
        return Exported(written, path)

    def whole_ticket(self, number: str) -> dict[str, Any]:
        """Everything there is about a ticket, as JSON values: what people read, and its events.

        Raises TicketNotFound, and NotPermitted for whoever may not see all customers.
        """
        from complaint_desk.desk.exporting.whole import whole_object

        self._must_see_all()
        with self.store.reading() as connection:
            events = self._events(connection, number)
            names = staff.names(connection)
            ticket = self._fold(connection, events)
        return whole_object(ticket, events, names, self.clock(), self.settings.zone)

    def ticket_page(self, number: str, form: PageFormat) -> str:
        """A ticket as text, Markdown or JSON, to be copied, printed or kept. Raises TicketNotFound."""
        from complaint_desk.desk.exporting.pages import page

        with self.store.reading() as connection:
            ticket = self._fold(connection, self._events(connection, number))
        return page(self._as_may_be_seen(ticket), form, self)

    def save_ticket(self, number: str, path: Path, form: PageFormat) -> Path:
        """Write a ticket as a page to a file of its own. Raises TicketNotFound, FileRefused."""
        from complaint_desk.desk.exporting.new_file import new_file

        text = self.ticket_page(number, form)
        with new_file(path) as stream:
            stream.write(text.encode("utf-8", "replace") + b"\n")
        return path.expanduser()

    def _must_see_all(self) -> None:
        if self._veil() is not None:
            raise NotPermitted(
                _(
                    "Whole tickets name every caller, and {name} may not see all customers. Nothing was written. "
                    "A table (CSV or XLSX) can be written with the names masked."
                ).format(name=self.as_name)
            )

    def _write_all(
        self, chosen: Chosen, stream: IO[bytes], form: ExportFormat, passed: Passed, stop: Callable[[], bool]
    ) -> int:
        from complaint_desk.desk.exporting.columns import Seen
        from complaint_desk.desk.exporting.tables import CsvWriter, TicketWriter, WorkbookWriter

        seen = Seen(self.clock(), self.settings.zone, self.settings.region, self.playbook)
        table: TicketWriter | None = None
        if form is not ExportFormat.JSONL:
            table = CsvWriter(stream, seen) if form is ExportFormat.CSV else WorkbookWriter(stream, seen)
        done = 0
        for ids, count in self._chosen(chosen):
            for events, ticket, names in self._read(ids):
                if table is not None:
                    table.write(self._as_may_be_seen(ticket))
                else:
                    from complaint_desk.desk.exporting.whole import whole_line

                    line = whole_line(ticket, events, names, seen.now, seen.zone)
                    stream.write(line.encode("utf-8", "replace") + b"\n")
                done += 1
            passed(done, max(count, done))
            if stop():
                raise _Stopped
        if table is not None:
            table.close()
        return done

    def _read(self, ids: Sequence[str]) -> Iterator[tuple[list[Event], Ticket, dict[str, str]]]:
        with self.store.reading() as connection:
            names = staff.names(connection)
            for ticket_id in ids:
                if events := history.events_of(connection, ticket_id):
                    yield events, self._fold(connection, events), names

    def _chosen(self, chosen: Chosen) -> Iterator[tuple[Sequence[str], int]]:
        """The ids of what is chosen by batches, each with how many there are, as far as is known."""
        match chosen:
            case EveryTicket():
                yield from self._every()
            case OfQueue():
                yield from self._of_queue(chosen)
            case OfSearch():
                yield from self._of_search(chosen.text)

    def _every(self) -> Iterator[tuple[Sequence[str], int]]:
        from complaint_desk.store import full_text_swap

        last = ""
        while True:
            with self.store.reading() as connection:
                ids = full_text_swap.tickets_after(connection, last, _BATCH)
                count = full_text_swap.count_tickets(connection)
            if not ids:
                return
            yield ids, count
            last = ids[-1]

    def _of_queue(self, chosen: OfQueue) -> Iterator[tuple[Sequence[str], int]]:
        if chosen.text.strip():
            found = self.filter_queue(chosen.text, chosen.choice, _MOST_FILTERED, typed=chosen.typed)
            for at in range(0, len(found.rows), _BATCH):
                yield [row.key.ticket_id for row in found.rows[at : at + _BATCH]], len(found.rows)
            return
        after: QueueKey | None = None
        while rows := self.queue(_BATCH, after=after, choice=chosen.choice):
            yield [row.key.ticket_id for row in rows], 0
            after = rows[-1].key

    def _of_search(self, text: str) -> Iterator[tuple[Sequence[str], int]]:
        after: SearchKey | None = None
        while True:
            page = self.search(text, _BATCH, after)
            with self.store.reading() as connection:
                ids = [finding.ticket_id_of(connection, row.number) for row in page.rows]
            yield [one for one in ids if one is not None], page.total or 0
            if page.next_key is None:
                return
            after = page.next_key


class _Stopped(Exception):
    """Somebody asked to stop."""
