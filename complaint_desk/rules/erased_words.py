"""Words that were erased: a later event holds what is left of them, and stands in for them."""

from collections.abc import Sequence
from dataclasses import replace

from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event


def as_erased(events: Sequence[Event]) -> Sequence[Event]:
    """The events with what an erasure left of their words in the place of those words.

    An event that was erased twice holds what the later erasure left.
    """
    left = {}
    for event in events:
        if event.act is Act.WORDS_ERASED:
            left.update(dict.fromkeys(event.fields["erased"]))
            left.update((event.words or {}).get("left", {}))
    if not left:
        return events
    return [replace(event, words=left[event.id]) if event.id in left else event for event in events]
