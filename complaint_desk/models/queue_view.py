"""Which part of the queue is looked at. Standard library only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class QueueView(StrEnum):
    """A part of the queue, as a supervisor asks for it; the values are names on the command line too."""

    ALL = "all"
    MINE = "mine"
    NOBODYS = "nobodys"
    LATE = "late"
    DUE = "due"
    """Due by the end of this shift, and not late yet."""
    APPROVAL = "approval"
    """A remedy waits for somebody's approval."""
    PAUSED = "paused"
    PROMISES = "promises"
    """Something was promised to the caller for today, or for a day gone by, and not done yet."""
    BROUGHT_ALONG = "brought_along"
    """Came from another program: no clock of ours runs on it, and it stands in no other view."""


class QueueChoice(NamedTuple):
    """Which lines are wanted: those of a view, of every store or of one."""

    view: QueueView = QueueView.ALL
    store: str | None = None


EVERYTHING = QueueChoice()


@dataclass(frozen=True, slots=True)
class ViewMoments:
    """What the views depend on besides the tickets: the moment, who asks, when shift and day end."""

    now: datetime
    me: str | None
    """The id of who sits at the seat; None while they are not on the staff."""
    shift_ends: datetime
    day_ends: datetime
    """The local midnight that comes next."""


class StoreCount(NamedTuple):
    """How many tickets of a store are open, and how many of them late."""

    store: str
    open: int
    late: int
