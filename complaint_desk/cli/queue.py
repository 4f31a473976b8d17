"""`queue`: what is due next."""

from typing import Annotated

import typer

from complaint_desk.cli.session import open_queue, say
from complaint_desk.locale import _

_LONGEST_PAGE = 200


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command("queue", help=_("List the open tickets: flagged first, then by the next unmet clock."))
    def queue(
        context: typer.Context,
        limit: Annotated[int, typer.Option("--limit", min=1, help=_("How many at most."))] = 50,
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Answer with one JSON object a line."))
        ] = False,
    ) -> None:
        with open_queue(context) as desk:
            now, zone = desk.clock(), desk.settings.zone
            last = None
            while limit > 0:
                rows = desk.queue(min(limit, _LONGEST_PAGE), after=last)
                if as_json:
                    from complaint_desk.desk.ticket_json import queue_json

                    for row in rows:
                        say(queue_json(row, now, zone))
                else:
                    from complaint_desk.desk.ticket_text import queue_text

                    for line in queue_text(
                        rows, now, desk.playbook, desk.settings.region, first=last is None
                    ):
                        say(line)
                limit -= len(rows)
                if len(rows) < _LONGEST_PAGE or not rows:
                    break
                last = rows[-1].key
