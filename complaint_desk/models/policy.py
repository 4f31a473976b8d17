"""Which clocks a complaint starts, and how long each allows. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from complaint_desk.models.enums import ClockKind


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of the store's time limits; targets are written as `rules.sla_targets` reads them.

    The three defaults are the 24 hours, 48 hours and 30 days of training text 003; a reopened complaint
    is to be answered within 48 hours.
    """

    version: int = 1
    at_receipt: Mapping[ClockKind, str] = field(
        default_factory=lambda: {ClockKind.ADMIT: "24h", ClockKind.OWN: "48h", ClockKind.SOLVE: "30d"}
    )
    at_reopening: str = "48h"
