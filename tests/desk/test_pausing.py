"""Pauses at the desk: who may stop what, until when, and that nothing of it ever takes a missed time away."""

from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, ClockKind, ClockState, Role
from complaint_desk.models.errors import ActNotAllowed, ChangedMeanwhile, FieldRefused
from complaint_desk.models.ticket import Clock, Ticket
from complaint_desk.rules.clock_acts import breach_of
from complaint_desk.rules.sla import clock_state
from complaint_desk.rules.ticket_clocks import due_if_resumed_now
from tests.support import MONDAY_MORNING, FrozenClock, complaint

DAY = timedelta(days=1)
SUPPLIER = "供应商周五才有货,顾客同意等"


def clock_of(ticket: Ticket, kind: ClockKind = ClockKind.SOLVE) -> Clock:
    (found,) = (clock for clock in ticket.clocks if clock.kind is kind and clock.superseded_at is None)
    return found


@pytest.fixture
def number(desk: Any) -> str:
    ticket = desk.register(complaint())
    desk.act(ticket.number, Act.OWNED, "陈静告诉王女士由她负责")
    return str(ticket.number)


def test_a_pause_lasts_to_its_expected_return_and_moves_the_stored_due_time_by_that(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    clock.forward(days=2)
    ticket = desk.pause(number, SUPPLIER, clock.now + 3 * DAY)
    solve = clock_of(ticket)
    assert solve.due_at == MONDAY_MORNING + 33 * DAY
    assert solve.unpaused_due_at == MONDAY_MORNING + 30 * DAY
    (pause,) = ticket.pauses
    assert (pause.reason, pause.by, pause.clocks) == (SUPPLIER, "陈静", (ClockKind.SOLVE,))
    assert desk.ticket(number) == ticket


def test_a_paused_clock_shows_when_it_would_be_due_if_resumed_now(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    ticket = desk.pause(number, SUPPLIER, clock.now + 5 * DAY)
    clock.forward(days=1)
    assert due_if_resumed_now(clock_of(ticket), clock.now) == MONDAY_MORNING + 31 * DAY
    clock.forward(days=9)
    assert due_if_resumed_now(clock_of(ticket), clock.now) == MONDAY_MORNING + 35 * DAY


def test_a_pause_ends_by_itself_and_a_resumed_one_earlier(desk: Any, number: str, clock: FrozenClock) -> None:
    desk.pause(number, SUPPLIER, clock.now + 4 * DAY)
    clock.forward(days=1)
    assert clock_of(desk.resume(number)).due_at == MONDAY_MORNING + 31 * DAY
    desk.pause(number, SUPPLIER, clock.now + 2 * DAY)
    clock.forward(days=2)
    ticket = desk.ticket(number)
    assert clock_of(ticket).pause_at(clock.now) is None
    assert clock_of(ticket).due_at == MONDAY_MORNING + 33 * DAY
    with pytest.raises(ActNotAllowed, match="stands still"):
        desk.resume(number)


@pytest.mark.parametrize("kind", [ClockKind.ADMIT, ClockKind.OWN, ClockKind.FEEDBACK])
def test_clocks_of_answering_the_caller_never_pause(desk: Any, clock: FrozenClock, kind: ClockKind) -> None:
    ticket = desk.register(complaint())
    with pytest.raises(ActNotAllowed, match="never pauses"):
        desk.pause(ticket.number, SUPPLIER, clock.now + DAY, clocks=[kind])
    paused = desk.pause(ticket.number, SUPPLIER, clock.now + DAY)
    assert [each.kind for each in paused.clocks if each.pauses] == [ClockKind.SOLVE]


def test_a_pause_needs_a_reason_a_return_to_come_and_the_ticket_as_it_was_seen(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    version = desk.ticket(number).version
    for reason, until, name in (
        (" ", DAY, "text"),
        (SUPPLIER, timedelta(), "until"),
        (SUPPLIER, -DAY, "until"),
    ):
        with pytest.raises(FieldRefused) as refused:
            desk.pause(number, reason, clock.now + until)
        assert refused.value.field_name == name
    with pytest.raises(ChangedMeanwhile):
        desk.pause(number, SUPPLIER, clock.now + DAY, version=version - 1)
    assert desk.ticket(number).version == version


def test_the_rules_cap_how_long_and_how_often(desk: Any, number: str, clock: FrozenClock) -> None:
    with pytest.raises(ActNotAllowed, match="at most 14 days"):
        desk.pause(number, SUPPLIER, clock.now + 14 * DAY + timedelta(minutes=1))
    for _round in range(3):
        desk.pause(number, SUPPLIER, clock.now + DAY)
        clock.forward(days=1)
    with pytest.raises(ActNotAllowed, match="3 times already"):
        desk.pause(number, SUPPLIER, clock.now + DAY)


def test_what_is_paused_is_not_paused_again(desk: Any, number: str, clock: FrozenClock) -> None:
    desk.pause(number, SUPPLIER, clock.now + DAY)
    with pytest.raises(ActNotAllowed, match="Resume it first"):
        desk.pause(number, SUPPLIER, clock.now + 2 * DAY)


def test_a_late_or_settled_ticket_cannot_be_paused(desk: Any, number: str, clock: FrozenClock) -> None:
    clock.forward(days=31)
    with pytest.raises(ActNotAllowed, match="up already"):
        desk.pause(number, SUPPLIER, clock.now + DAY)
    desk.act(number, Act.RESOLVED, "退了款")
    with pytest.raises(ActNotAllowed, match="No clock"):
        desk.pause(number, SUPPLIER, clock.now + DAY)


def test_settling_in_a_pause_counts_the_pause_to_that_moment(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    desk.pause(number, SUPPLIER, clock.now + 5 * DAY)
    clock.forward(days=2)
    solve = clock_of(desk.act(number, Act.RESOLVED, "货到了,送去了"))
    assert (solve.due_at, solve.met_at) == (MONDAY_MORNING + 32 * DAY, clock.now)


def test_the_queue_has_paused_tickets_last_and_their_return_brings_them_back_by_itself(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    later = desk.register(complaint(), received_at=clock.now).number
    desk.act(later, Act.OWNED, "x")
    flagged = desk.register(complaint(channel="media")).number
    clock.forward(hours=1)
    last = desk.register(complaint()).number
    desk.act(last, Act.OWNED, "x")
    desk.pause(number, SUPPLIER, clock.now + timedelta(minutes=10))
    order = [row.number for row in desk.queue()]
    assert order == [flagged, later, last, number]
    assert [desk.queue_position(row.key) for row in desk.queue()] == [0, 1, 2, 3]
    assert [desk.queue_at(place) for place in range(5)] == [*(row.key for row in desk.queue()), None]
    assert (desk.queue_counts().paused, desk.queue_counts().open) == (1, 4)
    clock.forward(minutes=10)
    assert [row.number for row in desk.queue()] == [flagged, later, number, last]
    assert desk.queue_counts().paused == 0
    clock.forward(minutes=-5)  # the PC's clock was set back
    assert [row.number for row in desk.queue()] == order


def test_pages_of_the_queue_run_on_from_the_running_to_the_paused_in_both_directions(
    desk: Any, clock: FrozenClock
) -> None:
    for place in range(14):
        ticket = desk.register(complaint(f"第{place}件"))
        desk.act(ticket.number, Act.OWNED, "x")
        clock.forward(minutes=1)
        if place % 3 == 0:
            desk.pause(ticket.number, SUPPLIER, clock.now + DAY)
    whole = desk.queue(50)
    assert [row.key.rank for row in whole] == [1] * 9 + [2] * 5
    down: list[Any] = []
    last = None
    while page := desk.queue(4, after=last):
        down += page
        last = page[-1].key
    assert tuple(down) == whole
    up: list[Any] = []
    first = None
    while page := desk.queue(4, before=first) if first else desk.queue_end(4):
        up = [*page, *up]
        first = page[0].key
    assert tuple(up) == whole


def test_taking_a_pause_back_makes_it_count_for_nothing(desk: Any, number: str, clock: FrozenClock) -> None:
    desk.pause(number, SUPPLIER, clock.now + DAY)
    ticket = desk.act(number, Act.UNDONE)
    assert ticket.pauses == ()
    assert clock_of(ticket).due_at == MONDAY_MORNING + 30 * DAY


def test_taking_a_resumption_back_never_takes_a_missed_time_away(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    clock.forward(days=29)
    desk.pause(number, SUPPLIER, clock.now + 10 * DAY)
    clock.forward(hours=1)
    desk.resume(number)
    clock.forward(days=2)
    breach = breach_of(clock_of(desk.ticket(number)), clock.now)
    assert breach is not None
    with pytest.raises(ActNotAllowed, match="stays missed"):
        desk.act(number, Act.UNDONE)
    assert breach_of(clock_of(desk.ticket(number)), clock.now) == breach


def test_point_4_no_act_of_the_desk_removes_a_breach(desk: Any, number: str, clock: FrozenClock) -> None:
    desk.join("李娜", Role.AGENT)
    clock.forward(days=31)
    missed = breach_of(clock_of(desk.ticket(number)), clock.now)
    assert missed == MONDAY_MORNING + 30 * DAY
    desk.assign(number, "李娜")
    desk.change_severity(number, 3, "顾客很着急")
    desk.escalate(number, "陈静", "已经超时")
    desk.act(number, Act.RESOLVED, "退了款")
    desk.act(number, Act.REOPENED, "没有收到退款")
    desk.pause(number, SUPPLIER, clock.now + DAY)
    clock.forward(days=400)
    solve = clock_of(desk.ticket(number))
    assert clock_state(solve.due_at, solve.met_at, clock.now) is ClockState.MET
    assert breach_of(solve, clock.now) == missed


def test_pauses_that_hid_a_breach_are_listed_and_honest_ones_are_not(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    honest = desk.register(complaint()).number
    for each in (number, honest):
        desk.pause(each, SUPPLIER, clock.now + 10 * DAY)
    desk.act(honest, Act.RESOLVED, "x")
    clock.forward(days=30)
    assert desk.hidden_breaches() == ()
    clock.forward(days=1)
    (hidden,) = desk.hidden_breaches()
    assert (hidden.number, hidden.kind, hidden.owner) == (number, ClockKind.SOLVE, "陈静")
    assert hidden.due_without_pauses == MONDAY_MORNING + 30 * DAY
    assert [pause.reason for pause in hidden.pauses] == [SUPPLIER]
    clock.forward(days=20)
    assert desk.hidden_breaches() == ()  # late for all to see


def test_a_pause_resumed_in_the_same_moment_or_by_a_clock_set_back_takes_nothing(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    for back in (0, -30):
        desk.pause(number, SUPPLIER, clock.now + DAY)
        clock.forward(minutes=back)
        if back:
            with pytest.raises(ActNotAllowed, match="stands still"):
                desk.resume(number)
            clock.forward(minutes=-back)
        assert clock_of(desk.resume(number)).due_at == MONDAY_MORNING + 30 * DAY
