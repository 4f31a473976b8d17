"""Turns a line of a file into the values of a ticket, or into the sentence that refuses it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from complaint_desk.desk.complaint_values import assessed, spoken_values, when_fields
from complaint_desk.desk.importing.lines import LineRefused, ReadyLine
from complaint_desk.desk.importing.rows import SourceRow
from complaint_desk.desk.refusals import first_refusal
from complaint_desk.locale import _
from complaint_desk.models.enums import Channel, Precision, Severity, TicketStatus
from complaint_desk.models.forms import ComplaintForm
from complaint_desk.models.importing import CHOSEN, JOINED, ColumnMap, FileKind, ImportPlan, Target
from complaint_desk.rules.importing.dates import DateOrder, read_moment, read_time
from complaint_desk.rules.importing.propose import OTHERWISE, Names
from complaint_desk.rules.importing.value_words import meaning_of
from complaint_desk.rules.importing.words import folded
from complaint_desk.rules.local_time import instant_of
from complaint_desk.rules.severity_signs import Signs
from complaint_desk.rules.spoken_time import SpokenTime

_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
_BETWEEN = {Target.WHERE: ", ", Target.WHO: ", "}
_AS_TOLD = (Target.CALLER, Target.PHONE, Target.EXTENSION, Target.STORE, Target.WHEN)
_HARMLESS_MARK = "'"
_MARKED = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_FACT = 200
_SETTLED = {"severity": int(Severity.ORDINARY), "safety": []}
"""How grave a matter is that was settled elsewhere, where the file does not tell: it is not judged again."""


@dataclass(frozen=True, slots=True)
class Around:
    """What must be known besides the file to read its lines."""

    now: datetime
    zone: ZoneInfo
    region: str
    signs: Signs
    names: Names
    read_when: Callable[[str, datetime], SpokenTime]
    """What a caller's words for a time mean, seen from receipt."""
    staff: Mapping[str, str] = field(default_factory=dict)
    """The ids of the staff by folded name."""
    status: TicketStatus = TicketStatus.OPEN
    """What lines are whose status the file does not tell."""


class Converter:
    """Reads the lines of one file by its mapping."""

    def __init__(self, plan: ImportPlan, around: Around) -> None:
        self._around = around
        self._columns = list(enumerate(plan.columns))
        self._by_target: dict[Target, list[tuple[int, ColumnMap]]] = {}
        for place, column in self._columns:
            self._by_target.setdefault(column.to, []).append((place, column))
        self._name = plan.name[:_LONGEST_FACT]
        self._width = len(plan.columns)
        self._last_row: SourceRow | None = None
        self._last_cells: Sequence[str] = ()
        self._strips_marks = plan.layout.kind is FileKind.TABLE
        self._orders = {
            place: DateOrder(column.order) if column.order else DateOrder.YEAR_FIRST
            for place, column in self._columns
        }

    def record_of(self, row: SourceRow) -> str | None:
        """What the file calls the record; None where it has no such column or an empty cell."""
        return self._first(Target.RECORD, self._cells(row)) or None

    def place_in_file(self, row: SourceRow) -> str:
        """Tells the record from others of the same file: by its id, else by all that stands in the line."""
        record = self.record_of(row)
        return _hashed(["record", record] if record else ["line", *self._cells(row)])

    def key_of(self, row: SourceRow, times_seen: int = 0) -> str:
        """Tells the record from all others, in whatever file it comes again.

        Serial numbers begin anew in every sheet, so an id counts together with the receipt and the words. Where there
        is none, all that stands in the line counts; `times_seen` tells lines apart that are alike sign for sign.
        """
        cells = self._cells(row)
        record = self.record_of(row)
        if not record:
            return _hashed(["line", *cells, str(times_seen or "")])
        try:
            received = self._received(cells).isoformat()
        except LineRefused:
            return _hashed(["faulty", *cells])
        return _hashed(["record", record, received, *self._joined(Target.WHAT, cells)])

    def ready(self, row: SourceRow, key: str) -> ReadyLine:
        """The line as the values of a ticket. Raises LineRefused."""
        if row.fault:
            raise LineRefused(row.fault)
        cells = self._cells(row)
        guessed: list[tuple[str, str]] = []
        chosen = {target: self._chosen(target, cells, guessed) for target in CHOSEN}
        received = self._received(cells)
        form = self._form(cells, chosen)
        spoken = spoken_values(form, self._around.region)
        status = TicketStatus(chosen[Target.STATUS] or self._around.status)
        fields: dict[str, Any] = {
            "channel": (form.channel or Channel.PHONE).value,
            "cause": form.cause and form.cause.value,
            "type": form.type and form.type.value,
            **self._when(cells, received),
            **(assessed(form, self._around.signs) if status is TicketStatus.OPEN else _SETTLED),
            "missing": [],
        }
        if chosen[Target.SEVERITY]:
            fields["severity"] = int(chosen[Target.SEVERITY] or 0)
        owner_told = self._first(Target.OWNER, cells)
        owner = self._around.staff.get(folded(owner_told)) if owner_told else None
        record = self.record_of(row)
        brought: dict[str, Any] = {"file": self._name, "key": key}
        if record:
            brought["record"] = record[:_LONGEST_FACT]
        if told := self._first(Target.STATUS, cells):
            brought["status"] = told[:_LONGEST_FACT]
        fields["brought"] = brought
        if status is not TicketStatus.OPEN:
            fields["status"] = status.value
        words: dict[str, Any] = {
            name: value for name, value in {**spoken, "when": form.when}.items() if value
        }
        origin = [
            [self._columns[place][1].heading, cells[place]] for place in self._aside(cells, words, owner)
        ]
        if origin:
            words["origin"] = origin
        return ReadyLine(row.line, key, record, received, status, form.store, owner, fields, words, guessed)

    def _cells(self, row: SourceRow) -> Sequence[str]:
        if self._last_row is not row:
            self._last_cells, self._last_row = self._cells_of(row), row
        return self._last_cells

    def _cells_of(self, row: SourceRow) -> Sequence[str]:
        cells = row.cells
        if self._strips_marks and _HARMLESS_MARK in "".join(cells):
            cells = [
                cell[1:] if cell[:1] == _HARMLESS_MARK and cell[1:2] in _MARKED else cell for cell in cells
            ]
        if len(cells) > self._width:
            if any(cell.strip() for cell in cells[self._width :]):
                raise LineRefused(
                    _("It holds {count} cells, and there are {columns} headings.").format(
                        count=len(cells), columns=self._width
                    )
                )
            return cells[: self._width]
        return [*cells, *[""] * (self._width - len(cells))] if len(cells) < self._width else cells

    def _first(self, target: Target, cells: Sequence[str]) -> str:
        for place, _column in self._by_target.get(target, ()):
            if told := cells[place].strip():
                return told
        return ""

    def _chosen(self, target: Target, cells: Sequence[str], guessed: list[tuple[str, str]]) -> str | None:
        for place, column in self._by_target.get(target, ()):
            told = cells[place].strip()
            if not told:
                continue
            meaning = column.values.get(cells[place]) or column.values.get(told)
            meaning = meaning or meaning_of(target, told, self._around.names.get(target, {}))
            if meaning is not None:
                return str(meaning)
            guessed.append((column.heading, told[:_LONGEST_FACT]))
            return OTHERWISE.get(target)
        return None

    def _form(self, cells: Sequence[str], chosen: Mapping[Target, str | None]) -> ComplaintForm:
        told: dict[str, Any] = {target.value: self._first(target, cells) for target in _AS_TOLD}
        for target in JOINED:
            told[target.value] = _BETWEEN.get(target, "\n").join(self._joined(target, cells))
        told |= {name: chosen[Target(name)] for name in ("cause", "channel", "type")}
        if not told["what"].strip():
            raise LineRefused(_("It does not tell what happened."), self._heading(Target.WHAT))
        try:
            return ComplaintForm.model_validate(told)
        except ValidationError as error:
            name, sentence = first_refusal(error)
            raise LineRefused(sentence, self._heading(Target(name))) from error

    def _joined(self, target: Target, cells: Sequence[str]) -> list[str]:
        texts = (cells[place] for place, _column in self._by_target.get(target, ()))
        return [text for text in texts if text.strip()]

    def _heading(self, target: Target) -> str:
        return next((column.heading for _place, column in self._by_target.get(target, ())), "")

    def _received(self, cells: Sequence[str]) -> datetime:
        for place, column in self._by_target.get(Target.RECEIVED, ()):
            told = cells[place].strip()
            if not told:
                continue
            moment = read_moment(told, self._orders[place])
            if moment is None:
                raise LineRefused(
                    _("“{said}” is no date that can be read.").format(said=told[:60]), column.heading
                )
            at, offset = moment.at, moment.offset
            if at is None:
                at, offset = self._time(cells)
            return self._in_our_time(datetime.combine(moment.day, at, offset), told, column.heading)
        raise LineRefused(
            _("It does not tell when the complaint was received."), self._heading(Target.RECEIVED)
        )

    def _time(self, cells: Sequence[str]) -> tuple[time, Any]:
        for place, column in self._by_target.get(Target.RECEIVED_TIME, ()):
            if told := cells[place].strip():
                read = read_time(told)
                if read is None and (moment := read_moment(told, DateOrder.YEAR_FIRST)):
                    read = (moment.at, moment.offset) if moment.at else None
                if read is None:
                    raise LineRefused(
                        _("“{said}” is no time of day that can be read.").format(said=told[:60]),
                        column.heading,
                    )
                return read
        return time(), None

    def _in_our_time(self, told: datetime, said: str, heading: str) -> datetime:
        try:
            at = told.astimezone(UTC) if told.tzinfo else instant_of(told, self._around.zone)
        except OverflowError:
            at = _EARLIEST.replace(year=1)
        if not _EARLIEST <= at <= self._around.now:
            raise LineRefused(
                _("It was received at “{said}”, which lies in the future or before 1900.").format(
                    said=said[:60]
                ),
                heading,
            )
        return at

    def _when(self, cells: Sequence[str], received: datetime) -> dict[str, str | None]:
        """What the words for the time of the matter mean: a date in the column's order, else as a caller says it."""
        for place, column in self._by_target.get(Target.WHEN, ()):
            if not (told := cells[place].strip()):
                continue
            moment = read_moment(told, self._orders[place]) if column.order else None
            if moment is None:
                return when_fields(self._around.read_when(told, received))
            told_at = datetime.combine(moment.day, moment.at or time(), moment.offset)
            try:
                at = told_at.astimezone(UTC) if moment.offset else instant_of(told_at, self._around.zone)
            except OverflowError:
                break
            precision = Precision.MINUTE if moment.at else Precision.DAY
            doubt = "after_receipt" if at > received else None
            return when_fields(SpokenTime(told, None if doubt else at, precision, doubt))
        return when_fields(None)

    def _aside(self, cells: Sequence[str], words: Mapping[str, Any], owner: str | None) -> Iterator[int]:
        """The columns whose text stands in none of the ticket's own fields sign for sign."""
        for place, column in self._columns:
            told = cells[place]
            if not told.strip() or column.to is Target.DROPPED:
                continue
            if column.to is Target.OWNER and owner is not None:
                continue
            if column.to is Target.RECORD and len(told) <= _LONGEST_FACT:
                continue
            if words.get(column.to.value) != told:
                yield place


def _hashed(told: Sequence[str]) -> str:
    return sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:32]
