"""What the index holds of a ticket: everything said in it, as tokens in columns, and the facts it is sorted by."""

from collections.abc import Iterable, Iterator
from hashlib import blake2b

from complaint_desk.models.enums import Act
from complaint_desk.models.search import SEARCH_COLUMNS, Document
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.name_sounds import name_sounds
from complaint_desk.rules.phone_tails import backwards, digits_of, numbers_in
from complaint_desk.rules.tokens import fold, indexed, legible

EVERY_TICKET = "_all"
"""The fact that is true of every ticket."""

_NUMBER = SEARCH_COLUMNS.index("number")
_CHOSEN = frozenset({"cause", "channel", "type", "store"})


def document(ticket: Ticket) -> Document:
    """What the index holds of this ticket; follows from its events alone, so that it can be made again."""
    besides = list(_besides(ticket))
    told = (ticket.what, ticket.where, ticket.who, ticket.how, ticket.remedy_wanted)
    return (
        *(indexed(text or "") for text in (*told, ticket.caller)),
        " ".join(name_sounds(ticket.caller)) if ticket.caller else "",
        " ".join(map(indexed, _numbered(ticket))),
        " ".join(_numbers(ticket, (*told, *besides))),
        " ".join(map(indexed, besides)),
        " ".join(_facts(ticket)),
    )


def with_number(held: Document, ticket: Ticket) -> Document:
    """A document that was made before the ticket had its number, with the number it has now."""
    number = " ".join(map(indexed, _numbered(ticket)))
    return (*held[:_NUMBER], number, *held[_NUMBER + 1 :])


def digest(held: Document) -> int:
    """A number that tells this document from any other: 63 bits, so that a database keeps it as a number."""
    hashed = blake2b("\x1f".join(held).encode("utf-8", "surrogatepass"), digest_size=8)
    return int.from_bytes(hashed.digest(), "big") >> 1


def fact(name: str, value: str) -> str:
    """A fact as one token; no word of a text ever holds an underscore."""
    plain = fold(legible(value))
    sign = plain.replace("_", "") if plain.isascii() and plain.replace("_", "").isalnum() else ""
    return f"{name}_{sign or 'x_' + plain.encode('utf-8', 'surrogatepass').hex()}"


def said_besides(ticket: Ticket) -> Iterator[str]:
    """Texts of a ticket that stand in none of its own fields, the latest of the history first."""
    for line in reversed(ticket.history):
        if line.text:
            yield line.text
        if line.act is Act.AMENDED and line.old and line.field_name not in _CHOSEN:
            yield line.old


def _numbered(ticket: Ticket) -> Iterator[str]:
    """The ticket's number, and what another program called its record."""
    yield ticket.number
    if ticket.brought is not None and ticket.brought.record:
        yield ticket.brought.record


def _besides(ticket: Ticket) -> Iterator[str]:
    if ticket.when is not None:
        yield ticket.when.said
    yield from (text for _, text in ticket.attachments)
    if ticket.brought is not None:
        yield from (text for _, text in ticket.brought.texts)
    yield from said_besides(ticket)


def _numbers(ticket: Ticket, texts: Iterable[str | None]) -> Iterator[str]:
    found = dict.fromkeys(backwards(number) for text in texts if text for number in numbers_in(text))
    if ticket.phone and (digits := digits_of(ticket.phone)):
        found[backwards(digits)] = None
    yield from found
    if ticket.extension:
        yield indexed(ticket.extension)


def _facts(ticket: Ticket) -> Iterator[str]:
    yield EVERY_TICKET
    for name, value in (
        ("status", ticket.status.value),
        ("type", ticket.type and ticket.type.value),
        ("cause", ticket.cause and ticket.cause.value),
        ("channel", ticket.channel.value),
        ("severity", str(int(ticket.severity))),
        ("store", ticket.store),
        ("owner", ticket.owner_id and ticket.owner_id.replace("-", "")),
    ):
        if value:
            yield fact(name, value)
