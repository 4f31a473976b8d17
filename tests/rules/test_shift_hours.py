"""When a shift ends: by the store's hours, its lunch, its closed days; and when the day does."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from complaint_desk.rules.calendar import CalendarRefused
from complaint_desk.rules.calendar_values import calendar_from
from complaint_desk.rules.shift_hours import day_end, shift_end

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
HOURS = {"mon": ["09:00-12:00", "13:30-18:00"], "tue": ["09:00-18:00"], "sat": ["10:00-16:00"]}


def at(day: int, time: str, month: int = 11) -> datetime:
    hour, minute = map(int, time.split(":"))
    return datetime(2026, month, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (at(23, "09:00"), at(23, "12:00")),
        (at(23, "11:59"), at(23, "12:00")),
        (at(23, "12:00"), at(23, "18:00")),
        (at(23, "07:00"), at(23, "12:00")),
        (at(23, "18:00"), at(24, "18:00")),
        (at(24, "23:00"), at(28, "16:00")),
    ],
)
def test_a_shift_ends_with_the_hours_that_run_or_come_next(now: datetime, ends: datetime) -> None:
    calendar = calendar_from({"hours": HOURS})
    assert shift_end(now.astimezone(UTC), calendar, SHANGHAI) == ends


def test_a_closed_day_has_no_shift_and_an_opened_one_its_own() -> None:
    values = {"hours": HOURS, "closed": ["2026-11-24"], "open": {"2026-11-25": ["10:00-14:00"]}}
    assert shift_end(at(23, "20:00"), calendar_from(values), SHANGHAI) == at(25, "14:00")


def test_a_store_that_never_opens_has_no_shift() -> None:
    with pytest.raises(CalendarRefused):
        shift_end(at(23, "10:00"), calendar_from({"hours": {}}), SHANGHAI)


def test_a_day_ends_at_the_next_local_midnight_also_when_the_clocks_change() -> None:
    assert day_end(at(23, "23:59"), SHANGHAI) == at(24, "00:00")
    assert day_end(at(24, "00:00"), SHANGHAI) == at(25, "00:00")
    long_day = datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN)
    assert (day_end(long_day, BERLIN) - long_day.replace(hour=0, minute=0)).total_seconds() == 25 * 3600
