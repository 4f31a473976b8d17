"""The rarer sayings, left to jionlp-time (Chinese) and dateparser (English). Both are loaded on first use only."""

import re
from datetime import date, datetime, timedelta
from threading import Lock

from complaint_desk.models.enums import Precision
from complaint_desk.rules.spoken_time.plain import has_han

_LONGEST = 40
LUNAR = re.compile(
    r"农历|阴历|旧历|正月|腊月|冬月|大年|[年月]初[一二三四五六七八九十]|^初[一二三四五六七八九十]"
)
"""Words of the lunar calendar, which the grammar must not take for the other one."""
_CHINESE_HINT = re.compile(
    rf"{LUNAR.pattern}|节|[冬夏]至|立[春夏秋冬]|[春秋]分|[小大][寒暑雪]|小满|芒种|谷雨|惊蛰|白露|寒露|霜降|处暑"
)
_ENGLISH_HINT = re.compile(
    r"\bago$|\d.*\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b.*\d"
)
_one_at_a_time = Lock()


def chinese_day(said: str) -> date | None:
    """The calendar day of a Chinese saying that needs no day of reference (2026年春节); None when unread."""
    span = _chinese_span(said, datetime(2000, 1, 1))  # noqa: DTZ001
    return span[0].date() if span else None


def read_by_library(text: str, local_now: datetime) -> tuple[datetime, Precision] | None:
    """What the library reads in a short saying: the start in local time, without zone, and how exact it is.

    None when it reads nothing, or a span longer than a month, which our precisions cannot tell.
    """
    if not text or len(text) > _LONGEST:
        return None
    now = local_now.replace(tzinfo=None)
    if has_han(text):
        if not _CHINESE_HINT.search(text):
            return None
        span = _chinese_span(text, now)
        if span and span[0] > now:
            span = _chinese_span(text, now - timedelta(days=366))
        precision = _precision_of(span[1] - span[0]) if span else None
        return (span[0], precision) if span and precision else None
    return _english(text, now) if _ENGLISH_HINT.search(text) else None


def _chinese_span(said: str, now: datetime) -> tuple[datetime, datetime] | None:
    with _one_at_a_time:
        try:
            import jionlp_time

            read = jionlp_time.parse_time(said, time_base=now.timestamp())
            if read["type"] not in ("time_point", "time_span"):
                return None
            start, end = (datetime.fromisoformat(moment) for moment in read["time"])
        except Exception:  # the library raises whatever its tables run into
            return None
    return start, end


def _english(text: str, now: datetime) -> tuple[datetime, Precision] | None:
    with _one_at_a_time:
        try:
            from dateparser.date import DateDataParser

            parser = DateDataParser(
                languages=["en"],
                settings={"RELATIVE_BASE": now, "PREFER_DATES_FROM": "past", "PREFER_DAY_OF_MONTH": "first"},
            )
            read = parser.get_date_data(text)
        except Exception:  # a hostile text may trip any of its translators
            return None
    start, period = read.date_obj, read.period
    if start is None:
        return None
    precisions = {
        "time": Precision.MINUTE,
        "day": Precision.DAY,
        "week": Precision.WEEK,
        "month": Precision.MONTH,
    }
    precision = precisions.get(period)
    if precision is None:
        return None
    start = start.replace(tzinfo=None, microsecond=0)
    if precision is not Precision.MINUTE:
        start = start.replace(hour=0, minute=0, second=0)
    if precision is Precision.WEEK:
        start -= timedelta(days=start.weekday())
    return (start.replace(day=1) if precision is Precision.MONTH else start), precision


def _precision_of(length: timedelta) -> Precision | None:
    for limit, precision in (
        (timedelta(minutes=5), Precision.MINUTE),
        (timedelta(hours=1), Precision.HOUR),
        (timedelta(hours=12), Precision.PART),
        (timedelta(days=1), Precision.DAY),
        (timedelta(days=11), Precision.WEEK),
        (timedelta(days=31), Precision.MONTH),
    ):
        if length <= limit:
            return precision
    return None
