"""`db`: where things lie, and whether they are sound."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from complaint_desk.cli.check import check
from complaint_desk.cli.session import open_desk, refusals, say
from complaint_desk.locale import _
from complaint_desk.models.errors import FieldRefused
from complaint_desk.rules.plain_text import plain
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

    app.command("check", help=_("Prove the history whole and the tickets true to it; name every fault."))(
        check
    )

    @app.command(
        "head", help=_("Print the head of the record, or look whether a printed one is still in it.")
    )
    def head(
        context: typer.Context,
        on: Annotated[
            str | None,
            typer.Option("--on", metavar="DAY", help=_("As it stood at the end of that day, 2026-11-23.")),
        ] = None,
        printed: Annotated[
            str | None,
            typer.Option("--holds", metavar="HASH", help=_("The beginning of a hash from a shift sheet.")),
        ] = None,
    ) -> None:
        from complaint_desk.desk.shift.shift_text import head_in_words

        with open_desk(context) as desk:
            if printed is not None:
                found = desk.event_with_hash(printed)
                say(_("It is in the record: {head}").format(head=head_in_words(found, desk.settings.zone)))
                return
            day = _day(on) if on is not None else None
            if (last := desk.head(day)) is None:
                say(_("Nothing was written yet."))
            else:
                say(head_in_words(last, desk.settings.zone))
                say(last.hash)

    return app


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise FieldRefused(
            "--on", _("{day} is no day, such as 2026-11-23.").format(day=plain(text))
        ) from error
