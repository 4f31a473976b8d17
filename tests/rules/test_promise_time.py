"""By when a promise is due where only a day, a week or a month was named."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.models.enums import Precision
from complaint_desk.rules.calendar_values import calendar_from
from complaint_desk.rules.promise_time import due_of
from complaint_desk.rules.spoken_time import read_future_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)
OPEN = calendar_from(
    {"hours": {day: ["09:00-12:00", "13:30-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}}
)


def due(said: str, now: datetime = MONDAY) -> str:
    read = read_future_time(said, now, SHANGHAI)
    assert read.at is not None
    return due_of(read.at, read.precision, OPEN, SHANGHAI, now).astimezone(SHANGHAI).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("明天下午五点前", "11-24 17:00"),
        ("before five tomorrow", "11-24 17:00"),
        ("今天", "11-23 18:00"),
        ("tomorrow", "11-24 18:00"),
        ("周六", "11-28 23:59"),
        ("下周", "12-04 18:00"),
        ("下个月", "12-31 18:00"),
    ],
)
def test_a_promise_is_due_when_the_store_closes_on_what_was_named(said: str, at: str) -> None:
    assert due(said) == at


def test_after_closing_time_today_ends_before_midnight() -> None:
    assert due("今天", datetime(2026, 11, 23, 11, 0, tzinfo=UTC)) == "11-23 23:59"


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.integers(0, 400),
    st.sampled_from([Precision.DAY, Precision.WEEK, Precision.MONTH]),
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York"]),
)
def test_a_promise_is_never_due_before_it_is_made_nor_outside_what_was_named(
    minutes: int, days: int, precision: Precision, zone_name: str
) -> None:
    zone, now = ZoneInfo(zone_name), datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    day = now.astimezone(zone).date() + timedelta(days=days)
    if precision is Precision.MONTH and day.month != now.astimezone(zone).month:
        day = day.replace(day=1)
    start = datetime.combine(day, datetime.min.time(), zone)
    at = due_of(start, precision, OPEN, zone, now).astimezone(zone)
    assert at.date() >= day
    assert at.date() <= last_day(day, precision)
    if (at.hour, at.minute) != (23, 59):
        assert at > now


def last_day(day: date, precision: Precision) -> date:
    if precision is Precision.DAY:
        return day
    if precision is Precision.WEEK:
        return day + timedelta(days=6 - day.weekday())
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
