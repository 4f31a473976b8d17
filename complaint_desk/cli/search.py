"""`search`: every ticket in which something was said; and `search reindex`."""

import sys
from collections.abc import Iterator
from datetime import tzinfo
from typing import TYPE_CHECKING, Annotated, Any

import typer

from complaint_desk.cli.arguments import at_most, json_lines
from complaint_desk.cli.session import complain, open_desk, say
from complaint_desk.desk.ticket_names import STATUS_NAMES
from complaint_desk.locale import _, n_
from complaint_desk.rules.plain_text import spelt_out

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.models.search import SearchPage, SearchRow

_LONGEST_PAGE = 200
_REINDEX = "reindex"


def register(app: typer.Typer) -> None:
    """Add the command, its help in the language in use."""

    @app.command(
        "search",
        help=_(
            "Find tickets by anything said in them. Words, “phrases”, -exclusions, beginnings* and fields: "
            "who: where: what: how: remedy: caller: phone: number: after: before: type: cause: channel: "
            "status: severity: store: owner: late:. `search reindex` makes the index anew."
        ),
        context_settings={"ignore_unknown_options": True},
    )
    def search(
        context: typer.Context,
        text: Annotated[list[str], typer.Argument(metavar="TEXT…|reindex", help=_("What to look for."))],
        limit: Annotated[int, at_most()] = 50,
        as_json: Annotated[bool, json_lines()] = False,
    ) -> None:
        with open_desk(context) as desk:
            if text == [_REINDEX]:
                _rebuild(desk)
            else:
                _search(desk, " ".join(text), limit, as_json)


def _search(desk: "Desk", text: str, limit: int, as_json: bool) -> None:
    left, after, page = limit, None, None
    while left > 0 and (page is None or after is not None):
        first = page is None
        page = desk.search(text, min(left, _LONGEST_PAGE), after)
        if not as_json and first:
            say(_heading(page))
        for row in page.rows:
            for line in (_json(row, desk),) if as_json else _lines(row, desk):
                say(line)
        left -= len(page.rows)
        after = page.next_key
    if page is not None and after is not None and not as_json:
        complain(_("There are more. Add a word, or ask for more with --limit."))


def _heading(page: "SearchPage") -> str:
    if not page.rows:
        return _("Nothing was found. Try fewer words, or the beginning of one with *.")
    if page.total is None:
        return _("The newest first:")
    return n_("One ticket:", "{count} tickets, the best first:", page.total).format(count=page.total)


def _lines(row: "SearchRow", desk: "Desk") -> Iterator[str]:
    """A ticket in two lines: what it is, and where the words stand in it, marked."""
    from complaint_desk.rules.phone import show_phone

    region, zone = desk.settings.region, desk.settings.zone
    status = _(STATUS_NAMES[row.status])
    if row.late:
        status = _("{status}, late").format(status=status)
    phone = row.phone and show_phone(row.phone, region)
    caller = " ".join(part for part in (row.caller, phone) if part) or "—"
    received = row.received_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    yield "  ".join(_plain(part) for part in (row.number, received, status, caller, row.owner or "—"))
    if row.snippet.field_name == "phone" and phone:
        yield f"    【{_plain(phone)}】"
    else:
        yield f"    {_marked(row)}"


def _marked(row: "SearchRow") -> str:
    text, parts, at = row.snippet.text, [], 0
    for left, right in row.snippet.marks:
        parts += [_plain(text[at:left]), "【", _plain(text[left:right]), "】"]
        at = right
    return "".join([*parts, _plain(text[at:])])


def _plain(text: str) -> str:
    return spelt_out(text).replace("\n", " ")


def _json(row: "SearchRow", desk: "Desk") -> str:
    from complaint_desk.desk.ticket_json import on_one_line

    return on_one_line(_values(row, desk.settings.zone))


def _values(row: "SearchRow", zone: tzinfo) -> dict[str, Any]:
    return {
        "number": row.number,
        "caller": row.caller,
        "phone": row.phone,
        "status": row.status,
        "late": row.late,
        "owner": row.owner,
        "received_at": row.received_at.astimezone(zone).isoformat(),
        "score": row.score,
        "field": row.snippet.field_name,
        "snippet": row.snippet.text,
        "marks": [list(mark) for mark in row.snippet.marks],
    }


def _rebuild(desk: "Desk") -> None:
    watched = sys.stderr.isatty()

    def told(done: int, count: int) -> None:
        if watched:
            print(f"\r{done:,} / {count:,}", end="", file=sys.stderr, flush=True)

    held = desk.rebuild_search(told)
    if watched:
        print(file=sys.stderr)
    say(
        n_(
            "The index was made anew: it holds one ticket.",
            "The index was made anew: it holds {count} tickets.",
            held,
        ).format(count=held)
    )
