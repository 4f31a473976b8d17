"""A customer as a person sees one: the card, what is found while typing, how a matching came about.

Read models, standard library only. The type of complainant belongs to a call and never stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from complaint_desk.models.enums import Act


class ContactWay(StrEnum):
    """How a customer wishes to be reached (training text 004: telephone, letter, visit)."""

    PHONE = "phone"
    MESSAGE = "message"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"


class Consent(StrEnum):
    """Whether the customer agreed that the store keeps the card and gets in touch."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class LinkedBy(StrEnum):
    """How a ticket came to its customer."""

    NEW = "new"
    """Nobody known has this number, or none was told."""
    NUMBER_AND_NAME = "number_and_name"
    NUMBER = "number"
    """By the number alone: no name was told, or none was known."""
    NEW_ON_NUMBER = "new_on_number"
    """Another person on a number that is known."""
    BY_HAND = "by_hand"
    SPLIT = "split"
    """Moved to a card of its own."""
    AT_UPGRADE = "at_upgrade"
    """Found among older tickets when the file was brought up to date."""


class FoundBy(StrEnum):
    """What in the words typed led to a customer, the surest first."""

    NUMBER = "number"
    """The whole number."""
    TAIL = "tail"
    """The last digits."""
    BEGINNING = "beginning"
    """The first digits."""
    NAME = "name"
    """The name as written, or its beginning."""
    SOUND = "sound"
    """The name as it sounds: pinyin, initials."""
    NEARLY = "nearly"
    """All but one sign, or two signs in each other's place."""


CARD_TEXTS = ("name", "address", "contact_time", "notes")
"""Fields of a card that hold a text."""
CARD_CHOICES: Mapping[str, type[StrEnum]] = {"contact_way": ContactWay, "consent": Consent}
"""Fields of a card that hold one of a closed list."""
CARD_FIELDS = ("name", "address", "contact_way", "contact_time", "consent", "level", "notes")
"""Fields of a card that hold one value, in the order they are shown."""
LEVELS = ("A", "B", "C", "D")
"""How close a customer stands to the store, A the closest (training text 004: the table of levels)."""


class Hold(NamedTuple):
    """A legal hold: why, by whom, since when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CardLine:
    """One act on a card."""

    event_id: str
    act: Act
    by: str
    at: datetime
    field_name: str | None = None
    old: str | None = None
    new: str | None = None
    text: str | None = None
    other: str | None = None
    """For a merge: the customer that was merged into this one."""
    undone: bool = False


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """A customer's card as it stands."""

    id: str
    name: str | None = None
    names: tuple[str, ...] = ()
    """Every name, the one it is shown by first."""
    numbers: tuple[str, ...] = ()
    """E.164 where they are telephone numbers, else digits."""
    address: str | None = None
    contact_way: ContactWay | None = None
    contact_time: str | None = None
    consent: Consent | None = None
    level: str | None = None
    notes: str | None = None
    members: tuple[str, ...] = ()
    """The ids of the customers on this card: its own, and those merged into it."""
    hold: Hold | None = None
    last_at: datetime | None = None
    """When the last complaint was received."""
    erased_at: datetime | None = None
    history: tuple[CardLine, ...] = field(default=(), compare=False)
    """Every act on the card and on those merged into it, in their order."""

    @property
    def version(self) -> int:
        """Tells whether somebody changed the card meanwhile."""
        return len(self.history)


class KnownBy(NamedTuple):
    """What a card knows a customer by."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    address: str | None = None


class CallerFound(NamedTuple):
    """Somebody whom the words typed may mean."""

    customer_id: str
    name: str | None
    numbers: tuple[str, ...]
    level: str | None
    last_at: datetime | None
    open_tickets: int
    by: FoundBy


class CallerTicket(NamedTuple):
    """A complaint of a caller, as a line of the card."""

    number: str
    received_at: datetime
    status: str
    what: str
    """The first words, at most 200 characters."""
    cause: str | None
    severity: int
    owner: str | None
    next_clock: str | None
    next_due_at: datetime | None


class CallerContact(NamedTuple):
    """Something that was said or done with this caller."""

    number: str
    act: Act
    by: str
    at: datetime
    text: str | None


class CallerPromise(NamedTuple):
    """A promise made to this caller that is neither kept nor broken."""

    number: str
    what: str
    due_at: datetime
    owner: str | None


class Goodwill(NamedTuple):
    """What was granted to this caller, by currency, in its smallest unit."""

    currency: str
    amount: int
    times: int


@dataclass(frozen=True, slots=True)
class CallerCard:
    """What an agent should know before the second sentence."""

    card: CustomerCard
    complaints: int
    """How many complaints the customer ever made here."""
    open_tickets: tuple[CallerTicket, ...] = ()
    last_contacts: tuple[CallerContact, ...] = ()
    promises_due: tuple[CallerPromise, ...] = ()
    goodwill: tuple[Goodwill, ...] = ()
    """Granted in the last ninety days."""
    last_ended: CallerTicket | None = None
    """The complaint that ended last."""
    last_end_text: str | None = None
    """How it was settled, in the words of whoever settled it."""
    last_outcome: str | None = None
