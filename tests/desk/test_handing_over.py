"""Whose ticket it is, how it goes up the line, how grave it is: by whom it may be changed, and how it is undone."""

from collections.abc import Callable
from typing import Any

import pytest

from complaint_desk import locale
from complaint_desk.models.enums import Act, ClockKind, Role, Severity
from complaint_desk.models.errors import ActNotAllowed, ChangedMeanwhile, FieldRefused
from tests.support import EVERY_WORD, FrozenClock, complaint


@pytest.fixture
def staff(desk: Any) -> None:
    """陈静 is the supervisor of the desk; 李娜 and 赵强 are agents, 王敏 is the manager."""
    for name, role in (("李娜", Role.AGENT), ("赵强", Role.AGENT), ("王敏", Role.MANAGER)):
        desk.join(name, role)


@pytest.fixture
def seat(staff: None, open_desk: Callable[..., Any]) -> Callable[[str], Any]:
    return lambda name: open_desk(name)


def test_an_agent_hands_over_the_own_ticket_with_a_warm_summary_made_from_it(
    seat: Callable[[str], Any], clock: FrozenClock
) -> None:
    locale.use("zh_CN")
    desk = seat("李娜")
    number = desk.register(complaint(**EVERY_WORD)).number
    clock.forward(hours=1)
    ticket = desk.hand_over(number, "赵强")
    locale.use("en")
    line = ticket.history[-1]
    assert (ticket.owner, line.about, line.by) == ("赵强", "赵强", "李娜")
    for told in ("王芳", "多收了两瓶酱油", "退还38元", "解决"):
        assert told in line.text


def test_the_summary_may_be_in_the_agents_own_words(seat: Callable[[str], Any]) -> None:
    desk = seat("李娜")
    number = desk.register(complaint()).number
    assert "牛奶里有异味" in desk.warm_summary(number)
    assert desk.hand_over(number, "赵强", "她下午三点后接电话").history[-1].text == "她下午三点后接电话"


def test_what_another_owns_is_reassigned_and_taken_by_a_supervisor_only(seat: Callable[[str], Any]) -> None:
    number = seat("李娜").register(complaint()).number
    other = seat("赵强")
    for verb, to in ((other.take, ()), (other.assign, ("赵强",)), (other.hand_over, ("王敏",))):
        with pytest.raises(ActNotAllowed, match="supervisor"):
            verb(number, *to)
    assert other.ticket(number).owner == "李娜"
    assert seat("陈静").assign(number, "赵强", "李娜请假").owner == "赵强"
    assert seat("陈静").take(number).owner == "陈静"


def test_a_ticket_goes_to_nobody_unknown_nor_to_whom_it_is_already(desk: Any, staff: None) -> None:
    number = desk.register(complaint()).number
    with pytest.raises(FieldRefused, match="Nobody called 张三 works here") as refused:
        desk.assign(number, "张三")
    assert refused.value.field_name == "to"
    with pytest.raises(ActNotAllowed, match="owns ticket"):
        desk.take(number)
    with pytest.raises(ChangedMeanwhile):
        desk.assign(number, "李娜", version=99)


def test_each_change_of_owner_is_taken_back(desk: Any, staff: None) -> None:
    number = desk.register(complaint()).number
    desk.assign(number, "李娜")
    desk.hand_over(number, "赵强")
    assert desk.act(number, Act.UNDONE).owner == "李娜"
    assert desk.act(number, Act.UNDONE).owner == "陈静"


def test_a_ticket_goes_up_the_line_step_by_step_to_named_persons(seat: Callable[[str], Any]) -> None:
    desk = seat("李娜")
    number = desk.register(complaint()).number
    with pytest.raises(ActNotAllowed, match="asks for a supervisor"):
        desk.escalate(number, "赵强", "超出权限")
    first = desk.escalate(number, "陈静", "超出权限")
    assert first.escalation is not None
    assert (first.escalation.level, first.escalation.to, first.owner) == (1, "陈静", "李娜")
    with pytest.raises(ActNotAllowed, match="asks for a manager"):
        desk.escalate(number, "陈静", "还是不行")
    second = desk.escalate(number, "王敏", "顾客要见经理")
    assert second.escalation is not None
    assert (second.escalation.level, second.escalation.reason) == (2, "顾客要见经理")
    assert desk.act(number, Act.UNDONE).escalation == first.escalation
    with pytest.raises(FieldRefused, match="There is no level 7"):
        desk.escalate(number, "王敏", "x", level=7)
    with pytest.raises(FieldRefused):
        desk.escalate(number, "王敏", " ")


def test_severity_is_set_with_a_reason_and_moves_the_ticket_in_the_queue(
    seat: Callable[[str], Any], clock: FrozenClock
) -> None:
    desk = seat("李娜")
    early = desk.register(complaint("少了一瓶")).number
    clock.forward(minutes=5)
    grave = desk.register(complaint("少了两瓶")).number
    with pytest.raises(FieldRefused):
        desk.change_severity(grave, Severity.GRAVE, "")
    ticket = desk.change_severity(grave, Severity.GRAVE, "孩子误食,已送医院")
    assert ticket.severity is Severity.GRAVE
    assert (ticket.history[-1].old, ticket.history[-1].new) == ("2", "4")
    assert [row.number for row in desk.queue()] == [grave, early]
    with pytest.raises(ActNotAllowed, match="supervisor"):
        desk.change_severity(grave, Severity.ORDINARY, "弄错了")
    seat("陈静").change_severity(grave, Severity.ORDINARY, "弄错了")
    assert [row.number for row in desk.queue()] == [early, grave]
    assert desk.act(grave, Act.UNDONE).severity is Severity.GRAVE


def test_a_chosen_severity_stays_through_corrections_unless_they_show_worse(desk: Any) -> None:
    number = desk.register(complaint("少了一瓶")).number
    desk.change_severity(number, Severity.MINOR, "顾客说不要紧")
    assert desk.amend(number, {"caller": "王芳"}).severity is Severity.MINOR
    assert desk.amend(number, {"what": "孩子吃了以后呕吐,送医院了"}).severity is Severity.GRAVE


def test_a_settled_ticket_is_left_as_it_is(desk: Any, staff: None) -> None:
    number = desk.register(complaint()).number
    desk.act(number, Act.RESOLVED, "x")
    for verb, told in (
        (desk.assign, ("李娜",)),
        (desk.escalate, ("王敏", "x")),
        (desk.change_severity, (Severity.SERIOUS, "x")),
    ):
        with pytest.raises(ActNotAllowed, match="resolved"):
            verb(number, *told)


def test_nothing_of_it_meets_or_moves_a_clock(desk: Any, staff: None) -> None:
    before = desk.register(complaint())
    number = before.number
    desk.assign(number, "李娜")
    desk.escalate(number, "王敏", "x")
    after = desk.change_severity(number, Severity.SERIOUS, "x")
    assert after.clocks == before.clocks
    assert {clock.kind for clock in after.clocks} == {ClockKind.ADMIT, ClockKind.OWN, ClockKind.SOLVE}
