"""`check`: the file proved sound in one pass, or every fault named."""

import sys
from typing import Annotated

import typer

from complaint_desk.cli.session import REFUSED, complain, open_desk, say
from complaint_desk.locale import _, n_


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""
    app.command("check", help=_("Prove the file sound, or name every fault by its ticket and event."))(check)


def check(
    context: typer.Context,
    mend: Annotated[
        bool, typer.Option("--mend", help=_("Make tickets, clocks and counters anew from the history."))
    ] = False,
) -> None:
    """Prove the file sound, or name every fault and leave with 1."""
    from complaint_desk.desk.file.check import MENDABLE, fault_in_words

    with open_desk(context) as desk:
        faults = desk.check(_progress)
        if mend and any(fault.kind in MENDABLE for fault in faults):
            told = desk.rebuild()
            say(
                n_("{count} ticket was made anew.", "{count} tickets were made anew.", told).format(
                    count=told
                )
            )
            faults = desk.check(_progress)
        for fault in faults:
            complain(fault_in_words(fault))
        if faults:
            raise typer.Exit(REFUSED)
        say(_("The file is sound: the history is whole, and every ticket follows from it."))
        if (head := desk.head()) is not None:
            from complaint_desk.desk.shift.shift_text import head_in_words

            say(head_in_words(head, desk.settings.zone))


def _progress(done: int, of: int) -> None:
    """Show on a terminal how far the check is, over itself."""
    if sys.stderr.isatty():
        share = 100 * done // max(of, 1)
        ending = "\r" if done < of else "\r\033[K"
        print(_("Checking: {share} %").format(share=share), end=ending, file=sys.stderr, flush=True)
