"""`sla report`: how the clocks were kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.cells import set_cell_size

from complaint_desk.cli.arguments import json_lines
from complaint_desk.cli.session import MISUSED, complain, open_desk, say
from complaint_desk.desk.deadlines.countdown import length_words
from complaint_desk.locale import N_, _, language
from complaint_desk.models.enums import Cause, ComplainantType
from complaint_desk.rules.instants import read_day
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.rules.clock_report import ClockReport, ClockSums, Sums

_GROUPS = {"store": N_("By store"), "cause": N_("By cause"), "type": N_("By type"), "owner": N_("By owner")}


def add_to(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command(
        "report", help=_("How the clocks were kept: in time or late, the median and the 90th percentile.")
    )
    def report(
        context: typer.Context,
        first: Annotated[
            str | None,
            typer.Option("--from", metavar="DAY", help=_("Clocks that started on this day or later.")),
        ] = None,
        last: Annotated[
            str | None,
            typer.Option("--to", metavar="DAY", help=_("Clocks that started on this day or earlier.")),
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        days = _day(first), _day(last)
        if days[0] and days[1] and days[1] < days[0]:
            complain(_("The last day must not lie before the first."))
            raise typer.Exit(MISUSED)
        with open_desk(context) as desk:
            found = desk.clock_report(*days)
            if as_json:
                from complaint_desk.desk.ticket_json import on_one_line

                say(on_one_line(_json(found, first, last)))
            else:
                for line in _text(found, desk.playbook):
                    say(line)


def _day(told: str | None) -> date | None:
    try:
        return read_day(told) if told is not None else None
    except ValueError as error:
        complain(_("“{about}” is no day: write it like 2026-02-14.").format(about=plain(told or "")))
        raise typer.Exit(MISUSED) from error


def _json(found: "ClockReport", first: str | None, last: str | None) -> dict[str, Any]:
    return {
        "from": first,
        "to": last,
        "clocks": _kinds(found.clocks),
        "by": {
            group: [{"name": name, "clocks": _kinds(sums)} for name, sums in names.items()]
            for group, names in found.by.items()
        },
    }


def _kinds(sums: "Sums") -> dict[str, Any]:
    return {
        kind: {
            "count": one.count,
            "met_in_time": one.met_in_time,
            "met_late": one.met_late,
            "late": one.late,
            "running": one.running,
            "kept": None if one.kept is None else round(one.kept, 4),
            "median_hours": _hours(one.median),
            "percentile_90_hours": _hours(one.percentile_90),
        }
        for kind, one in sums.items()
    }


def _hours(length: timedelta | None) -> float | None:
    return None if length is None else round(length.total_seconds() / 3600, 2)


def _text(found: "ClockReport", playbook: "Playbook") -> Iterator[str]:
    if not found.clocks:
        yield _("No clock started in this time.")
        return
    yield _columns(
        "", _("clocks"), _("in time"), _("late"), _("running"), _("kept"), _("median"), _("9 of 10")
    )
    yield from _lines(found.clocks, playbook, "")
    for group, names in found.by.items():
        yield ""
        yield _(_GROUPS[group])
        for name, sums in names.items():
            yield " " + _name(group, name, playbook)
            yield from _lines(sums, playbook, "  ")


def _lines(sums: "Sums", playbook: "Playbook", indent: str) -> Iterator[str]:
    for kind, one in sums.items():
        yield _columns(indent + playbook.clock_name(kind, language()), *_figures(one))


def _figures(one: "ClockSums") -> tuple[str, ...]:
    return (
        str(one.count),
        str(one.met_in_time),
        str(one.met_late + one.late),
        str(one.running),
        "—" if one.kept is None else f"{one.kept:.0%}",
        "—" if one.median is None else length_words(one.median),
        "—" if one.percentile_90 is None else length_words(one.percentile_90),
    )


def _columns(*cells: str) -> str:
    widths = (16, 8, 10, 8, 10, 8, 14, 14)
    return "".join(set_cell_size(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _name(group: str, name: str | None, playbook: "Playbook") -> str:
    if name is None:
        return _("not told")
    if group == "cause":
        cause = Cause(name)
        return f"{cause.code} {playbook.cause_name(cause, language())}"
    if group == "type":
        return playbook.type_name(ComplainantType(name), language())
    return plain(name)
