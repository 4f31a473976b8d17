"""The shift sheet as a Word file, from a template that a store can replace; imported only when one is asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from complaint_desk.desk.deadlines.countdown import countdown_words, row_words
from complaint_desk.desk.deadlines.explain import moment_in_words
from complaint_desk.desk.settling.settling_words import PROMISE_STATES, local_moment
from complaint_desk.desk.shift.shift_text import head_in_words
from complaint_desk.locale import _, language
from complaint_desk.models.errors import DeskError
from complaint_desk.models.settling import PromiseLine, PromiseState
from complaint_desk.models.shift import ShiftSheet
from complaint_desk.models.ticket import QueueRow
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.plain_text import plain

BUILT_IN = Path(__file__).parent / "letters"
SHIFT_SHEET = "shift_sheet.docx"


class LetterNotMade(DeskError):
    """A Word file could not be made from its template, or not be written."""


def write_shift_docx(
    sheet: ShiftSheet, path: Path, letters: Path | None, playbook: Playbook, zone: ZoneInfo
) -> Path:
    """Write the sheet to a new Word file; `letters` is the store's own folder of templates.

    Raises LetterNotMade where the template is faulty, the file is there already or cannot be written.
    """
    own = letters / SHIFT_SHEET if letters else None
    template = own if own is not None and own.is_file() else BUILT_IN / SHIFT_SHEET
    try:
        letter = DocxTemplate(str(template))
        letter.render(_told(sheet, playbook, zone), SandboxedEnvironment(autoescape=True))
    except Exception as error:  # a store's own template may be any file, and fail in any way
        raise LetterNotMade(
            _("The template {file} cannot be used: {reason}. Nothing was written.").format(
                file=template, reason=error
            )
        ) from error
    try:
        with path.open("xb") as file:
            letter.save(file)
    except FileExistsError as error:
        raise LetterNotMade(
            _("{file} is there already. Name another file; nothing was written.").format(file=path)
        ) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise LetterNotMade(
            _("{file} cannot be written: {reason}.").format(file=path, reason=reason)
        ) from error
    return path


def _told(sheet: ShiftSheet, playbook: Playbook, zone: ZoneInfo) -> dict[str, Any]:
    """Everything the template can show, as text; foreign words without signs that a page cannot hold."""

    def rows(found: Sequence[QueueRow]) -> list[dict[str, str]]:
        return [
            {
                "number": row.number,
                "owner": plain(row.owner or "—"),
                "clock": playbook.clock_name(row.clock, language()) if row.clock else "—",
                "time": row_words(row, sheet.made_at),
                "what": plain(row.what),
            }
            for row in found
        ]

    return {
        "title": _("Shift sheet, {moment}").format(moment=moment_in_words(sheet.made_at, zone)),
        "heads": {
            "kept": _("Kept today"),
            "promises_kept": _("Promises kept today"),
            "hot": _("Hot cases"),
            "late": _("Late"),
            "due": _("Due before {moment}").format(moment=moment_in_words(sheet.until, zone)),
            "promises": _("Promises to keep"),
            "paused": _("Paused"),
            "owners": _("Open, by owner"),
        },
        "columns": {
            "number": _("Number"),
            "owner": _("Owner"),
            "clock": _("Clock"),
            "time": _("Time"),
            "what": _("What"),
            "by": _("By"),
            "kept": _("Kept"),
            "due": _("By when"),
            "state": _("State"),
            "open": _("Open tickets"),
            "late": _("Late"),
        },
        "kept": [
            {
                "number": kept.number,
                "clock": playbook.clock_name(kept.kind, language()),
                "by": plain(kept.by),
            }
            for kept in sheet.kept
        ],
        "promises_kept": [
            {**_promise(line, sheet, zone), "kept": local_moment(line.kept_at, zone) if line.kept_at else ""}
            for line in sheet.promises_kept
        ],
        "hot": rows(sheet.hot),
        "late": rows(sheet.late),
        "due": rows(sheet.due),
        "promises": [_promise(line, sheet, zone) for line in sheet.promises],
        "paused": rows(sheet.paused),
        "owners": [
            {"owner": plain(one.owner or "—"), "open": str(one.open), "late": str(one.late)}
            for one in sheet.owners
        ],
        "record": head_in_words(sheet.head, zone) if sheet.head else "",
    }


def _promise(line: PromiseLine, sheet: ShiftSheet, zone: ZoneInfo) -> dict[str, str]:
    waits = line.state in (PromiseState.OPEN, PromiseState.LATE)
    return {
        "number": line.ticket,
        "what": plain(line.what) + (" " + _("to {whom}").format(whom=plain(line.to)) if line.to else ""),
        "owner": plain(line.owner),
        "due": local_moment(line.due_at, zone),
        "state": countdown_words(line.due_at, sheet.made_at) if waits else _(PROMISE_STATES[line.state]),
    }
