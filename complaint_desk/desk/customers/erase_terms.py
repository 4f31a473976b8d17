"""What a person is known by, gathered from everything the history ever held of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from complaint_desk.models.customer import CustomerCard
from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from complaint_desk.rules.customer_names import tidy_name
from complaint_desk.rules.customers import number_key, told_name
from complaint_desk.rules.erasing import PersonTerms

PERSONAL = ("caller", "phone", "extension")
"""Fields of a complaint that are the caller's own."""
_NAMES = frozenset({"caller", "name", "name_added", "name_removed"})
_NUMBERS = frozenset({"phone", "number_added", "number_removed"})
_SHORTEST_SUBSCRIBER = 7


def person_terms(card: CustomerCard, events: Iterable[Event]) -> PersonTerms:
    """Names, numbers and addresses of a person: on the card now, and in these events then.

    A merge that was taken back tells nothing: its values may be somebody else's.
    """
    told = [("name", name) for name in card.names] + [("phone", number) for number in card.numbers]
    told += [("address", card.address)] if card.address else []
    events = list(events)
    undone = {event.fields["undoes"] for event in events if event.act is Act.CUSTOMER_UNDONE}
    for event in events:
        if event.act is not Act.CUSTOMER_MERGED or (
            event.id not in undone and event.fields["customer"] in card.members
        ):
            told += _told(event)
    names = {name for kind, value in told if kind in _NAMES and (name := told_name(value))}
    numbers = {number for kind, value in told if kind in _NUMBERS and (number := number_key(value))}
    return PersonTerms(
        names=frozenset(names),
        numbers=frozenset(spelt for number in numbers for spelt in spellings(number)),
        addresses=frozenset(value for kind, value in told if kind == "address" and value),
    )


def _told(event: Event) -> Iterator[tuple[str, str]]:
    words: Mapping[str, Any] = event.words or {}
    match event.act:
        case Act.RECEIVED:
            pairs = [(name, words.get(name)) for name in PERSONAL]
        case Act.AMENDED | Act.CUSTOMER_CHANGED:
            pairs = [(event.fields["field"], words.get(key)) for key in ("old", "new")]
        case Act.CUSTOMER_MERGED:
            pairs = list(words.get("values", {}).items())
        case _:
            pairs = []
    yield from ((name, value) for name, value in pairs if isinstance(value, str) and value)


def spellings(number: str) -> Iterator[str]:
    """The digits by which a kept number is dialled: from abroad, at home, and without its area code."""
    digits = number.removeprefix("+")
    yield digits
    if not number.startswith("+"):
        return
    from phonenumbers import NumberParseException, length_of_geographical_area_code, parse

    try:
        parsed = parse(number, None)
    except NumberParseException:
        return
    national = str(parsed.national_number)
    yield national
    subscriber = national[length_of_geographical_area_code(parsed) :]
    if len(subscriber) >= _SHORTEST_SUBSCRIBER:
        yield subscriber


def sought_bytes(terms: PersonTerms) -> frozenset[bytes]:
    """The bytes by which a file shows that the person still stands in it: names, and numbers read either way.

    Mere surnames are left out, and what is too short to mean anybody.
    """
    found = set()
    for name in terms.names:
        tidy = tidy_name(name)
        enough = len(tidy.plain) >= (4 if tidy.plain.isascii() else 2)
        if enough and not tidy.only_surname:
            found.add(name.encode("utf-8", "surrogatepass"))
    longest = {one for one in terms.numbers if len(one) >= _SHORTEST_SUBSCRIBER + 2}
    for digits in longest or terms.numbers:
        found |= {digits.encode("ascii", "ignore"), digits[::-1].encode("ascii", "ignore")}
    return frozenset(found)
