"""The rules as versioned data: what a change would move, whom it moves, and what it never takes away."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Channel, ClockKind, Role, Severity
from complaint_desk.models.errors import ActNotAllowed, ChangedMeanwhile
from complaint_desk.models.policy import ClockRule, Policy
from complaint_desk.models.ticket import Clock, Ticket
from complaint_desk.rules.clock_acts import breach_of
from complaint_desk.rules.lifecycle import fold
from complaint_desk.store import checking
from tests.support import MONDAY_MORNING, FrozenClock, complaint

DAY = timedelta(days=1)


def rules(**targets: str) -> Policy:
    """The rules the program comes with, with other targets for some kinds."""
    policy = Policy()
    return replace(
        policy,
        clocks=tuple(replace(rule, target=targets.get(rule.kind, rule.target)) for rule in policy.clocks),
    )


def waiting(ticket: Ticket, kind: ClockKind = ClockKind.SOLVE) -> Clock:
    (found,) = (clock for clock in ticket.clocks if clock.kind is kind and clock.is_waiting)
    return found


def is_sound(desk: Any) -> bool:
    """Whether every ticket's rows are what its history amounts to."""
    with desk.store.reading() as connection:
        return list(checking.faults_of(connection, fold)) == []


def test_new_rules_are_for_new_tickets_and_open_ones_keep_their_times(desk: Any) -> None:
    old = desk.register(complaint()).number
    applied = desk.apply_policy(rules(solve="20d"))
    assert (applied.policy.version, applied.preview.moved) == (2, 0)
    new = desk.register(complaint())
    assert waiting(new).due_at == MONDAY_MORNING + 20 * DAY
    assert waiting(new).policy_version == 2
    assert waiting(desk.ticket(old)).due_at == MONDAY_MORNING + 30 * DAY


def test_point_9_a_change_first_shows_how_many_would_move_and_how_many_become_late(
    desk: Any, clock: FrozenClock
) -> None:
    for days in (0, 3, 12, 28):
        clock.now = MONDAY_MORNING + days * DAY
        number = desk.register(complaint()).number
        desk.act(number, Act.OWNED, "x")
    desk.act(number, Act.RESOLVED, "x")
    before = [desk.queue(), desk.changes_seen()]
    preview = desk.preview_policy(rules(solve="20d"))
    assert (preview.open, preview.moved, preview.become_late) == (3, 3, 2)
    assert (preview.earlier, preview.later, dict(preview.by_kind)) == (3, 0, {ClockKind.SOLVE: 3})
    assert [desk.queue(), desk.changes_seen()] == before


def test_applied_to_open_tickets_it_does_what_was_shown_and_edits_no_old_clock(
    desk: Any, clock: FrozenClock
) -> None:
    ticket = desk.register(complaint())
    desk.act(ticket.number, Act.OWNED, "x")
    preview = desk.preview_policy(rules(solve="20d"))
    applied = desk.apply_policy(rules(solve="20d"), "年底提速", open_too=True)
    assert applied.preview == preview
    after = desk.ticket(ticket.number)
    old, new = (clock for clock in after.clocks if clock.kind is ClockKind.SOLVE)
    assert (old.due_at, old.target, old.superseded_at) == (MONDAY_MORNING + 30 * DAY, "30d", clock.now)
    assert (new.due_at, new.policy_version, new.started_at) == (MONDAY_MORNING + 20 * DAY, 2, MONDAY_MORNING)
    assert [row.key.next_due_at for row in desk.queue()] == [new.due_at]
    assert after.version == desk.ticket(ticket.number).version
    assert is_sound(desk)
    settled = desk.act(ticket.number, Act.RESOLVED, "x")
    assert [clock.met_at is None for clock in settled.clocks] == [False, False, True, False]


def test_point_4_new_rules_never_take_a_missed_time_away(desk: Any, clock: FrozenClock) -> None:
    number = desk.register(complaint()).number
    clock.forward(hours=30)
    preview = desk.apply_policy(rules(admit="100h", own="100h"), open_too=True).preview
    assert (preview.moved, preview.already_late, dict(preview.by_kind)) == (1, 1, {ClockKind.OWN: 1})
    admit = waiting(desk.ticket(number), ClockKind.ADMIT)
    assert breach_of(admit, clock.now) == MONDAY_MORNING + DAY
    assert is_sound(desk)


def test_paused_tickets_and_acts_taken_back_are_moved_from_their_history(
    desk: Any, clock: FrozenClock
) -> None:
    paused, undone = (desk.register(complaint()).number for _ticket in range(2))
    for number in (paused, undone):
        desk.act(number, Act.OWNED, "x")
    desk.pause(paused, "等货", clock.now + 5 * DAY)
    desk.act(undone, Act.RESOLVED, "x")
    desk.act(undone, Act.REOPENED, "x")
    desk.act(undone, Act.UNDONE)
    desk.act(undone, Act.UNDONE)
    applied = desk.apply_policy(rules(solve="20d"), open_too=True)
    assert applied.preview.moved == 2
    assert waiting(desk.ticket(paused)).due_at == MONDAY_MORNING + 25 * DAY
    assert waiting(desk.ticket(undone)).due_at == MONDAY_MORNING + 20 * DAY
    assert desk.resume(paused).pauses[0].ended_at == clock.now
    assert waiting(desk.ticket(paused)).due_at == MONDAY_MORNING + 20 * DAY
    assert is_sound(desk)


def test_the_same_rules_again_move_nothing_also_where_working_days_are_counted(desk: Any) -> None:
    desk.register(complaint(channel="consumers_association"))
    assert desk.preview_policy(Policy()).moved == 0
    closed = replace(Policy(), calendars={"*": {**Policy().calendar("x"), "closed": ["2026-11-30"]}})
    preview = desk.preview_policy(closed)
    assert (preview.moved, preview.later, dict(preview.by_kind)) == (1, 1, {ClockKind.OUTSIDE: 1})


def test_rules_may_differ_by_channel_severity_and_store(desk: Any) -> None:
    own = (
        ClockRule(ClockKind.SOLVE, "3d", severities=(Severity.GRAVE,)),
        ClockRule(ClockKind.SOLVE, "10wd", channels=(Channel.LETTER,), stores=("南山店",)),
        ClockRule(ClockKind.SOLVE, "30d"),
        ClockRule(ClockKind.FEEDBACK, "12h", warn_at=(16.7,)),
    )
    desk.apply_policy(replace(Policy(), clocks=own))
    assert waiting(desk.register(complaint("孩子吃了以后呕吐,送医院了"))).target == "3d"
    assert waiting(desk.register(complaint(channel="letter", store="南山店"))).target == "10wd"
    ticket = desk.register(complaint(channel="letter", store="福田店"))
    assert [(clock.kind, clock.target) for clock in ticket.clocks] == [
        (ClockKind.SOLVE, "30d"),
        (ClockKind.FEEDBACK, "12h"),
    ]


def test_a_graver_matter_gets_the_time_its_severity_is_allowed_and_gives_it_back(desk: Any) -> None:
    own = (ClockRule(ClockKind.SOLVE, "3d", severities=(Severity.GRAVE,)), *Policy().clocks)
    desk.apply_policy(replace(Policy(), clocks=own))
    number = desk.register(complaint()).number
    assert waiting(desk.change_severity(number, Severity.GRAVE, "送医院了")).target == "3d"
    assert is_sound(desk)
    assert waiting(desk.act(number, Act.UNDONE)).target == "30d"
    assert is_sound(desk)


def test_any_contact_with_the_caller_meets_the_clock_of_feedback(desk: Any, clock: FrozenClock) -> None:
    desk.apply_policy(rules(feedback="12h"))
    number = desk.register(complaint()).number
    clock.forward(hours=1)
    ticket = desk.act(number, Act.ACKNOWLEDGED, "回了电话")
    (feedback,) = (clock for clock in ticket.clocks if clock.kind is ClockKind.FEEDBACK)
    assert feedback.met_at == clock.now


def test_only_a_supervisor_changes_the_rules(desk: Any, open_desk: Callable[..., Any]) -> None:
    desk.join("李娜", Role.AGENT)
    with pytest.raises(ActNotAllowed, match="supervisor"):
        open_desk("李娜").apply_policy(rules(solve="20d"))
    assert desk.policy_in_force() == Policy()


def test_another_desk_follows_new_rules_at_once(desk: Any, open_desk: Callable[..., Any]) -> None:
    other = open_desk()
    desk.apply_policy(rules(solve="20d"))
    assert waiting(other.register(complaint())).target == "20d"
    assert other.policy_in_force().version == 2
    assert [version for version, _at, _by in other.policy_versions()] == [2]


def test_what_another_desk_writes_meanwhile_is_looked_at_again(
    desk: Any, open_desk: Callable[..., Any], clock: FrozenClock
) -> None:
    other = open_desk()
    settled, paused = (desk.register(complaint()).number for _ticket in range(2))
    new: list[str] = []

    def meanwhile(_done: int, _count: int) -> None:
        other.act(settled, Act.RESOLVED, "x")
        other.pause(paused, "等货", clock.now + 5 * DAY)
        new.append(other.register(complaint()).number)

    desk.apply_policy(rules(solve="20d"), open_too=True, told=meanwhile)
    assert waiting(desk.ticket(paused)).due_at == MONDAY_MORNING + 25 * DAY
    assert waiting(desk.ticket(new[0])).due_at == MONDAY_MORNING + 20 * DAY
    assert all(clock.met_at for clock in desk.ticket(settled).clocks)
    assert is_sound(desk)


def test_stopped_half_way_or_overtaken_nothing_is_written(desk: Any, open_desk: Callable[..., Any]) -> None:
    number = desk.register(complaint()).number
    before = desk.changes_seen()

    def stop(_done: int, _count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.apply_policy(rules(solve="20d"), open_too=True, told=stop)
    assert desk.changes_seen() == before
    other = open_desk()
    with pytest.raises(ChangedMeanwhile, match="version 2"):
        desk.apply_policy(
            rules(solve="20d"),
            open_too=True,
            told=lambda _done, _count: other.apply_policy(rules(solve="9d")),
        )
    assert waiting(desk.ticket(number)).target == "30d"


def test_a_year_without_its_holiday_notice_is_told_and_a_store_can_add_it(
    desk: Any, clock: FrozenClock
) -> None:
    clock.forward(days=-20)
    assert desk.calendar_warnings() == []
    clock.forward(days=40)
    (said,) = desk.calendar_warnings()
    assert "2027" in said
    notice = {"holidays": ["2027-01-01"], "make_up_days": ["2027-02-20"]}
    calendar = {**Policy().calendar("x"), "notices": {"2027": notice}}
    desk.apply_policy(replace(Policy(), calendars={"*": calendar}))
    assert desk.calendar_warnings() == []
    clock.forward(days=8)
    ticket = desk.register(complaint(channel="consumers_association"))
    told = next(
        each for each in desk.explain(ticket.number).clocks if each.clock.kind is ClockKind.OUTSIDE
    ).lines
    assert any("1 January 2027 is a public holiday" in line for line in told)
    assert not any("not announced" in line for line in told)


def test_each_store_has_its_own_calendar(desk: Any) -> None:
    week = {"hours": {"tue": ["10:00-20:00"]}}
    policy = replace(rules(solve="1wd"), calendars={**Policy().calendars, "夜市店": week})
    desk.apply_policy(policy)
    assert waiting(desk.register(complaint(store="夜市店"))).due_at.isoformat() == "2026-11-24T12:00:00+00:00"
    assert waiting(desk.register(complaint(store="南山店"))).due_at.isoformat() == "2026-11-24T10:00:00+00:00"
