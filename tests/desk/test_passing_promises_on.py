"""Who keeps a promise: passed on by name, along with the ticket, and in the view of one's own work."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Role
from complaint_desk.models.errors import ActNotAllowed, FieldRefused, NotPermitted
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.models.settling import PromiseMade
from complaint_desk.models.ticket import Ticket
from tests.support import FrozenClock, complaint

Open = Callable[..., Any]
MINE = QueueChoice(QueueView.MINE)


@pytest.fixture
def number(desk: Any, clock: FrozenClock) -> str:
    """A ticket of 陈静's on which 陈静 has promised to ring back; 李敏 and 赵强 work here too."""
    for name in ("李敏", "赵强"):
        desk.join(name, Role.AGENT)
    found = str(desk.register(complaint()).number)
    desk.promise(found, PromiseMade("回电告知结果", clock.now + timedelta(hours=5)))
    return found


def keepers(ticket: Ticket) -> list[str]:
    return [promise.owner for promise in ticket.promises]


def mine(desk: Any) -> list[str]:
    found = [row.number for row in desk.queue(choice=MINE)]
    assert desk.queue_counts(MINE).total == desk.queue_counts().views[QueueView.MINE] == len(found)
    return found


def test_a_promise_is_passed_on_and_its_time_stays(desk: Any, open_desk: Open, number: str) -> None:
    before = desk.ticket(number).promises[0]
    ticket = desk.pass_promise_on(number, None, "李敏", "我今天下午不在")
    assert (keepers(ticket), ticket.promises[0].due_at) == (["李敏"], before.due_at)
    line = ticket.history[-1]
    assert (line.act, line.about, line.text) == (Act.PROMISE_PASSED_ON, "李敏", "我今天下午不在")
    assert line.settling is not None
    assert line.settling.number == 1
    assert [each.ticket for each in open_desk("李敏").promises(owner="李敏")] == [number]
    assert keepers(desk.act(number, Act.UNDONE)) == ["陈静"]
    assert desk.check() == []


def test_a_ticket_that_changes_hands_takes_the_promises_of_its_owner_along(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    desk.promise(number, PromiseMade("送样品", clock.now + timedelta(days=1), owner="赵强"))
    desk.promise(number, PromiseMade("道歉", clock.now + timedelta(hours=1)))
    desk.keep_promise(number, 3)
    assert keepers(desk.hand_over(number, "李敏")) == ["李敏", "赵强", "陈静"]
    assert keepers(desk.act(number, Act.UNDONE)) == ["陈静", "赵强", "陈静"]
    assert keepers(desk.assign(number, "赵强")) == ["赵强", "赵强", "陈静"]
    assert desk.check() == []


def test_what_somebody_promised_who_works_here_no_more_goes_with_the_next_hand_over(
    desk: Any, number: str, open_desk: Open
) -> None:
    desk.pass_promise_on(number, 1, "赵强")
    desk.leave("赵强")
    assert keepers(desk.hand_over(number, "李敏")) == ["李敏"]


def test_a_colleagues_promise_on_a_colleagues_ticket_is_a_supervisors_to_pass_on(
    desk: Any, open_desk: Open, number: str
) -> None:
    agent = open_desk("李敏")
    with pytest.raises(NotPermitted):
        agent.pass_promise_on(number, None, "李敏")
    desk.pass_promise_on(number, None, "李敏")
    assert keepers(agent.pass_promise_on(number, None, "赵强")) == ["赵强"]
    with pytest.raises(ActNotAllowed, match="already"):
        desk.pass_promise_on(number, None, "赵强")
    with pytest.raises(FieldRefused, match="works here"):
        desk.pass_promise_on(number, None, "nobody")


def test_mine_is_what_i_own_and_what_i_promised_on_a_colleagues_ticket(
    desk: Any, open_desk: Open, number: str
) -> None:
    other = open_desk("李敏")
    own = other.register(complaint("灯坏了")).number
    assert mine(other) == [own]
    desk.pass_promise_on(number, None, "李敏")
    assert mine(other) == [number, own]
    assert mine(desk) == [number]
    other.keep_promise(number, None, "打过了")
    assert mine(other) == [own]


def test_on_the_command_line_a_promise_is_passed_on(
    desk: Any, number: str, run_cli: Callable[..., Any]
) -> None:
    assert run_cli("promise", "pass", number, "--to", "李敏", "--text", "x").code == 0
    assert keepers(desk.ticket(number)) == ["李敏"]
    told = run_cli("ticket", "show", number).out
    assert "passed the promise on" in told
    assert run_cli("promise", "pass", number, "--to", "李敏").code == 1


def test_the_warm_summary_says_what_was_promised_and_waits(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    desk.promise(number, PromiseMade("送样品", clock.now + timedelta(days=1)))
    desk.keep_promise(number, 1)
    summary = desk.warm_summary(number)
    assert "送样品" in summary
    assert "回电告知结果" not in summary
