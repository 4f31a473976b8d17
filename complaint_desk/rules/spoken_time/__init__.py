"""When it happened, in the caller's words: read relative to the receipt of the complaint, in the store's zone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from complaint_desk.models.enums import Precision

__all__ = ["SpokenTime", "read_future_time", "read_spoken_time"]


@dataclass(frozen=True)
class SpokenTime:
    """What was said about a time and what it means.

    `said` is kept to the letter. `at` is the start of what was meant, in UTC, and `precision` how exactly it was
    meant; both are None when it could not be taken. `doubt` is None, or: "unreadable"; "after_receipt" (a time that
    had not come when the complaint was received); "already_past" (a promise for a time gone by); or "ambiguous"
    (read one way, beside `at`, where figures such as 03/04/2026 or a weekday that is not that day's allow another).
    """

    said: str
    at: datetime | None
    precision: Precision | None
    doubt: str | None


def read_spoken_time(said: str, received_at: datetime, zone: ZoneInfo) -> SpokenTime:
    """Read when something happened. Never raises for any text; ValueError when `received_at` has no zone.

    The past is preferred: a bare 25号, 周五, 11月20日 or 15:30 is the last one gone by, at the latest `received_at`.
    上周五 and "last friday" are both last calendar week's Friday, weeks running Monday to Sunday; "this past Friday"
    and a bare "Friday" are the most recent one. Blank words mean that nothing was said: no doubt.
    """
    if received_at.tzinfo is None:
        raise ValueError("received_at needs a zone")
    if not said.strip():
        return SpokenTime("", None, None, None)
    from complaint_desk.rules.spoken_time.reading import read_past

    return SpokenTime(said, *read_past(said, received_at.astimezone(UTC), zone))


def read_future_time(said: str, now: datetime, zone: ZoneInfo) -> SpokenTime:
    """Read by when something is promised. Never raises for any text; ValueError when `now` has no zone.

    The future is preferred, and `at` is the latest moment meant: 明天下午五点前 and "before five tomorrow" are
    17:00, 明天上午 is 12:00. For a bare day, week or month `at` is its start, and the caller, who knows when
    the store closes, decides the end; "before Friday" is then Thursday.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a zone")
    if not said.strip():
        return SpokenTime("", None, None, None)
    from complaint_desk.rules.spoken_time.reading import read_future

    return SpokenTime(said, *read_future(said, now.astimezone(UTC), zone))
