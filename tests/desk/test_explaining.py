"""Why this deadline: every addend on its own line, for real tickets, in both languages."""

from datetime import timedelta
from typing import Any

from complaint_desk import locale
from complaint_desk.models.enums import Act, ClockKind
from tests.support import FrozenClock, complaint

SUPPLIER = "等供应商送货"


def lines(desk: Any, number: str, kind: ClockKind = ClockKind.SOLVE) -> list[str]:
    (found,) = (each for each in desk.explain(number).clocks if each.clock.kind is kind)
    return list(found.lines)


def test_point_10_each_addend_of_a_tickets_deadline_stands_on_its_own_line(
    desk: Any, clock: FrozenClock
) -> None:
    number = desk.register(complaint()).number
    desk.act(number, Act.OWNED, "x")
    clock.forward(days=1)
    desk.pause(number, SUPPLIER, clock.now + timedelta(days=3))
    clock.forward(days=1)
    assert lines(desk, number) == [
        "The complaint was received on Monday, 23 November 2026 at 10:28.",
        "30 calendar days are allowed, to the same time of day.",
        "That is the store's rule, version 1.",
        "It goes back to: training text 003.",
        "From Tuesday, 24 November 2026 at 10:28 to Friday, 27 November 2026 at 10:28 the clock stood still: "
        "3 days did not count.",
        "The reason, told by 陈静: 等供应商送货",
        "The clock stands still now and goes on by itself on Friday, 27 November 2026 at 10:28; were it resumed now, "
        "it would be due on Thursday, 24 December 2026 at 10:28.",
        "So it is due on Saturday, 26 December 2026 at 10:28.",
    ]
    (solve,) = (each for each in desk.explain(number).clocks if each.clock.kind is ClockKind.SOLVE)
    assert solve.paused_until == clock.now + timedelta(days=2)


def test_it_says_by_which_act_a_clock_was_met_and_that_a_missed_time_stays(
    desk: Any, clock: FrozenClock
) -> None:
    number = desk.register(complaint()).number
    clock.forward(hours=30)
    desk.act(number, Act.OWNED, "回了电话")
    assert lines(desk, number, ClockKind.ADMIT)[-2:] == [
        "It was met on Tuesday, 24 November 2026 at 16:28: somebody took responsibility, by 陈静.",
        "It was missed by 6 hours, and nothing done later takes that back.",
    ]
    assert lines(desk, number, ClockKind.OWN)[-1].startswith("It was met on")


def test_it_says_that_a_word_is_disputed(desk: Any, clock: FrozenClock) -> None:
    number = desk.register(complaint()).number
    clock.forward(hours=30)
    desk.act(number, Act.ACKNOWLEDGED, "x", happened_at=clock.now - timedelta(hours=20))
    assert "disputed until a supervisor confirms it" in lines(desk, number, ClockKind.ADMIT)[-1]


def test_the_clock_of_a_reopening_says_so(desk: Any, clock: FrozenClock) -> None:
    number = desk.register(complaint()).number
    desk.act(number, Act.RESOLVED, "x")
    clock.forward(days=1)
    desk.act(number, Act.REOPENED, "又坏了")
    assert lines(desk, number, ClockKind.REOPENED)[0] == (
        "The complaint was reopened on Tuesday, 24 November 2026 at 10:28."
    )


def test_an_outside_deadline_names_its_source_and_that_it_is_no_legal_advice(desk: Any) -> None:
    number = desk.register(complaint(channel="consumers_association")).number
    told = lines(desk, number, ClockKind.OUTSIDE)
    assert "10 working days after the day of receipt are allowed, to the close of the last." in told
    assert any("12315" in line and "2026-11-22" in line for line in told)
    assert "The figure is the store's own reading and not legal advice." in told
    assert told[-1] == "So it is due on Monday, 7 December 2026 at 18:00."


def test_an_outside_deadline_beyond_the_announced_year_says_that_it_goes_by_weekdays(
    desk: Any, clock: FrozenClock
) -> None:
    clock.forward(days=30)
    number = desk.register(complaint(channel="consumers_association")).number
    assert any("2027 are not announced yet" in line for line in lines(desk, number, ClockKind.OUTSIDE))


def test_it_is_told_in_chinese_too(desk: Any, clock: FrozenClock) -> None:
    number = desk.register(complaint()).number
    desk.pause(number, SUPPLIER, clock.now + timedelta(days=3))
    locale.use("zh_CN")
    told = lines(desk, number)
    locale.use("en")
    assert len(told) == 8
    assert not any(sentence[0].isascii() and sentence[0].isalpha() for sentence in told)
