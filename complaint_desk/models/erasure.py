"""What erasing a person takes away, and what it leaves. Read models, standard library only."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from complaint_desk.models.customer import CustomerCard

LARGE_FILE = 500_000_000
"""Bytes from which on the file takes long to be written anew: about a minute and more."""


class ErasureStep(StrEnum):
    """What is going on while a person is erased."""

    MERGING = "merging"
    """The index of words is merged, a little at a time."""
    WRITING_ANEW = "writing_anew"
    """The file is written anew; no desk can save meanwhile."""
    READING = "reading"
    """The file is read for what is left."""


class KeptCopy(NamedTuple):
    """A copy of the file that still holds a person who is erased from the file itself."""

    path: Path
    made_at: datetime | None
    last_day: date | None
    """The last day on which the rotation of backups keeps it; None where it stays until somebody deletes it."""


class Mention(NamedTuple):
    """A ticket of somebody else in which the person stands."""

    number: str
    by_number: bool
    """The person's number or address stands there: the person is meant. Else only the name, which others may bear."""


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """What erasing a customer would do."""

    card: CustomerCard
    tickets: tuple[str, ...]
    """The customer's complaints: what was said stays, without the person."""
    texts: int
    """How many records of what was said change."""
    mentions: tuple[Mention, ...]
    shared_numbers: tuple[str, ...]
    """Numbers that stand on somebody else's card too; in that one's complaints they stay."""
    drafts: int
    """How many calls that are no complaints yet hold the person."""
    copies: tuple[KeptCopy, ...]
    size: int = 0
    """Bytes of the file, which is written anew afterwards; meanwhile no desk can save."""

    @property
    def takes_long(self) -> bool:
        """Whether writing the file anew takes so long that it is better done when nobody has to save."""
        return self.size > LARGE_FILE


@dataclass(frozen=True, slots=True)
class ErasureDone:
    """What an erasure did."""

    customer_id: str
    tickets: tuple[str, ...]
    texts: int
    left_in: tuple[Mention, ...]
    """Complaints of others in which a person of this name still stands."""
    drafts: tuple[Path, ...]
    copies: tuple[KeptCopy, ...]
    traces: tuple[tuple[Path, int], ...]
    """Files in which the name or a number can still be read as it was, and how often; empty when all is gone."""
    trouble: str | None = None
    """Why the file could not be written anew, and what to do; None when it was."""


class DueForErasure(NamedTuple):
    """A customer last heard of before the retention period."""

    customer_id: str
    name: str | None
    last_at: datetime
