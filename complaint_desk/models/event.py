"""One event of the history, as it is read back. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from complaint_desk.models.enums import Act

SCHEMA_VERSION = 1
"""The version of the values that events written today set."""


@dataclass(frozen=True, slots=True)
class NewEvent:
    """An event about to be written: what was done, and every value it sets."""

    act: Act
    happened_at: datetime
    fields: Mapping[str, Any] = field(default_factory=dict)
    """Values that name nobody."""
    words: Mapping[str, Any] | None = None
    """What a person said, and personal values: kept apart, so that they can be erased."""


@dataclass(frozen=True, slots=True)
class Event:
    """A written event. `words` is None where nothing was said, or where it was erased."""

    id: str
    origin: str
    seq: int
    ticket_id: str | None
    act: Act
    schema_version: int
    happened_at: datetime
    recorded_at: datetime
    by: str
    """The id of the member of staff."""
    fields: Mapping[str, Any]
    words: Mapping[str, Any] | None
