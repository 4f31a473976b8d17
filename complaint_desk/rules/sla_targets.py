"""How long a clock allows, as the policy writes it: `24h`, `30d`, `16wh`, `10wd`."""

import re
from dataclasses import dataclass
from enum import StrEnum


class TargetUnit(StrEnum):
    """In what a target is counted."""

    HOURS = "h"
    """Hours as they pass, night and day."""
    DAYS = "d"
    """Calendar days, keeping the local time of receipt."""
    WORKING_HOURS = "wh"
    """Hours within the store's opening hours."""
    WORKING_DAYS = "wd"
    """Working days after the day of receipt, to the close of the last."""

    @property
    def needs_calendar(self) -> bool:
        """Whether it is counted in a working calendar."""
        return self in (TargetUnit.WORKING_HOURS, TargetUnit.WORKING_DAYS)


_WRITTEN = re.compile(r"([1-9][0-9]{0,8})(h|d|wh|wd)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Target:
    """So many of a unit, from receipt."""

    number: int
    unit: TargetUnit

    @classmethod
    def parse(cls, written: str) -> "Target":
        """Read a target as a policy writes it: a whole number from 1 and a unit, nothing between or around.

        Raises ValueError for anything else, a number of more than nine digits included.
        """
        found = _WRITTEN.fullmatch(written)
        if found is None:
            raise ValueError(written)
        return cls(int(found[1]), TargetUnit(found[2]))

    def __str__(self) -> str:
        return f"{self.number}{self.unit}"
