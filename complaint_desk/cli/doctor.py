"""`doctor`: what a helper needs, and nothing that a customer said."""

import json
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from complaint_desk.cli.arguments import json_object
from complaint_desk.cli.session import REFUSED, refusals, say
from complaint_desk.locale import _
from complaint_desk.rules.plain_text import spelt_out

_VARIABLES = (
    "TERM",
    "COLORTERM",
    "TERM_PROGRAM",
    "NO_COLOR",
    "LANG",
    "LC_ALL",
    "TMUX",
    "SSH_TTY",
    "WT_SESSION",
)


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command(
        "doctor", help=_("Print what a helper needs: versions, places, sizes, checks. No customer's words.")
    )
    def doctor(
        context: typer.Context,
        as_json: Annotated[bool, json_object()] = False,
    ) -> None:
        from complaint_desk.desk.file.doctor import examine_desk
        from complaint_desk.desk.opening import utc_now
        from complaint_desk.settings import load_settings

        with refusals():
            told = examine_desk(load_settings(context.obj), utc_now(), terminal_facts())
        if as_json:
            findings = [
                {"code": finding.code, "well": finding.well, "sentence": finding.sentence}
                for finding in told.findings
            ]
            say(json.dumps({**told.facts, "findings": findings}, ensure_ascii=False))
        else:
            for finding in told.findings:
                say(f"{'✔' if finding.well else '!'} {spelt_out(finding.sentence)}")
            for line in _lines(told.facts):
                say(spelt_out(line))
        if not all(finding.well for finding in told.findings):
            raise typer.Exit(REFUSED)


def terminal_facts() -> dict[str, Any]:
    """What the terminal says of itself."""
    try:
        size = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError):
        size = None
    return {
        "is_terminal": size is not None,
        "columns": size.columns if size else None,
        "rows": size.lines if size else None,
        "encoding": sys.stdout.encoding,
        "variables": {name: os.environ[name] for name in _VARIABLES if name in os.environ},
    }


def _lines(facts: Mapping[str, Any], before: str = "") -> Iterator[str]:
    for name, value in facts.items():
        if isinstance(value, Mapping):
            yield from _lines(value, f"{before}{name}.")
        else:
            yield f"{before}{name}: {'—' if value is None else value}"
