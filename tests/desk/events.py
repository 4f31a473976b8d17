"""Events made by hand, for tests of what follows from them."""

from collections.abc import Mapping
from typing import Any

from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from tests.support import MONDAY_MORNING


def event(
    event_id: str, act: Act, fields: Mapping[str, Any] | None = None, words: Mapping[str, Any] | None = None
) -> Event:
    return Event(
        id=event_id,
        origin="o",
        seq=int(event_id),
        ticket_id="t",
        act=act,
        schema_version=1,
        happened_at=MONDAY_MORNING,
        recorded_at=MONDAY_MORNING,
        by="s",
        fields=fields or {},
        words=words,
    )
