"""`handover`: the shift sheet."""

from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaint_desk.cli.arguments import json_lines
from complaint_desk.cli.promise import promise_line_json
from complaint_desk.cli.session import open_desk, say
from complaint_desk.cli.told_moments import moment_to_come
from complaint_desk.locale import _
from complaint_desk.models.shift import ShiftSheet
from complaint_desk.models.ticket import QueueRow

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
        as_json: Annotated[bool, json_lines()] = False,
        as_docx: Annotated[
            bool, typer.Option("--docx", help=_("As a Word file, from a template the store can replace."))
        ] = False,
        file: Annotated[
            Path | None,
            typer.Argument(
                metavar="FILE", help=_("Where to write the Word file; here, named by the moment.")
            ),
        ] = None,
        as_text: Annotated[
            bool, typer.Option("--text", help=_("As plain text, which is the default."))
        ] = False,
    ) -> None:
        with open_desk(context) as desk:
            sheet = desk.shift_sheet(moment_to_come(desk, until) if until is not None else None)
            if as_docx:
                say(str(_write(sheet, file, desk)))
                return
            if as_json and not as_text:
                from complaint_desk.desk.ticket_json import on_one_line

                say(on_one_line(_json(sheet, desk.settings.zone)))
                return
            from complaint_desk.desk.shift.shift_text import shift_text

            for line in shift_text(sheet, desk.playbook, desk.settings.zone):
                say(line)


def _write(sheet: ShiftSheet, file: Path | None, desk: "Desk") -> Path:
    from complaint_desk.desk.shift.shift_docx import write_shift_docx

    zone = desk.settings.zone
    if file is None:
        file = Path.cwd() / f"shift-{sheet.made_at.astimezone(zone):%Y-%m-%d-%H%M}.docx"
    return write_shift_docx(sheet, file, desk.settings.letters_folder, desk.playbook, zone)


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
        "promises": [promise_line_json(promise, zone) for promise in sheet.promises],
        "promises_kept": [promise_line_json(promise, zone) for promise in sheet.promises_kept],
        "owners": [{"owner": one.owner, "open": one.open, "late": one.late} for one in sheet.owners],
        "head": {"seq": sheet.head.seq, "hash": sheet.head.hash} if sheet.head else None,
    }
