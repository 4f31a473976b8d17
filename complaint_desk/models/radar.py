"""What recent complaints have in common with one that is being taken, and which open ticket it may repeat."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from complaint_desk.models.enums import SafetyFlag


class SignKind(StrEnum):
    """What two complaints may have in common, the most telling first."""

    BATCH = "batch"
    CODE = "code"
    PERSON = "person"
    TILL = "till"
    PRODUCT = "product"


class Alike(StrEnum):
    """Why a ticket may be the same complaint once more."""

    NUMBER = "number"
    """It came from the same telephone number."""
    NAME = "name"
    """The caller gave the same name."""
    WORDS = "words"
    """It is told in similar words."""
    NAMED = "named"
    """It names the same product, batch, till or person."""
    TIME = "time"
    """It happened at the same time."""


class Echo(NamedTuple):
    """A product, batch, till or person that recent complaints name as well."""

    kind: SignKind
    said: str
    """As it was told this time."""
    others: int
    """How many other complaints name it, received from so many days before this one on."""
    days: int
    injuries: int
    """How many of them are flagged as an injury."""
    food_safety: int
    """How many of them are flagged as food safety."""
    numbers: tuple[str, ...]
    """The newest of them."""
    at_least: bool = False
    """There are more than were counted."""


class SeenTicket(NamedTuple):
    """What is read of another complaint."""

    number: str
    received_at: datetime
    is_open: bool
    caller: str | None
    phone: str | None
    owner: str | None
    what: str
    when_at: datetime | None
    safety: tuple[SafetyFlag, ...]


class Duplicate(NamedTuple):
    """An open ticket that may be the same complaint."""

    number: str
    received_at: datetime
    caller: str | None
    phone: str | None
    owner: str | None
    what: str
    """The first words of it."""
    alike: tuple[Alike, ...]
    """Why it may be the same, the strongest reason first."""
    likeness: float
    """How alike the words are: the share of the shorter text's words that both have, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Radar:
    """What is worth saying about a complaint from what others told recently; mostly nothing."""

    echoes: tuple[Echo, ...] = ()
    """The gravest first."""
    duplicates: tuple[Duplicate, ...] = ()
    """The likeliest first."""

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.echoes or self.duplicates)
