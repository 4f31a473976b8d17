"""The acts of a supervisor's desk on one ticket: whose it is, how grave, up the line, standing still."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import json_lines, reason, remark, ticket_number
from complaint_desk.cli.session import MISUSED, complain, open_desk, say
from complaint_desk.cli.told_moments import moment_to_come
from complaint_desk.locale import _
from complaint_desk.models.enums import ClockKind, Severity
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.plain_text import plain, spelt_out

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

Print = Callable[["Desk", Ticket, bool], None]
_KINDS = "|".join(ClockKind)


def add_to(app: typer.Typer, show: Print) -> None:
    """Add the commands, their help in the language in use; `show` prints the ticket as it then stands."""
    name_help = _("The colleague, by name.")

    @app.command("assign", help=_("Give a ticket to somebody; what another owns, only as a supervisor."))
    def assign(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        name: Annotated[str, typer.Argument(metavar="NAME", help=name_help)],
        text: Annotated[str, remark()] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            show(desk, desk.assign(number, name, text), as_json)

    @app.command("take", help=_("Take a ticket on yourself; from somebody else only as a supervisor."))
    def take(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        text: Annotated[str, remark()] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            show(desk, desk.take(number, text), as_json)

    @app.command("handover", help=_("Give a ticket to a colleague with a warm summary."))
    def handover(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        name: Annotated[str | None, typer.Argument(metavar="NAME", help=name_help)] = None,
        text: Annotated[
            str | None,
            typer.Option("--text", help=_("The summary in your own words, in place of the desk's.")),
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            if name is None:
                say(spelt_out(desk.warm_summary(number)))
                return
            show(desk, desk.hand_over(number, name, text), as_json)

    @app.command("severity", help=_("Set how grave a matter is, 1 to 4, with a reason."))
    def severity(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        grade: Annotated[int, typer.Argument(metavar="1|2|3|4", min=1, max=4)],
        text: Annotated[str, reason()] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            show(desk, desk.change_severity(number, Severity(grade), text), as_json)

    @app.command("escalate", help=_("Take a ticket up the line to a named person; its owner stays."))
    def escalate(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        name: Annotated[str, typer.Argument(metavar="NAME", help=name_help)],
        text: Annotated[str, reason()] = "",
        level: Annotated[
            int | None, typer.Option("--level", help=_("The level of the rules; the next one if not told."))
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            show(desk, desk.escalate(number, name, text, level=level), as_json)

    @app.command("pause", help=_("Let clocks stand still until a moment; the pause ends by itself then."))
    def pause(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        until: Annotated[str, typer.Option("--until", metavar="TIME", help=_("The expected return."))],
        text: Annotated[str, typer.Option("--text", help=_("Why it has to wait."))] = "",
        clock: Annotated[
            list[str] | None,
            typer.Option("--clock", metavar=_KINDS, help=_("Only this clock; may be given again.")),
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        for kind in clock or ():
            if kind not in set(ClockKind):
                complain(
                    _("There is no clock {clock}. The clocks are: {clocks}.").format(
                        clock=plain(kind), clocks=", ".join(ClockKind)
                    )
                )
                raise typer.Exit(MISUSED)
        with open_desk(context) as desk:
            kinds = [ClockKind(kind) for kind in clock or ()]
            show(desk, desk.pause(number, text, moment_to_come(desk, until), clocks=kinds), as_json)

    @app.command("resume", help=_("Let a ticket's paused clocks run again from now."))
    def resume(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        text: Annotated[str, remark()] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            show(desk, desk.resume(number, text), as_json)
