"""Keeps the cards of customers true to the history: with every save, anew as a whole, and compared."""

from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from complaint_desk.models.customer import CustomerCard, LinkedBy
from complaint_desk.models.event import Event
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.caller_keys import keys_of
from complaint_desk.rules.customers import (
    CARD_ACTS,
    Known,
    OwnActs,
    Told,
    card_of,
    groups,
    number_key,
    own_acts,
    told_name,
    whose,
)
from complaint_desk.store import customer_checks, customer_tickets, customers, history

_AT_ONCE = 500
"""Cards compared or made anew at a time."""


class Link(NamedTuple):
    """Whose a new ticket is."""

    customer_id: str
    by: LinkedBy
    names: tuple[str, ...] | None
    """The names the card has so far; None for somebody new."""


def link(
    connection: Connection, caller: str | None, phone: str | None, among: Container[str] | None = None
) -> Link | None:
    """Whom a caller's name and telephone mean; None where neither was told.

    `among` are the numbers that cards have, where they were looked up for many at once.
    """
    number = number_key(phone)
    asked = bool(number) and (among is None or number in among)
    known = [Known(*one) for one in customers.on_number(connection, number)] if asked and number else []
    match = whose(told_name(caller), number, known)
    if match is None:
        return None
    if match.customer_id is None:
        return Link(history.new_id(), match.by, None)
    return Link(match.customer_id, match.by, next(one.names for one in known if one.id == match.customer_id))


def numbers_known(connection: Connection, phones: Iterable[str]) -> set[str]:
    """Those of these telephone numbers that stand on a card."""
    return customers.numbers_known(connection, [key for phone in phones if (key := number_key(phone))])


def prepare(caller: str | None) -> None:
    """Sound a caller's name before the transaction begins: what that loads is loaded, what it finds remembered."""
    keys_of((caller,) if caller else (), ())


def add_ticket(connection: Connection, ticket: Ticket, found: Link | None) -> None:
    """Bring the caller's card to what it amounts to with a new ticket, whose row is written already."""
    if found is None:
        return
    if found.names is None:
        card = _first_card(found.customer_id, ticket)
        customers.add_card(connection, card, keys_of(card.names, card.numbers))
    elif (name := told_name(ticket.caller)) is None or name in found.names:
        customers.touch(connection, found.customer_id, ticket.received_at)
    else:
        refresh(connection, [found.customer_id])


def add_tickets(connection: Connection, found: Iterable[tuple[Ticket, Link | None]]) -> None:
    """Bring the cards to what they amount to with many new tickets, no two of them by one caller who was new."""
    new = []
    for ticket, whose_it_is in found:
        if whose_it_is is not None and whose_it_is.names is None:
            card = _first_card(whose_it_is.customer_id, ticket)
            new.append((card, keys_of(card.names, card.numbers)))
        else:
            add_ticket(connection, ticket, whose_it_is)
    customers.add_cards(connection, new)


def _first_card(customer_id: str, ticket: Ticket) -> CustomerCard:
    told = [Told(ticket.caller, ticket.phone)]
    return card_of(customer_id, {customer_id: OwnActs()}, told, ticket.received_at)


def relinked(connection: Connection, before: Ticket, after: Ticket) -> Link | None:
    """To whom a corrected ticket goes over; None where it stays with whom it is.

    A link made by hand stays. Else the ticket goes to whom its new name and number plainly mean; to somebody new only
    where its customer has other tickets, whose name it does not bear.
    """
    if (before.caller, before.phone) == (after.caller, after.phone) or after.linked_by is LinkedBy.BY_HAND:
        return None
    found = link(connection, after.caller, after.phone)
    if after.customer_id is None or found is None:
        return found
    own = customers.card_id_of(connection, after.customer_id)
    if found.names is not None:
        return None if found.customer_id == own else found
    members = customers.members_of(connection, [own]) if own else []
    others = [one for one in customer_tickets.every_ticket_of(connection, members) if one.id != after.id]
    if not others:
        return None
    names = dict.fromkeys(name for one in others if (name := told_name(one.caller)))
    known = [Known(own or "", tuple(names))]
    match = whose(told_name(after.caller), "", known)
    return None if match and match.customer_id is not None else found


def refresh(connection: Connection, customer_ids: Iterable[str]) -> None:
    """Bring the cards on which these customers stand, or stood, to what they amount to now."""
    acts: dict[str, OwnActs] = {}
    waiting = set(customer_ids)
    while waiting:
        cards = {customers.card_id_of(connection, one) or one for one in waiting}
        for one in {*waiting, *customers.members_of(connection, cards)} - acts.keys():
            acts[one] = own_acts(one, customers.events_on(connection, one), {})
        waiting = {own.merged_into for own in acts.values() if own.merged_into} - acts.keys()
    for card_id, members in groups({one: own.merged_into for one, own in acts.items()}).items():
        _write(connection, card_id, {one: acts[one] for one in members})


def bring_up(connection: Connection, customer_ids: Iterable[str]) -> None:
    """The same for many at once, after tickets came in that name them: most of them are new here."""
    ids = list(customer_ids)
    new = set(ids) - customers.known(connection, ids)
    for cards in _every_card(connection, {one: OwnActs() for one in ids if one in new}):
        customers.add_cards(connection, cards)
    refresh(connection, (one for one in ids if one not in new))


def _write(connection: Connection, card_id: str, acts: dict[str, OwnActs]) -> None:
    if len(acts) == 1 and not customers.is_named(connection, card_id):
        customers.remove(connection, card_id)
        return
    for one, own in acts.items():
        if one != card_id:
            customers.write_member(connection, one, card_id, own.erased_at)
    card = _card(connection, card_id, acts)
    customers.write_card(connection, card, keys_of(card.names, card.numbers))


def _card(connection: Connection, card_id: str, acts: dict[str, OwnActs]) -> CustomerCard:
    return _card_told(card_id, acts, customers.told_by(connection, acts))


def _card_told(card_id: str, acts: dict[str, OwnActs], told: Sequence[Any]) -> CustomerCard:
    return card_of(card_id, acts, (Told(one.caller, one.phone) for one in told), last_of(told))


def _every_card(
    connection: Connection, acts: dict[str, OwnActs]
) -> Iterator[list[tuple[CustomerCard, frozenset[str]]]]:
    """Every card with its keys, as the history and the tickets have it, many at a time."""
    cards = sorted(groups({one: own.merged_into for one, own in acts.items()}).items())
    for at in range(0, len(cards), _AT_ONCE):
        some = cards[at : at + _AT_ONCE]
        told: dict[str, list[Any]] = {}
        for one in customers.told_by(connection, [each for _card_id, members in some for each in members]):
            told.setdefault(one.customer_id, []).append(one)
        made = [
            _card_told(
                card_id,
                {one: acts[one] for one in members},
                [each for one in members for each in told.get(one, ())],
            )
            for card_id, members in some
        ]
        yield [(card, keys_of(card.names, card.numbers)) for card in made]


def last_of(told: Iterable[Any]) -> datetime | None:
    """When the last of these was received."""
    return max((one.last_at for one in told), default=None)


def compare(connection: Connection) -> list[str]:
    """The ids of the customers whose cards are not what the history amounts to."""
    links, acts = _every_act(connection)
    wrong = {one for one, _event in links ^ customer_checks.kept_links(connection)}
    wrong |= customer_checks.kept_ids(connection) - acts.keys()
    for cards in _every_card(connection, acts):
        held = customer_checks.kept(connection, [one for card, _keys in cards for one in card.members])
        for card, keys in cards:
            expected = {card.id: (customers.card_values(card), sorted(card.numbers), set(keys))}
            for one in card.members:
                values = customers.member_values(one, card.id, acts[one].erased_at)
                expected.setdefault(one, (values, [], set()))
            wrong |= {one for one, values in expected.items() if held.get(one) != values}
    return sorted(wrong)


def rebuild(connection: Connection) -> int:
    """Make every card anew from the history and the tickets, in the caller's transaction; returns how many."""
    customer_checks.clear(connection)
    _links, acts = _every_act(connection)
    for event in customer_checks.acts_on_cards(connection, CARD_ACTS):
        customers.remember(connection, event, concerned(event))
    count = 0
    for cards in _every_card(connection, acts):
        customers.add_cards(connection, cards)
        for card, _keys in cards:
            for one in card.members:
                if one != card.id:
                    customers.write_member(connection, one, card.id, acts[one].erased_at)
        count += len(cards)
    return count


def concerned(event: Event) -> tuple[str, ...]:
    """The customers an act is about."""
    fields = event.fields
    merged = (fields["merged"],) if fields.get("merged") else ()
    return tuple(dict.fromkeys((fields["customer"], *merged, *fields.get("members", ()))))


def _every_act(connection: Connection) -> tuple[set[tuple[str, str]], dict[str, OwnActs]]:
    """Which act concerns which customer, and what the acts on each come to, by the history alone."""
    events: dict[str, list[Event]] = {one: [] for one in customer_checks.linked_ids(connection)}
    for event in customer_checks.acts_on_cards(connection, CARD_ACTS):
        for one in concerned(event):
            events.setdefault(one, []).append(event)
    links = {(one, event.id) for one, its in events.items() for event in its}
    return links, {one: own_acts(one, its, {}) for one, its in events.items()}
