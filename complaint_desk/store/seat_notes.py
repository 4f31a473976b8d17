"""What a seat remembers between two days: which part of the queue it looked at, what it was told of already.

One small JSON file a seat, beside the database and never in it. It holds no complaint and may be lost without harm.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_MOST_BYTES = 200_000


class SeatNotes:
    """The notes of one seat. Reading and writing block; neither ever fails."""

    def __init__(self, folder: Path, seat: str) -> None:
        """`folder` is made when something is written; `seat` is a name as people write it."""
        self.path = folder / f"{hashlib.sha256(seat.encode()).hexdigest()[:16]}.json"
        """The seat's own file."""

    def read(self) -> dict[str, Any]:
        """What was written last; nothing where there is nothing to be read."""
        try:
            if self.path.stat().st_size > _MOST_BYTES:
                return {}
            found = json.loads(self.path.read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return found if isinstance(found, dict) else {}

    def write(self, notes: Mapping[str, Any]) -> bool:
        """Put these in place of what was written before; whether that worked."""
        part = self.path.with_suffix(".part")
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(notes, file, ensure_ascii=False)
            part.replace(self.path)
        except OSError:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            return False
        return True
