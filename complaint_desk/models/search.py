"""What is searched for, and what was found. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from complaint_desk.models.enums import TicketStatus

SEARCH_COLUMNS = (
    *("what", "place", "who", "how", "remedy", "caller", "sound"),
    *("number", "phone", "besides", "facts"),
)
"""The columns of the index. `place` is the field where; `besides` the words for the time, texts attached, the
history's texts and what was corrected away; `sound` how the caller's name is typed; `facts` are no words."""

Document = tuple[str, ...]
"""What the index holds of a ticket: for each column its tokens with spaces between."""


class Phrase(NamedTuple):
    """Tokens in a row."""

    tokens: tuple[str, ...]
    begins: bool = False
    """The last token is only the beginning of one."""
    column: str | None = None
    """The column they stand in; None for any."""


class Term(NamedTuple):
    """One thing asked for."""

    said: str
    """As a person wrote it, without its field and quotation marks."""
    alternatives: tuple[tuple[Phrase, ...], ...]
    """It is found where all phrases of any of these stand."""
    column: str | None = None
    exact: bool = False
    """The words as written, not their stems."""
    begins: bool = False


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What a person asks for; all of it together."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    """Of each group one must be true; as the index spells facts."""
    unwanted_facts: tuple[str, ...] = ()
    after: datetime | None = None
    """Received then or later."""
    before: datetime | None = None
    """Received earlier than then."""
    late: bool | None = None
    """Open and past the next due time; or not."""


class SearchKey(NamedTuple):
    """Where a page ended, so that the next one begins there."""

    row: int
    above: int | None = None
    """How many better ones stood above it; None where the newest came first."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The place of a ticket where the words stand."""

    field_name: str
    """The field it is taken from, as in the JSON keys, or `history`."""
    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """Start and end of each hit, counted in the characters of `text`."""


class SearchRow(NamedTuple):
    """One ticket that was found."""

    key: SearchKey
    number: str
    caller: str | None
    phone: str | None
    status: TicketStatus
    late: bool
    """Open and past its next due time."""
    owner: str | None
    received_at: datetime
    snippet: Snippet
    score: float | None
    """How well it fits, higher is better; None where the newest come first."""


@dataclass(frozen=True, slots=True)
class SearchPage:
    """A page of what was found."""

    rows: tuple[SearchRow, ...]
    total: int | None
    """How many there are; None where they are not counted: no word was asked for, or too many tickets hold it."""
    next_key: SearchKey | None
    """Hand it in as `after` for the next page; None on the last."""

    @property
    def best_first(self) -> bool:
        """Whether the best come first; else the newest do."""
        return self.total is not None
