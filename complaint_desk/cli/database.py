"""`db`: where things lie, and whether they are sound."""

from pathlib import Path
from typing import Annotated

import typer

from complaint_desk.cli.session import REFUSED, complain, open_desk, refusals, say
from complaint_desk.locale import _, n_
from complaint_desk.startup import database_from, settings_file


def build() -> typer.Typer:
    """The `db` commands, their help in the language in use."""
    app = typer.Typer(help=_("Where the complaints and the settings lie."), no_args_is_help=True)

    @app.command("path", help=_("Print the file, or the database URL, that holds the complaints."))
    def path(context: typer.Context) -> None:
        where = database_from(context.obj)
        say(where if "://" in where else str(Path(where).absolute()))

    @app.command("settings", help=_("Print the settings file, and say whether what it holds can be used."))
    def settings(context: typer.Context) -> None:
        from complaint_desk.settings import load_settings

        say(str(settings_file()))
        with refusals():
            load_settings(context.obj)

    @app.command("check", help=_("Prove the history whole and the tickets true to it; name every fault."))
    def check(
        context: typer.Context,
        mend: Annotated[
            bool, typer.Option("--mend", help=_("Make tickets, clocks and counters anew from the history."))
        ] = False,
    ) -> None:
        from complaint_desk.desk.check import MENDABLE, fault_in_words

        with open_desk(context) as desk:
            faults = desk.check()
            if mend and any(fault.kind in MENDABLE for fault in faults):
                told = desk.rebuild()
                say(
                    n_("{count} ticket was made anew.", "{count} tickets were made anew.", told).format(
                        count=told
                    )
                )
                faults = desk.check()
            for fault in faults:
                complain(fault_in_words(fault))
            if faults:
                raise typer.Exit(REFUSED)
            say(_("The file is sound: the history is whole, and every ticket follows from it."))

    return app
