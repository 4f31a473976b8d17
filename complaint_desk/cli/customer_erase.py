"""`customer hold`, `release`, `due` and `erase`: what the law on personal data asks for."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import at_most, customer_called, json_lines, reason
from complaint_desk.cli.customer_print import print_card
from complaint_desk.cli.session import MISUSED, REFUSED, complain, open_desk, say
from complaint_desk.locale import _

if TYPE_CHECKING:
    from complaint_desk.desk.customers.erase_finishing import Told
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.customer import CustomerCard
    from complaint_desk.models.erasure import ErasureStep


def add_to(app: typer.Typer) -> None:
    """Add the commands, their help in the language in use."""

    _add_hold(
        app,
        "hold",
        _("Forbid to erase a customer: a legal hold, with its reason."),
        lambda desk: desk.hold_customer,
    )
    _add_hold(app, "release", _("Release the legal hold on a customer."), lambda desk: desk.release_customer)

    @app.command("due", help=_("List whom the retention period proposes to erase, the oldest first."))
    def due(
        context: typer.Context,
        limit: Annotated[int, at_most()] = 50,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        from complaint_desk.desk.customers.customer_json import due_values
        from complaint_desk.desk.ticket_json import on_one_line
        from complaint_desk.rules.plain_text import plain

        with open_desk(context) as desk:
            zone = desk.settings.zone
            for one in desk.customers_due(limit):
                day = one.last_at.astimezone(zone).date().isoformat()
                line = f"{one.customer_id}  {plain(one.name or _('(no name)'))}  {day}"
                say(on_one_line(due_values(one, zone)) if as_json else line)

    @app.command(
        "erase",
        help=_("Erase a person from the record; says first what would go, and does it with --yes."),
    )
    def erase(
        context: typer.Context,
        customer: Annotated[str | None, customer_called()] = None,
        yes: Annotated[bool, typer.Option("--yes", help=_("Do it. Nothing brings the words back."))] = False,
        text: Annotated[str, typer.Option("--text", help=_("Why; the name is taken out of it."))] = "",
        also: Annotated[
            list[str] | None,
            typer.Option(
                "--also",
                metavar="NUMBER",
                help=_("A complaint of somebody else in which the name means this person."),
            ),
        ] = None,
        later: Annotated[
            bool,
            typer.Option(
                "--later", help=_("Write the file anew later, with --finish: that holds every desk.")
            ),
        ] = False,
        finish: Annotated[
            bool,
            typer.Option(
                "--finish", help=_("Only write the file anew, where an erasure could not, or was not to.")
            ),
        ] = False,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        if (customer is None) != finish:
            complain(_("Name one customer to erase, or say --finish alone. Nothing was done."))
            raise typer.Exit(MISUSED)
        with open_desk(context) as desk:
            if customer is None:
                with _steps() as told:
                    desk.finish_erasure(told)
                say(_("The file was written anew: nothing that was erased can be read in it."))
                return
            from complaint_desk.desk.customers.customer_json import done_values, plan_values
            from complaint_desk.desk.customers.customer_text import done_text, plan_text
            from complaint_desk.desk.ticket_json import on_one_line

            zone = desk.settings.zone
            if not yes:
                plan = desk.plan_erasure(customer)
                if as_json:
                    say(on_one_line(plan_values(plan, zone)))
                else:
                    say(plan_text(plan, zone, desk.settings.region))
                    complain(_("Nothing was erased yet. Say --yes to do it."))
                return
            with _steps() as told:
                done = desk.erase_customer(customer, text, also=also or (), later=later, told=told)
            say(on_one_line(done_values(done, zone)) if as_json else done_text(done))
            if done.trouble:
                raise typer.Exit(REFUSED)


@contextmanager
def _steps() -> "Iterator[Told]":
    """What tells on the error stream how far it is; nothing where nobody looks on."""
    from complaint_desk.desk.customers.customer_text import step_words

    shown = sys.stderr.isatty()

    def told(step: "ErasureStep", seconds: int) -> None:
        if shown:
            print(f"\r\x1b[K{step_words(step, seconds)}", end="", file=sys.stderr, flush=True)

    try:
        yield told
    finally:
        if shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _add_hold(
    app: typer.Typer, name: str, line: str, verb_of: "Callable[[Desk], Callable[[str, str], CustomerCard]]"
) -> None:
    """Add a command that sets or ends a legal hold, for a reason."""

    @app.command(name, help=line)
    def held(
        context: typer.Context,
        customer: Annotated[str, customer_called()],
        text: Annotated[str, reason()] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            print_card(desk, verb_of(desk)(customer, text), as_json)
