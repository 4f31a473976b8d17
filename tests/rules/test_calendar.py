"""The working calendar: the week, the store's own days, public holidays and make-up days."""

from datetime import date

import pytest

from complaint_desk.rules.addends import AddendCode
from complaint_desk.rules.calendar import (
    Calendar,
    CalendarFault,
    CalendarRefused,
    DayKind,
    Hours,
    Span,
    day_hours,
)
from complaint_desk.rules.public_holidays import Notice, holiday_name, notice_of
from tests.rules.scenarios import ask, at, codes, due

FULL: Hours = (Span.parse("09:00-12:00"), Span.parse("13:30-18:00"))
SHORT: Hours = (Span.parse("10:00-16:00"),)
FIVE_DAYS = (FULL,) * 5 + ((), ())
MAKE_UP_DAYS_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("9:00-12:00", CalendarFault.NOT_HOURS),
        ("09:00–12:00", CalendarFault.NOT_HOURS),
        ("09:00-12:60", CalendarFault.NOT_HOURS),
        ("09:00-24:01", CalendarFault.NOT_HOURS),
        ("24:00-24:00", CalendarFault.NOT_HOURS),
        ("09:00", CalendarFault.NOT_HOURS),
        ("12:00-12:00", CalendarFault.END_NOT_AFTER_START),
        ("18:00-09:00", CalendarFault.END_NOT_AFTER_START),
        ("22:00-00:00", CalendarFault.END_NOT_AFTER_START),
    ],
)
def test_hours_that_are_none_are_refused(written: str, fault: CalendarFault) -> None:
    with pytest.raises(CalendarRefused) as refused:
        Span.parse(written)
    assert refused.value.fault is fault
    assert refused.value.about == written


def test_hours_may_touch_but_not_overlap() -> None:
    assert len(day_hours([Span.parse("12:00-24:00"), Span.parse("00:00-12:00")])) == 2
    with pytest.raises(CalendarRefused) as refused:
        day_hours([Span.parse("12:00-13:00"), Span.parse("09:00-12:01")])
    assert refused.value.fault is CalendarFault.SPANS_OVERLAP


@pytest.mark.parametrize("written", MAKE_UP_DAYS_2026)
def test_the_make_up_days_of_2026_are_working_days_with_mondays_hours(written: str) -> None:
    found = Calendar(FIVE_DAYS, country="CN").on(date.fromisoformat(written))
    assert (found.kind, found.hours) == (DayKind.MAKE_UP, FULL)


def test_a_make_up_day_has_mondays_hours_also_where_the_store_opens_on_weekends() -> None:
    week = (FULL,) * 5 + (SHORT, SHORT)
    assert Calendar(week, country="CN").on(date(2026, 2, 14)).hours == FULL
    assert Calendar(week, country="CN").on(date(2026, 2, 7)).hours == SHORT


def test_a_store_closed_on_mondays_makes_up_with_the_hours_of_its_first_open_weekday() -> None:
    week = ((), (), SHORT, FULL, FULL, (), ())
    assert Calendar(week, country="CN").on(date(2026, 2, 14)).hours == SHORT


def test_public_holidays_are_closed_and_ordinary_weekends_are_not_asked_about() -> None:
    week = (FULL,) * 7
    calendar = Calendar(week, country="CN")
    assert calendar.on(date(2026, 10, 1)).kind is DayKind.HOLIDAY
    assert calendar.on(date(2026, 5, 2)).hours == ()
    assert calendar.on(date(2026, 3, 14)).hours == FULL


def test_the_stores_own_days_win_over_the_countrys() -> None:
    calendar = Calendar(
        FIVE_DAYS,
        closed=frozenset({date(2026, 2, 14), date(2026, 3, 10)}),
        opened={
            date(2026, 10, 1): SHORT,
            date(2026, 3, 14): SHORT,
            date(2026, 3, 11): (),
            date(2026, 3, 12): SHORT,
        },
        country="CN",
    )
    kinds = {
        day: calendar.on(date.fromisoformat(day)).kind for day in ("2026-02-14", "2026-03-10", "2026-03-11")
    }
    assert set(kinds.values()) == {DayKind.CLOSED}
    for opened in ("2026-10-01", "2026-03-14", "2026-03-12"):
        assert calendar.on(date.fromisoformat(opened)).hours == SHORT


def test_a_day_cannot_be_closed_and_open() -> None:
    day = date(2026, 3, 10)
    with pytest.raises(CalendarRefused) as refused:
        Calendar(FIVE_DAYS, closed=frozenset({day}), opened={day: ()})
    assert refused.value.fault is CalendarFault.CLOSED_AND_OPEN


def test_a_chinese_year_without_make_up_days_is_not_known_yet() -> None:
    assert notice_of("CN", 2026) is not None
    assert notice_of("CN", 2027) is None
    calendar = Calendar(FIVE_DAYS, country="CN")
    assert calendar.knows(2026)
    assert not calendar.knows(2027)
    assert calendar.on(date(2027, 10, 1)).hours == FULL


def test_the_years_of_countries_without_make_up_days_are_known() -> None:
    calendar = Calendar(FIVE_DAYS, country="DE")
    assert calendar.knows(2027)
    assert calendar.on(date(2027, 1, 1)).kind is DayKind.HOLIDAY


def test_a_store_can_add_the_years_notice() -> None:
    notice = Notice(frozenset({date(2027, 10, 1)}), frozenset({date(2027, 10, 9)}))
    calendar = Calendar(FIVE_DAYS, country="CN", notices={2027: notice})
    assert calendar.knows(2027)
    assert calendar.on(date(2027, 10, 1)).kind is DayKind.HOLIDAY
    assert calendar.on(date(2027, 10, 9)).hours == FULL
    assert calendar.on(date(2026, 10, 1)).kind is DayKind.HOLIDAY


def test_a_calendar_without_working_time_is_refused() -> None:
    nothing = Calendar(((),) * 7)
    with pytest.raises(CalendarRefused) as refused:
        nothing.require_working_time(date(2026, 3, 10))
    assert refused.value.fault is CalendarFault.NO_WORKING_TIME
    Calendar(((),) * 7, opened={date(2036, 3, 10): SHORT}).require_working_time(date(2026, 3, 10))
    with pytest.raises(CalendarRefused):
        Calendar(((),) * 7, opened={date(2036, 3, 11): SHORT}).require_working_time(date(2026, 3, 10))


def test_the_search_for_working_time_starts_anew_after_each_working_day() -> None:
    hours = {"hours": {}, "open": {"2034-01-02": ["09:00-10:00"], "2042-01-02": ["09:00-10:00"]}}
    found = due("2wd", "2026-03-10T10:00:00+08:00", calendar=hours)
    assert found == at("2042-01-02T10:00:00+08:00")


def test_make_up_days_and_holidays_are_counted_through_the_spring_festival() -> None:
    # 12 February 2026 is a Thursday; 14 and 28 February are worked, 16 to 20 and 23 are holidays.
    found = due("3wd", "2026-02-12T10:00:00+08:00", calendar={"country": "CN"})
    assert found == at("2026-02-24T18:00:00+08:00")
    assert due("7wd", "2026-02-12T10:00:00+08:00", calendar={"country": "CN"}) == at(
        "2026-02-28T18:00:00+08:00"
    )


def test_working_hours_run_on_a_make_up_saturday() -> None:
    found = due("8wh", "2026-02-13T17:00:00+08:00", calendar={"country": "CN"})
    assert found == at("2026-02-14T17:30:00+08:00")


def test_holidays_are_named_in_both_languages_and_days_off_only_moved_have_no_name() -> None:
    assert holiday_name("CN", date(2026, 10, 1), "en") == "National Day"
    assert holiday_name("CN", date(2026, 10, 1), "zh_CN") == "国庆节"
    assert holiday_name("CN", date(2026, 10, 6), "en") is None
    assert holiday_name("CN", date(2026, 3, 10), "en") is None


def test_the_days_passed_over_are_told_only_where_they_matter() -> None:
    found = ask("3wd", "2026-02-12T10:00:00+08:00", calendar={"country": "CN", "closed": ["2026-02-25"]})
    assert codes(found).count(AddendCode.HOLIDAY) == 6
    assert codes(found).count(AddendCode.MAKE_UP_DAY) == 1
    assert AddendCode.CLOSED_DAY not in codes(found)
    weekend = ask("1wd", "2026-04-03T10:00:00+08:00", calendar={"country": "CN", "closed": ["2026-04-04"]})
    assert [str(code) for code in codes(weekend)] == ["receipt", "target", "holiday", "weekly_rest", "result"]
