"""`ticket`: take a complaint, show it, correct it, record what was done."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from complaint_desk.cli import ticket_acts, ticket_settling
from complaint_desk.cli.arguments import caller_shown, json_lines, ticket_number, when_it_happened
from complaint_desk.cli.json_lines import Line
from complaint_desk.cli.json_objects import read_objects
from complaint_desk.cli.promise_objects import promises_told
from complaint_desk.cli.radar import print_with_radar
from complaint_desk.cli.scenario_problems import refusal
from complaint_desk.cli.session import DONE, MISUSED, REFUSED, complain, open_desk, refusals, say
from complaint_desk.cli.ticket_advice import print_with_advice
from complaint_desk.cli.told_moments import past_moment
from complaint_desk.locale import _
from complaint_desk.models.enums import COMMAND_ACTS, Act, ComplainantType
from complaint_desk.models.errors import DeskError, FieldRefused, NotSignedIn, SignInRefused, StoreFault
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_ACTS = "|".join(COMMAND_ACTS)


def build() -> typer.Typer:
    """The `ticket` commands, their help in the language in use."""
    app = typer.Typer(
        help=_("Take a complaint, show it, correct it, record what was done."), no_args_is_help=True
    )
    file_help = _("JSON, one object or one a line; - reads standard input.")

    @app.command("add", help=_("Take complaints from JSON; each line stands or falls alone."))
    def add(
        context: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE|-", help=file_help)] = "-",
        as_json: Annotated[bool, json_lines()] = False,
        radar: Annotated[bool, typer.Option("--radar", help=_("Say too who told the same lately."))] = False,
    ) -> None:
        with ExitStack() as opened:
            stream = _input(file, opened)
            with open_desk(context) as desk:
                raise typer.Exit(_add_all(desk, stream, as_json, radar))

    @app.command("show", help=_("Show a ticket with its clocks and history."))
    def show(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        whole: Annotated[bool, caller_shown()] = False,
        full: Annotated[
            bool,
            typer.Option("--full", help=_("With --json: everything, as `export --format jsonl` writes it.")),
        ] = False,
        markdown: Annotated[bool, typer.Option("--markdown", help=_("As Markdown."))] = False,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            if full or markdown:
                _print_page(desk, number, full=full, see=whole)
                return
            print_ticket(desk, desk.see_caller(number) if whole else desk.ticket(number), as_json)

    @app.command("amend", help=_("Correct a ticket: a JSON object with the fields that change."))
    def amend(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        file: Annotated[str, typer.Argument(metavar="FILE|-", help=file_help)] = "-",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with ExitStack() as opened, refusals():
            changes = _texts(_one_object(_input(file, opened)))
            with open_desk(context) as desk:
                print_ticket(desk, desk.amend(number, changes), as_json)

    @app.command("act", help=_("Record what was done about a ticket."))
    def act(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        what: Annotated[str, typer.Argument(metavar=_ACTS, help=_("What was done."))],
        text: Annotated[str, typer.Option("--text", help=_("Who said what to whom, and how."))] = "",
        at: Annotated[str | None, when_it_happened()] = None,
        type_end: Annotated[
            str | None,
            typer.Option(
                "--type-end", metavar="TYPE", help=_("When it is resolved: the type the caller had become.")
            ),
        ] = None,
        outcome: Annotated[
            str | None,
            typer.Option(
                "--outcome",
                metavar=ticket_settling.OUTCOMES,
                help=_("When it is resolved: how it ended; a remedy where one was granted, else explained."),
            ),
        ] = None,
        recourse: Annotated[
            str,
            typer.Option(
                "--recourse", metavar="TEXT", help=_("When rejected: the way outside that was told.")
            ),
        ] = "",
        amount: Annotated[
            str,
            typer.Option("--amount", help=_("When the outcome is one of the remedies: what it is worth.")),
        ] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        if what not in COMMAND_ACTS:
            complain(
                _("There is no act {act}. The acts are: {acts}.").format(
                    act=plain(what), acts=", ".join(COMMAND_ACTS)
                )
            )
            raise typer.Exit(MISUSED)
        end = _type_at_the_end(type_end, Act(what))
        with open_desk(context) as desk:
            happened_at = past_moment(desk, at)
            resolved = ticket_settling.resolved_by(desk, Act(what), outcome, recourse, amount)
            found = desk.lint(text.strip(), Act(what))
            ticket = desk.act(
                number,
                Act(what),
                text,
                happened_at=happened_at,
                type_end=end,
                resolved=resolved,
                avoid=[each.found for each in found],
            )
            print_with_advice(desk, ticket, found, as_json, print_ticket)
            _say_what_it_met(desk, ticket, as_json)

    ticket_acts.add_to(app, print_ticket)
    ticket_settling.add_to(app, print_ticket)
    return app


def _print_page(desk: "Desk", number: str, *, full: bool, see: bool) -> None:
    """A ticket with everything there is about it, or as Markdown."""
    from complaint_desk.models.exporting import PageFormat

    if see:
        desk.see_caller(number)
    if full:
        from complaint_desk.desk.ticket_json import on_one_line

        say(on_one_line(desk.whole_ticket(number)))
    else:
        say(desk.ticket_page(number, PageFormat.MARKDOWN))


def _type_at_the_end(told: str | None, act: Act) -> ComplainantType | None:
    """The type as told with a resolution; another act or another word ends the command."""
    if told is None:
        return None
    if act is not Act.RESOLVED:
        complain(_("The type at the end is told when a ticket is resolved. Nothing was written."))
    elif told in set(ComplainantType):
        return ComplainantType(told)
    else:
        complain(
            _("There is no type {type}. The types are: {types}.").format(
                type=plain(told), types=", ".join(ComplainantType)
            )
        )
    raise typer.Exit(MISUSED)


def _input(file: str, opened: ExitStack) -> BinaryIO:
    if file == "-":
        return typer.get_binary_stream("stdin")
    try:
        return opened.enter_context(Path(file).open("rb"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        complain(_("{file} cannot be read: {reason}. Nothing was written.").format(file=file, reason=reason))
        raise typer.Exit(MISUSED) from error


def _add_all(desk: "Desk", stream: BinaryIO, as_json: bool, radar: bool) -> int:
    taken = refused = 0
    for line in read_objects(stream):
        try:
            ticket = _take(desk, line)
        except StoreFault as fault:
            raise StoreFault(refusal(line.number, str(fault))) from fault
        except (NotSignedIn, SignInRefused):
            raise
        except DeskError as error:
            refused += 1
            complain(
                refusal(line.number, str(error), error.field_name if isinstance(error, FieldRefused) else "")
            )
            continue
        if ticket is None:
            refused += 1
            continue
        taken += 1
        (print_with_radar if radar else print_ticket)(desk, ticket, as_json)
    if not taken and not refused:
        complain(_("There is no complaint to take: write one JSON object a line. Nothing was written."))
        return MISUSED
    if not refused:
        return DONE
    return MISUSED if taken + refused == 1 else REFUSED


def _take(desk: "Desk", line: Line) -> Ticket | None:
    """The ticket made of a line, or None after each of its faults was named."""
    from pydantic import ValidationError

    from complaint_desk.desk.refusals import refusals as faults_of
    from complaint_desk.models.forms import ComplaintForm

    if line.keys is None:
        complain(refusal(line.number, line.refused))
        return None
    keys, promises = promises_told(desk, line.keys)
    try:
        complaint = ComplaintForm.model_validate(keys)
    except ValidationError as error:
        for name, sentence in faults_of(error):
            complain(refusal(line.number, sentence, name))
        return None
    return desk.register(complaint, promises=promises)


def _one_object(stream: BinaryIO) -> dict[str, Any]:
    lines = list(read_objects(stream))
    if len(lines) != 1 or lines[0].keys is None:
        sentence = lines[0].refused if lines and lines[0].refused else ""
        complain(sentence or _("Write one JSON object with the fields that change. Nothing was written."))
        raise typer.Exit(MISUSED)
    return lines[0].keys


def _texts(changes: dict[str, Any]) -> dict[str, str | None]:
    for name, value in changes.items():
        if value is not None and not isinstance(value, str):
            raise FieldRefused(name, _("It must be a text in quotation marks."))
    return changes


def print_ticket(desk: "Desk", ticket: Ticket, as_json: bool) -> None:
    """Print the ticket as it stands: as text, or as one JSON object."""
    now, zone = desk.clock(), desk.settings.zone
    if as_json:
        from complaint_desk.desk.ticket_json import ticket_json

        say(ticket_json(ticket, now, zone))
        return
    from complaint_desk.desk.ticket_text import ticket_text

    say(ticket_text(ticket, now, zone, desk.playbook, desk.settings.region))


def _say_what_it_met(desk: "Desk", ticket: Ticket, as_json: bool) -> None:
    """Say which clocks the act met: taking responsibility and resolving meet others besides their own."""
    from complaint_desk.desk.ticket_text import met_text

    if not as_json and (sentence := met_text(ticket, desk.playbook)):
        say(sentence)
