"""The two ways to read a time: as what happened, and as what is promised."""

from datetime import datetime, tzinfo

from complaint_desk.rules.local_time import instant_of
from complaint_desk.rules.spoken_time.assemble import assemble
from complaint_desk.rules.spoken_time.library import LUNAR, read_by_library
from complaint_desk.rules.spoken_time.meaning import Meaning
from complaint_desk.rules.spoken_time.plain import has_han, plain
from complaint_desk.rules.spoken_time.promise import resolve_promise
from complaint_desk.rules.spoken_time.resolve import Resolved, days_meant, resolve_past

_UNREADABLE: Resolved = (None, None, "unreadable")


def read_past(said: str, received_at: datetime, zone: tzinfo) -> Resolved:
    """When it happened: the instant in UTC, how exact, and the doubt."""
    text = plain(said)
    try:
        found = None if LUNAR.search(text) else assemble(text)
        if found is not None:
            return _doubting(found[0], text, resolve_past(found[0], received_at, zone), received_at, zone)
        read = read_by_library(text, received_at.astimezone(zone))
        if read is None:
            return _UNREADABLE
        at = instant_of(read[0], zone)
    except (ArithmeticError, LookupError, ValueError):
        return _UNREADABLE
    return (at, read[1], None) if at <= received_at else (None, None, "after_receipt")


def read_future(said: str, now: datetime, zone: tzinfo) -> Resolved:
    """By when it is promised: the instant in UTC, how exact, and the doubt."""
    text = plain(said)
    try:
        return resolve_promise(text, now, zone)
    except (ArithmeticError, LookupError, ValueError):
        return _UNREADABLE


def _doubting(meaning: Meaning, text: str, read: Resolved, now: datetime, zone: tzinfo) -> Resolved:
    """The same reading, marked where the words allow another one that has passed as well."""
    at, precision, doubt = read
    if at is None:
        return read
    return at, precision, doubt or ("ambiguous" if _two_ways(meaning, text, at, now, zone) else None)


def _two_ways(meaning: Meaning, text: str, at: datetime, now: datetime, zone: tzinfo) -> bool:
    today = now.astimezone(zone).date()
    if meaning.swappable and not has_han(text):
        return len({day for day, _ in days_meant(meaning, today, forward=False) if day <= today}) > 1
    if meaning.weekday is None or (meaning.day is None and meaning.days is None):
        return False
    weekday = at.astimezone(zone).weekday()
    night = meaning.part is not None and meaning.part.reaches_past_midnight
    return weekday != meaning.weekday and not (night and weekday == (meaning.weekday + 1) % 7)
