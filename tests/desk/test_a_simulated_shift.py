"""A long shift: eight hours, three hundred calls, four at the desk. At its end every sum is what really happened.

What happened is kept beside, in the plainest way there is: a few dates for each ticket.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Channel, ClockKind, Role, Severity
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.models.settling import PromiseMade
from tests.support import FrozenClock, complaint

CALLS = 300
SHIFT = timedelta(hours=8)
TARGETS = {
    ClockKind.ADMIT: timedelta(hours=24),
    ClockKind.OWN: timedelta(hours=48),
    ClockKind.SOLVE: timedelta(days=30),
}
AGENTS = ("李敏", "刘洋", "张伟")


@dataclass
class Promised:
    due: datetime
    kept: datetime | None = None


@dataclass
class Kept:
    """What really happened to one ticket."""

    received: datetime
    owner: str
    flagged: bool
    met: dict[ClockKind, datetime] = field(default_factory=dict)
    promises: list[Promised] = field(default_factory=list)
    resolved: datetime | None = None
    paused_until: datetime | None = None

    def due(self, kind: ClockKind) -> datetime:
        return self.received + TARGETS[kind]

    def meet(self, kinds: tuple[ClockKind, ...], now: datetime) -> None:
        for kind in kinds:
            self.met.setdefault(kind, now)

    def waiting(self) -> list[datetime]:
        """The due times it still waits for."""
        clocks = [self.due(kind) for kind in TARGETS if kind not in self.met]
        return clocks + [promise.due for promise in self.promises if promise.kept is None]

    def stands_still(self, now: datetime) -> bool:
        only_solving = set(self.met) == {ClockKind.ADMIT, ClockKind.OWN} and not any(
            promise.kept is None for promise in self.promises
        )
        return self.paused_until is not None and self.paused_until > now and only_solving


class Shift:
    """The desks of one shift, and what really happened at them."""

    def __init__(self, boss: Any, agents: dict[str, Any], clock: FrozenClock) -> None:
        self.boss, self.agents, self.clock = boss, agents, clock
        self.chance = random.Random(20261123)
        self.kept: dict[str, Kept] = {}

    def call(self) -> None:
        name = self.chance.choice(AGENTS)
        letter = self.chance.random() < 0.15
        channel = Channel.MEDIA if self.chance.random() < 0.05 else Channel.PHONE
        ago = timedelta(hours=self.chance.choice((20, 26, 50))) if letter else timedelta()
        received = self.clock.now - ago
        ticket = self.agents[name].register(
            complaint("结账多收了钱", channel=channel, caller="王芳"), received_at=received
        )
        self.kept[ticket.number] = Kept(received, name, channel is Channel.MEDIA)

    def work(self) -> None:
        """One thing done to one open ticket."""
        open_ones = [number for number, kept in self.kept.items() if kept.resolved is None]
        number = self.chance.choice(open_ones)
        kept, now = self.kept[number], self.clock.now
        desk = self.agents.get(kept.owner, self.boss)
        match self.chance.choice(
            ("acknowledge", "own", "own", "resolve", "promise", "keep", "pause", "hand", "grave")
        ):
            case "acknowledge" if ClockKind.ADMIT not in kept.met:
                desk.act(number, Act.ACKNOWLEDGED, "打电话道歉了")
                kept.meet((ClockKind.ADMIT,), now)
            case "own" if ClockKind.OWN not in kept.met:
                desk.act(number, Act.OWNED, "由我负责")
                kept.meet((ClockKind.ADMIT, ClockKind.OWN), now)
            case "resolve" if kept.paused_until is None:
                desk.act(number, Act.RESOLVED, "退款了,顾客满意")
                kept.meet(tuple(TARGETS), now)
                kept.resolved = now
            case "promise" if len(kept.promises) < 2:
                due = now + timedelta(minutes=self.chance.choice((30, 90, 1_500)))
                desk.promise(number, PromiseMade("回电话", due))
                kept.promises.append(Promised(due))
            case "keep" if any(promise.kept is None for promise in kept.promises):
                which = next(at for at, promise in enumerate(kept.promises) if promise.kept is None)
                desk.keep_promise(number, which + 1, "回过电话了")
                kept.promises[which].kept = now
            case "pause" if ClockKind.OWN in kept.met and kept.paused_until is None:
                desk.pause(number, "等厂家", now + timedelta(days=3))
                kept.paused_until = now + timedelta(days=3)
            case "hand":
                to = self.chance.choice([name for name in AGENTS if name != kept.owner])
                self.boss.hand_over(number, to)
                kept.owner = to
            case "grave" if not kept.flagged and self.chance.random() < 0.2:
                self.boss.change_severity(number, Severity.GRAVE, "媒体来电")
                kept.flagged = True


@pytest.fixture(scope="module")
def shift(tmp_path_factory: pytest.TempPathFactory, empty_file: Any) -> Any:
    """The shift, worked from nine to five."""
    import shutil

    from complaint_desk.desk.desk import Desk
    from complaint_desk.settings import Settings

    path = tmp_path_factory.mktemp("shift") / "desk.db"
    shutil.copyfile(empty_file, path)
    clock = FrozenClock()
    clock.now = clock.now.replace(hour=1, minute=0)  # 9:00 in Shanghai
    begun = clock.now

    def open_one(name: str) -> Desk:
        return Desk.open(Settings(db=str(path), store_code="S01"), as_name=name, clock=clock)

    boss = open_one("陈静")
    boss.take_seat()
    for name in AGENTS:
        boss.join(name, Role.AGENT)
    agents = {name: open_one(name) for name in AGENTS}
    worked = Shift(boss, agents, clock)
    for call in range(CALLS):
        clock.now = begun + SHIFT * call / CALLS
        worked.call()
        for _time in range(2):
            worked.work()
    clock.now = begun + SHIFT
    yield worked
    for desk in (boss, *agents.values()):
        desk.close()


def numbers(shift: Shift, view: QueueView) -> set[str]:
    return {row.number for row in shift.boss.queue(1_000, choice=QueueChoice(view))}


def test_the_queue_holds_what_still_waits_and_every_view_its_part_of_it(shift: Shift) -> None:
    now = shift.clock.now
    waiting = {number: kept for number, kept in shift.kept.items() if kept.waiting()}
    assert numbers(shift, QueueView.ALL) == set(waiting)
    assert numbers(shift, QueueView.LATE) == {
        number
        for number, kept in waiting.items()
        if min(kept.waiting()) < now and not (kept.stands_still(now) and not kept.flagged)
    }
    assert numbers(shift, QueueView.PAUSED) == {
        number for number, kept in waiting.items() if kept.stands_still(now)
    }
    tonight = now.replace(hour=16, minute=0)
    assert numbers(shift, QueueView.PROMISES) == {
        number
        for number, kept in waiting.items()
        if any(promise.kept is None and promise.due < tonight for promise in kept.promises)
    }
    for name, desk in shift.agents.items():
        mine = {row.number for row in desk.queue(1_000, choice=QueueChoice(QueueView.MINE))}
        assert mine == {number for number, kept in waiting.items() if kept.owner == name}
    counts = shift.boss.queue_counts()
    assert {view: len(numbers(shift, view)) for view in QueueView} == counts.views
    assert counts.flagged == sum(kept.flagged for kept in waiting.values())


def test_the_report_counts_each_clock_as_it_was_kept(shift: Shift) -> None:
    report, now = shift.boss.clock_report(), shift.clock.now
    for kind in TARGETS:
        every = list(shift.kept.values())
        met = [(kept.met[kind], kept.due(kind)) for kept in every if kind in kept.met]
        unmet = [kept.due(kind) for kept in every if kind not in kept.met]
        sums = report.clocks[kind]
        assert (sums.met_in_time, sums.met_late) == (
            sum(at <= due for at, due in met),
            sum(at > due for at, due in met),
        )
        assert (sums.late, sums.running) == (
            sum(due < now for due in unmet),
            sum(due >= now for due in unmet),
        )
        assert sums.count == CALLS
    promises = [promise for kept in shift.kept.values() for promise in kept.promises]
    sums = report.clocks[ClockKind.PROMISE]
    assert sums.count == len(promises)
    assert sums.met_in_time == sum(
        promise.kept is not None and promise.kept <= promise.due for promise in promises
    )
    assert sums.late == sum(promise.kept is None and promise.due < now for promise in promises)


def test_the_shift_sheet_tells_who_has_what_and_what_was_kept(shift: Shift) -> None:
    sheet = shift.boss.shift_sheet()
    waiting = [kept for kept in shift.kept.values() if kept.waiting()]
    assert {one.owner: one.open for one in sheet.owners} == Counter(
        kept.owner for kept in waiting if kept.resolved is None
    )
    kept_clocks = sum(
        at <= kept.due(kind) for kept in shift.kept.values() for kind, at in kept.met.items()
    ) + sum(
        promise.kept is not None and promise.kept <= promise.due
        for kept in shift.kept.values()
        for promise in kept.promises
    )
    assert len(sheet.kept) == kept_clocks
    assert len(sheet.hot) == sum(kept.flagged for kept in waiting)


def test_nothing_is_amiss_in_the_file_and_every_history_tells_its_ticket(shift: Shift) -> None:
    assert shift.boss.check() == []
    for number, kept in shift.kept.items():
        ticket = shift.boss.ticket(number)
        assert ticket.owner == kept.owner
        assert len(ticket.promises) == len(kept.promises)
        assert {
            clock.kind: clock.met_at for clock in ticket.clocks if clock.kind in TARGETS and clock.met_at
        } == kept.met


def test_the_busiest_shift_ends_with_the_same_sums_a_week_later(shift: Shift) -> None:
    before = numbers(shift, QueueView.ALL)
    end, shift.clock.now = shift.clock.now, shift.clock.now + timedelta(days=7)
    try:
        late = numbers(shift, QueueView.LATE)
        assert numbers(shift, QueueView.ALL) == before
        assert late == {number for number in before if min(shift.kept[number].waiting()) < shift.clock.now}
    finally:
        shift.clock.now = end
