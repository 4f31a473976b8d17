"""What is written to a file for other programs. Standard library only."""

from dataclasses import dataclass
from enum import StrEnum

from complaint_desk.models.queue_view import EVERYTHING, QueueChoice


class ExportFormat(StrEnum):
    """How tickets are written."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class PageFormat(StrEnum):
    """How a single ticket is written."""

    TEXT = "txt"
    MARKDOWN = "md"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class EveryTicket:
    """All tickets, in the order they were taken down."""


@dataclass(frozen=True, slots=True)
class OfQueue:
    """The lines of the queue, in their order: of a view, and narrowed by words where there are any."""

    choice: QueueChoice = EVERYTHING
    text: str = ""
    typed: bool = True
    """Whether the words are whole; else the last one may be the beginning of a longer one."""


@dataclass(frozen=True, slots=True)
class OfSearch:
    """What a search finds, in its order."""

    text: str


Chosen = EveryTicket | OfQueue | OfSearch


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written."""

    tickets: int
    path: str | None
    cancelled: bool = False
