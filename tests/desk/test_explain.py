"""A deadline explained in words, in both languages."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaint_desk import locale
from complaint_desk.desk.deadlines.explain import day_in_words, explained, length_in_words, moment_in_words
from complaint_desk.rules.addends import Addend, AddendCode
from complaint_desk.rules.sla_targets import Target
from tests.rules.scenarios import ask, pause

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    before = locale.language()
    locale.use("en")
    yield
    locale.use(before)


def spring_festival() -> list[str]:
    found = ask(
        "2wd",
        "2026-02-13T10:00:00+08:00",
        calendar={"country": "CN"},
        pauses=[pause("2026-02-14T17:00:00+08:00", "2026-02-14T19:00:00+08:00")],
    )
    return explained(found.reading.due.why, SHANGHAI)


def test_a_due_time_is_told_line_by_line() -> None:
    lines = spring_festival()
    assert lines[0] == "The complaint was received on Friday, 13 February 2026 at 10:00."
    assert lines[1] == "2 working days after the day of receipt are allowed, to the close of the last."
    assert "Saturday, 14 February 2026 is a working day in place of another." in lines
    assert "Monday, 16 February 2026 is a public holiday and does not count: Chinese New Year's Eve." in lines
    assert "Friday, 20 February 2026 is a public holiday and does not count." in lines
    assert lines[-2].endswith("the clock stood still: 1 working day did not count.")
    assert lines[-1] == "So it is due on Wednesday, 25 February 2026 at 18:00."


def test_the_same_is_told_in_chinese() -> None:
    locale.use("zh_CN")
    lines = spring_festival()
    assert lines[0] == "投诉于2026年2月13日（星期五）10:00收到。"
    assert "2026年2月14日（星期六）是调休上班日。" in lines
    assert "2026年2月16日（星期一）是法定节假日（农历除夕），不计入。" in lines
    assert lines[-1] == "因此，到期时间是2026年2月25日（星期三）18:00。"


EVERY_ADDEND = [
    Addend(AddendCode.RECEIPT, at=datetime(2026, 3, 9, tzinfo=UTC)),
    *(
        Addend(AddendCode.TARGET, target=Target.parse(written))
        for written in ("1h", "24h", "30d", "16wh", "10wd")
    ),
    Addend(AddendCode.SKIPPED_LOCAL_TIME, at=datetime(2026, 3, 9, tzinfo=UTC), length=timedelta(hours=1)),
    Addend(AddendCode.DOUBLED_LOCAL_TIME, at=datetime(2026, 3, 9, tzinfo=UTC)),
    *(
        Addend(
            code,
            at=datetime(2026, 3, 9, tzinfo=UTC),
            until=datetime(2026, 3, 10, tzinfo=UTC),
            length=length,
            number=number,
        )
        for code, length, number in (
            (AddendCode.PAUSE, timedelta(hours=3), None),
            (AddendCode.PAUSE, timedelta(0), None),
            (AddendCode.PAUSE_DAYS, None, 2),
            (AddendCode.PAUSE_OPEN, None, None),
        )
    ),
    Addend(AddendCode.PAUSE_TOO_LATE, at=datetime(2026, 3, 9, tzinfo=UTC)),
    Addend(AddendCode.CLOSED_DAY, day=date(2026, 3, 9)),
    Addend(AddendCode.HOLIDAY, day=date(2026, 10, 1), country="CN"),
    Addend(AddendCode.HOLIDAY, day=date(2027, 10, 1)),
    Addend(AddendCode.MAKE_UP_DAY, day=date(2026, 2, 14), country="CN"),
    Addend(AddendCode.OPENED_DAY, day=date(2026, 2, 15)),
    Addend(AddendCode.WEEKLY_REST, number=2),
    Addend(AddendCode.UNKNOWN_YEAR, number=2027, country="CN"),
    Addend(AddendCode.RESULT, at=datetime(2026, 3, 9, tzinfo=UTC)),
]


def test_every_kind_of_addend_has_its_words_in_both_languages() -> None:
    assert {addend.code for addend in EVERY_ADDEND} == set(AddendCode)
    english = explained(EVERY_ADDEND, SHANGHAI)
    locale.use("zh_CN")
    chinese = explained(EVERY_ADDEND, SHANGHAI)
    assert len({*english, *chinese}) == 2 * len(EVERY_ADDEND)
    assert all(line.endswith(".") for line in english)
    assert all(line.endswith("。") for line in chinese)


def test_the_day_is_the_one_of_the_zone_and_seconds_are_told_only_where_there_are_any() -> None:
    assert (
        moment_in_words(datetime(2026, 3, 9, 17, tzinfo=UTC), SHANGHAI) == "Tuesday, 10 March 2026 at 01:00"
    )
    assert moment_in_words(datetime(2026, 3, 9, 1, 0, 5, tzinfo=UTC), SHANGHAI).endswith("at 09:00:05")


def test_a_moment_beyond_the_zones_calendar_is_told_in_utc() -> None:
    assert moment_in_words(datetime(9999, 12, 31, 23, tzinfo=UTC), SHANGHAI).endswith("9999 at 23:00")


def test_lengths_are_told_in_their_parts() -> None:
    assert length_in_words(timedelta(days=2, hours=1, minutes=30)) == "2 days 1 hour 30 minutes"
    assert length_in_words(timedelta(seconds=1)) == "1 second"
    assert length_in_words(timedelta(microseconds=1)) == "less than a second"
    locale.use("zh_CN")
    assert length_in_words(timedelta(days=2, hours=1, minutes=30)) == "2天1小时30分钟"


def test_days_have_their_weekday() -> None:
    assert day_in_words(date(2028, 2, 29)) == "Tuesday, 29 February 2028"
