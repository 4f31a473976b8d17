"""Finding: one ticket with all that happened to it, and every ticket in which something was said."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.finding import search_index
from complaint_desk.desk.finding.search_offers import SearchOffers, offers
from complaint_desk.desk.finding.search_words import names_of, owners, refusal_of
from complaint_desk.locale import _
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.errors import FieldRefused, StoreFault
from complaint_desk.models.search import SearchKey, SearchPage, SearchQuery, SearchRow, Snippet
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.search_document import said_besides
from complaint_desk.rules.search_marks import Marker, cut
from complaint_desk.rules.search_query import QueryContext, QueryRefused, read_query
from complaint_desk.rules.tokens import legible
from complaint_desk.store import history, search, staff
from complaint_desk.store.full_text import has_index

_MOST_ROWS = 1_000


class Finding(DeskBase):
    """The verbs of looking a complaint up."""

    def ticket(self, number: str) -> Ticket:
        """The ticket of this number as its history tells it. Raises TicketNotFound."""
        with self.store.reading() as connection:
            return self._fold(connection, self._events(connection, number))

    def search(self, text: str, limit: int = 50, after: SearchKey | None = None) -> SearchPage:
        """The tickets in which all of this stands, the best first; the page below `after`, where it is given.

        Words, "phrases", -exclusions, beginnings*, and fields such as who:小李 after:上周 late:yes are understood.
        Where more than a thousand tickets hold the words, the newest come first. Raises FieldRefused, with a
        sentence, for a search that makes no sense, and StoreFault on a database server, which has no index.
        """
        limit = max(1, min(limit, _MOST_ROWS))
        now = self.clock()
        with self.store.reading() as connection:
            if not has_index(connection):
                raise StoreFault(
                    _(
                        "A database server keeps no index of words: only a file can be searched. "
                        "Nothing was looked for."
                    )
                )
            query = self._query(connection, text)
            found = search.find(connection, query, now, limit, after)
            shown = search.shown(connection, found.rows)
            marker = Marker(query.wanted)
            above: Iterable[int | None] = (
                range(found.above, found.above + len(found.rows)) if found.above is not None else repeat(None)
            )
            keys = [SearchKey(row, place) for row, place in zip(found.rows, above, strict=False)]
            rows = tuple(
                SearchRow(
                    key=key,
                    number=of.number,
                    caller=of.caller,
                    phone=of.phone,
                    status=TicketStatus(of.status),
                    late=search.is_late(of, now),
                    owner=of.owner,
                    received_at=of.received_at,
                    snippet=self._snippet(connection, marker, query, of),
                    score=score,
                )
                for key, score in zip(keys, found.scores, strict=True)
                if (of := shown.get(key.row)) is not None
            )
        return SearchPage(rows, found.total, keys[-1] if found.more else None)

    def search_offers(self, text: str) -> SearchOffers:
        """What could stand for the last word of a search that is being written."""

        def staff_names() -> Sequence[str]:
            with self.store.reading() as connection:
                return list(staff.names(connection).values())

        return offers(text, self.playbook, staff_names)

    def rebuild_search(self, told: search_index.Told = lambda done, count: None) -> int:
        """Make the index of words anew while desks go on working; returns how many tickets it holds."""
        return search_index.rebuild(self.store, told)

    def search_faults(self) -> search_index.IndexFaults:
        """Where the index of words differs from what the history amounts to."""
        with self.store.reading() as connection:
            return search_index.compare(connection)

    def _query(self, connection: Connection, text: str) -> SearchQuery:
        def staff_by_name() -> Mapping[str, str]:
            return owners(staff.names(connection), self.as_name)

        context = QueryContext(
            self.clock(),
            self.settings.zone,
            names_of=lambda field_name: names_of(field_name, self.playbook),
            owners=staff_by_name,
        )
        try:
            return read_query(text, context)
        except QueryRefused as refused:
            raise FieldRefused("search", refusal_of(refused)) from refused

    def _snippet(self, connection: Connection, marker: Marker, query: SearchQuery, of: Any) -> Snippet:
        """The place where the words stand: in the ticket's own fields, else in its history."""
        if query.wanted:
            found = (
                marker.snippet((name, getattr(of, column)) for name, column in _FIELDS)
                or marker.by_sound_or_digits(of.caller, of.phone)
                or marker.snippet(self._elsewhere(connection, of.id))
            )
            if found is not None:
                return found
        return cut("what", legible(of.what))

    def _elsewhere(self, connection: Connection, ticket_id: str) -> Sequence[tuple[str, str | None]]:
        ticket = self._fold(connection, history.events_of(connection, ticket_id))
        long = (
            ("what", ticket.what),
            ("how", ticket.how),
            ("remedy_wanted", ticket.remedy_wanted),
            ("number", ticket.number),
        )
        attached = (("history", text) for _name, text in ticket.attachments)
        came_with = ticket.brought.texts if ticket.brought else ()
        brought = [("history", text) for _heading, text in came_with]
        record = ticket.brought.record if ticket.brought else None
        return [
            *long,
            ("number", record),
            *attached,
            *brought,
            *(("history", text) for text in said_besides(ticket)),
        ]


_FIELDS = (
    ("what", "what"),
    ("caller", "caller"),
    ("how", "how"),
    ("remedy_wanted", "remedy_wanted"),
    ("who", "who"),
    ("where", "where"),
    ("when", "when_said"),
)
"""Where marks are looked for first: the field, and what it is called in a row."""
