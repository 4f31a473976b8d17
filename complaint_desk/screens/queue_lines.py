"""A ticket as a line of the queue: its columns, their names, and what stands in them now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from rich.cells import cell_len

from complaint_desk.desk.deadlines.countdown import (
    Urgency,
    countdown_words,
    paused_words,
    row_urgency,
    row_words,
    signs,
)
from complaint_desk.locale import N_, _, language
from complaint_desk.models.enums import ClockKind, ComplainantType, SafetyFlag, Severity
from complaint_desk.models.ticket import QueueRow
from complaint_desk.screens.act_words import safety_words
from complaint_desk.widgets.columns import Cell, Column, TableLine

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.rules.warnings import Mark

COLUMNS = (
    Column("sign", 2, 2, 2, 0, live=True),
    Column("countdown", 8, 8, 8, 0, live=True),
    Column("clock", 4, 4, 4, 1),
    Column("number", 14, 14, 14, 0),
    Column("caller", 8, 8, 14, 2),
    Column("type", 4, 4, 4, 4),
    Column("cause", 3, 11, 21, 5),
    Column("grade", 5, 5, 13, 6),
    Column("owner", 6, 6, 10, 3),
    Column("store", 5, 5, 8, 7),
    Column("what", 24, 24, 200, 8),
)
_HEADINGS = {
    "sign": "",
    "countdown": N_("Left / late"),
    "clock": N_("Clock"),
    "number": N_("Number"),
    "caller": N_("Caller"),
    "type": N_("Type"),
    "cause": N_("Cause"),
    "grade": N_("Grade"),
    "owner": N_("Owner"),
    "store": N_("Store"),
    "what": N_("What"),
}
NOBODY = "—"
_TONES = {Urgency.LATE: "late", Urgency.SOON: "soon", Urgency.RUNNING: "", Urgency.PAUSED: "waiting"}
_LONGEST = timedelta(hours=71, minutes=59)


def headings() -> dict[str, str]:
    """What each column is called."""
    return {name: _(text) if text else "" for name, text in _HEADINGS.items()}


def columns(playbook: Playbook | None, widest_number: int) -> tuple[Column, ...]:
    """The columns, those of the countdown, the clock and the type as wide as their longest words."""
    epoch = datetime(2000, 1, 1, tzinfo=UTC)
    end = epoch + _LONGEST
    longest = (countdown_words(end, epoch), countdown_words(epoch, end), paused_words(end, epoch))
    least = {"countdown": max(map(cell_len, longest)), "number": widest_number}
    if playbook is not None:
        speech = language()
        least["clock"] = max(cell_len(playbook.clock_name(kind, speech)) for kind in ClockKind)
        least["type"] = max(cell_len(playbook.type_short(kind, speech)) for kind in ComplainantType)
    return tuple(_at_least(column, least.get(column.name, 0)) for column in COLUMNS)


def _at_least(column: Column, cells: int) -> Column:
    return column._replace(
        least=max(cells, column.least), good=max(cells, column.good), most=max(cells, column.most)
    )


def grade_cell(severity: Severity, safety: tuple[SafetyFlag, ...]) -> Cell:
    """The grade, with what flagged it where there is room."""
    grade = str(int(severity))
    return (f"{grade} {safety_words(safety)}", grade) if safety else grade


class QueueLines:
    """Makes the table's lines; what does not change with time is made once for each row."""

    def __init__(self, playbook: Playbook, marks: Callable[[QueueRow], Sequence[Mark]]) -> None:
        """`marks` tells when the next clock of a line warns."""
        self._playbook = playbook
        self._marks = marks
        self._language = language()
        self._still: dict[str, tuple[QueueRow, dict[str, Cell]]] = {}
        self._raised: dict[str, tuple[QueueRow, datetime | None]] = {}

    def line(self, row: QueueRow, now: datetime, mark: str = "") -> TableLine:
        """The line of this row at this moment; `mark` is the sign before it."""
        how = self._urgency(row, now)
        live = {"sign": signs(row, how), "countdown": row_words(row, now)}
        tone = _TONES[how] or ("flagged" if row.key.rank == 0 else "")
        return TableLine({**live, **self._cells(row)}, tone, mark)

    def _urgency(self, row: QueueRow, now: datetime) -> Urgency:
        """How pressing the line is: late and standing still are facts, soon is a mark raised in store hours."""
        how = row_urgency(row, now)
        if how in (Urgency.LATE, Urgency.PAUSED):
            return how
        known = self._raised.get(row.number)
        if known is None or known[0] is not row:
            known = self._raised[row.number] = (
                row,
                min((each.raised_at for each in self._marks(row)), default=None),
            )
        return Urgency.SOON if known[1] is not None and known[1] <= now else Urgency.RUNNING

    def _cells(self, row: QueueRow) -> dict[str, Cell]:
        if self._language != language() or len(self._still) > 2_000:
            self._language = language()
            self._still.clear()
            self._raised.clear()
        known = self._still.get(row.number)
        if known is None or known[0] is not row:
            known = self._still[row.number] = (row, self._make(row))
        return known[1]

    def _make(self, row: QueueRow) -> dict[str, Cell]:
        speech, playbook = language(), self._playbook
        cause: Cell = NOBODY
        if row.cause:
            cause = (f"{row.cause.code} {playbook.cause_name(row.cause, speech)}", row.cause.code)
        return {
            "clock": playbook.clock_name(row.clock, speech) if row.clock else NOBODY,
            "number": row.number,
            "caller": row.caller or row.phone or _("unknown"),
            "type": playbook.type_short(row.type, speech) if row.type else NOBODY,
            "cause": cause,
            "grade": grade_cell(row.severity, row.safety),
            "owner": row.owner or NOBODY,
            "store": row.store,
            "what": row.what,
        }
