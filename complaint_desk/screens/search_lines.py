"""A ticket that was found as a line of the list: its columns, their names, and what stands in them."""

from __future__ import annotations

from datetime import datetime, tzinfo

from complaint_desk.locale import N_, _
from complaint_desk.models.search import SearchRow
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens.act_words import status_word
from complaint_desk.screens.names import field_name
from complaint_desk.screens.queue_lines import NOBODY
from complaint_desk.screens.time_words import day_words
from complaint_desk.widgets.columns import Column, Marked, TableLine

COLUMNS = (
    Column("number", 14, 14, 16, 0),
    Column("received", 10, 13, 13, 2),
    Column("status", 8, 8, 8, 1, live=True),
    Column("caller", 6, 12, 16, 3),
    Column("owner", 6, 6, 10, 4),
    Column("found", 20, 30, 240, 0),
)
_HEADINGS = {
    "number": N_("Number"),
    "received": N_("Received"),
    "status": N_("Status"),
    "caller": N_("Caller"),
    "owner": N_("Owner"),
    "found": N_("Found"),
}


def headings() -> dict[str, str]:
    """What each column is called."""
    return {name: _(text) for name, text in _HEADINGS.items()}


def columns(widest_number: int) -> tuple[Column, ...]:
    """The columns, that of the number as wide as the widest."""
    number, *others = COLUMNS
    wide = max(number.least, widest_number)
    return (number._replace(least=wide, good=wide, most=wide), *others)


def line(row: SearchRow, now: datetime, zone: tzinfo, region: str) -> TableLine:
    """The line of a ticket; its status tells lateness by a sign and a word."""
    status = f"! {_('late')}" if row.late else status_word(row.status)
    return TableLine(
        {
            "number": row.number,
            "received": day_words(row.received_at, now, zone),
            "status": status,
            "caller": row.caller or (show_phone(row.phone, region) if row.phone else "") or NOBODY,
            "owner": row.owner or NOBODY,
            "found": found_words(row, region),
        },
        "late" if row.late else "",
    )


def found_words(row: SearchRow, region: str) -> Marked:
    """Where the words stand, marked; a telephone number as its country writes it."""
    if row.snippet.field_name == "phone" and row.phone:
        shown = show_phone(row.phone, region)
        return Marked(shown, ((0, len(shown)),))
    return Marked(row.snippet.text, row.snippet.marks)


def place_name(row: SearchRow) -> str:
    """What the part of the ticket is called in which the words stand."""
    if row.snippet.field_name == "history":
        return _("History")
    if row.snippet.field_name == "number":
        return _("Number")
    return field_name(row.snippet.field_name)


def in_brackets(words: Marked) -> str:
    """The text with its marks as brackets, for where no colour is."""
    text, parts, at = words.text, [], 0
    for left, right in words.marks:
        parts += [text[at:left], "【", text[left:right], "】"]
        at = right
    return "".join([*parts, text[at:]])
