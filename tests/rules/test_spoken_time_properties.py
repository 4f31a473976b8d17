"""What holds for every time a caller may tell and every moment a complaint may come in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from complaint_desk.models.enums import Precision
from complaint_desk.rules.spoken_time import read_future_time, read_spoken_time

zones = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Asia/Shanghai",
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "America/Havana",
            "UTC",
        )
    ]
)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
numbers = st.integers(1, 60)
HAN = "零一二三四五六七八九十"
_ENGLISH = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_WORDS = (
    "昨天 前天 今天 明天 上周 上周五 周三 星期日 下周一 上个月 25号 31号 11月20日 "
    "2月29日 去年 十月 早上 下午 晚上 昨晚 "
    "凌晨 半夜 中午 3点 三点半 15:30 25:70 差五分三点 到 半小时前 两三天前 "
    "第二天 不是 不对 , 大概 国庆 除夕 三 月 号 点 周 "
    "yesterday last friday monday the 25th nov 20 at around 3 pm "
    "half past three noon midnight between and 4 to ago "
    "2 days hours weeks month this morning night no wait "
    "2026-11-20 03/04/2026 11-20 t15:30 z +08:00 12 31 christmas may"
)
words = st.sampled_from(_WORDS.split())
patter = st.lists(words, min_size=1, max_size=8).flatmap(
    lambda said: st.sampled_from([" ".join(said), "".join(said)])
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(patter, st.text(max_size=60)), moments, zones)
def test_no_time_that_happened_lies_after_receipt_and_none_promised_before_now(
    said: str, now: datetime, zone: ZoneInfo
) -> None:
    past, future = read_spoken_time(said, now, zone), read_future_time(said, now, zone)
    assert past == read_spoken_time(said, now, zone)
    assert future == read_future_time(said, now, zone)
    for read in (past, future):
        assert (read.at is None) == (read.precision is None)
        assert read.said == (said if said.strip() else "")
        assert read.at is None or read.at.tzinfo is UTC
        assert read.at is not None or read.doubt is not None or not said.strip()
    if past.at is not None:
        assert past.at <= now
    if future.at is not None and future.precision in (Precision.MINUTE, Precision.HOUR, Precision.PART):
        assert future.at >= now


def local(at: datetime | None, zone: ZoneInfo) -> datetime:
    assert at is not None
    return at.astimezone(zone)


@settings(deadline=None)
@given(st.integers(1, 10), moments, zones)
def test_so_many_days_ago_is_the_start_of_that_day(days: int, now: datetime, zone: ZoneInfo) -> None:
    wanted = now.astimezone(zone).date() - timedelta(days=days)
    spoken_han = "两" if days == 2 else HAN[days]
    for said in (
        f"{days}天前",
        f"{spoken_han}天前",
        f"{spoken_han}天以前",
        f"{days} days ago",
        f"{_ENGLISH[days - 1]} days ago",
    ):
        read = read_spoken_time(said, now, zone)
        assert read.precision is Precision.DAY
        assert local(read.at, zone).date() == wanted
        assert local(read.at - timedelta(seconds=1) if read.at else None, zone).date() < wanted


@settings(deadline=None)
@given(numbers, moments, zones)
def test_so_many_minutes_ago_is_that_minute(minutes: int, now: datetime, zone: ZoneInfo) -> None:
    wanted = (now - timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    for said in (f"{minutes}分钟前", f"{minutes} minutes ago", f"about {minutes} mins ago"):
        assert (read_spoken_time(said, now, zone).at, read_spoken_time(said, now, zone).precision) == (
            wanted,
            Precision.MINUTE,
        )


@settings(deadline=None)
@given(st.integers(0, 6), moments, zones)
def test_a_bare_weekday_is_one_of_the_last_seven_days(weekday: int, now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    for said in (
        f"周{'一二三四五六日'[weekday]}",
        f"礼拜{'一二三四五六天'[weekday]}",
        f"on {WEEKDAYS[weekday]}",
    ):
        day = local(read_spoken_time(said, now, zone).at, zone).date()
        assert day.weekday() == weekday
        assert 0 <= (today - day).days < 7


@settings(deadline=None)
@given(st.integers(1, 31), moments, zones)
def test_a_bare_day_of_the_month_is_the_last_one_past(day: int, now: datetime, zone: ZoneInfo) -> None:
    today = now.astimezone(zone).date()
    ending = {1: "st", 2: "nd", 3: "rd"}.get(day % 10 if day not in (11, 12, 13) else 0, "th")
    for said in (f"{day}号", f"the {day}{ending}"):
        meant = local(read_spoken_time(said, now, zone).at, zone).date()
        assert meant.day == day
        assert meant <= today
        later = (meant + timedelta(days=offset) for offset in range(1, (today - meant).days + 1))
        assert not [one for one in later if one.day == day]


@settings(deadline=None)
@example(12, 0, datetime(2000, 1, 1, 16, tzinfo=UTC))
@given(st.integers(0, 23), st.integers(0, 59), moments)
def test_a_clock_of_figures_is_the_last_time_it_showed_that(hour: int, minute: int, now: datetime) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    read = read_spoken_time(f"{hour:02}:{minute:02}", now, zone)
    at = local(read.at, zone)
    assert (at.hour, at.minute, read.precision) == (hour, minute, Precision.MINUTE)
    assert timedelta(0) <= now - at < timedelta(days=1)


@settings(deadline=None)
@given(st.integers(1, 12), st.sampled_from(["am", "pm", " a.m.", " PM"]), moments)
def test_yesterday_with_an_hour_of_either_half_is_that_hour(hour: int, half: str, now: datetime) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    wanted = hour % 12 + (12 if "p" in half.lower() else 0)
    yesterday = now.astimezone(zone).date() - timedelta(days=1)
    for said in (f"yesterday {hour}{half}", f"{hour}{half} yesterday", f"昨天{hour}{half}"):
        read = read_spoken_time(said, now, zone)
        at = local(read.at, zone)
        assert (at.date(), at.hour, read.precision) == (yesterday, wanted, Precision.HOUR)


@settings(deadline=None)
@given(st.datetimes(datetime(2001, 1, 1), datetime(2059, 1, 1)), moments)  # noqa: DTZ001
def test_a_date_written_out_is_that_minute_or_lies_after_receipt(written: datetime, now: datetime) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    meant = written.replace(second=0, microsecond=0, tzinfo=zone).astimezone(UTC)
    chinese = f"{written.year}年{written.month}月{written.day}日{written:%H:%M}"
    for said in (
        f"{written:%Y-%m-%d %H:%M}",
        f"{written:%Y/%m/%d %H:%M}",
        chinese,
        f"{written:%d %B %Y %H:%M}",
    ):
        read = read_spoken_time(said, now, zone)
        if meant <= now:
            assert (read.at, read.precision, read.doubt) == (meant, Precision.MINUTE, None)
        else:
            assert (read.at, read.precision, read.doubt) == (None, None, "after_receipt")
