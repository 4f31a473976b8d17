"""`playbook`: read it, search it, and check a store's own entries."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.session import DONE, MISUSED, REFUSED, complain, refusals, say
from complaint_desk.locale import _, language, n_
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.playbook.reader import Page

_NARROWEST, _WIDEST = 40, 100


def build() -> typer.Typer:
    """The `playbook` commands, their help in the language in use."""
    app = typer.Typer(
        help=_("What the training teaches: read it, search it, check your own words."), no_args_is_help=True
    )
    folder_help = _("A folder of playbook files; the one in your settings if left out.")
    topic_help = _("A topic, or a topic and its entry, such as types.victim.")

    @app.command("check", help=_("Name every fault in your own playbook files, by file, line and entry."))
    def check(
        context: typer.Context,
        folder: Annotated[Path | None, typer.Argument(metavar="DIR", help=folder_help)] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("One JSON object a fault."))] = False,
    ) -> None:
        raise typer.Exit(_check(folder or _own_folder(context), folder is not None, as_json))

    @app.command("show", help=_("Show a topic of the playbook or one entry of it; alone, list the topics."))
    def show(
        context: typer.Context,
        topic: Annotated[str | None, typer.Argument(metavar="TOPIC", help=topic_help)] = None,
        as_toml: Annotated[
            bool, typer.Option("--toml", help=_("The built-in entries as TOML, to copy and reword."))
        ] = False,
    ) -> None:
        raise typer.Exit(_show(_playbook(context), topic, as_toml))

    @app.command("search", help=_("Find the entries that hold these words, Chinese or English."))
    def search(
        context: typer.Context,
        words: Annotated[list[str], typer.Argument(metavar="TEXT...", help=_("What to look for."))],
    ) -> None:
        _search(_playbook(context), " ".join(words))

    return app


def _own_folder(context: typer.Context) -> Path:
    from complaint_desk.settings import load_settings

    with refusals():
        folder = load_settings(context.obj).playbook_folder
    assert folder is not None
    return folder


def _check(folder: Path, asked_for: bool, as_json: bool) -> int:
    from complaint_desk.desk.playbook_faults import fault_place, fault_sentence
    from complaint_desk.playbook.overrides import read_overrides

    if asked_for and not folder.is_dir():
        complain(_("There is no folder {folder}.").format(folder=_spelt_out(str(folder))))
        return MISUSED
    entries, faults = read_overrides(folder)
    for fault in faults:
        if as_json:
            say(json.dumps(asdict(fault), ensure_ascii=False))
        else:
            say(f"{_spelt_out(fault_place(fault))}: {_spelt_out(fault_sentence(fault))}")
    if not as_json:
        own = sum(map(len, entries.values()))
        count = n_("{count} entry of your own is in use.", "{count} entries of your own are in use.", own)
        say(count.format(count=own))
        if faults:
            say(_("The built-in entries serve in place of the faulty ones."))
    return REFUSED if faults else DONE


def _playbook(context: typer.Context) -> "Playbook":
    from complaint_desk.desk.playbook_faults import faults_summary
    from complaint_desk.playbook.loader import load_playbook

    playbook = load_playbook(_own_folder(context))
    if playbook.faults:
        complain(faults_summary(playbook.faults))
    return playbook


def _show(playbook: "Playbook", topic: str | None, as_toml: bool) -> int:
    from complaint_desk.playbook.reader import Reader
    from complaint_desk.playbook.topics import as_written

    reader = Reader(playbook, language())
    if topic is None:
        for key, name, holds in reader.topics():
            say(_plain_lines(list(_wrapped(f"{key}  {name}: {holds}", 0, 4))))
        return DONE
    key, _dot, entry = topic.partition(".")
    try:
        pages = [
            page for page in reader.pages(key) if f"{page.key}.".startswith(f"{entry}." if entry else "")
        ]
    except KeyError:
        pages = []
    if not pages:
        refusal = _("The playbook has no topic {topic}. `playbook show` lists the topics.")
        complain(refusal.format(topic=plain(topic)))
        return MISUSED
    if as_toml:
        say("\n\n".join([f"# {key}.toml", *(as_written(key, page.key) for page in pages)]))
        return DONE
    for page in pages:
        say(_as_text(page))
    return DONE


def _search(playbook: "Playbook", text: str) -> None:
    from complaint_desk.playbook.reader import search

    found = search(playbook, text, language())
    if not found:
        say(_("Nothing in the playbook holds that."))
    for page, texts in found:
        lines = [f"{page.topic}.{page.key}  {page.title}"]
        lines += [line for held in texts if held != page.title for line in _wrapped(held, 4, 4)]
        say(_plain_lines(lines))


def _as_text(page: "Page") -> str:
    mark = _(" (your own words)") if page.own else ""
    lines = [f"{page.topic}.{page.key}  {page.title}{mark}"]
    for label, texts in page.rows:
        if len(texts) == 1:
            lines += _wrapped(f"{label}: {texts[0]}", 2, 6)
        else:
            lines.append(f"  {label}:")
            for text in texts:
                lines += _wrapped(f"· {text}", 4, 6)
    return _plain_lines(lines) + "\n"


def _spelt_out(text: str) -> str:
    """Text that a store may have written, made safe to print; unlike `plain`, nothing of it is cut."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def _plain_lines(lines: list[str]) -> str:
    return "\n".join(map(_spelt_out, lines))


def _wrapped(text: str, first: int, rest: int) -> Iterator[str]:
    """The text in lines no wider than the terminal, in cells; Chinese breaks anywhere, English between words."""
    from rich.cells import cell_len

    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    line = " " * first
    room = width - first
    for piece in _pieces(text):
        cells = cell_len(piece)
        if cells > room and line.strip():
            yield line.rstrip()
            line, room = " " * rest, width - rest
            piece = piece.lstrip()
            cells = cell_len(piece)
        line += piece
        room -= cells
    yield line.rstrip()


_NEVER_FIRST = "，。？！：；、”’）》〕…,.?!:;)"


def _pieces(text: str) -> Iterator[str]:
    """What a line may break between: signs of Chinese, words of English; closing signs stay with what they close."""
    piece = ""
    for sign in text:
        breaks = piece and sign not in _NEVER_FIRST and (_is_wide(sign) or _is_wide(piece[-1]) or sign == " ")
        if breaks:
            yield piece
            piece = ""
        piece += sign
    if piece:
        yield piece


def _is_wide(sign: str) -> bool:
    return "\u2e80" <= sign <= "\uffef"
