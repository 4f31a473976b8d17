"""From what was said to the instant it means, before the receipt of a complaint or after the giving of a promise."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from complaint_desk.models.enums import Precision
from complaint_desk.rules.local_time import instant_of
from complaint_desk.rules.spoken_time.festivals import festival_day
from complaint_desk.rules.spoken_time.meaning import Clock, Meaning, Part

_YEARS_SEARCHED = 9
_MONTHS_SEARCHED = 15
_EDGE_DAYS = {"start": 1, "middle": 11, "late": 21, "end": 25}
_OLDEST = 100
_SLIP_SPAN = timedelta(days=62)
_WAKING = range(7, 23)

Resolved = tuple[datetime | None, Precision | None, str | None]
"""The instant in UTC, how exact it is, and the doubt."""


def resolve_past(meaning: Meaning, now: datetime, zone: tzinfo) -> Resolved:
    """The latest time meant that begins no later than `now`; without one, the doubt says why."""
    if untold(meaning):
        return None, None, "unreadable"
    local_now = now.astimezone(zone)
    if meaning.instant is not None:
        at = meaning.instant.astimezone(UTC)
        return (at, Precision.MINUTE, None) if at <= now else (None, None, "after_receipt")
    if meaning.moment is not None and meaning.clock is None:
        at = (now + meaning.moment).astimezone(UTC).replace(second=0, microsecond=0)
        return (at, meaning.moment_precision, None) if at <= now else (None, None, "after_receipt")
    read = False
    for day, precision in days_meant(meaning, local_now.date(), forward=False):
        for local, exactly in times_meant(meaning, day, precision, local_now, forward=False):
            read = True
            at = instant_of(local, zone)
            if at <= now:
                return at, exactly, None
    return None, None, "after_receipt" if read else "unreadable"


def untold(meaning: Meaning) -> bool:
    """Whether no time can be told from it: an impossible one, or a day that nobody can name."""
    nameless = meaning.vague or meaning.elsewhen or meaning.shift is not None
    return meaning.impossible or (nameless and not meaning.dated())


def days_meant(meaning: Meaning, today: date, *, forward: bool) -> Iterator[tuple[date, Precision]]:
    """The days, weeks or months that may be meant, the likeliest first: the only one, or the nearest and on."""
    for day, precision in _unshifted(meaning, today, forward=forward):
        yield day + timedelta(days=meaning.shift or 0), precision


def _unshifted(meaning: Meaning, today: date, *, forward: bool) -> Iterator[tuple[date, Precision]]:
    m, day = meaning, Precision.DAY
    step = 1 if forward else -1
    if m.days is not None:
        meant = today + timedelta(days=m.days)
        yield (meant - timedelta(days=meant.weekday()), Precision.WEEK) if m.loose else (meant, day)
    elif m.festival is not None:
        for year in _years(m, today, forward=forward):
            if (meant_day := festival_day(m.festival, year)) is not None:
                yield meant_day, day
    elif m.day is not None or m.month is not None or m.months_away is not None or m.edge is not None:
        yield from _calendar_days(m, today, forward=forward)
    elif m.week is not None:
        monday = today + timedelta(days=7 * m.week - today.weekday())
        yield (monday, Precision.WEEK) if m.weekday is None else (monday + timedelta(days=m.weekday), day)
    elif m.weekday is not None:
        if m.coming:
            yield today + timedelta(days=(m.weekday - today.weekday() - 1) % 7 + 1), day
        elif m.weekdays_back is not None:
            latest = today - timedelta(days=(today.weekday() - m.weekday - 1) % 7 + 1)
            yield latest - timedelta(weeks=m.weekdays_back - 1), day
        else:
            nearest = today + timedelta(days=step * ((step * (m.weekday - today.weekday())) % 7))
            yield nearest, day
            yield nearest + timedelta(days=7 * step), day
    elif not m.dated() or m.dated() == {"moment"}:
        for away in (0, step):
            yield today + timedelta(days=away), day


def _years(m: Meaning, today: date, *, forward: bool) -> range:
    if m.year is not None or m.years_away is not None:
        year = m.year if m.year is not None else today.year + (m.years_away or 0)
        return range(year, year + 1) if year > today.year - _OLDEST else range(0)
    if forward:
        return range(today.year, today.year + _YEARS_SEARCHED)
    return range(today.year, today.year - _YEARS_SEARCHED, -1)


def _calendar_days(m: Meaning, today: date, *, forward: bool) -> Iterator[tuple[date, Precision]]:
    day = m.day if m.day is not None else _EDGE_DAYS[m.edge] if m.edge else 1
    precision = Precision.DAY if m.day is not None else Precision.WEEK if m.edge else Precision.MONTH
    readings = [(m.month, day), (day, m.month)] if m.swappable else [(m.month, day)]
    found: list[date] = []
    for month, day_of_month in readings:
        for year, month_of_year in _months(m, month, today, forward=forward):
            try:
                meant = date(year, month_of_year, day_of_month or 1)
            except ValueError:
                continue
            if not (m.not_this and (meant.year, meant.month) == (today.year, today.month)):
                found.append(meant)
    if m.month is None and m.months_away is None and m.weekday is not None:
        # "Friday the 13th" is the nearest 13th that is one; a weekday that fits none of them was a slip
        found.sort(key=lambda meant: meant.weekday() != m.weekday or abs(meant - today) > _SLIP_SPAN)
    for meant in found:
        yield meant, precision


def _months(m: Meaning, month: int | None, today: date, *, forward: bool) -> Iterator[tuple[int, int]]:
    if month is not None:
        for year in _years(m, today, forward=forward):
            yield year, month
        return
    this_month = today.year * 12 + today.month - 1
    if m.months_away is not None:
        months = [this_month + m.months_away]
    elif m.year is not None or m.years_away is not None:
        return
    else:
        months = [this_month + (n if forward else -n) for n in range(_MONTHS_SEARCHED)]
    for count in months:
        yield count // 12, count % 12 + 1


def times_meant(
    meaning: Meaning, day: date, precision: Precision, local_now: datetime, *, forward: bool
) -> list[tuple[datetime, Precision]]:
    """The local starts that may be meant on that day, the likeliest first; none for an impossible one."""
    midnight = datetime.combine(day, time())
    if precision is not Precision.DAY or (meaning.clock is None and meaning.part is None):
        return [(midnight, precision)]
    if meaning.clock is None:
        assert meaning.part is not None
        return [(midnight + timedelta(hours=meaning.part.first_hour), Precision.PART)]
    clock = meaning.clock
    past_hour = timedelta(minutes=clock.minute or 0, seconds=clock.second)
    hours = _hours_meant(meaning, clock, day, local_now, forward=forward)
    return [(midnight + timedelta(hours=hour) + past_hour, clock.precision) for hour in hours]


def _hours_meant(meaning: Meaning, clock: Clock, day: date, now: datetime, *, forward: bool) -> list[int]:
    """The hours since that day's midnight that the clock's hour may mean, the likeliest first."""
    hour, part = clock.hour, meaning.part
    if clock.meridiem == "p" and hour <= 12:
        return [24] if hour == 12 and part is not None and part.reaches_past_midnight else [hour % 12 + 12]
    if clock.meridiem == "a" and hour <= 12:
        small = hour % 12
        at_night = part is not None and part.reaches_past_midnight and small < 6
        return [24 + small, small] if at_night else [small]
    if part is not None and part.reaches_past_midnight and (hour <= 4 or hour in (12, 24)) and hour != 24:
        return [24 + hour % 12, hour % 12]
    if clock.literal or hour > 12 or hour == 0:
        return [hour]
    if part is not None:
        return [_hour_in(part, hour)]
    return _hours_by_daylight(meaning, hour, day, now, forward=forward)


def _hour_in(part: Part, hour: int) -> int:
    if part is Part.DAWN:
        return hour % 12
    if part is Part.MORNING:
        return hour
    if part is Part.NOON:
        return hour if hour >= 9 else hour + 12
    return hour % 12 + 12


def _hours_by_daylight(meaning: Meaning, hour: int, day: date, now: datetime, *, forward: bool) -> list[int]:
    """A bare "three" is the afternoon's and a bare "nine" the morning's, as a store's callers speak.

    On the day of receipt the nearest one counts ("8" at nine in the evening is 20:00); the small hours only when
    nothing else has passed on a day named, or the call itself comes in the small hours.
    """
    early, late = hour % 12, hour % 12 + 12
    waking = [one for one in (early, late) if one in _WAKING]
    if day != now.date():
        return waking[:1]
    if now.hour not in _WAKING:
        waking = [early, late]
    nearest = waking if forward else waking[::-1]
    named = meaning.days is not None
    return nearest + [one for one in (late, early) if one not in waking] if named else nearest
