"""By when something is promised: the latest moment meant."""

import re
from datetime import UTC, datetime, time, timedelta, tzinfo

from complaint_desk.models.enums import Precision
from complaint_desk.rules.local_time import instant_of
from complaint_desk.rules.spoken_time.assemble import assemble
from complaint_desk.rules.spoken_time.meaning import Meaning, Part
from complaint_desk.rules.spoken_time.resolve import Resolved, days_meant, times_meant, untold

_WITHIN = re.compile(r"(?<=[天日时头钟周期拜月半])(?:之|以)?内")
_DATE_BEFORE = re.compile(r"(?<=\d)日(?=(?:之|以)?前)")
_BEFORE_BEHIND = re.compile(r"^ ?(?:之|以)?前")
_BEFORE_AHEAD = re.compile(r"\bbefore (?:the )?(?:start of )?$")
_END_OF_DAY = re.compile(
    r"下班|打烊|收工|关门|营业结束|\b(?:eod|cob)\b|\bend of (?:the )?(?:business )?day\b|\bclos(?:e|ing)\b"
)
_END_OF_WEEK = re.compile(r"\b(?:eow|end of the week)\b")
_HAN = r"(?:\d{1,2}|[一二两三四五六七八九十天日]{1,3})"
_BEGINNINGS = (
    (re.compile(rf"(?:周|星期|礼拜)?{_HAN}(?:点钟?半?|号|日)?[到至](?=(?:周|星期|礼拜)?{_HAN})"), ""),
    (re.compile(r"\d{1,2}(?:点|号|日)?-(?=\d{1,2}(?:[点号日]| ?[ap]\.?m))"), ""),
    (re.compile(r"\b(?:between|from) .{1,20}? (?:and|to|till|until) ", re.ASCII), "by "),
    (re.compile(r"\b\d{1,2} ?(?:[ap]m)? ?(?:to|or) ?(?=\d{1,2} ?[ap]\.?m)", re.ASCII), ""),
)
"""Of a range a promise is due at the end, so its beginning is struck out."""
_TODAY_IS_MEANT = Meaning(days=0)
_LAST_DAYS = {"start": 10, "middle": 20}


def resolve_promise(text: str, now: datetime, zone: tzinfo) -> Resolved:
    """The latest moment meant by a promise's plain text: the instant in UTC, how exact, and the doubt."""
    text = _DATE_BEFORE.sub("号", _WITHIN.sub("后", text))
    text = re.sub(r"\bwithin the (?=hour\b)", "within an ", text)
    for beginning, instead in _BEGINNINGS:
        text = beginning.sub(instead, text)
    found = assemble(text, promised=True)
    if found is None:
        meant = (
            Meaning(week=0)
            if _END_OF_WEEK.search(text)
            else _TODAY_IS_MEANT
            if _END_OF_DAY.search(text)
            else None
        )
        if meant is None:
            return None, None, "unreadable"
        found = meant, (0, 0)
    meaning, (start, end) = found
    before = bool(_BEFORE_BEHIND.match(text[end:]) or _BEFORE_AHEAD.search(text[:start]))
    if _END_OF_DAY.match(text[end:].lstrip(" 的")):
        before = False
    if meaning.part is Part.NOON and re.search(r"\b(?:noon|midday)\b", text):
        before = True
    return _latest(meaning, now, zone, before=before)


def _latest(meaning: Meaning, now: datetime, zone: tzinfo, *, before: bool) -> Resolved:
    if untold(meaning):
        return None, None, "unreadable"
    local_now = now.astimezone(zone)
    if meaning.instant is not None:
        at = meaning.instant.astimezone(UTC)
        return (at, Precision.MINUTE, None) if at >= now else (None, None, "already_past")
    if meaning.moment is not None and meaning.clock is None:
        at = now + meaning.moment
        return (at, meaning.moment_precision, None) if at >= now else (None, None, "already_past")
    read = False
    for day, precision in days_meant(meaning, local_now.date(), forward=True):
        for local, exactly in times_meant(meaning, day, precision, local_now, forward=True):
            read = True
            start, end = _bounds(meaning, local, exactly, before=before)
            if instant_of(end, zone) >= now:
                return (
                    instant_of(start, zone),
                    Precision.DAY if _is_day(meaning, exactly, before) else exactly,
                    None,
                )
    return None, None, "already_past" if read else "unreadable"


def _is_day(meaning: Meaning, precision: Precision, before: bool) -> bool:
    coarse = precision in (Precision.WEEK, Precision.MONTH)
    return coarse and (before or meaning.edge is not None)


def _bounds(
    meaning: Meaning, local: datetime, precision: Precision, *, before: bool
) -> tuple[datetime, datetime]:
    """What to answer, and the moment after which it would lie in the past."""
    if precision in (Precision.MINUTE, Precision.HOUR):
        return local, local
    if precision is Precision.PART:
        part = meaning.part or Part.EVENING
        midnight = datetime.combine(local.date(), time())
        if before and part is Part.NOON:
            by = midnight + timedelta(hours=12)
        elif before:
            by = midnight + timedelta(hours=part.first_hour)
        else:
            by = midnight + timedelta(hours=part.end_hour)
            by -= timedelta(minutes=1) if part.end_hour == 24 else timedelta(0)
        return by, by
    if meaning.edge is not None and precision is Precision.WEEK:
        local = _last_day_of(meaning.edge, local)
    elif before:
        local -= timedelta(days=1)
    elif precision is Precision.WEEK:
        return local, local + timedelta(days=7) - timedelta(minutes=1)
    elif precision is Precision.MONTH:
        return local, (local + timedelta(days=32)).replace(day=1) - timedelta(minutes=1)
    return local, local + timedelta(days=1) - timedelta(minutes=1)


def _last_day_of(edge: str, local: datetime) -> datetime:
    if edge in _LAST_DAYS:
        return local.replace(day=_LAST_DAYS[edge])
    return (local.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
