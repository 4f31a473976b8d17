"""The report of the clocks: its figures are those of the history, recomputed from it."""

import random
from contextlib import suppress
from datetime import date, timedelta
from statistics import median
from typing import Any

from complaint_desk.models.enums import Act, Cause, ClockKind, Role
from complaint_desk.models.errors import DeskError
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.clock_acts import breach_of
from tests.support import MONDAY_MORNING, FrozenClock, complaint

ACTS = (Act.ACKNOWLEDGED, Act.OWNED, Act.RESOLVED, Act.REOPENED, Act.UNDONE, Act.NOTED)


def a_shift(desk: Any, clock: FrozenClock, count: int) -> list[str]:
    """Calls and acts in no order, some acts late, some written down late, some taken back, some in a pause."""
    chance, numbers = random.Random(4), []
    desk.join("李娜", Role.AGENT)
    for _call in range(count):
        cause = chance.choice([None, *Cause])
        numbers.append(
            desk.register(complaint(cause=cause, store=chance.choice(["南山店", "福田店"]))).number
        )
        clock.forward(minutes=chance.randint(1, 300))
    for _act in range(count * 4):
        clock.forward(minutes=chance.randint(1, 200))
        number, what = chance.choice(numbers), chance.random()
        with suppress(DeskError):
            if what < 0.1:
                desk.pause(number, "等货", clock.now + timedelta(days=chance.randint(1, 9)))
            elif what < 0.2:
                desk.assign(number, chance.choice(["李娜", "陈静"]))
            else:
                told = clock.now - timedelta(hours=chance.choice([0, 0, 20]))
                desk.act(number, chance.choice(ACTS), "x", happened_at=told)
    return numbers


def recomputed(tickets: list[Ticket], kind: ClockKind, now: Any) -> tuple[Any, ...]:
    clocks = [clock for ticket in tickets for clock in ticket.clocks if clock.kind is kind]
    met = [clock for clock in clocks if clock.met_at]
    took = sorted(clock.met_at - clock.started_at for clock in met if clock.met_at)
    missed = [clock for clock in clocks if breach_of(clock, now)]
    within = next((time for time in took if sum(each <= time for each in took) >= 0.9 * len(took)), None)
    return (
        len([clock for clock in met if clock not in missed]),
        len([clock for clock in met if clock in missed]),
        len([clock for clock in missed if not clock.met_at]),
        len([clock for clock in clocks if not clock.met_at and clock not in missed]),
        timedelta(seconds=median(time.total_seconds() for time in took)) if took else None,
        within,
    )


def test_the_figures_agree_with_the_history_recomputed_from_it(desk: Any, clock: FrozenClock) -> None:
    numbers = a_shift(desk, clock, 40)
    report = desk.clock_report()
    tickets = [desk.ticket(number) for number in numbers]

    def figures(sums: Any, kind: ClockKind) -> tuple[Any, ...]:
        one = sums[kind]
        return one.met_in_time, one.met_late, one.late, one.running, one.median, one.percentile_90

    for kind in (ClockKind.ADMIT, ClockKind.OWN, ClockKind.SOLVE, ClockKind.REOPENED):
        assert figures(report.clocks, kind) == recomputed(tickets, kind, clock.now)
        for group in ("store", "cause", "owner"):
            for name, sums in report.by[group].items():
                of_it = [ticket for ticket in tickets if getattr(ticket, group) == name]
                if kind in sums:
                    assert figures(sums, kind) == recomputed(of_it, kind, clock.now)
    assert report.clocks[ClockKind.ADMIT].count == 40
    assert report.clocks[ClockKind.ADMIT].met_late > 0
    assert set(report.by["type"]) == {None}


def test_only_clocks_that_started_on_the_days_asked_for_are_counted(desk: Any, clock: FrozenClock) -> None:
    clock.now = MONDAY_MORNING.replace(hour=15, minute=59)  # Monday 23:59 in Shanghai
    desk.register(complaint())
    clock.forward(minutes=1)
    desk.register(complaint())
    monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)
    counts = [
        desk.clock_report(first, last).clocks.get(ClockKind.SOLVE)
        for first, last in ((monday, monday), (tuesday, None), (None, tuesday), (date(2026, 11, 25), None))
    ]
    assert [one and one.count for one in counts] == [1, 1, 2, None]


def test_a_disputed_word_counts_as_late_until_it_is_confirmed(desk: Any, clock: FrozenClock) -> None:
    number = desk.register(complaint()).number
    clock.forward(hours=30)
    desk.act(number, Act.ACKNOWLEDGED, "x", happened_at=clock.now - timedelta(hours=20))
    assert desk.clock_report().clocks[ClockKind.ADMIT].met_late == 1
    desk.act(number, Act.CONFIRMED)
    assert desk.clock_report().clocks[ClockKind.ADMIT].kept == 1
