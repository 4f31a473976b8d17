"""`handover`: the shift sheet."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaint_desk.cli.session import open_desk, say
from complaint_desk.cli.ticket_acts import return_time
from complaint_desk.desk.countdown import countdown_words
from complaint_desk.desk.explain import moment_in_words
from complaint_desk.locale import _, language, n_
from complaint_desk.models.shift import ShiftSheet
from complaint_desk.models.ticket import QueueRow
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command(
        "handover", help=_("The shift sheet: what was kept today, what is hot, late, due, paused, and whose.")
    )
    def handover(
        context: typer.Context,
        until: Annotated[
            str | None,
            typer.Option(
                "--until", metavar="TIME", help=_("When the next shift ends; else by the store's hours.")
            ),
        ] = None,
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Answer with one JSON object a line."))
        ] = False,
        as_text: Annotated[
            bool, typer.Option("--text", help=_("As plain text, which is the default."))
        ] = False,
    ) -> None:
        with open_desk(context) as desk:
            sheet = desk.shift_sheet(return_time(desk, until) if until is not None else None)
            if as_json and not as_text:
                from complaint_desk.desk.ticket_json import on_one_line

                say(on_one_line(_json(sheet, desk.settings.zone)))
                return
            for line in _text(sheet, desk):
                say(line)


def _json(sheet: ShiftSheet, zone: tzinfo) -> dict[str, Any]:
    def line(row: QueueRow) -> dict[str, Any]:
        return {
            "number": row.number,
            "owner": row.owner,
            "clock": row.clock,
            "due_at": row.key.next_due_at.astimezone(zone).isoformat(),
            "severity": int(row.severity),
            "safety": list(row.safety),
            "caller": row.caller,
            "what": row.what,
        }

    return {
        "made_at": sheet.made_at.astimezone(zone).isoformat(),
        "until": sheet.until.astimezone(zone).isoformat(),
        "kept": [
            {
                "number": kept.number,
                "clock": kept.kind,
                "met_at": kept.met_at.astimezone(zone).isoformat(),
                "by": kept.by,
            }
            for kept in sheet.kept
        ],
        "hot": [line(row) for row in sheet.hot],
        "late": [line(row) for row in sheet.late],
        "due": [line(row) for row in sheet.due],
        "paused": [
            {**line(row), "paused_until": row.paused_until and row.paused_until.astimezone(zone).isoformat()}
            for row in sheet.paused
        ],
        "owners": [{"owner": one.owner, "open": one.open, "late": one.late} for one in sheet.owners],
    }


def _text(sheet: ShiftSheet, desk: "Desk") -> Iterator[str]:
    zone, spoken = desk.settings.zone, language()
    yield _("Shift sheet, {moment}").format(moment=moment_in_words(sheet.made_at, zone))
    yield ""
    yield n_("Kept today: {number} time limit", "Kept today: {number} time limits", len(sheet.kept)).format(
        number=len(sheet.kept)
    )
    for kept in sheet.kept:
        name = desk.playbook.clock_name(kept.kind, spoken)
        yield f"  {kept.number}  {name}  {plain(kept.by)}"
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
            yield "  " + _line(row, sheet, desk)
    yield ""
    yield _("Open, by owner")
    for one in sheet.owners:
        yield "  " + _("{owner}: {open} open, {late} late").format(
            owner=plain(one.owner or "—"), open=one.open, late=one.late
        )


def _line(row: QueueRow, sheet: ShiftSheet, desk: "Desk") -> str:
    parts = [
        row.number,
        plain(row.owner or "—"),
        desk.playbook.clock_name(row.clock, language()),
        countdown_words(row.key.next_due_at, sheet.made_at),
    ]
    if row.paused_until and row.paused_until > sheet.made_at:
        parts.append(_("until {time}").format(time=moment_in_words(row.paused_until, desk.settings.zone)))
    return "  ".join([*parts, plain(row.what)])
