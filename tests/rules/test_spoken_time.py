"""How the desk reads when something happened, in the words of Chinese and English callers."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from complaint_desk.models.enums import Precision
from complaint_desk.rules.spoken_time import SpokenTime, read_spoken_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 11, 22, 10, 28, tzinfo=SHANGHAI)
DATA = Path(__file__).parent / "data"


def lines_of(name: str) -> list[tuple[str, str, str, str]]:
    """The table's lines: said, local start, precision, doubt."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split(" | ") for line in lines if line and not line.startswith("#")]
    return [(said, at, precision, doubt) for said, at, precision, doubt in rows]


def told(read: SpokenTime, zone: ZoneInfo = SHANGHAI) -> tuple[str, str, str]:
    at = read.at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if read.at else "-"
    return at, read.precision or "-", read.doubt or "-"


def read_at(said: str, received: datetime) -> str:
    """The local start in the zone of `received`, with its precision."""
    zone = received.tzinfo
    assert isinstance(zone, ZoneInfo)
    at, precision, doubt = told(read_spoken_time(said, received, zone), zone)
    return f"{at} {precision}" if doubt == "-" else doubt


@pytest.mark.parametrize(
    "name",
    ["spoken_time_zh.txt", "spoken_time_en.txt", "spoken_time_fresh_zh.txt", "spoken_time_fresh_en.txt"],
)
def test_callers_words_are_read_as_the_tables_say(name: str) -> None:
    rows = lines_of(name)
    assert len(rows) >= 60
    misread = [
        (said, wanted, got)
        for said, *wanted in rows
        if (got := list(told(read_spoken_time(said, SUNDAY, SHANGHAI)))) != wanted
    ]
    assert misread == []


@pytest.mark.parametrize("said", [row[0] for row in lines_of("spoken_time_zh.txt")[:60]])
def test_the_words_are_kept_to_the_letter(said: str) -> None:
    spoken = f"  {said}\t"
    assert read_spoken_time(spoken, SUNDAY, SHANGHAI).said == spoken


@pytest.mark.parametrize("said", ["", " ", "\n\t", "\u3000"])
def test_nothing_said_is_absent_and_not_doubtful(said: str) -> None:
    assert read_spoken_time(said, SUNDAY, SHANGHAI) == SpokenTime("", None, None, None)


def test_the_start_is_kept_in_utc() -> None:
    read = read_spoken_time("昨天下午3点", SUNDAY, SHANGHAI)
    assert read.at == datetime(2026, 11, 21, 7, 0, tzinfo=UTC)
    assert read.at.tzinfo is UTC


def test_a_receipt_without_a_zone_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="zone"):
        read_spoken_time("昨天", datetime(2026, 11, 22, 10, 28), SHANGHAI)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("上周五", "2026-11-20 00:00 day"),
        ("last friday", "2026-11-20 00:00 day"),
        ("上周", "2026-11-16 00:00 week"),
        ("周日", "2026-11-22 00:00 day"),
        ("昨天", "2026-11-22 00:00 day"),
        ("周一", "2026-11-23 00:00 day"),
        ("周末", "2026-11-21 00:00 day"),
        ("周一下午3点", "2026-11-16 15:00 hour"),
        ("on Monday at 3", "2026-11-16 15:00 hour"),
    ],
)
def test_on_a_monday_morning(said: str, wanted: str) -> None:
    assert read_at(said, datetime(2026, 11, 23, 9, 0, tzinfo=SHANGHAI)) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("昨天", "2025-12-31 00:00 day"),
        ("上个月", "2025-12-01 00:00 month"),
        ("上个月31号", "2025-12-31 00:00 day"),
        ("31号晚上", "2025-12-31 17:00 part"),
        ("1号", "2026-01-01 00:00 day"),
        ("上周五", "2025-12-26 00:00 day"),
        ("12月25日", "2025-12-25 00:00 day"),
        ("去年", "unreadable"),
        ("去年12月", "2025-12-01 00:00 month"),
        ("这个月", "2026-01-01 00:00 month"),
        ("跨年那天晚上", "2025-12-31 17:00 part"),
        ("元旦", "2026-01-01 00:00 day"),
        ("圣诞节", "2025-12-25 00:00 day"),
        ("刚才", "2026-01-01 00:05 minute"),
        ("半小时前", "2025-12-31 23:35 minute"),
        ("昨晚11点", "2025-12-31 23:00 hour"),
        ("last night at midnight", "2026-01-01 00:00 hour"),
        ("春节", "2025-01-29 00:00 day"),
    ],
)
def test_five_minutes_into_the_new_year(said: str, wanted: str) -> None:
    assert read_at(said, datetime(2026, 1, 1, 0, 5, tzinfo=SHANGHAI)) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("29号", "2028-02-29 00:00 day"),
        ("30号", "2028-01-30 00:00 day"),
        ("31号", "2028-01-31 00:00 day"),
        ("2月29日", "2028-02-29 00:00 day"),
        ("昨天", "2028-02-29 00:00 day"),
        ("上个月29号", "2028-02-29 00:00 day"),
        ("上个月30号", "unreadable"),
        ("一年前", "unreadable"),
        ("半年前", "2027-09-01 00:00 month"),
    ],
)
def test_the_day_after_a_leap_day(said: str, wanted: str) -> None:
    assert read_at(said, datetime(2028, 3, 1, 9, 0, tzinfo=SHANGHAI)) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("3点半", "2026-11-22 15:30 minute"),
        ("8点", "2026-11-22 20:00 hour"),
        ("昨天8点", "2026-11-21 08:00 hour"),
        ("今天8点", "2026-11-22 20:00 hour"),
        ("今天9点", "2026-11-22 09:00 hour"),
        ("今天下午", "2026-11-22 12:00 part"),
        ("今晚", "2026-11-22 17:00 part"),
        ("晚上", "2026-11-22 17:00 part"),
        ("晚上10点", "2026-11-21 22:00 hour"),
        ("at 8", "2026-11-22 20:00 hour"),
        ("tonight", "2026-11-22 17:00 part"),
    ],
)
def test_at_half_past_eight_in_the_evening(said: str, wanted: str) -> None:
    assert read_at(said, datetime(2026, 11, 22, 20, 30, tzinfo=SHANGHAI)) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("一点", "2026-11-22 01:00 hour"),
        ("昨晚", "2026-11-21 18:00 part"),
        ("last night", "2026-11-21 18:00 part"),
        ("昨晚12点", "2026-11-22 00:00 hour"),
        ("晚上1点", "2026-11-22 01:00 hour"),
        ("凌晨", "2026-11-22 00:00 part"),
    ],
)
def test_in_the_small_hours(said: str, wanted: str) -> None:
    assert read_at(said, datetime(2026, 11, 22, 2, 15, tzinfo=SHANGHAI)) == wanted


def test_the_moment_of_receipt_itself_is_not_after_it() -> None:
    assert read_at("10:28", SUNDAY) == "2026-11-22 10:28 minute"
    assert read_at("10:29", SUNDAY) == "2026-11-21 10:29 minute"
    assert read_at("今天10:29", SUNDAY) == "after_receipt"


def test_a_skipped_hour_moves_forward_and_a_doubled_one_is_the_first() -> None:
    spring = datetime(2026, 3, 9, 9, 0, tzinfo=NEW_YORK)
    assert read_spoken_time("yesterday 2:30 am", spring, NEW_YORK).at == datetime(
        2026, 3, 8, 7, 30, tzinfo=UTC
    )
    assert read_at("yesterday 2:30 am", spring) == "2026-03-08 03:30 minute"
    autumn = datetime(2026, 10, 26, 9, 0, tzinfo=BERLIN)
    assert read_spoken_time("昨天凌晨2点半", autumn, BERLIN).at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_hours_ago_are_counted_by_the_clock_of_the_world_over_a_change_of_the_clocks() -> None:
    after_the_change = datetime(2026, 3, 8, 4, 0, tzinfo=NEW_YORK)
    assert read_at("2 hours ago", after_the_change) == "2026-03-08 01:00 hour"


def test_a_day_is_the_stores_day_and_not_that_of_utc() -> None:
    received = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    assert told(read_spoken_time("今天", received, SHANGHAI))[0] == "2026-11-22 00:00"
    assert told(read_spoken_time("今天", received, NEW_YORK), NEW_YORK)[0] == "2026-11-21 00:00"


def test_an_offset_that_was_written_is_honoured() -> None:
    read = read_spoken_time("2026-11-20T15:30:00-05:00", SUNDAY, SHANGHAI)
    assert (read.at, read.precision) == (datetime(2026, 11, 20, 20, 30, tzinfo=UTC), Precision.MINUTE)
    assert read_spoken_time("2026-11-22T15:30:00Z", SUNDAY, SHANGHAI).doubt == "after_receipt"


def test_last_friday_and_the_past_friday_differ_at_the_weekend() -> None:
    assert read_at("last friday", SUNDAY) == "2026-11-13 00:00 day"
    assert read_at("this past friday", SUNDAY) == "2026-11-20 00:00 day"
    assert read_at("friday", SUNDAY) == "2026-11-20 00:00 day"


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("03/04/2026", ("2026-04-03 00:00", "day", "ambiguous")),
        ("03/12/2026", ("2026-03-12 00:00", "day", "-")),
        ("04/04/2026", ("2026-04-04 00:00", "day", "-")),
        ("13/04/2026", ("2026-04-13 00:00", "day", "-")),
        ("3/4", ("2026-03-04 00:00", "day", "ambiguous")),
        ("3/4买的", ("2026-03-04 00:00", "day", "-")),
        ("昨天星期五", ("2026-11-21 00:00", "day", "ambiguous")),
        ("昨天星期六", ("2026-11-21 00:00", "day", "-")),
        ("Friday November 19", ("2026-11-19 00:00", "day", "ambiguous")),
        ("Friday the 19th", ("2026-11-19 00:00", "day", "ambiguous")),
    ],
)
def test_what_can_be_read_two_ways_is_read_one_way_and_doubted(
    said: str, wanted: tuple[str, str, str]
) -> None:
    assert told(read_spoken_time(said, SUNDAY, SHANGHAI)) == wanted


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("农历八月十五", "2026-09-25"),
        ("大年初一", "2026-02-17"),
        ("腊月二十三", "2026-02-10"),
        ("冬至", "2025-12-21"),
    ],
)
def test_the_lunar_calendar_is_the_librarys(said: str, wanted: str) -> None:
    read = read_spoken_time(said, SUNDAY, SHANGHAI)
    assert told(read)[:2] == (f"{wanted} 00:00", "day")


def test_a_rare_english_saying_is_the_librarys() -> None:
    assert told(read_spoken_time("3d ago", SUNDAY, SHANGHAI))[0].startswith("2026-11-19")


@pytest.mark.parametrize(
    "said",
    [
        "'); DROP TABLE ticket;--",
        "[@click=app.quit]x[/]",
        "\x00\x1b[31m\x07",
        "\ud800",
        "1" * 20_000,
        "一" * 20_000,
        "half an " * 3_000,
        "\ufdfa" * 5_000,
        "99999999999999999999天前",
        "9999年99月99日",
        "0000-00-00 00:00",
        "2026-13-45T99:99:99+99:99",
        "24:60",
        "0月0日",
        "第三点",
        "\u202e点3午下天昨",
    ],
)
def test_hostile_words_are_kept_and_tell_no_time(said: str) -> None:
    assert read_spoken_time(said, SUNDAY, SHANGHAI) == SpokenTime(said, None, None, "unreadable")


def test_invisible_signs_do_not_hide_a_time() -> None:
    assert read_at("昨\u200b天\x00下午\u202e3点", SUNDAY) == "2026-11-21 15:00 hour"


def test_a_time_told_at_the_start_of_a_very_long_story_is_read() -> None:
    story = "昨天下午3点我去买牛奶。" + "他们根本不理我，" * 2_500
    read = read_spoken_time(story, SUNDAY, SHANGHAI)
    assert read.said == story
    assert told(read)[0] == "2026-11-21 15:00"


@pytest.mark.parametrize(
    "received", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)]
)
def test_the_ends_of_the_calendar_do_not_break_the_reading(received: datetime) -> None:
    for said in (
        "昨天",
        "上周五",
        "明天",
        "上个月",
        "半小时前",
        "9999天前",
        "春节",
        "last friday",
        "29 February",
    ):
        read = read_spoken_time(said, received, ZoneInfo("UTC"))
        assert read.at is None or read.at <= received


def test_every_weekday_of_last_week_is_that_of_the_calendar_week_before() -> None:
    monday = date(2026, 11, 9)
    for number, (han, english) in enumerate(
        zip(
            "一二三四五六日",
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
            strict=True,
        )
    ):
        wanted = f"{monday + timedelta(days=number)} 00:00 day"
        for later in range(7):
            received = datetime(2026, 11, 16, 8, 0, tzinfo=SHANGHAI) + timedelta(days=later)
            assert read_at(f"上周{han}", received) == wanted
            assert read_at(f"last {english}", received) == wanted


def test_neither_library_is_loaded_for_what_the_desk_reads_itself() -> None:
    program = (
        "import sys; from datetime import datetime, UTC; from zoneinfo import ZoneInfo\n"
        "from complaint_desk.rules.spoken_time import read_spoken_time\n"
        "from complaint_desk.rules.phone import read_phone, show_phone\n"
        "for said in ('昨天下午3点', 'yesterday 3pm', '不记得了'):\n"
        "    read_spoken_time(said, datetime(2026, 11, 22, tzinfo=UTC), ZoneInfo('Asia/Shanghai'))\n"
        "print(sorted({'dateparser', 'jionlp_time', 'phonenumbers'} & set(sys.modules)))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
        encoding="utf-8",
    )
    assert ran.stdout.strip() == "[]"
