"""`queue`: what is due next, whole or by views, and what is looked for in it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import at_most, json_lines, queue_store, queue_view
from complaint_desk.cli.session import MISUSED, complain, open_queue, say
from complaint_desk.locale import _
from complaint_desk.models.queue_view import EVERYTHING, QueueChoice, QueueView

if TYPE_CHECKING:
    from complaint_desk.desk.opening import Opening
    from complaint_desk.models.ticket import QueueRow

_LONGEST_PAGE = 200


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command("queue", help=_("List the open tickets: flagged first, then by the next unmet clock."))
    def queue(
        context: typer.Context,
        limit: Annotated[int, at_most()] = 50,
        view: Annotated[str, queue_view()] = QueueView.ALL,
        store: Annotated[str | None, queue_store()] = None,
        text: Annotated[
            str,
            typer.Option(
                "--filter",
                metavar="TEXT",
                help=_("Only tickets in which this stands: a number, a name, any words."),
            ),
        ] = "",
        counts: Annotated[
            bool, typer.Option("--counts", help=_("How many tickets each view has, and no list."))
        ] = False,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        choice = QueueChoice(_view(view), store)
        with open_queue(context) as desk:
            if counts:
                _say_counts(desk, choice, as_json)
                return
            first = True
            for rows in _pages(desk, choice, text, limit):
                _say_rows(desk, rows, choice, as_json, first)
                first = False


def _view(told: str) -> QueueView:
    try:
        return QueueView(told.strip().lower().replace("-", "_"))
    except ValueError:
        from complaint_desk.rules.plain_text import plain

        complain(
            _("There is no view {view}. The views are: {views}.").format(
                view=plain(told), views=", ".join(QueueView)
            )
        )
        raise typer.Exit(MISUSED) from None


def _pages(desk: "Opening", choice: QueueChoice, text: str, limit: int) -> "Iterator[Sequence[QueueRow]]":
    """The lines by pages, the first one even where it is empty."""
    if text.strip():
        found = desk.filter_queue(text, choice, limit, typed=True)
        yield found.rows
        if found.more:
            complain(_("More tickets fit; --limit shows more of them."))
        return
    last = None
    while limit > 0:
        rows = desk.queue(min(limit, _LONGEST_PAGE), after=last, choice=choice)
        if rows or last is None:
            yield rows
        limit -= len(rows)
        if len(rows) < _LONGEST_PAGE:
            return
        last = rows[-1].key


def _say_rows(
    desk: "Opening", rows: "Sequence[QueueRow]", choice: QueueChoice, as_json: bool, first: bool
) -> None:
    now = desk.clock()
    if as_json:
        from complaint_desk.desk.ticket_json import queue_json

        for row in rows:
            say(queue_json(row, now, desk.settings.zone))
        return
    from complaint_desk.desk.ticket_text import queue_text

    if first and not rows and choice != EVERYTHING:
        from complaint_desk.desk.view_names import nothing_in

        say(nothing_in(choice.view))
        return
    for line in queue_text(rows, now, desk.playbook, desk.settings.region, first=first):
        say(line)


def _say_counts(desk: "Opening", choice: QueueChoice, as_json: bool) -> None:
    found = desk.queue_counts(choice)
    if as_json:
        from complaint_desk.desk.ticket_json import on_one_line

        say(on_one_line({view.value: count for view, count in found.views.items()}))
    else:
        from complaint_desk.desk.view_names import counts_line

        say(counts_line(found))
