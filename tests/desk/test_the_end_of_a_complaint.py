"""Outcomes, following up, closing: no complaint ends without them (training texts 001 and 004)."""

from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.desk.settling.resolve import ResolvedBy
from complaint_desk.models.enums import Act, HeatStep, TicketStatus
from complaint_desk.models.errors import ActNotAllowed, FieldRefused
from complaint_desk.models.settling import FollowUpKind, Outcome, PromiseMade, RemedyKind, RemedyState
from tests.support import FrozenClock, complaint


@pytest.fixture
def number(desk: Any) -> str:
    return str(desk.register(complaint()).number)


def resolve(desk: Any, number: str, **by: Any) -> Any:
    return desk.act(number, Act.RESOLVED, "已解决", resolved=ResolvedBy(**by))


def test_a_complaint_is_resolved_as_explained_unless_a_remedy_was_granted(desk: Any, number: str) -> None:
    assert desk.act(number, Act.RESOLVED, "已解决").outcome is Outcome.EXPLAINED
    desk.act(number, Act.REOPENED, "没解决")
    assert desk.ticket(number).outcome is None
    desk.offer_remedy(number, RemedyKind.PRICE, desk.money("10"), "退差价")
    assert desk.act(number, Act.RESOLVED, "已解决").outcome is Outcome.REMEDY


def test_a_remedy_as_outcome_needs_a_remedy(desk: Any, number: str) -> None:
    with pytest.raises(ActNotAllowed, match="No remedy was granted"):
        resolve(desk, number, outcome=Outcome.REMEDY)
    ticket = resolve(desk, number, outcome=Outcome.REMEDY, remedy=RemedyKind.PRICE, amount=desk.money("10"))
    assert (ticket.outcome, ticket.remedies[0].state) == (Outcome.REMEDY, RemedyState.GRANTED)
    assert desk.check() == []


def test_a_remedy_beyond_ones_authority_does_not_come_in_by_resolving(desk: Any, number: str) -> None:
    with pytest.raises(ActNotAllowed, match="beyond your authority"):
        resolve(desk, number, remedy=RemedyKind.RETURN, amount=desk.money("99999"))
    desk.offer_remedy(number, RemedyKind.RETURN, desk.money("99999"), "退货")
    with pytest.raises(ActNotAllowed, match="waits for approval"):
        resolve(desk, number)
    assert desk.ticket(number).status is TicketStatus.OPEN


def test_who_is_rejected_was_told_where_else_to_turn(desk: Any, number: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        resolve(desk, number, outcome=Outcome.REJECTED)
    assert refused.value.field_name == "recourse"
    ticket = resolve(desk, number, outcome=Outcome.REJECTED, recourse="可拨打12315")
    assert (ticket.outcome, ticket.recourse) == (Outcome.REJECTED, "可拨打12315")


def test_closing_names_everything_that_is_missing(desk: Any, number: str) -> None:
    desk.promise(number, PromiseMade("回电", desk.due_told("明天")))
    desk.offer_remedy(number, RemedyKind.PRICE, desk.money("10"), "退差价")
    with pytest.raises(ActNotAllowed) as refused:
        desk.close_ticket(number)
    for words in ("not resolved", "thanked", "followed up", "promise 1", "remedy 1"):
        assert words in str(refused.value)


def test_thanked_and_followed_up_a_resolved_ticket_is_closed(
    desk: Any, number: str, clock: FrozenClock
) -> None:
    desk.follow_up(number, FollowUpKind.CALL, "还没解决时打过")
    clock.forward(hours=1)
    desk.act(number, Act.RESOLVED, "已解决")
    desk.mark_heat(number, HeatStep.THANK)
    with pytest.raises(ActNotAllowed, match="followed up"):
        desk.close_ticket(number)
    clock.forward(days=2)
    desk.follow_up(number, FollowUpKind.VISIT, "很满意")
    ticket = desk.close_ticket(number)
    assert (ticket.status, ticket.closed_at) == (TicketStatus.CLOSED, clock())
    assert [each.kind for each in ticket.follow_ups] == [FollowUpKind.CALL, FollowUpKind.VISIT]
    assert desk.check() == []
    with pytest.raises(ActNotAllowed, match="closed already"):
        desk.close_ticket(number)


def test_thanks_and_follow_up_may_be_told_with_the_closing(desk: Any, number: str) -> None:
    desk.act(number, Act.RESOLVED, "已解决")
    ticket = desk.close_ticket(number, thanked=True, followed_up=FollowUpKind.CALL, follow_up_text="很满意")
    assert ticket.status is TicketStatus.CLOSED
    assert HeatStep.THANK in ticket.heat
    assert desk.act(number, Act.UNDONE).status is TicketStatus.RESOLVED


def test_a_closed_ticket_can_be_reopened_and_takes_nothing_until_then(desk: Any, number: str) -> None:
    desk.act(number, Act.RESOLVED, "已解决")
    desk.close_ticket(number, thanked=True, followed_up=FollowUpKind.LETTER, follow_up_text="x")
    with pytest.raises(ActNotAllowed):
        desk.promise(number, PromiseMade("x", desk.clock() + timedelta(days=1)))
    with pytest.raises(ActNotAllowed):
        desk.offer_remedy(number, RemedyKind.SERVICE, None, "x")
    ticket = desk.act(number, Act.REOPENED, "又坏了")
    assert (ticket.status, ticket.closed_at, ticket.outcome) == (TicketStatus.OPEN, None, None)


def test_a_follow_up_says_what_the_caller_said_and_lies_in_the_past(desk: Any, number: str) -> None:
    with pytest.raises(FieldRefused):
        desk.follow_up(number, FollowUpKind.CALL, "")
    with pytest.raises(FieldRefused):
        desk.follow_up(number, FollowUpKind.CALL, "x", happened_at=desk.clock() + timedelta(hours=1))
    with pytest.raises(FieldRefused):
        desk.follow_up(number, FollowUpKind.CALL, "x", happened_at=desk.clock() - timedelta(hours=1))
