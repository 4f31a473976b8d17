"""What a search has found so far, page by page, as it is held for the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from complaint_desk.models.search import SearchKey, SearchRow

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk

PAGE = 50
"""Lines read at a time."""
AHEAD = 30
"""So many lines below those in sight are read before they are seen."""


@dataclass(frozen=True)
class FoundPages:
    """The lines found so far for one search, in their order."""

    sought: str = ""
    """What was asked for; empty where nothing was."""
    asked: str = ""
    """What was looked for in its place: where nothing holds the last word, what begins with it."""
    rows: tuple[SearchRow, ...] = ()
    counted: int | None = None
    """How many there are in all; None where they are not counted."""
    next_key: SearchKey | None = None
    """Where the next page begins; None where there is none."""
    seen: int = -1
    """The desk's count of changes when the first page was read."""
    places: dict[str, int] = field(default_factory=dict, repr=False, compare=False)
    """The index of each ticket by its number."""

    @property
    def total(self) -> int:
        """How many lines there are to show; one more than is held where others follow uncounted."""
        if self.counted is not None:
            return max(self.counted, len(self.rows))
        return len(self.rows) + (self.next_key is not None)

    def row(self, index: int) -> SearchRow | None:
        """The line of this index, if it is held."""
        return self.rows[index] if 0 <= index < len(self.rows) else None

    def wants(self, last: int) -> bool:
        """Whether more should be read, with the lines up to `last` in sight."""
        return self.next_key is not None and last + AHEAD > len(self.rows)


def first(desk: Desk, sought: str, at_least: int = PAGE) -> FoundPages:
    """The first lines found; of a last word that stands nowhere, of words that begin with it.

    Raises DeskError; waits for the desk.
    """
    seen, limit = desk.changes_seen(), max(PAGE, at_least)
    page, asked = desk.search(sought, limit), sought
    if not page.rows and _UNFINISHED.search(sought):
        longer = desk.search(f"{sought}*", limit)
        if longer.rows:
            page, asked = longer, f"{sought}*"
    return _held(FoundPages(sought, asked, (), page.total, page.next_key, seen), page.rows)


def further(desk: Desk, held: FoundPages, last: int) -> FoundPages:
    """What is held, and the lines below up to those after `last`. Raises DeskError; waits for the desk."""
    if held.next_key is None:
        return held
    page = desk.search(held.asked, max(PAGE, last + AHEAD - len(held.rows)), held.next_key)
    return _held(replace(held, counted=page.total, next_key=page.next_key), page.rows)


def _held(before: FoundPages, rows: tuple[SearchRow, ...]) -> FoundPages:
    """With these lines below; a ticket that moved between two pages is shown in its first place only."""
    every = list({row.number: row for row in (*rows[::-1], *before.rows[::-1])}.values())[::-1]
    counted = before.counted
    if before.next_key is None and counted is not None:
        counted = len(every)
    places = {row.number: index for index, row in enumerate(every)}
    return replace(before, rows=tuple(every), counted=counted, places=places)


_UNFINISHED = re.compile(r"(?:^|[\s:：-])[A-Za-z][A-Za-z0-9]+$")
"""A search that ends in a Latin word of two letters or more."""
