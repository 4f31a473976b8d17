"""`promise`: what was promised to callers; made, listed, kept or broken."""

from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaint_desk.cli.arguments import at_most, json_lines, promise_number, ticket_number, when_it_happened
from complaint_desk.cli.session import complain, open_desk, say
from complaint_desk.cli.ticket import print_ticket
from complaint_desk.cli.ticket_advice import print_with_advice
from complaint_desk.cli.told_moments import past_moment
from complaint_desk.desk.deadlines.countdown import countdown_words
from complaint_desk.locale import _
from complaint_desk.models.enums import Act
from complaint_desk.models.settling import PromiseLine, PromiseMade, PromiseState
from complaint_desk.rules.plain_text import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


_LONGEST_PAGE = 500


def build() -> typer.Typer:
    """The `promise` commands, their help in the language in use."""
    app = typer.Typer(
        help=_("What was promised to callers: add, list, keep, break, pass on."), no_args_is_help=True
    )

    @app.command("add", help=_("Record a promise on a ticket: what, by when, by whom, to whom."))
    def add(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        what: Annotated[str, typer.Argument(metavar="WHAT", help=_("What is promised."))],
        by: Annotated[
            str,
            typer.Option(
                "--by", metavar="TIME", help=_("By when: in words, or like 2026-11-20T15:30:00+08:00.")
            ),
        ],
        owner: Annotated[
            str | None, typer.Option("--owner", metavar="NAME", help=_("Who keeps it; you if not told."))
        ] = None,
        to: Annotated[
            str | None, typer.Option("--to", metavar="WHOM", help=_("To whom; the caller if not told."))
        ] = None,
        authority: Annotated[
            str | None,
            typer.Option("--authority", metavar="NAME", help=_("In whose authority; yours if not told.")),
        ] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            due = desk.due_told(by, desk.ticket(number).store)
            made = PromiseMade(what, due, by, owner=owner, to=to, authority=authority)
            ticket = desk.promise(number, made)
            print_with_advice(desk, ticket, desk.lint(what.strip(), Act.PROMISED), as_json, print_ticket)

    @app.command("list", help=_("List the promises that wait to be kept, the next one due first."))
    def list_them(
        context: typer.Context,
        owner: Annotated[
            str | None, typer.Option("--owner", metavar="NAME", help=_("Only those this person keeps."))
        ] = None,
        until: Annotated[
            str | None, typer.Option("--until", metavar="TIME", help=_("Only those due by then."))
        ] = None,
        every: Annotated[bool, typer.Option("--all", help=_("Those kept and broken as well."))] = False,
        limit: Annotated[int, at_most()] = 50,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            before = desk.due_told(until) if until is not None else None
            asked = partial(desk.promises, ended_too=every, owner=owner, due_by=before)
            last = None
            for last in _by_pages(asked, limit):
                _print(desk, last, as_json)
            if last is None and not as_json:
                say(_("No promise waits to be kept."))
            elif last is not None and not as_json and asked(limit=1, after=last):
                complain(_("There are more promises; --limit shows more of them."))

    @app.command("keep", help=_("Record that a promise was kept."))
    def keep(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        which: Annotated[int | None, promise_number()] = None,
        text: Annotated[str, typer.Option("--text", help=_("How it was kept, and what was said."))] = "",
        at: Annotated[str | None, when_it_happened()] = None,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            ticket = desk.keep_promise(number, which, text, happened_at=past_moment(desk, at))
            print_ticket(desk, ticket, as_json)

    @app.command("break", help=_("Record that a promise is not kept, and why."))
    def break_it(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        which: Annotated[int | None, promise_number()] = None,
        text: Annotated[str, typer.Option("--text", help=_("Why, and what the caller was told."))] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            print_ticket(desk, desk.break_promise(number, which, text), as_json)

    @app.command("pass", help=_("Have somebody else keep a promise; its time stays."))
    def pass_on(
        context: typer.Context,
        number: Annotated[str, ticket_number()],
        which: Annotated[int | None, promise_number()] = None,
        to: Annotated[
            str, typer.Option("--to", metavar="NAME", help=_("Who keeps it from now on; you if not told."))
        ] = "",
        text: Annotated[str, typer.Option("--text", help=_("Why, and what a colleague must know."))] = "",
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            print_ticket(desk, desk.pass_promise_on(number, which, to, text), as_json)

    return app


def _by_pages(asked: Callable[..., tuple[PromiseLine, ...]], limit: int) -> Iterator[PromiseLine]:
    """So many lines, read a page at a time."""
    last = None
    while limit > 0 and (page := asked(limit=min(limit, _LONGEST_PAGE), after=last)):
        yield from page
        limit -= len(page)
        last = page[-1]


def _print(desk: "Desk", line: PromiseLine, as_json: bool) -> None:
    from complaint_desk.desk.ticket_json import on_one_line

    now, zone = desk.clock(), desk.settings.zone
    say(on_one_line(promise_line_json(line, zone)) if as_json else _line(line, now, zone))


def promise_line_json(line: PromiseLine, zone: tzinfo) -> dict[str, Any]:
    """A promise of a list as JSON."""
    return {
        "number": line.ticket,
        "promise": line.number,
        "what": line.what,
        "to": line.to,
        "owner": line.owner,
        "caller": line.caller,
        "made_at": line.made_at.astimezone(zone).isoformat(),
        "due_at": line.due_at.astimezone(zone).isoformat(),
        "state": line.state,
        "kept_at": line.kept_at and line.kept_at.astimezone(zone).isoformat(),
        "broken_at": line.broken_at and line.broken_at.astimezone(zone).isoformat(),
    }


def _line(line: PromiseLine, now: datetime, zone: tzinfo) -> str:
    from complaint_desk.desk.settling.settling_words import PROMISE_STATES, local_moment

    sign = "!" if line.state is PromiseState.LATE else " "
    waits = line.state in (PromiseState.OPEN, PromiseState.LATE)
    how = countdown_words(line.due_at, now) if waits else _(PROMISE_STATES[line.state])
    parts = [
        f"{sign} {line.ticket}",
        f"#{line.number}",
        _("by {time}").format(time=local_moment(line.due_at, zone)),
        how,
        plain(line.owner),
        plain(line.what),
    ]
    if line.to:
        parts.append(_("to {whom}").format(whom=plain(line.to)))
    return "  ".join(parts)
