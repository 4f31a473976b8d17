"""What every command shares: the flags, the desk, and how refusals leave the program."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

import typer

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError, FieldRefused, WordsTooLong
from complaint_desk.rules.plain_text import plain, spelt_out
from complaint_desk.startup import StartOptions, drafts_folder

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.opening import Opening

AnyDesk = TypeVar("AnyDesk", bound="Opening")

DONE, REFUSED, MISUSED = 0, 1, 2
"""Exit codes: done; refused, or some of several lines refused; misused, or the only input is faulty."""


def say(text: str) -> None:
    """Write an answer; it has left the program when this returns."""
    print(text, flush=True)


def complain(sentence: str) -> None:
    """Write a refusal on the error stream, with what could move the cursor spelt out."""
    print(spelt_out(sentence), file=sys.stderr, flush=True)


def name_field(error: DeskError) -> str:
    """The refusal's sentence, with the field it is about in front."""
    if isinstance(error, FieldRefused):
        return f"{plain(error.field_name)}: {error}"
    return str(error)


@contextmanager
def refusals() -> Iterator[None]:
    """Let a refusal leave as its sentence and an exit code, never as a traceback."""
    try:
        yield
    except FieldRefused as error:
        complain(name_field(error))
        raise typer.Exit(MISUSED) from error
    except DeskError as error:
        complain(str(error))
        raise typer.Exit(REFUSED) from error


@contextmanager
def open_desk(context: typer.Context, *, back_up: bool = True) -> Iterator["Desk"]:
    """The desk the flags name, with all its verbs, closed again afterwards; refusals leave as sentences.

    Without `back_up` the backup of the day is left out, for whoever looks after the backups themselves.
    """
    from complaint_desk.desk.desk import Desk

    with refusals(), _opened(context, Desk, back_up=back_up) as desk:
        yield desk


def _sign_in(desk: "Opening", options: StartOptions) -> None:
    """Sign in whoever the flags name, with the PIN from where it may come from."""
    from complaint_desk.cli.pin_entry import PIN, ask_secret

    question = _("PIN of {name}: ").format(name=plain(desk.as_name))
    if (secret := ask_secret(options, PIN, question)) is not None:
        desk.sign_in(desk.as_name, secret)


@contextmanager
def open_queue(context: typer.Context) -> Iterator["Opening"]:
    """The desk the flags name, with no verbs but those of looking at what is due: it opens sooner."""
    from complaint_desk.desk.opening import Opening

    with refusals(), _opened(context, Opening) as desk:
        yield desk


@contextmanager
def _opened(context: typer.Context, kind: type["AnyDesk"], *, back_up: bool = True) -> Iterator["AnyDesk"]:
    from complaint_desk.settings import load_settings

    options: StartOptions = context.obj
    if options.demo:
        from complaint_desk.desk.demo import demo_desk

        with demo_desk(load_settings(options), as_name=options.as_name) as demo:
            yield cast("AnyDesk", demo)
        return
    desk = kind.open(
        load_settings(options),
        as_name=options.as_name,
        tell=lambda: complain(_("Making the backup of the day …")),
        back_up=back_up,
    )
    if desk.copy_fault:
        complain(desk.copy_fault)
    desk.ask_who = partial(_sign_in, desk, options)
    try:
        yield desk
    except WordsTooLong as error:
        raise FieldRefused(error.field_name, _and_kept(desk, error)) from error
    finally:
        desk.close()


def _and_kept(desk: "Opening", error: WordsTooLong) -> str:
    """The refusal, and where the words lie that were refused."""
    from complaint_desk.desk.staff.sign_in import together
    from complaint_desk.store.refused_words import keep_words

    try:
        kept = keep_words(drafts_folder(desk.settings.db), desk.clock(), error.words)
    except OSError:
        return str(error)
    return together(str(error), _("It was kept whole in {file} for thirty days.").format(file=kept))
