"""What a seat remembers of the queue: the view and the filter, of what it was warned, which alarms it has seen.

Standard library only. Nothing here waits for the database.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from complaint_desk.models.queue_view import EVERYTHING, QueueChoice, QueueView
from complaint_desk.store.seat_notes import SeatNotes

MOST_REMEMBERED = 1_000
"""So many warnings and alarms are remembered, the latest."""


@dataclass(slots=True)
class SeatMemory:
    """One seat's memory; read once, written when it changed."""

    notes: SeatNotes
    choice: QueueChoice = EVERYTHING
    text: str = ""
    """The filter as it was typed."""
    warned: dict[str, float] = field(default_factory=dict)
    """The highest mark that was told of each clock, by ticket and due time."""
    seen: dict[str, None] = field(default_factory=dict)
    """The flagged tickets that this seat has seen in the queue, by number."""

    @classmethod
    def of(cls, drafts_folder: Path, seat: str) -> "SeatMemory":
        """The memory of a seat, kept beside its drafts. Blocks; a file that cannot be read is an empty memory."""
        notes = SeatNotes(drafts_folder.with_suffix(".seats"), seat)
        memory, found = cls(notes), notes.read()
        try:
            view, store = QueueView(str(found.get("view", "all"))), found.get("store")
            memory.choice = QueueChoice(view, store if isinstance(store, str) else None)
        except ValueError:
            memory.choice = EVERYTHING
        memory.text = str(found.get("filter") or "")[:500]
        warned, seen = found.get("warned"), found.get("seen")
        if isinstance(warned, dict):
            memory.warned = {str(key): float(value) for key, value in warned.items() if _is_number(value)}
        if isinstance(seen, list):
            memory.seen = dict.fromkeys(str(number) for number in seen)
        return memory

    def newly_warned(self, marks: Iterable[tuple[str, float]]) -> list[str]:
        """Of these clocks with their marks, those not told of before; from now on they were."""
        new = []
        for key, share in marks:
            if self.warned.get(key, 0) < share:
                self.warned.pop(key, None)
                self.warned[key] = share
                new.append(key)
        return new

    def keep(self) -> bool:
        """Write it down; blocks. Whether that worked: a memory that is lost does no harm."""
        return self.notes.write(
            {
                "view": self.choice.view.value,
                "store": self.choice.store,
                "filter": self.text,
                "warned": dict(list(self.warned.items())[-MOST_REMEMBERED:]),
                "seen": list(self.seen)[-MOST_REMEMBERED:],
            }
        )


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
