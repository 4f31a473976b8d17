"""Remedies: granted within one's authority, approved above it, carried out by an act."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, ClockKind, Role
from complaint_desk.models.errors import ActNotAllowed, FieldRefused, NotPermitted
from complaint_desk.models.money import Money
from complaint_desk.models.settling import AuthorityLevel, PromiseMade, RemedyKind, RemedyState, RoleAuthority
from tests.support import FrozenClock, complaint

PHONE = "13800138000"


@pytest.fixture
def agent(desk: Any, open_desk: Callable[..., Any]) -> Any:
    desk.take_seat()
    found = open_desk("小王")
    found.take_seat()
    return found


@pytest.fixture
def number(agent: Any) -> str:
    return str(agent.register(complaint(phone=PHONE)).number)


def test_within_ones_authority_a_remedy_is_granted_at_once(agent: Any, number: str) -> None:
    ticket = agent.offer_remedy(number, RemedyKind.PRICE, agent.money("38"), "退差价")
    (remedy,) = ticket.remedies
    assert remedy.state is RemedyState.GRANTED
    assert remedy.amount == Money(3800, "CNY")
    assert remedy.granted_at == agent.clock()
    assert ticket.next_of(ClockKind.APPROVAL) is None


def test_above_it_a_remedy_waits_with_a_clock_of_its_own_and_stands_in_the_queue(
    agent: Any, number: str
) -> None:
    ticket = agent.offer_remedy(number, RemedyKind.PRICE, agent.money("50.01"), "退差价")
    assert ticket.remedies[0].state is RemedyState.WAITING
    clock = ticket.next_of(ClockKind.APPROVAL)
    assert clock is not None
    assert clock.due_at == agent.clock() + timedelta(hours=4)
    assert [(row.number, row.clock) for row in agent.queue()] == [(number, ClockKind.APPROVAL)]
    assert agent.check() == []


def test_a_supervisor_approves_it_and_an_agent_cannot(desk: Any, agent: Any, number: str) -> None:
    agent.offer_remedy(number, RemedyKind.PRICE, agent.money("300"), "退差价")
    with pytest.raises(NotPermitted):
        agent.approve_remedy(number)
    with pytest.raises(NotPermitted):
        agent.refuse_remedy(number, 1, "x")
    ticket = desk.approve_remedy(number)
    assert ticket.remedies[0].state is RemedyState.GRANTED
    assert ticket.remedies[0].decided_by == "陈静"
    assert ticket.next_of(ClockKind.APPROVAL) is None
    with pytest.raises(ActNotAllowed):
        desk.approve_remedy(number)


def test_what_is_beyond_the_supervisor_too_is_for_the_manager(
    desk: Any, agent: Any, number: str, open_desk: Callable[..., Any]
) -> None:
    desk.join("林总", Role.MANAGER)
    agent.offer_remedy(number, RemedyKind.RETURN, agent.money("5000"), "整机退货")
    with pytest.raises(ActNotAllowed, match="manager"):
        desk.approve_remedy(number)
    assert open_desk("林总").approve_remedy(number).remedies[0].state is RemedyState.GRANTED


def test_approved_in_another_way_it_keeps_what_was_asked_and_why(desk: Any, agent: Any, number: str) -> None:
    agent.offer_remedy(number, RemedyKind.PRICE, agent.money("3000"), "退差价")
    with pytest.raises(FieldRefused):
        desk.approve_remedy(number, amount=desk.money("300"))
    (remedy,) = desk.approve_remedy(number, 1, "按标价计", amount=desk.money("300")).remedies
    assert (remedy.amount, remedy.asked_amount) == (Money(30000, "CNY"), Money(300000, "CNY"))
    assert (remedy.decided_text, remedy.state) == ("按标价计", RemedyState.GRANTED)
    assert desk.paid_before(number).totals == (Money(30000, "CNY"),)


def test_refused_with_a_reason_or_withdrawn_it_waits_no_more(desk: Any, agent: Any, number: str) -> None:
    agent.offer_remedy(number, RemedyKind.PRICE, agent.money("3000"), "退差价")
    with pytest.raises(FieldRefused):
        desk.refuse_remedy(number, None, "")
    ticket = desk.refuse_remedy(number, None, "超出规定")
    assert ticket.remedies[0].state is RemedyState.REFUSED
    agent.offer_remedy(number, RemedyKind.PRICE, agent.money("2000"), "退差价")
    ticket = agent.withdraw_remedy(number, None, "顾客不要了")
    assert ticket.remedies[1].state is RemedyState.WITHDRAWN
    assert ticket.next_of(ClockKind.APPROVAL) is None
    assert desk.paid_before(number).count == 0
    assert desk.check() == []


def test_a_decision_is_taken_back_only_by_somebody_who_could_have_made_it(
    desk: Any, agent: Any, number: str
) -> None:
    agent.offer_remedy(number, RemedyKind.PRICE, agent.money("300"), "退差价")
    desk.approve_remedy(number)
    with pytest.raises(NotPermitted):
        agent.act(number, Act.UNDONE)
    ticket = desk.act(number, Act.UNDONE)
    assert ticket.remedies[0].state is RemedyState.WAITING
    assert ticket.next_of(ClockKind.APPROVAL) is not None


def test_a_granted_remedy_is_carried_out_by_an_act(agent: Any, number: str, clock: FrozenClock) -> None:
    agent.offer_remedy(number, RemedyKind.EXCHANGE, agent.money("120"), "换一台")
    clock.forward(days=1)
    (remedy,) = agent.carry_out_remedy(number, text="已送到").remedies
    assert (remedy.state, remedy.carried_out_at, remedy.carried_out_by) == (
        RemedyState.CARRIED_OUT,
        clock(),
        "小王",
    )
    with pytest.raises(ActNotAllowed):
        agent.carry_out_remedy(number)


def test_goods_and_money_need_their_worth_and_a_gesture_does_not(agent: Any, number: str) -> None:
    for kind in (RemedyKind.RETURN, RemedyKind.EXCHANGE, RemedyKind.PRICE):
        with pytest.raises(FieldRefused) as refused:
            agent.offer_remedy(number, kind, None, "x")
        assert refused.value.field_name == "amount"
    ticket = agent.offer_remedy(number, RemedyKind.RELATIONSHIP, None, "店长登门致歉")
    assert ticket.remedies[0].state is RemedyState.GRANTED
    with pytest.raises(FieldRefused):
        agent.offer_remedy(number, RemedyKind.SERVICE, None, " ")


def test_the_running_total_is_the_callers_over_ninety_days_and_all_tickets(
    agent: Any, number: str, clock: FrozenClock
) -> None:
    agent.offer_remedy(number, RemedyKind.PRICE, agent.money("10.50"), "x")
    clock.forward(days=60)
    second = agent.register(complaint("又一次", phone=PHONE)).number
    agent.offer_remedy(second, RemedyKind.PRICE, agent.money("20"), "x")
    agent.offer_remedy(second, RemedyKind.RELATIONSHIP, None, "登门")
    stranger = agent.register(complaint("别人", phone="13900139000")).number
    agent.offer_remedy(stranger, RemedyKind.PRICE, agent.money("49"), "x")
    for ticket in (number, second):
        found = agent.paid_before(ticket)
        assert (found.count, found.totals) == (3, (Money(3050, "CNY"),))
    clock.forward(days=31)
    assert agent.paid_before(second).totals == (Money(2000, "CNY"),)


def test_the_stores_own_rules_say_who_may_grant_what(desk: Any, agent: Any, number: str) -> None:
    policy = desk.policy_in_force()
    roles = (
        RoleAuthority(Role.AGENT, AuthorityLevel.FULLY_LIMITED),
        RoleAuthority(Role.SUPERVISOR, AuthorityLevel.FULL),
    )
    desk.apply_policy(replace(policy, authority=replace(policy.authority, approval="2d", roles=roles)))
    ticket = agent.offer_remedy(number, RemedyKind.RELATIONSHIP, None, "登门")
    assert ticket.remedies[0].approval_due_at == agent.clock() + timedelta(days=2)
    assert desk.offer_remedy(number, RemedyKind.RETURN, desk.money("100000"), "x").remedies[1].is_granted


def test_words_to_avoid_know_the_speakers_real_authority(desk: Any, agent: Any) -> None:
    words = "我现在就赔您800元。"
    assert "beyond" in {each.found.rule for each in agent.lint(words, Act.PROMISED)}
    assert "beyond" not in {each.found.rule for each in desk.lint(words, Act.PROMISED)}


def test_the_running_total_follows_the_customers_card(desk: Any, number: str) -> None:
    other = desk.register(complaint("换了号码", phone="13900139000", caller="王芳")).number
    desk.offer_remedy(number, RemedyKind.PRICE, desk.money("10"), "x")
    desk.offer_remedy(other, RemedyKind.PRICE, desk.money("5"), "x")
    assert desk.paid_before(number).totals == (Money(1000, "CNY"),)
    desk.merge_customers(desk.ticket(number).customer_id, desk.ticket(other).customer_id)
    for one in (number, other):
        assert desk.paid_before(one).totals == (Money(1500, "CNY"),)


def test_an_erased_callers_words_go_from_promises_and_remedies_and_the_amounts_stay(desk: Any) -> None:
    told = complaint(phone=PHONE, caller="王芳")
    made = PromiseMade("给王芳回电", desk.due_told("明天"), to="王芳的先生")
    ticket = desk.register(told, promises=[made])
    desk.offer_remedy(ticket.number, RemedyKind.PRICE, desk.money("10"), "给王芳退差价")
    desk.erase_customer(ticket.customer_id, "依法删除")
    after = desk.ticket(ticket.number)
    assert "王芳" not in after.promises[0].what
    assert "王芳" not in (after.promises[0].to or "")
    assert "王芳" not in after.remedies[0].text
    assert "王芳" not in desk.promises()[0].what
    assert after.remedies[0].amount == Money(1000, "CNY")
    assert desk.check() == []
