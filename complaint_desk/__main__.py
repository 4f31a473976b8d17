"""Opens the desk: the screen when no command is named, else the command line."""

import gc
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from complaint_desk import locale
from complaint_desk.startup import StartOptions, account_name, language_from, read_global_flags

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


def main() -> None:
    """Run the program with the arguments it was called with."""
    options = read_global_flags(sys.argv[1:])
    if options is None or (options.lang and options.lang not in locale.LANGUAGES):
        from complaint_desk.cli.main import run as run_command

        sys.exit(run_command(sys.argv[1:]))
    locale.use(language_from(options))
    gc.disable()
    if options.demo:
        _open_demo(options)
    else:
        _open_screen(options)


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
