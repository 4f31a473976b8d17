"""By when the desk has promised something, in the words of the promise."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from complaint_desk.rules.spoken_time import SpokenTime, read_future_time
from tests.rules.test_spoken_time import SHANGHAI, SUNDAY, lines_of, told


def test_promises_are_read_as_the_table_says() -> None:
    rows = lines_of("spoken_promises.txt")
    assert len(rows) >= 60
    misread = [
        (said, wanted, got)
        for said, *wanted in rows
        if (got := list(told(read_future_time(said, SUNDAY, SHANGHAI)))) != wanted
    ]
    assert misread == []


def test_no_words_are_no_promise() -> None:
    assert read_future_time(" ", SUNDAY, SHANGHAI) == SpokenTime("", None, None, None)


def test_a_promise_needs_a_moment_with_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        read_future_time("明天", datetime(2026, 11, 22, 10, 28), SHANGHAI)  # noqa: DTZ001


@pytest.mark.parametrize("said", ["by five", "五点前", "before 5", "17点前"])
def test_an_hour_gone_by_today_is_promised_for_tomorrow(said: str) -> None:
    evening = datetime(2026, 11, 22, 18, 0, tzinfo=SHANGHAI)
    assert told(read_future_time(said, evening, SHANGHAI))[0] == "2026-11-23 17:00"


def test_hours_from_now_are_real_hours_over_a_change_of_the_clocks() -> None:
    zone = ZoneInfo("America/New_York")
    before_the_change = datetime(2026, 3, 8, 1, 0, tzinfo=zone)
    read = read_future_time("in two hours", before_the_change, zone)
    assert read.at == datetime(2026, 3, 8, 8, 0, tzinfo=UTC)
    assert told(read, zone)[0] == "2026-03-08 04:00"
