"""What a file of another program is said to hold, and what became of its lines. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class FileKind(StrEnum):
    """How a file is written."""

    TABLE = "table"
    """Text with a delimiter between its cells: CSV, TSV and their like."""
    WORKBOOK = "workbook"
    """XLSX."""
    OBJECTS = "objects"
    """One JSON object a line."""
    TICKETS = "tickets"
    """One JSON object a line, each a whole ticket with its history, as this desk exports them."""


class Target(StrEnum):
    """What a column of a file becomes."""

    RECORD = "record"
    RECEIVED = "received"
    """The day of receipt, with the time where the cell holds one."""
    RECEIVED_TIME = "received_time"
    WHAT = "what"
    CALLER = "caller"
    PHONE = "phone"
    EXTENSION = "extension"
    WHEN = "when"
    WHERE = "where"
    WHO = "who"
    HOW = "how"
    REMEDY_WANTED = "remedy_wanted"
    STATUS = "status"
    CHANNEL = "channel"
    CAUSE = "cause"
    TYPE = "type"
    SEVERITY = "severity"
    STORE = "store"
    OWNER = "owner"
    ASIDE = "aside"
    """Kept beside the ticket as it was written."""
    DROPPED = "dropped"
    """Left out."""


JOINED = frozenset({Target.WHAT, Target.WHERE, Target.WHO, Target.HOW, Target.REMEDY_WANTED})
"""Several columns may become one of these; their texts are joined."""
CHOSEN = frozenset({Target.STATUS, Target.CHANNEL, Target.CAUSE, Target.TYPE, Target.SEVERITY})
"""What is one of a closed list: each value of the column stands for one of it."""


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """One column: its heading, what it becomes, and how its cells are read."""

    heading: str
    to: Target
    order: str | None = None
    """For dates: the order of day, month and year, by the name of a `DateOrder`."""
    values: Mapping[str, str] = field(default_factory=dict)
    """For a closed list: what each value of the column stands for."""


@dataclass(frozen=True, slots=True)
class FileLayout:
    """How the file is written, as far as it must be known to read it again."""

    kind: FileKind
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    """Every sheet of a workbook."""


@dataclass(frozen=True, slots=True)
class OrderAsked:
    """A column of dates whose order the file does not tell: a person must."""

    column: int
    heading: str
    mixed: bool
    """Whether some cells only fit one order and others only another; else all cells fit both."""
    examples: tuple[tuple[str, str], ...]
    """Orders it could be, each with a cell."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What was found in a file, and what each of its columns is proposed to become."""

    path: str
    name: str
    """The file's name without its folder."""
    fingerprint: str
    layout: FileLayout
    columns: tuple[ColumnMap, ...]
    samples: tuple[tuple[str, ...], ...]
    """The cells of the first lines."""
    lines: int
    """How many lines hold anything, the headings not counted."""
    asked: tuple[OrderAsked, ...] = ()
    missing: tuple[Target, ...] = ()
    """What no column becomes, and a ticket cannot do without."""
    size: int = 0
    """Bytes of the file."""

    @property
    def is_ready(self) -> bool:
        """Whether it can be brought in as it stands."""
        return not self.asked and not self.missing


@dataclass(frozen=True, slots=True)
class LineFault:
    """A line that cannot become a ticket, and the sentence that says why."""

    line: int
    reason: str
    column: str = ""


@dataclass(slots=True)
class ImportCounts:
    """What became of a file's lines."""

    read: int = 0
    new: int = 0
    """Became tickets, or would."""
    known: int = 0
    """Are in the desk already."""
    faulty: int = 0
    blank: int = 0
    open: int = 0
    """Of the new ones: still open where they came from."""
    faults: list[LineFault] = field(default_factory=list)
    """The first faults."""
    guessed: dict[tuple[str, str], int] = field(default_factory=dict)
    """Values of closed lists that stand for nothing known, by heading and value: how many lines hold each."""
    first_received: str | None = None
    last_received: str | None = None
    cancelled: bool = False
    faulty_file: str | None = None
    """Where the faulty lines were written."""
