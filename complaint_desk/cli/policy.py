"""`policy`: the store's time limits as a file: show them, check a file, say what it would move, put it in force."""

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from complaint_desk.cli.arguments import json_lines, reason
from complaint_desk.cli.scenario_problems import problem_sentence
from complaint_desk.cli.session import MISUSED, REFUSED, complain, open_desk, say
from complaint_desk.locale import _, n_
from complaint_desk.models.policy import Policy
from complaint_desk.rules.plain_text import plain, spelt_out

if TYPE_CHECKING:
    from complaint_desk.desk.deadlines.policy_rows import PolicyPreview
    from complaint_desk.desk.desk import Desk


def build() -> typer.Typer:
    """The `policy` commands, their help in the language in use."""
    app = typer.Typer(
        help=_("The store's time limits: show them, check a file, see what it moves, put it in force."),
        no_args_is_help=True,
    )
    file_help = _("The rules as TOML, as `policy show` prints them.")

    @app.command("show", help=_("Print the rules in force as TOML, ready to be edited and applied."))
    def show(
        context: typer.Context,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            policy = desk.policy_in_force()
            _warn(desk)
            if as_json:
                from complaint_desk.desk.ticket_json import on_one_line
                from complaint_desk.rules.policy_values import policy_values

                say(on_one_line(policy_values(policy)))
                return
            from complaint_desk.rules.policy_file import policy_toml

            for line in (
                _("The store's rules, version {version}. Edit a copy, then: policy preview FILE").format(
                    version=policy.version
                ),
                _(
                    "Targets: 24h elapsed hours, 30d calendar days, 16wh working hours, 10wd working days, off."
                ),
                _("Of several clocks of one kind the first that fits a complaint counts. Not legal advice."),
            ):
                say(f"# {line}")
            say(spelt_out(policy_toml(policy).rstrip("\n")))

    @app.command("check", help=_("Name everything that is wrong with a file of rules."))
    def check(
        context: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE|-", help=file_help)],
    ) -> None:
        with open_desk(context) as desk:
            _read(desk, file)
            say(_("The rules can be applied."))

    @app.command("preview", help=_("Say what these rules would move, were they applied to open tickets too."))
    def preview(
        context: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE|-", help=file_help)],
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            found = desk.preview_policy(_read(desk, file), _told)
            _print(found, as_json)

    @app.command("apply", help=_("Put these rules in force: for new tickets, with --open-too for open ones."))
    def apply(
        context: typer.Context,
        file: Annotated[str, typer.Argument(metavar="FILE|-", help=file_help)],
        open_too: Annotated[
            bool, typer.Option("--open-too", help=_("For open tickets too; what is late stays late."))
        ] = False,
        text: Annotated[str, reason()] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            policy = _read(desk, file)
            try:
                applied = desk.apply_policy(policy, text, open_too=open_too, told=_told)
            except KeyboardInterrupt as stopped:
                complain(_("Stopped. Nothing was written."))
                raise typer.Exit(REFUSED) from stopped
            if open_too:
                _print(applied.preview, as_json, version=applied.policy.version)
            elif as_json:
                from complaint_desk.desk.ticket_json import on_one_line

                say(on_one_line({"version": applied.policy.version}))
            if not as_json:
                say(
                    _("Version {version} of the rules is in force.").format(version=applied.policy.version)
                    + ("" if open_too else " " + _("Open tickets keep their times."))
                )
            _warn(desk)

    return app


def _read(desk: "Desk", file: str) -> Policy:
    from complaint_desk.rules.policy_file import PolicyRefused, read_policy

    try:
        written = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        parsed = tomllib.loads(written.decode("utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        complain(_("{file} cannot be read: {reason}.").format(file=plain(file), reason=reason))
        raise typer.Exit(MISUSED) from error
    try:
        return read_policy(parsed, desk.clock().astimezone(desk.settings.zone).date())
    except PolicyRefused as refused:
        for problem in refused.problems:
            complain(f"{plain(problem.key)}: {problem_sentence(problem)}")
        raise typer.Exit(MISUSED) from refused


def _warn(desk: "Desk") -> None:
    for sentence in desk.calendar_warnings():
        complain(sentence)


def _told(done: int, count: int) -> None:
    if count >= _WORTH_A_WORD and sys.stderr.isatty():
        print(f"\r{done:,} / {count:,}", end="" if done < count else "\n", file=sys.stderr, flush=True)


_WORTH_A_WORD = 5_000
"""Open tickets from which on progress is shown."""


def _print(found: "PolicyPreview", as_json: bool, version: int | None = None) -> None:
    if as_json:
        from complaint_desk.desk.ticket_json import on_one_line

        say(
            on_one_line(
                {
                    **({"version": version} if version else {}),
                    "open": found.open,
                    "moved": found.moved,
                    "become_late": found.become_late,
                    "earlier": found.earlier,
                    "later": found.later,
                    "already_late": found.already_late,
                    "by_kind": dict(sorted(found.by_kind.items())),
                }
            )
        )
        return
    moved = n_("{number} open complaint moves", "{number} open complaints move", found.moved).format(
        number=found.moved
    )
    late = n_("{number} becomes late", "{number} become late", found.become_late).format(
        number=found.become_late
    )
    say(_("{moved}, {late}.").format(moved=moved, late=late))
    if found.already_late:
        say(
            n_(
                "{number} is late already, and what was missed stays missed.",
                "{number} are late already, and what was missed stays missed.",
                found.already_late,
            ).format(number=found.already_late)
        )
