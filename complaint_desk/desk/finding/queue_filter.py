"""What a person types to narrow the queue, understood while it is still being typed."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from complaint_desk.desk.finding.search_words import names_of, owners, refusal_of
from complaint_desk.locale import _
from complaint_desk.models.errors import FieldRefused, StoreFault
from complaint_desk.models.queue_view import QueueChoice, ViewMoments
from complaint_desk.rules.search_query import QueryContext, QueryRefused, read_query
from complaint_desk.store import queue_filter, staff
from complaint_desk.store.full_text import has_index
from complaint_desk.store.queue_filter import Filtered as FilteredQueue

if TYPE_CHECKING:
    from complaint_desk.desk.watch import Watching

_PART_OF_NUMBER = re.compile(r"(?=.*[0-9])[A-Za-z0-9]{0,8}(?:-[0-9]*){1,3}")
"""A part of a ticket's number with its dash: `S01-2611`, `1122-00`, `-007`; digits alone may be anything."""

__all__ = ["FilteredQueue", "filtered", "still_typed"]


def filtered(
    desk: "Watching",
    connection: Connection,
    text: str,
    choice: QueueChoice,
    moments: ViewMoments,
    limit: int,
) -> FilteredQueue:
    """The first lines of a view in which all of this stands. Raises FieldRefused or StoreFault."""
    part = text.rstrip("*").strip()
    if _PART_OF_NUMBER.fullmatch(part):
        numbered = queue_filter.by_number(connection, part.upper(), choice, moments, limit)
        if numbered.rows or part.startswith("-"):
            return numbered
    if not has_index(connection):
        raise StoreFault(
            _(
                "A database server keeps no index of words: only a file can be searched. Nothing was looked for."
            )
        )

    def staff_by_name() -> Mapping[str, str]:
        return owners(staff.names(connection), desk.as_name)

    context = QueryContext(
        moments.now,
        desk.settings.zone,
        names_of=lambda field_name: names_of(field_name, desk.playbook),
        owners=staff_by_name,
    )
    try:
        query = read_query(text, context)
    except QueryRefused as refused:
        raise FieldRefused("search", refusal_of(refused)) from refused
    return queue_filter.filtered(connection, query, choice, moments, limit)


def still_typed(text: str) -> str:
    """The text with a star after its last word, which may be the beginning of a longer one."""
    last = text.split()[-1] if text.split() and not text[-1].isspace() else ""
    plain = last and last[-1].isalnum() and not any(sign in last for sign in '"“”＂「」『』:：')
    return f"{text}*" if plain and text.count('"') % 2 == 0 else text
