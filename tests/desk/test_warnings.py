"""Warnings: at the shares of the time that the rules name, each by itself, only in store hours."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from complaint_desk.models.enums import ClockKind
from complaint_desk.models.policy import Policy
from tests.support import FrozenClock, complaint


def reached(desk: Any) -> tuple[float, ...]:
    (row,) = desk.queue()
    marks: tuple[float, ...] = desk.warnings_reached(row)
    return marks


def with_marks(*marks: float) -> Policy:
    policy = Policy()
    return replace(
        policy,
        clocks=tuple(
            replace(rule, target="8h", warn_at=marks) if rule.kind is ClockKind.ADMIT else rule
            for rule in policy.clocks
        ),
    )


def test_point_8_a_clock_warns_at_each_share_the_rules_name_and_when_it_is_overdue(
    desk: Any, clock: FrozenClock
) -> None:
    desk.apply_policy(with_marks(50, 75, 90))
    clock.now = clock.now.replace(hour=1, minute=30)  # 9:30 in Shanghai, the store is open from nine to six
    desk.register(complaint())
    start = clock.now
    seen = []
    for minutes in (239, 240, 359, 360, 431, 432, 480, 481):
        clock.now = start + timedelta(minutes=minutes)
        seen.append(reached(desk))
    assert seen == [
        (),
        (50,),
        (50,),
        (50, 75),
        (50, 75),
        (50, 75, 90),
        (50, 75, 90),
        (50, 75, 90, 100),
    ]


def test_point_8_a_mark_in_closed_hours_is_raised_when_the_store_opens(desk: Any, clock: FrozenClock) -> None:
    desk.apply_policy(with_marks(75))
    clock.now = clock.now.replace(day=27, hour=9, minute=30)  # Friday 17:30
    desk.register(complaint())
    received = clock.now
    for later in (timedelta(hours=7), timedelta(days=2), timedelta(days=2, hours=15)):
        clock.now = received + later
        assert reached(desk) == ()
    clock.now = received
    clock.now += timedelta(days=2, hours=15, minutes=30)  # Monday 9:00
    assert reached(desk) == (75, 100)


def test_by_default_there_is_one_mark_at_three_quarters(desk: Any, clock: FrozenClock) -> None:
    desk.register(complaint())
    clock.forward(hours=23)
    assert reached(desk) == (75,)
