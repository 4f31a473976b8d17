"""Advice on the agent's own words after an act: quiet, beside the answer, never a refusal."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from complaint_desk.cli.session import complain, say
from complaint_desk.locale import _
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.coach import Lint
    from complaint_desk.desk.desk import Desk


def print_with_advice(
    desk: "Desk",
    ticket: Ticket,
    found: "Sequence[Lint]",
    as_json: bool,
    show: "Callable[[Desk, Ticket, bool], None]",
) -> None:
    """Print the ticket, and which of the agent's own words to say otherwise.

    In JSON they stand under `avoid`, as the command `avoid` gives them; for a person on the error stream.
    """
    if as_json and found:
        from complaint_desk.desk.ticket_json import on_one_line, ticket_object

        shown = ticket_object(ticket, desk.clock(), desk.settings.zone)
        shown["avoid"] = [
            {
                "rule": each.found.rule,
                "span": [each.found.start, each.found.end],
                "words": each.words,
                "instead": each.instead,
            }
            for each in found
        ]
        say(on_one_line(shown))
        return
    show(desk, ticket, as_json)
    for each in found:
        complain(_("“{words}” → {instead}").format(words=plain(each.words), instead=each.instead))
