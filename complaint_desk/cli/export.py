"""`export`: tickets as a file for other programs."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from complaint_desk.cli.arguments import queue_store, queue_view
from complaint_desk.cli.progress import bar
from complaint_desk.cli.session import DONE, MISUSED, complain, open_desk
from complaint_desk.locale import _, n_
from complaint_desk.models.exporting import Chosen, EveryTicket, ExportFormat, OfQueue, OfSearch
from complaint_desk.models.queue_view import QueueChoice, QueueView

_FORMATS = "|".join(ExportFormat)
_STREAM = "-"


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command(
        "export",
        help=_(
            "Write tickets to a file: all of them, a view of the queue, or what a search finds, in that order. CSV "
            "and XLSX hold a line a ticket; JSONL holds everything and can be brought in again."
        ),
    )
    def export(
        context: typer.Context,
        form: Annotated[
            str | None,
            typer.Option(
                "--format", metavar=_FORMATS, help=_("How it is written; by the file's ending if not told.")
            ),
        ] = None,
        to: Annotated[
            str, typer.Option("-o", "--output", metavar="FILE", help=_("Where to; - is the standard output."))
        ] = _STREAM,
        view: Annotated[str | None, queue_view()] = None,
        store: Annotated[str | None, queue_store()] = None,
        text: Annotated[
            str,
            typer.Option(
                "--filter",
                metavar="TEXT",
                help=_("Only tickets of the queue in which this stands: a number, a name, any words."),
            ),
        ] = "",
        search: Annotated[
            str | None,
            typer.Option(
                "--search", metavar="TEXT", help=_("What a search for this finds, settled ones too.")
            ),
        ] = None,
        overwrite: Annotated[
            bool, typer.Option("--overwrite", help=_("Write in the place of a file that is there."))
        ] = False,
    ) -> None:
        chosen = _chosen(view, store, text, search)
        how = _format(form, to)
        if to == _STREAM and how is ExportFormat.XLSX:
            complain(_("A workbook needs a file: name one with -o. Nothing was written."))
            raise typer.Exit(MISUSED)
        with open_desk(context) as desk:
            passed, ended = bar()
            target = sys.stdout.buffer if to == _STREAM else Path(to)
            try:
                written = desk.export(chosen, target, how, overwrite=overwrite, passed=passed)
            finally:
                ended()
            sys.stdout.flush()
            if written.path is not None:
                complain(
                    n_(
                        "One ticket was written to {file}.",
                        "{count} tickets were written to {file}.",
                        written.tickets,
                    ).format(count=f"{written.tickets:,}", file=written.path)
                )
        raise typer.Exit(DONE)


def _chosen(view: str | None, store: str | None, text: str, search: str | None) -> Chosen:
    of_queue = view is not None or store is not None or bool(text.strip())
    if search is not None:
        if of_queue:
            complain(_("Choose by --search, or by --view, --store and --filter. Nothing was written."))
            raise typer.Exit(MISUSED)
        return OfSearch(search)
    if not of_queue:
        return EveryTicket()
    named = (view or QueueView.ALL).strip().lower().replace("-", "_")
    if named not in set(QueueView):
        complain(_("The views are: {views}.").format(views=", ".join(QueueView)))
        raise typer.Exit(MISUSED)
    return OfQueue(QueueChoice(QueueView(named), store), text)


def _format(told: str | None, to: str) -> ExportFormat:
    ending = Path(to).suffix.removeprefix(".").lower()
    named = told.strip().lower() if told is not None else ending or ExportFormat.CSV.value
    if named not in set(ExportFormat):
        complain(_("--format must be one of {words}.").format(words=", ".join(ExportFormat)))
        raise typer.Exit(MISUSED)
    return ExportFormat(named)
