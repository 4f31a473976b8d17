"""Dates of other programs: every usual spelling is read, and the order of a column follows from all its cells."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.rules.importing.date_orders import DatesSeen, OrderReason
from complaint_desk.rules.importing.dates import DateOrder, Moment, day_of, numbers_of, read_moment, read_time

DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST
LATEST = date(2026, 11, 23)
DAYS = st.dates(date(1971, 1, 1), LATEST)
TIMES = st.times().map(lambda at: at.replace(microsecond=0))
SPELT = {
    DAY: ("%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%d/%m/%y"),
    MONTH: ("%m-%d-%Y", "%m/%d/%Y", "%m/%d/%y"),
    YEAR: ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"),
}
NAMED = ("%d-%b-%y", "%d %B %Y", "%B %d, %Y", "%a, %d %b %Y", "%Y-%m-%d", "%Y年%m月%d日")
CLOCKS = ("%H:%M:%S", "%I:%M:%S %p", "%H时%M分%S秒")


@given(
    DAYS, TIMES, st.sampled_from([(order, spelt) for order, of in SPELT.items() for spelt in of]), st.data()
)
def test_what_was_written_in_an_order_is_read_in_it(
    day: date, at: time, written: tuple[DateOrder, str], data: st.DataObject
) -> None:
    order, spelt = written
    assert read_moment(day.strftime(spelt), order) == Moment(day)
    clock = data.draw(st.sampled_from(CLOCKS))
    assert read_moment(f"{day.strftime(spelt)} {at.strftime(clock)}", order) == Moment(day, at)


@given(DAYS, st.sampled_from(NAMED), st.sampled_from(DateOrder))
def test_a_month_by_name_and_a_year_in_front_are_read_alike_in_every_order(
    day: date, spelt: str, order: DateOrder
) -> None:
    assert read_moment(day.strftime(spelt), order) == Moment(day)


@given(st.lists(DAYS, min_size=1, max_size=60), st.sampled_from((DAY, MONTH)))
def test_a_column_is_read_as_it_was_written_or_its_order_is_asked_for(
    days: list[date], order: DateOrder
) -> None:
    cells = [day.strftime(SPELT[order][1]) for day in days]
    seen = DatesSeen()
    for cell in cells:
        seen.add(cell)
    decided = seen.decide(LATEST)
    if decided.order is None:
        assert decided.reason is OrderReason.EITHER
        assert order in decided.could_be
    else:
        assert [read_moment(cell, decided.order) for cell in cells] == [Moment(day) for day in days]


@given(st.lists(DAYS.filter(lambda day: day.day > 12), min_size=1, max_size=20), st.lists(DAYS, max_size=40))
def test_one_day_past_the_twelfth_tells_the_order_of_all(sure: list[date], others: list[date]) -> None:
    seen = DatesSeen()
    for day in [*sure, *others]:
        seen.add(day.strftime("%d/%m/%Y"))
    assert seen.decide(LATEST).order is DAY


@given(st.text(max_size=90), st.sampled_from(DateOrder))
def test_no_text_breaks_the_reading(text: str, order: DateOrder) -> None:
    read_moment(text, order)
    read_time(text)
    numbers_of(text)
    DatesSeen().add(text)


@given(st.tuples(*[st.integers(0, 9999)] * 3), st.sampled_from(DateOrder))
def test_three_numbers_are_a_day_or_none(numbers: tuple[int, int, int], order: DateOrder) -> None:
    day_of(numbers, order)


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("2015-04-22T15:53:50Z", datetime(2015, 4, 22, 15, 53, 50, tzinfo=UTC)),
        (
            "2015-04-22 15:53:50.25+08:00",
            datetime(2015, 4, 22, 15, 53, 50, 250_000, timezone(timedelta(hours=8))),
        ),
        (
            "Wed, 22 Apr 2015 15:53:50 +0200",
            datetime(2015, 4, 22, 15, 53, 50, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("1429746830", datetime(2015, 4, 22, 23, 53, 50, tzinfo=UTC)),
        ("1429746830000", datetime(2015, 4, 22, 23, 53, 50, tzinfo=UTC)),
    ],
)
def test_an_offset_is_kept(cell: str, wanted: datetime) -> None:
    moment = read_moment(cell, DAY)
    assert moment is not None
    assert moment.at is not None
    assert datetime.combine(moment.day, moment.at, moment.offset) == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("03:53:50 PM", time(15, 53, 50)),
        ("12:00 AM", time(0)),
        ("12:30 pm", time(12, 30)),
        ("下午3:20", time(15, 20)),
        ("下午3点20分", time(15, 20)),
        ("中午12点", time(12)),
        ("晚上11点", time(23)),
        ("上午９：０５", time(9, 5)),
        ("3 p.m.", time(15)),
        ("1553", time(15, 53)),
        ("25:00", None),
        ("13 PM?", None),
        ("昨天", None),
    ],
)
def test_a_time_of_day_is_read_as_it_is_said(cell: str, wanted: time | None) -> None:
    read = read_time(cell)
    assert (read and read[0]) == wanted


@pytest.mark.parametrize(
    "cell", ["2015年4月22日 星期三 下午3点53分", "2015-4-22（周三）15:53", "２０１５／４／２２ 15:53"]
)
def test_chinese_spellings_are_read(cell: str) -> None:
    assert read_moment(cell, DAY) == Moment(date(2015, 4, 22), time(15, 53))


def test_a_workbook_counts_days(  # 42116 is 22 April 2015
) -> None:
    assert read_moment("42116", DAY) == Moment(date(2015, 4, 22))
    assert read_moment("42116.5", DAY) == Moment(date(2015, 4, 22), time(12))


def test_a_slip_of_the_pen_among_hundreds_does_not_turn_the_order() -> None:
    seen = DatesSeen()
    for number in range(400):
        seen.add((date(2025, 1, 1) + timedelta(days=number)).strftime("%d/%m/%Y"))
    seen.add("04/22/2025")
    assert seen.decide(LATEST).order is DAY
