"""`radar`: what other complaints a ticket repeats, and which open one may be the same."""

from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import json_object, ticket_number
from complaint_desk.cli.session import open_desk, say
from complaint_desk.locale import _

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.ticket import Ticket


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command(
        "radar",
        help=_(
            "Say whether others named the same product, batch, till or person lately, and which open ticket "
            "may be the same complaint."
        ),
    )
    def radar(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        as_json: Annotated[bool, json_object()] = False,
    ) -> None:
        from complaint_desk.desk.finding.radar_words import radar_lines, radar_values

        with open_desk(context) as desk:
            found = desk.radar_of(number)
            if as_json:
                from complaint_desk.desk.ticket_json import on_one_line

                say(on_one_line({"number": desk.ticket(number).number, **radar_values(found)}))
            elif found.quiet:
                say(_("No other complaint names the same, and no open ticket seems to be the same."))
            else:
                for line in radar_lines(found):
                    say(_one_line(line))


def print_with_radar(desk: "Desk", ticket: "Ticket", as_json: bool) -> None:
    """A ticket that was just taken, and what the radar says of it: in JSON under the key `radar`."""
    from complaint_desk.desk.finding.radar_words import radar_lines, radar_values

    found = desk.radar_of(ticket.number)
    if as_json:
        from complaint_desk.desk.ticket_json import on_one_line, ticket_object

        told = ticket_object(ticket, desk.clock(), desk.settings.zone)
        say(on_one_line({**told, "radar": radar_values(found)}))
        return
    from complaint_desk.desk.ticket_text import ticket_text

    say(ticket_text(ticket, desk.clock(), desk.settings.zone, desk.playbook, desk.settings.region))
    for line in radar_lines(found):
        say(_one_line(line))


def _one_line(text: str) -> str:
    from complaint_desk.rules.plain_text import spelt_out

    return spelt_out(text).replace("\n", " ")
