"""Opens the desk: the screen when no command is named, else the command line."""

import gc
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from complaint_desk import locale
from complaint_desk.startup import StartOptions, account_name, language_from, read_global_flags

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


def main() -> None:
    """Run the program with the arguments it was called with; what it makes is this account's alone."""
    os.umask(0o077)
    options = read_global_flags(sys.argv[1:])
    if options is None or (options.lang and options.lang not in locale.LANGUAGES):
        sys.exit(_run_command(sys.argv[1:]))
    locale.use(language_from(options))
    gc.disable()
    if options.demo:
        _open_demo(options)
    else:
        _open_screen(options)


def _run_command(arguments: list[str]) -> int:
    """Run one command; a fault of the program leaves a report without customers' words, not a traceback."""
    from complaint_desk.cli.main import run as run_command

    try:
        return run_command(arguments)
    except Exception as error:
        from complaint_desk.crash import write_report
        from complaint_desk.locale import _
        from complaint_desk.startup import database_from, reports_folder

        report = write_report(error, reports_folder(database_from(_options_among(arguments))))
        told = _(
            "The command stopped by a fault of the program itself ({kind}). What was answered before is kept."
        )
        print(told.format(kind=type(error).__name__), file=sys.stderr)
        if report is not None:
            print(_("A report without customers' words lies in {file}").format(file=report), file=sys.stderr)
        return 1


def _options_among(arguments: list[str]) -> StartOptions:
    """The file that the flags name, wherever they stand among the words of a command."""
    for at, word in enumerate(arguments):
        if word == "--db" and at + 1 < len(arguments):
            return StartOptions(db=arguments[at + 1])
        if word.startswith("--db="):
            return StartOptions(db=word.partition("=")[2])
    return StartOptions()


def _open_screen(options: StartOptions) -> None:
    """Open the desk the flags name; collecting garbage waits until the first screen stands."""
    from complaint_desk.app import ComplaintDeskApp

    ComplaintDeskApp(options, offer_setup=True).run()


def _open_demo(options: StartOptions) -> None:
    """Open a throw-away desk, its file and drafts in a folder that goes with it."""
    from complaint_desk.app import ComplaintDeskApp
    from complaint_desk.desk.receive import CallDrafts

    def open_desk() -> "Desk":
        from complaint_desk.desk.demo import open_demo
        from complaint_desk.settings import load_settings

        return open_demo(Path(folder), load_settings(options), as_name=options.as_name)

    with TemporaryDirectory(prefix="complaint-desk-demo-") as folder:
        drafts = CallDrafts(Path(folder) / "demo.drafts", options.as_name or account_name())
        ComplaintDeskApp(options, open_desk=open_desk, drafts=drafts).run()


if __name__ == "__main__":
    main()
