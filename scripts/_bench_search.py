"""The index of words in measuring: its rows for the files that are made, and a search beside the bare FTS5 query."""

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from _bench_table import Reading
from complaint_desk.models.search import SEARCH_COLUMNS
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.search_document import digest, document
from complaint_desk.rules.search_query import QueryContext, read_query
from complaint_desk.store.full_text import row_at
from complaint_desk.store.search import expression

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

RARE, RARE_WORDS = 5_000, "鲍鱼礼盒 humidifier"
"""Every so many tickets hold these words."""
INTO_WORDS = f"INSERT INTO search_words(rowid, {', '.join(SEARCH_COLUMNS)}) VALUES ({', '.join('?' * 12)})"
_RARE = ("鲍鱼", "humidifier", '"鲍鱼礼盒"', "鲍鱼 status:open")
"""Words of one ticket in five thousand."""
_SEARCHES = ("退款", "refund", "退", "约了三次", "退款 type:victim", "refu* -收银", "王女士", *_RARE)
_LATE = ("退款 late:yes", "late:yes", "refund late:yes", "type:victim late:yes", "refu*")
"""What has to look past many tickets that have time left, or joins the lists of many words."""
_TOLD: tuple[dict[str, str | None], ...] = (
    {"what": "奶粉结块,批号LX2408", "phone": "13800000042", "caller": "王女士"},
    {
        "what": "空调 约了三次都没有人来。收银结账时多收了钱",
        "how": "热水壶XK-200 6901234567892",
        "who": "收银员小李",
        "where": "收银台2号",
    },
    {"what": "The kettle leaks and the delivery was late", "who": "cashier Xiao Li", "where": "till 2"},
)
"""Complaints as they are being taken down."""
_ROUNDS = 8
_BARE = (
    "SELECT w.rowid, bm25(search_words) AS score, t.number, t.caller, t.phone, t.status, t.received_at, "
    't.next_due_at, t.what, t.how, t.remedy_wanted, t.who, t."where", t.when_said FROM search_words w '
    "JOIN search_row r ON r.row_id = w.rowid JOIN ticket t ON t.id = r.ticket_id "
    "WHERE search_words MATCH ? ORDER BY score LIMIT 50"
)


class WordRows:
    """The rows of the index for one ticket after another."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def of(self, ticket: Ticket) -> dict[str, list[tuple[Any, ...]]]:
        """Its rows by table."""
        row, held = row_at(ticket.received_at), document(ticket)
        while row in self._taken:
            row += 1
        self._taken.add(row)
        return {"search_row": [(row, ticket.id, digest(held))], "search_words": [(row, *held)]}


def search(path: Path, desk: "Desk", name: str) -> Iterator[Reading]:
    """A page of fifty with its snippets, beside the bare FTS5 query that ranks the same and reads the same texts."""
    from _bench_store import in_turns

    bare = sqlite3.connect(path)
    context = QueryContext(datetime.now(UTC), ZoneInfo("Asia/Shanghai"))

    def asked(text: str) -> list[tuple[Any, ...]]:
        match = expression(read_query(text, context), with_facts=True)
        return bare.execute(_BARE, (match,)).fetchall()

    for kind, texts, budget in (("common and rare", _SEARCHES, 2.0), ("rare only", _RARE, None)):
        ours, limit = in_turns(
            lambda texts=texts: [desk.search(text) for text in texts],  # type: ignore[misc]
            lambda texts=texts: [asked(text) for text in texts],  # type: ignore[misc]
            _ROUNDS,
            1,
        )
        ours, limit = ([spent / len(texts) for spent in times] for times in (ours, limit))
        yield Reading(f"search zh and en, {kind}, {name}", ours, limit, budget)
    for text in _LATE:
        ours, limit = in_turns(lambda text=text: desk.search(text), lambda: desk.search("退款"), _ROUNDS, 1)  # type: ignore[misc]
        yield Reading(f"search {text} beside 退款, {name}", ours, limit, None)
    ours, limit = in_turns(
        lambda: [desk.radar(told) for told in _TOLD],
        lambda: [desk.search("退款") for _told in _TOLD],
        _ROUNDS,
        1,
    )
    ours, limit = ([spent / len(_TOLD) for spent in times] for times in (ours, limit))
    yield Reading(f"radar at capture beside a search, {name}", ours, limit, None)
    key = desk.search(_SEARCHES[0]).next_key
    later, first = in_turns(
        lambda: desk.search(_SEARCHES[0], 50, key), lambda: desk.search(_SEARCHES[0]), _ROUNDS, 2
    )
    yield Reading(f"search, next page beside the first, {name}", later, first, 1.3)
    bare.close()
