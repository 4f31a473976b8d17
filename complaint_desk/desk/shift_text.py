"""The shift sheet as lines of text, in the language in use: for the command line, a screen or a file."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from complaint_desk.desk.countdown import row_words
from complaint_desk.desk.explain import moment_in_words
from complaint_desk.locale import _, language, n_
from complaint_desk.models.shift import ShiftSheet
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
    yield ""
    yield _("Open, by owner")
    for one in sheet.owners:
        yield "  " + _("{owner}: {open} open, {late} late").format(
            owner=plain(one.owner or "—"), open=one.open, late=one.late
        )


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
