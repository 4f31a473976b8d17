"""`backup`, `restore`, `salvage`: copies of the file, and the way back from a loss."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import passphrase_descriptor
from complaint_desk.cli.passphrase import read_passphrase
from complaint_desk.cli.session import REFUSED, complain, open_desk, refusals, say
from complaint_desk.locale import _
from complaint_desk.models.errors import StoreFault

if TYPE_CHECKING:
    from complaint_desk.desk.base import Clock
    from complaint_desk.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the commands, their help in the language in use."""

    @app.command("backup", help=_("Make a backup now, read it back, and say where it lies."))
    def backup(
        context: typer.Context,
        to: Annotated[
            Path | None,
            typer.Argument(metavar="TO", help=_("A file or a folder; else beside the complaints.")),
        ] = None,
        listed: Annotated[
            bool, typer.Option("--list", help=_("List the backups there are, the newest first."))
        ] = False,
        sealed: Annotated[
            bool | None,
            typer.Option(
                "--seal/--no-seal",
                help=_("Guard it with a passphrase, which is asked for; or not. Else as the settings say."),
            ),
        ] = None,
        descriptor: Annotated[int | None, passphrase_descriptor()] = None,
    ) -> None:
        with open_desk(context, back_up=False) as desk:
            if listed:
                from complaint_desk.desk.file.file_words import backup_lines

                for line in backup_lines(desk.backups(), desk.clock(), desk.settings.zone):
                    say(line)
                return
            if to is None:
                if sealed:
                    raise StoreFault(_("Say where the sealed backup goes: `backup TO --seal`."))
                made = desk.back_up_here()
                if made is None:
                    complain(_("Another desk is making a backup at this moment."))
                    raise typer.Exit(REFUSED)
            else:
                made = desk.back_up(to, _passphrase_for(desk.settings, sealed, descriptor))
            say(str(made))

    @app.command("restore", help=_("Put a backup in the place of the file; the old file is kept beside."))
    def restore(
        context: typer.Context,
        source: Annotated[
            str,
            typer.Argument(metavar="FROM", help=_("A backup: a file, a name from the list, or `latest`.")),
        ],
        yes: Annotated[
            bool, typer.Option("--yes", help=_("Do it; without this it only says what would be lost."))
        ] = False,
        descriptor: Annotated[int | None, passphrase_descriptor()] = None,
    ) -> None:
        from complaint_desk.desk.file.file_words import look_in_words, restored_in_words
        from complaint_desk.desk.file.restore import backup_called, restoration
        from complaint_desk.desk.file.sealing_backups import kept_passphrase
        from complaint_desk.store.sealing import is_sealed

        with refusals():
            settings, as_name, clock = _at_the_seat(context)
            called = backup_called(settings, source, clock)
            passphrase = None
            if is_sealed(called):
                own = None if descriptor is not None else kept_passphrase(settings, called)
                passphrase = own or read_passphrase(descriptor, twice=False)
            with restoration(settings, called, as_name=as_name, clock=clock, passphrase=passphrase) as ready:
                for line in look_in_words(ready.look(), settings.zone):
                    say(line)
                if not yes:
                    say(_("Nothing was changed. Run it again with --yes to do it."))
                    return
                kept = ready.put_back()
            for line in restored_in_words(kept):
                say(line)

    @app.command("salvage", help=_("Save what can be read of a damaged file into a new one."))
    def salvage(
        context: typer.Context,
        to: Annotated[
            Path | None, typer.Argument(metavar="TO", help=_("The new file; else beside the damaged one."))
        ] = None,
    ) -> None:
        from complaint_desk.desk.file.file_words import salvaged_in_words
        from complaint_desk.desk.file.salvage import salvage_file

        with refusals():
            settings, as_name, clock = _at_the_seat(context)
            done = salvage_file(settings, to, as_name=as_name, clock=clock)
            for line in salvaged_in_words(done):
                say(line)
        if not done.whole:
            raise typer.Exit(REFUSED)


def _passphrase_for(settings: "Settings", sealed: bool | None, descriptor: int | None) -> str | None:
    """What a backup is sealed with: what is given, else what the store keeps; None for one that is not sealed."""
    if sealed is False:
        return None
    if sealed:
        return read_passphrase(descriptor, twice=True)
    from complaint_desk.desk.file.sealing_backups import own_passphrase

    return own_passphrase(settings)


def _at_the_seat(context: typer.Context) -> tuple["Settings", str, "Clock"]:
    """Settings, name and clock of whoever may replace the file, as far as the file can still say who that is.

    A file that cannot be opened any more is told of, and stops nobody: whoever may write it could replace it by hand.
    """
    from complaint_desk.desk.opening import utc_now
    from complaint_desk.models.errors import FileUnusable
    from complaint_desk.settings import load_settings
    from complaint_desk.startup import account_name
    from complaint_desk.store.whereabouts import whole_path

    settings = load_settings(context.obj)
    path = whole_path(settings.db)
    if path.exists():
        try:
            with open_desk(context, back_up=False) as desk:
                desk.may_restore()
                return desk.settings, desk.as_name, desk.clock
        except typer.Exit as leaving:
            if not isinstance(leaving.__cause__, FileUnusable):
                raise
    return settings, context.obj.as_name or account_name(), utc_now
