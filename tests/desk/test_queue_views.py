"""The views of the queue: each holds what it says, in the queue's order, by pages, and counts it."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Channel, Role
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.models.settling import PromiseMade, RemedyKind
from tests.support import FrozenClock, complaint

Open = Callable[..., Any]


def numbers(desk: Any, view: QueueView, store: str | None = None) -> list[str]:
    return [row.number for row in desk.queue(1_000, choice=QueueChoice(view, store))]


@pytest.fixture
def full_desk(desk: Any, open_desk: Open, clock: FrozenClock) -> Any:
    """Tickets of three owners and two stores, early and late, flagged, paused, resolved."""
    chance = random.Random(7)
    other = open_desk("李敏")
    other.register(complaint())
    for count in range(80):
        channel = chance.choice((Channel.PHONE, Channel.PHONE, Channel.PHONE, Channel.MEDIA))
        received = clock.now - timedelta(hours=chance.choice((0, 1, 20, 30, 900)), minutes=count)
        store = chance.choice(("南山店", None))
        by = chance.choice((desk, other))
        number = by.register(complaint(channel=channel, store=store), received_at=received).number
        if count % 4 == 0:
            by.act(number, Act.OWNED, "打过电话了")
            if received > clock.now - timedelta(days=30):
                by.pause(number, "等厂家", clock.now + timedelta(days=2))
        if count % 7 == 0:
            by.act(number, Act.RESOLVED, "办好了")
        if count % 5 == 0:
            due = clock.now + timedelta(days=chance.choice((1, 40)))
            by.promise(number, PromiseMade("回电", due, owner=chance.choice(("陈静", "李敏"))))
    return desk


@pytest.mark.parametrize("store", [None, "南山店"])
@pytest.mark.parametrize("view", list(QueueView))
def test_every_view_is_read_alike_downwards_upwards_and_by_place(
    full_desk: Any, view: QueueView, store: str | None
) -> None:
    desk, choice = full_desk, QueueChoice(view, store)
    everything = desk.queue(1_000, choice=choice)
    assert [row.key for row in everything] == sorted(row.key for row in everything)
    down: list[Any] = []
    while page := desk.queue(7, after=down[-1].key if down else None, choice=choice):
        down += page
    up = list(desk.queue_end(7, choice))
    while up and (page := desk.queue(7, before=up[0].key, choice=choice)):
        up = [*page, *up]
    assert tuple(down) == tuple(up) == everything
    for place, row in enumerate(everything):
        assert desk.queue_position(row.key, choice) == place
        assert desk.queue_at(place, choice) == row.key
        assert desk.queue_row(row.number, choice) == row
    assert desk.queue_at(len(everything), choice) is None


def test_the_counts_are_those_of_the_lines_whatever_the_time_and_the_store(
    full_desk: Any, clock: FrozenClock
) -> None:
    for hours in (0, 5, 30, 60):
        clock.forward(hours=hours)
        for store in (None, "南山店", "S01", "nowhere"):
            counts = full_desk.queue_counts(QueueChoice(QueueView.LATE, store))
            lengths = {view: len(numbers(full_desk, view, store)) for view in QueueView}
            assert counts.views == lengths
            assert counts.total == lengths[QueueView.LATE]
    stores = full_desk.queue_stores()
    assert {each.store for each in stores} == {"南山店", "S01"}
    for each in stores:
        assert each.open == len(numbers(full_desk, QueueView.ALL, each.store))


def test_mine_is_what_i_own_and_nobodys_what_nobody_does(full_desk: Any, open_desk: Open) -> None:
    everything = full_desk.queue(1_000)
    mine = numbers(full_desk, QueueView.MINE)
    promised = {line.ticket for line in full_desk.promises(owner="陈静")}
    assert mine == [row.number for row in everything if row.owner == "陈静" or row.number in promised]
    promised = {line.ticket for line in full_desk.promises(owner="李敏")}
    assert numbers(open_desk("李敏"), QueueView.MINE) == [
        row.number for row in everything if row.owner == "李敏" or row.number in promised
    ]
    assert numbers(open_desk("somebody new"), QueueView.MINE) == []
    assert numbers(full_desk, QueueView.NOBODYS) == [row.number for row in everything if not row.owner]


def test_late_and_due_this_shift_follow_from_now_and_the_opening_hours(desk: Any, clock: FrozenClock) -> None:
    late = desk.register(complaint(), received_at=clock.now - timedelta(hours=25)).number
    this_shift = desk.register(complaint(), received_at=clock.now - timedelta(hours=20)).number
    next_shift = desk.register(complaint(), received_at=clock.now - timedelta(hours=10)).number
    assert numbers(desk, QueueView.LATE) == [late]
    assert numbers(desk, QueueView.DUE) == [this_shift]
    clock.forward(hours=8)  # 18:28, the store has closed: the shift meant is tomorrow's, to 18:00
    assert numbers(desk, QueueView.LATE) == [late, this_shift]
    assert numbers(desk, QueueView.DUE) == [next_shift]


def test_a_ticket_leaves_the_paused_by_itself_at_its_return(desk: Any, clock: FrozenClock) -> None:
    number = desk.register(complaint()).number
    desk.act(number, Act.OWNED, "打过电话了")
    desk.pause(number, "等厂家", clock.now + timedelta(days=2))
    assert numbers(desk, QueueView.PAUSED) == [number]
    clock.forward(days=2)
    assert numbers(desk, QueueView.PAUSED) == []


def test_a_promise_for_today_stands_in_its_view_until_it_is_kept(desk: Any, clock: FrozenClock) -> None:
    today, tomorrow = (desk.register(complaint()).number for _ in range(2))
    desk.promise(today, PromiseMade("回电话", clock.now + timedelta(hours=3)))
    desk.promise(tomorrow, PromiseMade("回电话", clock.now + timedelta(hours=20)))
    assert numbers(desk, QueueView.PROMISES) == [today]
    clock.forward(hours=14)  # 00:28: tomorrow has come, and what was promised yesterday is still owed
    assert numbers(desk, QueueView.PROMISES) == [today, tomorrow]
    desk.keep_promise(today, 1, "打过了")
    assert numbers(desk, QueueView.PROMISES) == [tomorrow]


def test_a_remedy_over_the_agents_authority_waits_for_approval_until_it_is_decided(
    desk: Any, open_desk: Open
) -> None:
    desk.take_seat()
    agent = open_desk("小王")
    agent.take_seat()
    waits, granted = (agent.register(complaint(phone="13800138000")).number for _ in range(2))
    agent.offer_remedy(waits, RemedyKind.PRICE, agent.money("500"), "退差价")
    agent.offer_remedy(granted, RemedyKind.PRICE, agent.money("5"), "退差价")
    assert numbers(desk, QueueView.APPROVAL) == [waits]
    assert [remedy.text for remedy in desk.essence(waits).waiting] == ["退差价"]
    desk.approve_remedy(waits)
    assert numbers(desk, QueueView.APPROVAL) == []
    assert desk.essence(granted).paid.totals == (agent.money("505"),)


def test_a_warning_is_given_for_what_is_soon_due_and_what_is_late(desk: Any, clock: FrozenClock) -> None:
    desk.register(complaint(), received_at=clock.now - timedelta(hours=2))
    soon = desk.register(complaint(), received_at=clock.now - timedelta(hours=19)).number
    late = desk.register(complaint(), received_at=clock.now - timedelta(hours=25)).number
    assert [(each.row.number, each.share, each.is_late) for each in desk.warned()] == [
        (late, 100, True),
        (soon, 75, False),
    ]


def test_who_took_an_act_up_the_line_sees_it_in_the_essence(desk: Any, clock: FrozenClock) -> None:
    desk.join("刘主管", Role.SUPERVISOR)
    number = desk.register(complaint(phone="13800138000"), received_at=clock.now - timedelta(hours=3)).number
    desk.escalate(number, "刘主管", "caller asks for the manager")
    desk.promise(number, PromiseMade("回电话", clock.now + timedelta(hours=3)))
    essence = desk.essence(number)
    assert essence.escalation.to == "刘主管"
    assert [promise.what for promise in essence.promises] == ["回电话"]
    assert essence.paid.count == 0
    assert essence.clock.kind == "promise"
