"""`remedy`: what callers get; granted within one's authority, or approved, changed, refused above it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import json_lines, reason, remedy_number, ticket_number, when_it_happened
from complaint_desk.cli.session import MISUSED, complain, open_desk, say
from complaint_desk.cli.ticket import print_ticket
from complaint_desk.cli.told_moments import past_moment
from complaint_desk.locale import _
from complaint_desk.models.settling import RemedyKind
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

_KINDS = "|".join(RemedyKind)


def build() -> typer.Typer:
    """The `remedy` commands, their help in the language in use."""
    app = typer.Typer(
        help=_("What callers get: add, approve, refuse, withdraw, done, authority."), no_args_is_help=True
    )
    amount_help = _("What it is worth, in the store's currency, like 49.50.")

    @app.command("add", help=_("Grant a remedy, or ask for its approval where it is beyond your authority."))
    def add(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        kind: Annotated[str, typer.Argument(metavar=_KINDS, help=_("Which of the five ways."))],
        amount: Annotated[str, typer.Option("--amount", help=amount_help)] = "",
        text: Annotated[str, typer.Option("--text", help=_("What the caller gets."))] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        chosen = _kind(kind)
        with open_desk(context) as desk:
            ticket = desk.offer_remedy(number, chosen, desk.money(amount), text)
            _show(desk, ticket, as_json)

    @app.command("approve", help=_("Approve a remedy that waits, as asked or changed."))
    def approve(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        which: Annotated[int | None, remedy_number()] = None,
        kind: Annotated[
            str | None, typer.Option("--kind", metavar=_KINDS, help=_("Another remedy in its place."))
        ] = None,
        amount: Annotated[str, typer.Option("--amount", help=_("Another amount in its place."))] = "",
        text: Annotated[str, typer.Option("--text", help=_("Why, where it is changed."))] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        chosen = _kind(kind) if kind is not None else None
        with open_desk(context) as desk:
            ticket = desk.approve_remedy(number, which, text, kind=chosen, amount=desk.money(amount))
            _show(desk, ticket, as_json)

    _add_answer(
        app, "refuse", _("Refuse a remedy that waits, with the reason."), lambda desk: desk.refuse_remedy
    )
    _add_answer(
        app, "withdraw", _("Take back a remedy that waits for approval."), lambda desk: desk.withdraw_remedy
    )

    @app.command("done", help=_("Record that a remedy was carried out."))
    def done(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        which: Annotated[int | None, remedy_number()] = None,
        text: Annotated[str, typer.Option("--text", help=_("How, and what the caller said."))] = "",
        at: Annotated[str | None, when_it_happened()] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            ticket = desk.carry_out_remedy(number, which, text, happened_at=past_moment(desk, at))
            _show(desk, ticket, as_json)

    @app.command("authority", help=_("Say who may grant what without asking."))
    def authority(
        context: typer.Context,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            _authority(desk, as_json)

    return app


def _add_answer(
    app: typer.Typer,
    name: str,
    line: str,
    verb_of: "Callable[[Desk], Callable[[str, int | None, str], Ticket]]",
) -> None:
    """Add a command by which a remedy no longer waits, for a reason."""

    @app.command(name, help=line)
    def answer(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        which: Annotated[int | None, remedy_number()] = None,
        text: Annotated[str, reason()] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            _show(desk, verb_of(desk)(number, which, text), as_json)


def _kind(told: str) -> RemedyKind:
    if told in set(RemedyKind):
        return RemedyKind(told)
    complain(
        _("There is no remedy {kind}. The remedies are: {kinds}.").format(kind=plain(told), kinds=_KINDS)
    )
    raise typer.Exit(MISUSED)


def _show(desk: "Desk", ticket: Ticket, as_json: bool) -> None:
    """The ticket, and what its caller was granted before."""
    print_ticket(desk, ticket, as_json)
    if not as_json:
        from complaint_desk.desk.settling.settling_words import paid_words

        say(paid_words(desk.paid_before(ticket.number)))


def _authority(desk: "Desk", as_json: bool) -> None:
    from complaint_desk.desk.staff.role_names import authority_words, role_name
    from complaint_desk.desk.ticket_json import on_one_line

    rules = desk.policy_in_force().authority
    for own in rules.roles:
        amounts = {kind.value: str(amount) for kind, amount in own.amounts.items()}
        if as_json:
            say(on_one_line({"role": own.role, "level": own.level, "amounts": amounts}))
            continue
        level = authority_words(own, desk.playbook, desk.settings.currency)
        say(f"{role_name(own.role)}: {level}")
    if not as_json:
        say(_("An approval may take {target}.").format(target=rules.approval))
