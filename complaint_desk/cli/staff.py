"""`staff`: who works at the desk."""

from typing import Annotated

import typer

from complaint_desk.cli.session import MISUSED, complain, open_desk, say
from complaint_desk.locale import _
from complaint_desk.models.enums import Role
from complaint_desk.rules.plain_text import plain

_ROLES = "|".join(Role)


def build() -> typer.Typer:
    """The `staff` commands, their help in the language in use."""
    app = typer.Typer(help=_("Who works at the desk."), no_args_is_help=True)

    @app.command("list", help=_("List everybody with their role."))
    def everybody(context: typer.Context) -> None:
        with open_desk(context) as desk:
            for member in desk.everybody():
                say(f"{plain(member.name)}\t{member.role}")

    @app.command("add", help=_("Add a person; only a supervisor may."))
    def add(
        context: typer.Context,
        name: Annotated[str, typer.Argument(metavar="NAME")],
        role: Annotated[str, typer.Option("--role", metavar=_ROLES)] = Role.AGENT,
    ) -> None:
        if role not in tuple(Role):
            complain(
                _("There is no role {role}. The roles are: {roles}.").format(
                    role=plain(role), roles=", ".join(Role)
                )
            )
            raise typer.Exit(MISUSED)
        with open_desk(context) as desk:
            member = desk.join(name, Role(role))
            say(f"{plain(member.name)}\t{member.role}")

    return app
