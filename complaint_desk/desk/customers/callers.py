"""Callers: who it may be while the agent still types, and what to know about them before the second sentence."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from complaint_desk.desk.base import DeskBase
from complaint_desk.desk.customers.customer_cards import read_card
from complaint_desk.models.customer import CallerCard, CallerFound, CallerTicket, CustomerCard, FoundBy
from complaint_desk.rules.caller_keys import LONGEST_TYPED, AskedCaller, asked_caller, span
from complaint_desk.rules.customer_names import tidy_name
from complaint_desk.rules.customers import OwnActs, card_of
from complaint_desk.rules.phone import read_phone
from complaint_desk.store import callers, customer_lookup, customers, staff

GOODWILL_DAYS = 90
"""So many days back an agent is told what was granted to a caller."""
_LOOKED_AT = 200
"""Cards looked at for one thing typed; the latest callers of them are shown."""
_LINES = 5
_WHILE_GETTING_READY = ("13000000000", "0000", "zhangxiaohong", "张晓虹")
"""Every way in which a caller is asked for."""
_NO_ROW, _NOBODY = -1, ""


class Callers(DeskBase):
    """The verbs of knowing who calls."""

    @cached_property
    def _calling_code(self) -> str:
        """The store's country's code for calls from abroad, such as 86; empty where it has none."""
        from phonenumbers import country_code_for_region

        return str(country_code_for_region(self.settings.region.upper()) or "")

    def who_is(self, text: str, limit: int = 8) -> list[CallerFound]:
        """The customers whom the words typed so far may mean, the surest first, then the latest callers.

        A number in any spelling, its first or last four digits and more; a name in characters, pinyin or initials;
        with one typing error where that leads to more. Empty where too little was typed; never raises for any text.
        Whoever gives the whole number has said who they are: their card stands open to this person from then on.
        """
        number = read_phone(text, self.settings.region).e164 if len(text) <= LONGEST_TYPED else None
        asked = asked_caller(text, self._calling_code, number)
        if asked is None or limit < 1:
            return []
        with self.store.reading() as connection:
            found: dict[int, FoundBy] = {}
            for by, row_ids in _looked_up(connection, asked):
                for row_id in row_ids:
                    found.setdefault(row_id, by)
                if by is FoundBy.BEGINNING and len(found) >= limit:
                    break
            exact = any(by in (FoundBy.NUMBER, FoundBy.NAME) for by in found.values())
            if len(found) < limit and not exact and (near := list(asked.nearly())):
                for row_id in customer_lookup.found_by_keys(connection, near, _LOOKED_AT):
                    found.setdefault(row_id, FoundBy.NEARLY)
            answer = _told(connection, list(_best(connection, found, text, limit)))
        self._looked_at.update(one.customer_id for one in answer if one.by is FoundBy.NUMBER)
        return answer

    def complaints_of(self, customer_id: str, limit: int = 100) -> tuple[CallerTicket, ...]:
        """A customer's complaints, open or settled, the newest first. Raises CustomerNotFound."""
        with self.store.reading() as connection:
            return callers.every_ticket(connection, read_card(connection, customer_id).members, limit)

    def caller_card(self, customer_id: str) -> CallerCard:
        """What an agent should know about a caller.

        The card, the open complaints ("add to it?"), the last contacts, what was promised and is due, what was
        granted in ninety days, how the last complaint ended, and how many there were. Raises CustomerNotFound.
        """
        with self.store.reading() as connection:
            card = read_card(connection, customer_id)
            return _about(connection, card, self.clock() - timedelta(days=GOODWILL_DAYS))


def get_ready(desk: Callers) -> None:
    """Load and prepare what the first lookup would else wait for; asks for nobody and shows nothing."""
    since = desk.clock() - timedelta(days=GOODWILL_DAYS)
    with desk.store.reading() as connection:
        for text in _WHILE_GETTING_READY:
            number = read_phone(text, desk.settings.region).e164
            if asked := asked_caller(text, desk._calling_code, number):
                list(asked.nearly())
                list(_looked_up(connection, asked))
        customer_lookup.cards_by_row(connection, [_NO_ROW])
        customer_lookup.found_by_keys(connection, ["none"], 1)
        customer_lookup.numbers_of(connection, [_NO_ROW])
        customer_lookup.count_open(connection, [_NOBODY])
        customers.members_of(connection, [_NOBODY])
        customers.card_id_of(connection, _NOBODY)
        staff.names(connection)
        customers.events_on(connection, _NOBODY)
        customers.told_by(connection, [_NOBODY])
        _about(connection, card_of(_NOBODY, {_NOBODY: OwnActs()}, (), None), since)


def _about(connection: Connection, card: CustomerCard, goodwill_since: datetime) -> CallerCard:
    ended = callers.last_ended(connection, card.members)
    return CallerCard(
        card=card,
        complaints=callers.count_complaints(connection, card.members),
        open_tickets=callers.open_tickets(connection, card.members, _LINES),
        last_contacts=callers.last_contacts(connection, card.members, _LINES),
        promises_due=callers.promises_due(connection, card.members, _LINES),
        goodwill=callers.goodwill_since(connection, card.members, goodwill_since),
        last_ended=ended[0] if ended else None,
        last_end_text=ended[1] if ended else None,
        last_outcome=ended[2] if ended else None,
    )


def _told(connection: Connection, best: Sequence[tuple[Any, FoundBy]]) -> list[CallerFound]:
    if not best:
        return []
    numbers = customer_lookup.numbers_of(connection, [row.row_id for row, _by in best])
    not_ended = customer_lookup.count_open(connection, [row.id for row, _by in best])
    return [
        CallerFound(
            customer_id=row.id,
            name=row.name,
            numbers=numbers.get(row.row_id, ()),
            level=row.level,
            last_at=row.last_at,
            open_tickets=not_ended.get(row.id, 0),
            by=by,
        )
        for row, by in best
    ]


def _looked_up(connection: Connection, asked: AskedCaller) -> Iterator[tuple[FoundBy, list[int]]]:
    for by, key in asked.whole:
        yield by, customer_lookup.found_by_keys(connection, [key], _LOOKED_AT)
    for by, begun in asked.begun:
        yield by, customer_lookup.found_by_span(connection, *span(begun), _LOOKED_AT)


def _best(
    connection: Connection, found: dict[int, FoundBy], text: str, limit: int
) -> Iterable[tuple[Any, FoundBy]]:
    """The rows of the best of them, each with how it was found: Latin letters may be a name as it is written."""
    order = list(FoundBy)
    rows = customer_lookup.cards_by_row(connection, list(found))
    typed = tidy_name(text).plain.replace(" ", "")
    told = [
        (row, FoundBy.NAME if _is_written_so(row, typed, found[row.row_id]) else found[row.row_id])
        for row in rows
    ]
    return sorted(told, key=lambda one: order.index(one[1]))[:limit]


def _is_written_so(row: Any, typed: str, by: FoundBy) -> bool:
    words = tidy_name(row.name or "").plain.split()
    return by is FoundBy.SOUND and any(
        "".join((*words[at:], *words[:at])).startswith(typed) for at in range(len(words))
    )
