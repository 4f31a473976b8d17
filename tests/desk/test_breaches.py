"""A missed due time is a fact: no act, correction, reopening or undoing makes it go away, only a confirmed word."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, ClockKind, TicketStatus
from complaint_desk.models.errors import DeskError
from complaint_desk.rules.clock_acts import breach_of
from tests.support import FrozenClock, complaint

ACTS = (Act.ACKNOWLEDGED, Act.OWNED, Act.RESOLVED, Act.NOTED, Act.REOPENED, Act.UNDONE)
Breaches = dict[tuple[ClockKind, datetime], datetime]


def breaches(desk: Any, number: str) -> Breaches:
    found = ((clock, breach_of(clock, desk.clock())) for clock in desk.ticket(number).clocks)
    return {(clock.kind, clock.started_at): at for clock, at in found if at is not None}


def happens(desk: Any, clock: FrozenClock, chance: random.Random, number: str) -> Act | None:
    """One more thing is done about the ticket, often told late; which it was, None where it was refused."""
    clock.forward(hours=chance.choice((1, 5, 20, 200)))
    act = chance.choice(ACTS)
    told = clock.now - timedelta(hours=chance.choice((0, 0, 3, 30, 300)))
    try:
        desk.act(number, act, "打过电话了", happened_at=told if chance.random() < 0.5 else None)
        if chance.random() < 0.3:
            desk.amend(number, {"caller": str(chance.random())})
    except DeskError:
        return None
    return act


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_a_breach_stays(desk: Any, clock: FrozenClock, seed: int) -> None:
    chance = random.Random(seed)
    number = desk.register(complaint()).number
    seen: Breaches = {}
    for _step in range(60):
        act = happens(desk, clock, chance, number)
        now = breaches(desk, number)
        if act is Act.UNDONE:
            started = {(clock.kind, clock.started_at) for clock in desk.ticket(number).clocks}
            seen = {key: at for key, at in seen.items() if key in started}
        assert seen.items() <= now.items()
        seen = now


@pytest.mark.parametrize("seed", range(8))
def test_status_clocks_and_queue_always_agree(desk: Any, clock: FrozenClock, seed: int) -> None:
    chance = random.Random(100 + seed)
    number = desk.register(complaint()).number
    for _step in range(40):
        happens(desk, clock, chance, number)
        ticket, row = desk.ticket(number), desk.queue_row(number)
        unmet = [clock.due_at for clock in ticket.clocks if clock.met_at is None]
        if ticket.status is TicketStatus.RESOLVED:
            assert (unmet, row) == ([], None)
        else:
            assert row.key.next_due_at == min(unmet)
        for met in (clock for clock in ticket.clocks if clock.met_at is not None):
            by = next(line for line in ticket.history if line.event_id == met.met_by)
            assert (by.happened_at, by.undone) == (met.met_at, False)
            assert ticket.received_at <= met.met_at <= desk.clock()


def test_everything_can_be_undone_back_to_the_beginning(desk: Any, clock: FrozenClock) -> None:
    chance = random.Random(3)
    number = desk.register(complaint()).number
    for _step in range(60):
        happens(desk, clock, chance, number)

    def undo_for_ever() -> None:
        while True:
            desk.act(number, Act.UNDONE)

    with pytest.raises(DeskError, match="no act"):
        undo_for_ever()
    ticket = desk.ticket(number)
    assert ticket.status is TicketStatus.OPEN
    assert [(clock.kind, clock.met_at) for clock in ticket.clocks] == [
        (ClockKind.ADMIT, None),
        (ClockKind.OWN, None),
        (ClockKind.SOLVE, None),
    ]


def test_a_confirmed_word_is_the_one_way_to_clear_a_breach(
    desk: Any, clock: FrozenClock, open_desk: Callable[..., Any]
) -> None:
    number = desk.register(complaint()).number
    clock.forward(hours=30)
    agent = open_desk("李敏")
    agent.act(number, Act.ACKNOWLEDGED, "十点打过", happened_at=clock.now - timedelta(hours=25))
    assert [kind for kind, _started in breaches(desk, number)] == [ClockKind.ADMIT]
    with pytest.raises(DeskError, match="supervisor"):
        agent.act(number, Act.CONFIRMED)
    desk.act(number, Act.CONFIRMED)
    assert breaches(desk, number) == {}
