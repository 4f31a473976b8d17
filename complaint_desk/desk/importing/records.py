"""Lines of a table or of plain JSON objects, as records of another program."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from complaint_desk.desk.importing import batches, writing
from complaint_desk.desk.importing.convert import Around, Converter
from complaint_desk.desk.importing.helpers import Answers, Batch, Helpers
from complaint_desk.desk.importing.lines import LineRefused, ReadyLine
from complaint_desk.desk.importing.rows import SourceRow
from complaint_desk.desk.importing.writing import Seat
from complaint_desk.locale import _
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.importing import ImportCounts, ImportPlan
from complaint_desk.rules.plain_text import plain
from complaint_desk.store.bring_in import RecordsSeen, known_keys


class Records:
    """Reads lines by the mapping of their columns."""

    ahead = 0

    def __init__(self, plan: ImportPlan, around: Around, helpers: Helpers | None = None) -> None:
        """With `helpers` the lines are read beside the writing."""
        self._converter = Converter(plan, around)
        self._helpers = helpers
        if helpers is not None:
            self.ahead = helpers.ahead

    def key(self, row: SourceRow, seen: RecordsSeen) -> str:
        """By the record's id where it has one; else by all that stands in the line."""
        before, first = seen.note(self._converter.place_in_file(row), row.line)
        record = self._converter.record_of(row) if before else None
        if record:
            raise LineRefused(
                _("The record {record} stands in line {line} already.").format(
                    record=plain(record), line=first
                )
            )
        return self._converter.key_of(row, before)

    def known(self, connection: Connection, keys: Sequence[str]) -> set[str]:
        """Those of these records that came in already."""
        return known_keys(connection, keys)

    def begin(self, batch: Batch) -> Callable[[], Answers]:
        """Have the lines read as the values of tickets."""

        def read_here() -> Answers:
            return [self._ready(row, key) for row, key in batch]

        return self._helpers.begin(batch, read_here) if self._helpers is not None else read_here

    def _ready(self, row: SourceRow, key: str) -> ReadyLine | LineRefused:
        try:
            return self._converter.ready(row, key)
        except LineRefused as refused:
            return refused

    def close(self) -> None:
        """Send the helpers home."""
        if self._helpers is not None:
            self._helpers.close()

    def told(self, ready: ReadyLine, counts: ImportCounts) -> None:
        """Count it."""
        counts.open += ready.status is TicketStatus.OPEN
        batches.received(counts, ready.received.isoformat(timespec="seconds"))
        for heading, value in ready.guessed:
            batches.guess(counts, heading, value)

    def prepare(self, ready: ReadyLine) -> None:
        """Sound names and cut texts."""
        writing.prepare(ready)

    def write(
        self, connection: Connection, ready: Sequence[ReadyLine], seat: Seat
    ) -> Sequence[tuple[ReadyLine, str]]:
        """Write them; none is refused any more."""
        writing.write(connection, ready, seat)
        return ()
