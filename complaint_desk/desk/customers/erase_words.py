"""What an erasure reaches, and what it leaves of the words it reaches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from complaint_desk.desk.customers.erase_terms import PERSONAL
from complaint_desk.models.customer import CustomerCard
from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from complaint_desk.rules.customer_names import tidy_name
from complaint_desk.rules.erased_words import as_erased
from complaint_desk.rules.erasing import PersonTerms, Redactor

A_PAGE = 200
"""Tickets of others looked for at a time."""
_PAGES_BY_NUMBER, _PAGES_BY_NAME = 50, 5
"""A number is somebody's; of a common name nobody could look through more than a thousand complaints."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Everything an erasure reaches."""

    card: CustomerCard
    tickets: dict[str, list[Event]]
    """The person's own complaints by number, each with its history."""
    acts: list[Event]
    """The acts on the card."""
    terms: PersonTerms
    far: PersonTerms
    """What is looked for in the complaints of others: numbers that nobody else has, and names."""
    shared: tuple[str, ...]


def left_of(
    events: Sequence[Event], redactor: Redactor, own: bool
) -> tuple[dict[str, Any], list[str]] | None:
    """What an erasure leaves of the words of these events, and whose words go; None where nothing changes.

    What earlier erasures left is taken over, so that their own words can go as well.
    """
    changed = changed_words(events, redactor, own)
    if not changed:
        return None
    earlier = [event for event in events if event.act is Act.WORDS_ERASED]
    taken_over = {one for event in earlier for one in event.fields["erased"]}
    left = {event.id: event.words for event in as_erased(events) if event.id in taken_over} | changed
    lost = [*changed, *(event.id for event in earlier if event.words is not None)]
    return {one: words for one, words in left.items() if words is not None}, lost


def changed_words(events: Sequence[Event], redactor: Redactor, own: bool) -> dict[str, Any]:
    """The events whose words hold the person, and these words without them; None where nothing is left."""
    changed: dict[str, Any] = {}
    for event in as_erased(events):
        if event.words is not None and event.act is not Act.WORDS_ERASED:
            words = redacted_words(event, redactor, own)
            if words != event.words:
                changed[event.id] = words
    return changed


def redacted_words(event: Event, redactor: Redactor, own: bool) -> Mapping[str, Any]:
    """What an event's words are without the person; in a complaint of their own, also without the caller's fields."""
    words: dict[str, Any] = redactor.redact_values(event.words)
    if own and event.act is Act.RECEIVED:
        return {name: value for name, value in words.items() if name not in PERSONAL}
    if own and event.act is Act.AMENDED and event.fields["field"] in PERSONAL:
        return {"old": None, "new": None}
    return words


def beside(scope: Scope) -> Callable[[Any], Any]:
    """Takes the person out of what lies beside the file.

    What holds a number of theirs is about the person, and loses all that may mean them; elsewhere only the whole name
    goes: 张女士 in somebody's waiting call is anybody.
    """
    near, far = Redactor(scope.terms), Redactor(scope.far, closely=False)
    numbers = Redactor(PersonTerms(numbers=scope.terms.numbers), closely=False)

    def redact(values: Any) -> Any:
        meant = numbers.redact_values(values) != values
        return (near if meant else far).redact_values(values)

    return redact


def spoken_of(events: Sequence[Event], redactor: Redactor) -> bool:
    """Whether the person stands in what is told here, not only in the caller's own name and number."""
    told = [event for event in as_erased(events) if event.words is not None]
    return any(
        redactor.redact_values(words) != words
        for event in told
        if not (event.act is Act.AMENDED and event.fields["field"] in PERSONAL)
        for words in ({name: value for name, value in (event.words or {}).items() if name not in PERSONAL},)
    )


def searches(terms: PersonTerms) -> Iterator[tuple[str, int]]:
    """What to search for, to find complaints of others that speak of a person, each with how many pages to read.

    Complaints of namesakes are passed over: the name is theirs.
    """
    for digits in sorted(terms.numbers):
        yield f"phone:{digits}", _PAGES_BY_NUMBER
    for name in sorted(terms.names):
        tidy = tidy_name(name)
        plain = tidy.plain.replace('"', " ").strip()
        if not tidy.only_surname and len(plain) > 1:
            yield f'"{plain}" -caller:"{plain}"', _PAGES_BY_NAME
    for address in sorted(terms.addresses):
        yield '"{}"'.format(address.replace('"', " ")), _PAGES_BY_NUMBER
