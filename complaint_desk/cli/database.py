"""`db`: where things lie."""

import typer

from complaint_desk.cli.session import refusals, say
from complaint_desk.locale import _
from complaint_desk.startup import StartOptions, database_from, settings_file


def build() -> typer.Typer:
    """The `db` commands, their help in the language in use."""
    app = typer.Typer(help=_("Where the complaints and the settings lie."), no_args_is_help=True)

    @app.command("path", help=_("Print the file, or the database URL, that holds the complaints."))
    def path(context: typer.Context) -> None:
        options: StartOptions = context.obj
        say(database_from(options))

    @app.command("settings", help=_("Print the settings file, and say whether what it holds can be used."))
    def settings(context: typer.Context) -> None:
        from complaint_desk.settings import load_settings

        say(str(settings_file()))
        with refusals():
            load_settings(context.obj)

    return app
