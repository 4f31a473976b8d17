"""From what a clock on the wall shows to the instant it means, over daylight-saving changes."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import overload


def instant_of(local: datetime, zone: tzinfo) -> datetime:
    """The instant, in UTC, at which this naive local time is reached in the zone.

    A local time skipped by a change of the clocks moves forward by the gap; a doubled one is the first.
    Raises OverflowError outside the years 1 to 9999.
    """
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def skipped_by(local: datetime, zone: tzinfo) -> timedelta:
    """The length of the gap this naive local time falls into; zero for a local time that exists."""
    return instant_of(local, zone).astimezone(zone).replace(tzinfo=None) - local


def is_doubled(local: datetime, zone: tzinfo) -> bool:
    """Whether the zone's clocks show this naive local time twice."""
    first, second = (local.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def shown_in(instant: datetime, zone: tzinfo) -> datetime:
    """The instant as the zone's clocks show it; in UTC where they would leave the years 1 to 9999."""
    try:
        return instant.astimezone(zone)
    except OverflowError:
        return instant.astimezone(UTC)


@overload
def iso(at: datetime, zone: tzinfo) -> str: ...
@overload
def iso(at: datetime | None, zone: tzinfo) -> str | None: ...
def iso(at: datetime | None, zone: tzinfo) -> str | None:
    """The instant in ISO 8601 with the zone's offset, as the desk writes it into JSON; None stays None."""
    return at.astimezone(zone).isoformat() if at else None
