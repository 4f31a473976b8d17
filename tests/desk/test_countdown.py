"""How long is left, in words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from complaint_desk import locale
from complaint_desk.desk.deadlines.countdown import Urgency, countdown_words, length_words, urgency

NOW = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english_after() -> Iterator[None]:
    locale.use("en")
    yield
    locale.use("en")


@pytest.mark.parametrize(
    ("left", "english", "chinese"),
    [
        (timedelta(hours=2, minutes=14), "2 h 14 min left", "还剩2小时14分"),
        (timedelta(hours=-27), "27 h late", "超时27小时"),
        (-timedelta(hours=27, minutes=12, seconds=59), "27 h 12 min late", "超时27小时12分"),
        (timedelta(minutes=59, seconds=59), "59 min left", "还剩59分钟"),
        (timedelta(seconds=59), "under 1 min left", "还剩不到1分钟"),
        (-timedelta(seconds=1), "under 1 min late", "超时不到1分钟"),
        (timedelta(hours=71, minutes=59), "71 h 59 min left", "还剩71小时59分"),
        (timedelta(hours=72), "3 d left", "还剩3天"),
        (timedelta(days=29, hours=23), "29 d 23 h left", "还剩29天23小时"),
    ],
)
def test_a_countdown_is_said_in_its_two_largest_units(left: timedelta, english: str, chinese: str) -> None:
    assert countdown_words(NOW + left, NOW) == english
    locale.use("zh_CN")
    assert countdown_words(NOW + left, NOW) == chinese


def test_a_clock_is_not_late_at_its_due_time_but_a_moment_after() -> None:
    start = NOW - timedelta(hours=24)
    assert urgency(start, NOW, NOW) is Urgency.SOON
    assert urgency(start, NOW, NOW + timedelta(seconds=1)) is Urgency.LATE


def test_a_clock_is_soon_due_from_three_quarters_of_its_time_on() -> None:
    due = NOW + timedelta(hours=24)
    assert urgency(NOW, due, NOW + timedelta(hours=17, minutes=59)) is Urgency.RUNNING
    assert urgency(NOW, due, NOW + timedelta(hours=18)) is Urgency.SOON


def test_late_and_soon_have_signs_that_need_no_colour() -> None:
    assert {how: how.sign for how in Urgency} == {
        Urgency.LATE: "!",
        Urgency.SOON: "▲",
        Urgency.RUNNING: "",
        Urgency.PAUSED: "‖",
    }


def test_a_length_never_grows_by_rounding() -> None:
    assert length_words(timedelta(hours=1, minutes=59, seconds=59)) == "1 h 59 min"
