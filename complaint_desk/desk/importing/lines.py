"""A line on its way in: ready to become a ticket, or refused."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.search import Document


class LineRefused(ValueError):
    """`str(error)` is the sentence that refuses a line; `column` its heading where one cell is at fault."""

    def __init__(self, sentence: str, column: str = "") -> None:
        super().__init__(sentence)
        self.column = column


@dataclass(slots=True)
class ReadyLine:
    """A line that can become a ticket, all but its number and its place in the history."""

    line: int
    key: str
    record: str | None
    received: datetime
    status: TicketStatus
    store: str | None
    owner: str | None
    """The owner's id, where the file names somebody of the staff."""
    fields: dict[str, Any]
    words: dict[str, Any]
    guessed: Sequence[tuple[str, str]] = ()
    """Values of closed lists, with their headings, that stand for nothing known."""
    held: Document | None = None
    """What the index of words will hold, all but the number, where it was worked out beforehand."""
