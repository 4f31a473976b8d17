"""What happened in a call besides the complaint itself, as events of its ticket."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from complaint_desk.models.call_marks import SituationMet, TypeReading
from complaint_desk.models.enums import Act
from complaint_desk.models.event import NewEvent
from complaint_desk.rules.type_reading import type_read_event


def call_events(
    type_reading: TypeReading | None,
    read_back_confirmed_at: datetime | None,
    situations: Iterable[SituationMet],
    now: datetime,
) -> Iterator[NewEvent]:
    """The marks of a call in the order in which they happened, the reading of the caller last."""
    marks = [situation_event(met) for met in situations]
    if read_back_confirmed_at is not None:
        marks.append(NewEvent(Act.READ_BACK_CONFIRMED, read_back_confirmed_at))
    yield from sorted(marks, key=lambda mark: mark.happened_at)
    if type_reading is not None:
        yield type_read_event(type_reading, now)


def situation_event(met: SituationMet) -> NewEvent:
    """A card that was used, with the summary that was handed over."""
    words = {"text": met.text} if met.text.strip() else None
    return NewEvent(Act.SITUATION_MET, met.at, {"situation": met.situation}, words)
