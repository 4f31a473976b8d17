"""The radar: what others told recently that a complaint being taken repeats. It only reads, and only this file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import cast

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.models.radar import Echo, Radar, SeenTicket, SignKind
from complaint_desk.models.search import SearchQuery
from complaint_desk.models.ticket import Ticket
from complaint_desk.playbook.spoken_words import RadarWords
from complaint_desk.rules.phone import read_phone
from complaint_desk.rules.phone_tails import SHORTEST_NUMBER, digits_of
from complaint_desk.rules.radar import (
    DAYS,
    MOST_SEEN,
    SAME_CALLER_DAYS,
    SAME_NAME_DAYS,
    USUAL_DAYS,
    ToldNow,
    duplicates_of,
    echo_of,
    gravest_first,
)
from complaint_desk.rules.radar_signs import RadarSign, RadarSigns
from complaint_desk.rules.search_document import fact
from complaint_desk.rules.search_terms import term
from complaint_desk.rules.spoken_time import read_spoken_time
from complaint_desk.store import radar as seen_by
from complaint_desk.store.full_text import has_index

_FEW = 20
"""So many open tickets of one caller are compared."""
_MOST_COUNTED = 2_000


class NoticingRepeats(DeskBase):
    """The verbs of noticing repeats."""

    def radar(self, told: Mapping[str, str | None], received_at: datetime | None = None) -> Radar:
        """What is worth saying about a complaint from its form's fields; quiet on a database server.

        The same product, batch, till or person in recent complaints, and open tickets that may be the same complaint.
        Never raises for any text.
        """
        at = received_at or self.clock()
        phone = told.get("phone") or ""
        now = ToldNow(
            at,
            caller=told.get("caller"),
            phone=read_phone(phone, self.settings.region).e164 or phone,
            what=" ".join(text for name in ("what", "how") if (text := told.get(name))),
            when_at=read_spoken_time(said, at, self.settings.zone).at if (said := told.get("when")) else None,
        )
        with self.store.reading() as connection:
            return self._radar(connection, told, now, told.get("store") or self.settings.store_code)

    def radar_of(self, number: str) -> Radar:
        """The same for a ticket, which is itself not counted. Raises TicketNotFound."""
        with self.store.reading() as connection:
            return self._radar_of(connection, self._fold(connection, self._events(connection, number)))

    def _radar_of(self, connection: Connection, ticket: Ticket) -> Radar:
        told = {
            name: getattr(ticket, name)
            for name in ("what", "how", "where", "who", "remedy_wanted", "caller", "phone")
        }
        now = ToldNow(
            ticket.received_at,
            ticket.number,
            ticket.caller,
            ticket.phone,
            " ".join(text for text in (ticket.what, ticket.how) if text),
            ticket.when.at if ticket.when else None,
        )
        return self._radar(connection, told, now, ticket.store)

    @cached_property
    def _radar_signs(self) -> RadarSigns:
        return RadarSigns(cast(Mapping[str, RadarWords], self.playbook.topic("radar")))

    def _radar(
        self, connection: Connection, told: Mapping[str, str | None], now: ToldNow, store: str | None
    ) -> Radar:
        if not has_index(connection):
            return Radar()
        echoes: list[Echo] = []
        near: list[SeenTicket] = []
        naming: set[str] = set()
        for sign in self._radar_signs.of(told):
            query = _asking_for(sign, now, store)
            seen = seen_by.seen(connection, query, MOST_SEEN)
            naming.update(one.number for one in seen)
            near += seen
            echo = echo_of(sign, now, seen, self._usual(connection, sign, query, now))
            if echo is not None:
                echoes.append(echo)
        near += self._of_this_caller(connection, now)
        return Radar(gravest_first(echoes), duplicates_of(now, near, naming))

    @staticmethod
    def _usual(connection: Connection, sign: RadarSign, query: SearchQuery, now: ToldNow) -> float:
        """How many name these goods in as many days as a rule."""
        if sign.kind is not SignKind.PRODUCT:
            return 0.0
        until = now.received_at - timedelta(days=DAYS[sign.kind])
        since = until - timedelta(days=USUAL_DAYS)
        before = seen_by.how_many(connection, query, since, until, _MOST_COUNTED)
        return before * DAYS[sign.kind] / USUAL_DAYS

    @staticmethod
    def _of_this_caller(connection: Connection, now: ToldNow) -> list[SeenTicket]:
        """Open tickets of the same number, and of the same name."""
        open_ones = SearchQuery(facts=((fact("status", "open"),),))
        found: list[SeenTicket] = []
        phone = now.phone or ""
        by_number = term(phone, "phone") if len(digits_of(phone)) >= SHORTEST_NUMBER else None
        by_name = term(now.caller, "caller", exact=True) if now.caller else None
        for wanted, days in ((by_number, SAME_CALLER_DAYS), (by_name, SAME_NAME_DAYS)):
            if wanted is not None:
                since = now.received_at - timedelta(days=days)
                found += seen_by.seen(connection, replace(open_ones, wanted=(wanted,), after=since), _FEW)
        return found


def _asking_for(sign: RadarSign, now: ToldNow, store: str | None) -> SearchQuery:
    facts = ((fact("store", store),),) if sign.in_store and store else ()
    since = now.received_at - timedelta(days=DAYS[sign.kind])
    return SearchQuery(wanted=(sign.term,), facts=facts, after=since)
