"""The command line: the shared flags, and the commands by noun."""

import sys
from collections.abc import Sequence
from itertools import dropwhile
from typing import Annotated

import typer

from complaint_desk import __version__, locale
from complaint_desk.cli.nouns import Nouns, announce
from complaint_desk.cli.session import MISUSED, REFUSED, complain
from complaint_desk.locale import _
from complaint_desk.startup import PIN_FLAG, VALUED_FLAGS, StartOptions, language_from

_LANGUAGES = {"zh_CN": "zh_CN", "zh": "zh_CN", "en": "en"}


def _version(asked: bool) -> None:
    if asked:
        print(__version__)
        raise typer.Exit


def build() -> typer.Typer:
    """The whole command line, its help in the language in use."""
    app = typer.Typer(
        name="complaint-desk",
        cls=Nouns,
        context_settings={"help_option_names": ["--help", "-h"]},
        help=_("A keyboard-driven complaint desk. Without a command it opens the screen."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def shared(
        context: typer.Context,
        db: Annotated[
            str | None, typer.Option("--db", metavar="FILE", help=_("Keep complaints there."))
        ] = None,
        lang: Annotated[
            str | None, typer.Option("--lang", metavar="zh_CN|en", help=_("Speak this language."))
        ] = None,
        as_name: Annotated[
            str | None, typer.Option("--as", metavar="NAME", help=_("Act as this person."))
        ] = None,
        pin_fd: Annotated[
            int | None,
            typer.Option(
                PIN_FLAG,
                metavar="N",
                min=0,
                help=_(
                    "Read the PIN from this file descriptor; else from COMPLAINT_DESK_PIN, or it is asked."
                ),
            ),
        ] = None,
        demo: Annotated[
            bool, typer.Option("--demo", help=_("Use a throw-away desk full of tickets."))
        ] = False,
        version: Annotated[
            bool, typer.Option("--version", callback=_version, is_eager=True, help=_("Print the version."))
        ] = False,
    ) -> None:
        if lang is not None and lang not in _LANGUAGES:
            complain(_("The desk speaks zh_CN and en. Nothing was done."))
            raise typer.Exit(MISUSED)
        context.obj = StartOptions(db, lang, as_name, demo, pin_fd)

    announce(app)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    locale.use(language_from(StartOptions(lang=_asked_language(arguments))))
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
    try:
        result = build()(args=_shared_flags_first(arguments), standalone_mode=False)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        return REFUSED
    except BrokenPipeError:
        return _leave_quietly()
    except Exception as error:
        return _misused(error)
    return result if isinstance(result, int) else 0


def _shared_flags_first(arguments: Sequence[str]) -> list[str]:
    """The arguments with the shared flags in front, wherever a person put them; never the value of another."""
    shared: list[str] = []
    others: list[str] = []
    rest = list(arguments)
    while rest and rest[0] != "--":
        argument = rest.pop(0)
        may_be_a_value = bool(others) and others[-1].startswith("--") and others[-1] not in _WITHOUT_VALUE
        if may_be_a_value or argument.partition("=")[0] not in ("--demo", *_VALUED):
            others.append(argument)
            continue
        shared.append(argument)
        if argument in _VALUED and rest:
            shared.append(rest.pop(0))
    early = len(others) - len(list(dropwhile("--json".__eq__, others)))
    return [*shared, *others[early:], *others[:early], *rest]


_VALUED = (*VALUED_FLAGS, PIN_FLAG)
_WITHOUT_VALUE = ("--json", "--help", "--version")


def _asked_language(arguments: Sequence[str]) -> str | None:
    """The language flag, read before the command line so that its own help speaks it."""
    for position, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            return _LANGUAGES.get(argument.partition("=")[2])
        if argument == "--lang" and position + 1 < len(arguments):
            return _LANGUAGES.get(arguments[position + 1])
    return None


def _leave_quietly() -> int:
    """Whoever read the answers has gone; nothing more can be said to them."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return REFUSED


def _misused(error: Exception) -> int:
    show = getattr(error, "show", None)
    if show is None:
        raise error
    show()
    return int(getattr(error, "exit_code", MISUSED))
