"""The end of a ticket on the command line: how it was resolved, following the caller up, closing it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import json_lines, remark, ticket_number
from complaint_desk.cli.session import MISUSED, complain, open_desk
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.settling import FollowUpKind, Outcome, RemedyKind
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.settling.resolve import ResolvedBy

Print = Callable[["Desk", Ticket, bool], None]
OUTCOMES = "|".join(Outcome)
_KINDS = "|".join(FollowUpKind)
_ENDS = (*Outcome, *RemedyKind)


def add_to(app: typer.Typer, show: Print) -> None:
    """Add the commands, their help in the language in use; `show` prints the ticket as it then stands."""
    by_option = typer.Option("--by", metavar=_KINDS, help=_("How; a call if not told."))

    @app.command("follow-up", help=_("Record that the caller was followed up: rung, written to, visited."))
    def follow_up(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        text: Annotated[str, typer.Option("--text", help=_("What the caller said."))] = "",
        by: Annotated[str, by_option] = FollowUpKind.CALL.value,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        kind = follow_up_kind(by)
        with open_desk(context) as desk:
            show(desk, desk.follow_up(number, kind, text), as_json)

    @app.command(
        "close",
        help=_(
            "Close a resolved ticket; it needs the caller thanked, one follow-up, and every promise kept."
        ),
    )
    def close(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        text: Annotated[str, remark()] = "",
        thanked: Annotated[bool, typer.Option("--thanked", help=_("The caller was thanked."))] = False,
        followed_up: Annotated[
            str,
            typer.Option(
                "--follow-up", metavar="TEXT", help=_("Record a follow-up with it: what the caller said.")
            ),
        ] = "",
        by: Annotated[str, by_option] = FollowUpKind.CALL.value,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        kind = follow_up_kind(by)
        with open_desk(context) as desk:
            ticket = desk.close_ticket(
                number,
                text,
                thanked=thanked,
                followed_up=kind if followed_up.strip() else None,
                follow_up_text=followed_up,
            )
            show(desk, ticket, as_json)


def follow_up_kind(told: str) -> FollowUpKind:
    """How the caller was followed up; another word ends the command."""
    if told in set(FollowUpKind):
        return FollowUpKind(told)
    complain(
        _("“{said}” is not one of: {known}. Nothing was written.").format(said=plain(told), known=_KINDS)
    )
    raise typer.Exit(MISUSED)


def resolved_by(
    desk: "Desk", act: Act, outcome: str | None, recourse: str, amount: str
) -> "ResolvedBy | None":
    """How it ended, as told with a resolution; told with another act, or by an unknown word, ends the command.

    Raises FieldRefused for what is no amount.
    """
    from complaint_desk.desk.settling.resolve import ResolvedBy

    if act is not Act.RESOLVED:
        if outcome is None and not recourse and not amount:
            return None
        complain(_("The outcome is told when a ticket is resolved. Nothing was written."))
        raise typer.Exit(MISUSED)
    if outcome is not None and outcome not in _ENDS:
        complain(
            _("There is no outcome {outcome}. The outcomes are: {outcomes}.").format(
                outcome=plain(outcome), outcomes=", ".join(_ENDS)
            )
        )
        raise typer.Exit(MISUSED)
    if outcome in set(RemedyKind):
        return ResolvedBy(Outcome.REMEDY, recourse, RemedyKind(outcome), desk.money(amount))
    if amount:
        complain(_("An amount goes with a remedy. Nothing was written."))
        raise typer.Exit(MISUSED)
    return ResolvedBy(Outcome(outcome) if outcome else None, recourse)
