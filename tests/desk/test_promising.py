"""Promises: what, by whom, by when, to whom; each with a clock of its own, kept or broken by an act."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaint_desk.desk.essence_words import short_moment, why_line
from complaint_desk.models.enums import Act, ClockKind, TicketStatus
from complaint_desk.models.errors import ActNotAllowed, ChangedMeanwhile, FieldRefused
from complaint_desk.models.settling import PromiseMade, PromiseState
from complaint_desk.models.ticket import Ticket
from complaint_desk.rules.clock_acts import breach_of
from tests.support import MONDAY_MORNING, FrozenClock, complaint


def promise(
    desk: Any, number: str, what: str = "回电告知结果", said: str = "明天下午五点前", **more: Any
) -> Ticket:
    ticket: Ticket = desk.promise(number, PromiseMade(what, desk.due_told(said), said, **more))
    return ticket


@pytest.fixture
def number(desk: Any) -> str:
    return str(desk.register(complaint(caller="王芳", phone="13800138000")).number)


def test_a_promise_is_a_row_with_a_clock_due_when_it_was_said_to_be(desk: Any, number: str) -> None:
    ticket = promise(desk, number, to="王芳的先生")
    (made,) = ticket.promises
    assert (made.what, made.to, made.owner, made.authority) == ("回电告知结果", "王芳的先生", "陈静", "陈静")
    assert made.due_at == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    assert made.state(desk.clock()) is PromiseState.OPEN
    clock = ticket.clocks[made.position]
    assert (clock.kind, clock.due_at, clock.started_by) == (ClockKind.PROMISE, made.due_at, made.event_id)
    assert desk.check() == []


def test_the_queue_sorts_by_the_promise_that_is_due_first(desk: Any, number: str) -> None:
    other = desk.register(complaint("等候太久")).number
    promise(desk, other, said="今天18:00前")
    promise(desk, other, said="周五")
    assert [(row.number, row.clock) for row in desk.queue()] == [
        (other, ClockKind.PROMISE),
        (number, ClockKind.ADMIT),
    ]


def test_several_promises_of_a_ticket_are_kept_one_by_one(desk: Any, number: str) -> None:
    promise(desk, number, "回电")
    promise(desk, number, "寄出赠品", "周五")
    with pytest.raises(FieldRefused, match="1 回电; 2 寄出赠品"):
        desk.keep_promise(number)
    ticket = desk.keep_promise(number, 2, "已寄出")
    first, second = ticket.promises
    assert second.state(desk.clock()) is PromiseState.KEPT
    assert (second.kept_by, second.end_text) == ("陈静", "已寄出")
    assert first.is_waiting
    assert desk.keep_promise(number).promises[0].kept_at == desk.clock()
    with pytest.raises(ActNotAllowed):
        desk.keep_promise(number)


def test_resolving_keeps_no_promise_and_the_ticket_stands_in_the_queue_until_it_is_kept(
    desk: Any, number: str
) -> None:
    promise(desk, number)
    ticket = desk.act(number, Act.RESOLVED, "已解决")
    assert ticket.status is TicketStatus.RESOLVED
    assert [(row.number, row.clock) for row in desk.queue()] == [(number, ClockKind.PROMISE)]
    desk.keep_promise(number)
    assert desk.queue() == ()
    assert desk.check() == []


def test_a_promise_that_ran_out_stays_late_however_it_ends(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    promise(desk, number, said="今天18:00前")
    clock.forward(hours=9)
    assert desk.ticket(number).promises[0].state(clock()) is PromiseState.LATE
    ticket = desk.keep_promise(number)
    assert ticket.promises[0].state(clock()) is PromiseState.KEPT_LATE
    assert breach_of(ticket.clocks[3], clock()) == ticket.promises[0].due_at


def test_a_word_written_down_after_the_due_time_is_disputed_until_a_supervisor_confirms_it(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    promise(desk, number, said="今天18:00前")
    clock.forward(hours=9)
    ticket = desk.keep_promise(number, happened_at=MONDAY_MORNING + timedelta(hours=1))
    assert ticket.promises[0].disputed
    assert ticket.promises[0].state(clock()) is PromiseState.KEPT_LATE
    ticket = desk.act(number, Act.CONFIRMED, "有通话记录")
    assert ticket.promises[0].state(clock()) is PromiseState.KEPT


def test_a_broken_promise_counts_as_missed_from_the_moment_it_is_said(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    promise(desk, number)
    clock.forward(hours=1)
    with pytest.raises(FieldRefused):
        desk.break_promise(number, None, " ")
    ticket = desk.break_promise(number, None, "货没到，已告知顾客")
    assert ticket.promises[0].state(clock()) is PromiseState.BROKEN
    assert breach_of(ticket.clocks[3], clock()) == clock()
    assert ticket.next_clock is not None
    assert ticket.next_clock.kind is ClockKind.ADMIT
    clock.forward(days=3)
    assert breach_of(desk.ticket(number).clocks[3], clock()) == MONDAY_MORNING + timedelta(hours=1)
    sums = desk.clock_report().clocks[ClockKind.PROMISE]
    assert (sums.late, sums.running) == (1, 0)


def test_making_keeping_and_breaking_are_taken_back_like_other_acts(desk: Any, number: str) -> None:
    promise(desk, number)
    desk.keep_promise(number)
    assert desk.act(number, Act.UNDONE).promises[0].is_waiting
    desk.break_promise(number, None, "x")
    assert desk.act(number, Act.UNDONE).promises[0].is_waiting
    ticket = desk.act(number, Act.UNDONE)
    assert ticket.promises == ()
    assert [clock.kind for clock in ticket.clocks] == [ClockKind.ADMIT, ClockKind.OWN, ClockKind.SOLVE]
    assert promise(desk, number).promises[0].number == 2
    assert desk.check() == []


def test_a_promise_that_was_missed_is_not_taken_back_to_hide_it(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    promise(desk, number, said="今天18:00前")
    clock.forward(hours=9)
    with pytest.raises(ActNotAllowed, match="stays missed"):
        desk.act(number, Act.UNDONE)


def test_a_promise_never_pauses(desk: Any, number: str) -> None:
    promise(desk, number)
    with pytest.raises(ActNotAllowed, match="never pauses"):
        desk.pause(number, "等货", desk.clock() + timedelta(days=1), clocks=[ClockKind.PROMISE])


def test_a_new_policy_and_another_severity_move_no_promise(desk: Any, number: str) -> None:
    from dataclasses import replace

    from complaint_desk.models.enums import Severity

    due = promise(desk, number).promises[0].due_at
    policy = desk.policy_in_force()
    desk.apply_policy(
        replace(policy, clocks=(replace(policy.clocks[0], target="2h"), *policy.clocks[1:])), open_too=True
    )
    desk.change_severity(number, Severity.GRAVE, "x")
    ticket = desk.ticket(number)
    assert ticket.promises[0].due_at == due
    assert ticket.next_of(ClockKind.PROMISE) is not None
    assert desk.check() == []


@pytest.mark.parametrize("said", ["", "回电", "昨天", "2020-01-01 10:00", "2020-01-01T10:00:00+08:00"])
def test_what_names_no_time_to_come_is_no_promise(desk: Any, said: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        desk.due_told(said)
    assert refused.value.field_name == "by"


def test_times_as_machines_write_them_are_read_too(desk: Any) -> None:
    assert desk.due_told("2026-11-25T17:00:00+08:00") == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
    assert desk.due_told("2026-11-25 17:00") == datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


def test_nobody_unknown_keeps_a_promise_and_a_closed_ticket_takes_none(desk: Any, number: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        promise(desk, number, owner="没有这个人")
    assert refused.value.field_name == "owner"
    assert desk.ticket(number).promises == ()


def test_another_desks_change_is_told_before_a_promise_is_written(
    desk: Any, number: str, open_desk: Callable[..., Any]
) -> None:
    seen = desk.ticket(number)
    open_desk("李娜").act(number, Act.OWNED, "x")
    with pytest.raises(ChangedMeanwhile):
        desk.promise(number, PromiseMade("x", desk.due_told("明天")), version=seen.version)


def test_promises_of_the_call_are_saved_with_the_ticket_in_one_act(desk: Any, clock: FrozenClock) -> None:
    made_at = clock()
    clock.forward(minutes=5)
    made = [
        PromiseMade("回电", desk.due_told("今天18:00前"), "今天18:00前", made_at=made_at),
        PromiseMade("寄出赠品", desk.due_told("周五"), "周五"),
    ]
    ticket = desk.register(complaint(), promises=made)
    assert [(each.what, each.made_at) for each in ticket.promises] == [
        ("回电", made_at),
        ("寄出赠品", clock()),
    ]
    assert desk.ticket(ticket.number) == ticket
    with pytest.raises(FieldRefused):
        desk.register(complaint("另一件"), promises=[PromiseMade("", clock() + timedelta(days=1))])
    assert len(desk.queue()) == 1


def test_the_list_of_promises_has_those_that_wait_the_next_one_first(
    desk: Any, number: str, open_desk: Callable[..., Any]
) -> None:
    open_desk("李娜").take_seat()
    promise(desk, number, "回电", "明天", owner="李娜")
    promise(desk, number, "寄出赠品", "今天18:00前")
    assert [line.what for line in desk.promises()] == ["寄出赠品", "回电"]
    assert [line.what for line in desk.promises(owner="李娜")] == ["回电"]
    assert [line.what for line in desk.promises(due_by=desk.due_told("今天18:00"))] == ["寄出赠品"]
    desk.keep_promise(number, 2)
    assert [line.what for line in desk.promises()] == ["回电"]
    assert [line.state for line in desk.promises(ended_too=True)] == [PromiseState.KEPT, PromiseState.OPEN]


ACTS = st.lists(
    st.tuples(st.sampled_from(["promise", "keep", "break", "undo", "resolve", "wait"]), st.integers(1, 60)),
    max_size=14,
)


@given(ACTS)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_every_promise_waits_or_has_ended_once_and_the_file_is_sound(
    open_desk: Callable[..., Any], clock: FrozenClock, acts: list[tuple[str, int]]
) -> None:
    clock.now = MONDAY_MORNING
    desk = open_desk()
    number = desk.register(complaint()).number
    missed: dict[str, datetime] = {}
    for act, length in acts:
        try:
            match act:
                case "promise":
                    desk.promise(number, PromiseMade("x", clock() + timedelta(minutes=length)))
                case "keep":
                    desk.keep_promise(number, length % 3 + 1)
                case "break":
                    desk.break_promise(number, length % 3 + 1, "x")
                case "undo":
                    desk.act(number, Act.UNDONE)
                case "resolve":
                    desk.act(number, Act.RESOLVED, "x")
                case _:
                    clock.forward(minutes=length)
        except (ActNotAllowed, FieldRefused):
            pass
        ticket = desk.ticket(number)
        for each in ticket.promises:
            clock_of = next(one for one in ticket.clocks if one.position == each.position)
            assert clock_of.is_waiting == each.is_waiting
            assert (each.kept_at is not None) + (each.broken_at is not None) + each.is_waiting == 1
            if each.due_at < clock() and each.is_waiting:
                missed[each.event_id] = each.due_at
        standing = {each.event_id: each for each in ticket.promises}
        for event_id, due in missed.items():
            found = standing[event_id]
            of = next(one for one in ticket.clocks if one.position == found.position)
            assert breach_of(of, clock()) == due, "what was missed stays missed"
        waiting = [each.due_at for each in ticket.promises if each.is_waiting]
        following = ticket.next_clock
        if waiting:
            assert following is not None
            assert following.due_at <= min(waiting)
    assert desk.check() == []
    desk.close()


def test_a_promises_time_is_told_as_when_it_was_given_and_for_when(desk: Any, number: str) -> None:
    made = promise(desk, number)
    (clock,) = (each for each in made.clocks if each.kind is ClockKind.PROMISE)
    told = why_line(clock, desk.settings.zone)
    assert told == f"promised 11-23 10:28 for {short_moment(clock.due_at, desk.settings.zone)}"


def test_what_was_said_in_the_same_words_is_not_told_twice(desk: Any, number: str) -> None:
    due = desk.clock() + timedelta(hours=3)
    desk.promise(number, PromiseMade("明天前退款", due, "明天前退款"))
    desk.promise(number, PromiseMade("回电话", due, "三小时内"))
    told = [line for each in desk.explain(number).clocks for line in each.lines]
    assert any(line.endswith("promised: 明天前退款") for line in told)
    assert any(line.endswith("promised: 回电话 (told as: 三小时内)") for line in told)


def test_words_to_avoid_in_a_promise_are_kept_with_it(desk: Any, number: str) -> None:
    due = desk.clock() + timedelta(hours=3)
    ticket = desk.promise(number, PromiseMade("  这是我们的法律责任，明天赔给您", due))
    (line,) = (line for line in ticket.history if line.act is Act.PROMISED)
    assert "fault" in {found.rule for found in line.avoid}
    found = next(found for found in line.avoid if found.rule == "fault")
    assert line.text is not None
    assert "法律责任" in line.text[found.start : found.end]


def test_words_to_avoid_in_a_promise_of_the_call_are_kept_with_the_ticket(desk: Any) -> None:
    made = PromiseMade("这是我们的法律责任，明天赔给您", desk.clock() + timedelta(hours=3))
    ticket = desk.register(complaint(), promises=[made])
    (line,) = (line for line in ticket.history if line.act is Act.PROMISED)
    assert "fault" in {found.rule for found in line.avoid}
