"""Which backups stay: the newest of each of the last hours, days and weeks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.rules.backup_rotation import AHEAD_KEPT, BackupsKept, to_let_go

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)
KEEP = BackupsKept(hours=3, days=2, weeks=2)
MADE = st.lists(st.integers(-100_000, 2_000_000).map(lambda minutes: NOW - timedelta(minutes=minutes)))


def stays(*made: datetime) -> list[datetime]:
    return sorted(set(made) - to_let_go(made, NOW, SHANGHAI, KEEP), reverse=True)


def ago(**passed: float) -> datetime:
    return NOW - timedelta(**passed)


def test_of_each_of_the_last_hours_the_newest_stays() -> None:
    made = [ago(minutes=minutes) for minutes in range(0, 400, 10)]
    assert stays(*made)[:3] == [NOW, ago(minutes=30), ago(minutes=90)]


def test_hours_without_a_backup_do_not_count() -> None:
    assert stays(NOW, ago(hours=3), ago(hours=6)) == [NOW, ago(hours=3), ago(hours=6)]


def test_of_each_day_and_week_in_the_stores_zone_the_newest_stays() -> None:
    evening, next_morning = datetime(2026, 11, 20, 15, tzinfo=UTC), datetime(2026, 11, 20, 17, tzinfo=UTC)
    made = [NOW, ago(hours=1), ago(hours=2), next_morning, evening, ago(days=30), ago(days=60)]
    assert stays(*made) == [NOW, ago(hours=1), ago(hours=2), next_morning]


def test_weeks_outlive_days() -> None:
    made = [ago(days=days) for days in range(40)]
    assert stays(*made) == [NOW, ago(days=1), ago(days=2)]
    assert stays(NOW, ago(days=10), ago(days=11)) == [NOW, ago(days=10), ago(days=11)]
    assert stays(NOW, ago(days=8), ago(days=15), ago(days=22), ago(days=29)) == [
        NOW,
        ago(days=8),
        ago(days=15),
    ]


def test_backups_dated_into_the_future_take_no_place_of_the_past() -> None:
    ahead = [ago(days=-days) for days in range(3650, 3660)]
    assert stays(NOW, ago(days=1), *ahead) == [ago(days=-3659), ago(days=-3658), NOW, ago(days=1)]


@given(MADE)
def test_the_newest_always_stays_and_what_goes_was_there(made: list[datetime]) -> None:
    gone = to_let_go(made, NOW, SHANGHAI, KEEP)
    assert gone <= set(made)
    past = [instant for instant in made if instant <= NOW]
    assert not past or max(past) not in gone
    kept = set(made) - gone
    assert len(kept) <= KEEP.hours + KEEP.days + KEEP.weeks + AHEAD_KEPT
    assert to_let_go(kept, NOW, SHANGHAI, KEEP) == set()
