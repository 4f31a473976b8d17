"""`avoid`: reads the agent's own words from the command line, one line in, one answer out."""

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, BinaryIO

import typer

from complaint_desk.cli.arguments import json_lines
from complaint_desk.cli.json_lines import BYTE_ORDER_MARK
from complaint_desk.cli.session import refusals
from complaint_desk.locale import _
from complaint_desk.playbook.avoid_patterns import AvoidPatterns, avoid_patterns
from complaint_desk.rules.avoid import Audience, Found, find, language_of, with_own_words
from complaint_desk.rules.plain_text import spelt_out

_ACTED_UPON = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def register(app: typer.Typer) -> None:
    """Add `avoid` to the desk's command line."""
    app.command(
        "avoid",
        help=_("Say which of the agent's own words to avoid, and what to say instead: one text a line."),
    )(avoid)


def avoid(
    context: typer.Context,
    text: Annotated[
        str, typer.Argument(metavar="[TEXT|-]", help=_("The text; - reads standard input."))
    ] = "-",
    internal: Annotated[
        bool, typer.Option("--internal", help=_("It is a note for colleagues, not for the caller."))
    ] = False,
    as_json: Annotated[bool, json_lines()] = False,
) -> None:
    """Answer every line at once and in order, also a clean one; nothing is kept and nothing is refused."""
    patterns = _patterns(context)
    audience: Audience = "internal" if internal else "caller"
    lines = _lines(typer.get_binary_stream("stdin")) if text == "-" else iter(text.splitlines() or [""])
    for number, line in enumerate(lines, start=1):
        typer.echo(answer(number, line, audience, patterns, as_json=as_json))


def _patterns(context: typer.Context) -> AvoidPatterns:
    """The words to avoid, with those of the store's own playbook files where the settings name a folder."""
    from complaint_desk.playbook.loader import load_playbook
    from complaint_desk.settings import load_settings

    with refusals():
        folder = load_settings(context.obj).playbook_folder
    if folder is None or not folder.is_dir():
        return avoid_patterns()
    return with_own_words(avoid_patterns(), load_playbook(folder).own_words_to_avoid())


def answer(number: int, line: str, audience: Audience, patterns: AvoidPatterns, *, as_json: bool) -> str:
    """What is to be said of one line, as JSON or for a person; `number` counts from 1."""
    found = find(line, audience, patterns=patterns)
    chinese = language_of(line) == "zh"
    if as_json:
        values = {"found": [_as_values(one, chinese) for one in found]}
        return _ACTED_UPON.sub(lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(values, ensure_ascii=False))
    if not found:
        return _("Line {number}: nothing to avoid.").format(number=number)
    return "\n".join(
        _("Line {number}: {rule}: “{words}”. Instead: {instead}").format(
            number=number,
            rule=rule_in_words(one.rule),
            words=spelt_out(one.words.replace("\n", " ")),
            instead=one.instead_zh if chinese else one.instead_en,
        )
        for one in found
    )


def _as_values(one: Found, chinese: bool) -> dict[str, Any]:
    return {
        "rule": one.rule,
        "span": [one.start, one.end],
        "words": one.words,
        "instead": one.instead_zh if chinese else one.instead_en,
    }


def _lines(stream: BinaryIO) -> Iterator[str]:
    """The lines of the stream without their ends; a byte that is no UTF-8 stands as a replacement sign."""
    first = True
    while raw := stream.readline():
        body = raw.removesuffix(b"\n").removesuffix(b"\r")
        yield (body.removeprefix(BYTE_ORDER_MARK) if first else body).decode("utf-8", "replace")
        first = False


def rule_in_words(rule: str) -> str:
    """The rule by its letter and name, or by its name alone."""
    return {
        "A": _("A, in public"),
        "B": _("B, ignoring"),
        "C": _("C, insisting"),
        "D": _("D, surrounding"),
        "E": _("E, negative tone"),
        "F": _("F, blaming"),
        "G": _("G, shifting responsibility"),
        "promise": _("a promise without owner and time"),
        "beyond": _("beyond the authority"),
        "fault": _("admitting legal fault"),
        "over_apology": _("apologies in place of an act"),
    }[rule]
