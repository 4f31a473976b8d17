"""The shift sheet as lines of text, in the language in use: for the command line, a screen or a file."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from complaint_desk.desk.deadlines.countdown import countdown_words, row_words
from complaint_desk.desk.deadlines.explain import moment_in_words
from complaint_desk.desk.settling.settling_words import local_moment
from complaint_desk.locale import _, language, n_
from complaint_desk.models.settling import PromiseLine
from complaint_desk.models.shift import RecordHead, ShiftSheet
from complaint_desk.models.ticket import QueueRow
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.plain_text import plain


def shift_text(sheet: ShiftSheet, playbook: Playbook, zone: ZoneInfo) -> Iterator[str]:
    """The sheet line by line, good work first; foreign words made safe to print."""
    yield _("Shift sheet, {moment}").format(moment=moment_in_words(sheet.made_at, zone))
    yield ""
    yield n_("Kept today: {number} time limit", "Kept today: {number} time limits", len(sheet.kept)).format(
        number=len(sheet.kept)
    )
    for kept in sheet.kept:
        yield f"  {kept.number}  {playbook.clock_name(kept.kind, language())}  {plain(kept.by)}"
    if sheet.promises_kept:
        yield ""
        yield _("Promises kept today: {number}").format(number=len(sheet.promises_kept))
        for promise in sheet.promises_kept:
            yield "  " + _promise(promise, sheet, zone)
    parts: tuple[tuple[str, Sequence[QueueRow]], ...] = (
        (_("Hot cases"), sheet.hot),
        (_("Late"), sheet.late),
        (_("Due before {moment}").format(moment=moment_in_words(sheet.until, zone)), sheet.due),
        (_("Paused"), sheet.paused),
    )
    for title, rows in parts:
        yield ""
        yield f"{title}: {len(rows)}"
        for row in rows:
            yield "  " + _line(row, sheet, playbook, zone)
    if sheet.promises:
        yield ""
        yield _("Promises to keep: {number}").format(number=len(sheet.promises))
        for promise in sheet.promises:
            yield "  " + _promise(promise, sheet, zone)
    yield ""
    yield _("Open, by owner")
    for one in sheet.owners:
        yield "  " + _("{owner}: {open} open, {late} late").format(
            owner=plain(one.owner or "—"), open=one.open, late=one.late
        )
    if sheet.head is not None:
        yield ""
        yield head_in_words(sheet.head, zone)


def head_in_words(head: RecordHead, zone: ZoneInfo) -> str:
    """Where the record stands, to be compared later: a file that was replaced does not hold it."""
    return _("Head of the record: event {seq}, {hash}, {moment}").format(
        seq=head.seq, hash=head.short, moment=moment_in_words(head.recorded_at, zone)
    )


def _promise(line: PromiseLine, sheet: ShiftSheet, zone: ZoneInfo) -> str:
    waits = line.kept_at is None and line.broken_at is None
    parts = [
        line.ticket,
        plain(line.owner),
        local_moment(line.due_at, zone),
        *([countdown_words(line.due_at, sheet.made_at)] if waits else []),
        plain(line.what),
    ]
    if line.to:
        parts.append(_("to {whom}").format(whom=plain(line.to)))
    return "  ".join(parts)


def _line(row: QueueRow, sheet: ShiftSheet, playbook: Playbook, zone: ZoneInfo) -> str:
    parts = [
        row.number,
        plain(row.owner or "—"),
        playbook.clock_name(row.clock, language()) if row.clock else "—",
        row_words(row, sheet.made_at),
    ]
    if row.paused_until and row.paused_until > sheet.made_at:
        parts.append(_("until {time}").format(time=moment_in_words(row.paused_until, zone)))
    return "  ".join([*parts, plain(row.what)])
