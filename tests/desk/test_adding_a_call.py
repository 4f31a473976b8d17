"""A caller rings again: the call is added to the open ticket whole, or not at all, and can be taken back."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from complaint_desk.desk.customers.who_calls import known_line, who_calls
from complaint_desk.desk.desk import Desk
from complaint_desk.models.call_marks import SituationMet
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import ActNotAllowed, FieldRefused, TicketNotFound
from complaint_desk.models.settling import PromiseMade
from tests.support import HOSTILE, FrozenClock, complaint

NUMBER = "13800138000"


@pytest.fixture
def number(desk: Desk) -> str:
    """An open ticket of 王芳."""
    return desk.register(complaint("结账多收了钱", caller="王芳", phone=NUMBER)).number


def test_note_promise_and_card_are_recorded_together(desk: Desk, clock: FrozenClock, number: str) -> None:
    promise = PromiseMade("回电", clock.now + timedelta(hours=2))
    met = SituationMet("abusive_caller", clock.now, "stayed calm")
    added = desk.add_call(number, "Rang again", promises=[promise], situations=[met])
    acts = [line.act for line in added.ticket.history[-3:]]
    assert set(acts) == {Act.NOTED, Act.PROMISED, Act.SITUATION_MET}
    assert len(added.added) == 3
    assert [each.what for each in added.ticket.promises] == ["回电"]
    assert [row.number for row in desk.search("again").rows] == [number]


def test_a_promise_that_cannot_be_leaves_nothing_behind(desk: Desk, clock: FrozenClock, number: str) -> None:
    late = PromiseMade("回电", clock.now - timedelta(hours=2))
    before = desk.ticket(number)
    with pytest.raises(FieldRefused):
        desk.add_call(number, "Rang again", promises=[late])
    assert desk.ticket(number) == before


def test_a_call_without_a_word_is_refused(desk: Desk, number: str) -> None:
    with pytest.raises(FieldRefused):
        desk.add_call(number, "  ")
    with pytest.raises(TicketNotFound):
        desk.add_call("S01-999999-001", "Rang again")


def test_a_settled_ticket_takes_no_call(desk: Desk, number: str) -> None:
    desk.act(number, Act.RESOLVED, "refunded")
    with pytest.raises(ActNotAllowed):
        desk.add_call(number, "Rang again")


def test_what_was_added_is_taken_back_and_nothing_else(desk: Desk, clock: FrozenClock, number: str) -> None:
    desk.act(number, Act.NOTED, "an earlier note")
    promise = PromiseMade("回电", clock.now + timedelta(hours=2))
    added = desk.add_call(number, "Rang again", promises=[promise])
    after = desk.take_call_back(number, added.added)
    standing = [line.text for line in after.history if line.act is Act.NOTED and not line.undone]
    assert standing == ["an earlier note"]
    assert not [each for each in after.promises if each.is_waiting]
    assert desk.take_call_back(number, added.added).history == after.history


def test_what_somebody_else_added_is_not_taken_back(open_desk: Callable[..., Desk], number: str) -> None:
    added = open_desk("刘洋").add_call(number, "Rang again")
    with pytest.raises(ActNotAllowed):
        open_desk("陈静").take_call_back(number, added.added)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_words_are_kept_as_they_are(desk: Desk, number: str, text: str) -> None:
    if text.strip():
        assert desk.add_call(number, text).ticket.history[-1].text == text.strip()


def test_who_it_is_follows_from_number_and_name(desk: Desk, number: str) -> None:
    sure = who_calls(desk, "138 0013 8000", "")
    assert sure.sure
    assert known_line(sure, name_typed=False)[0] == "王芳 · 2nd complaint, 1 open"
    assert known_line(who_calls(desk, "138 0013 8000", "王芳"), name_typed=True)[0] == "2nd complaint, 1 open"
    assert known_line(who_calls(desk, "", "wf"), name_typed=True)[0].startswith("perhaps 王芳")
    assert known_line(who_calls(desk, "", ""), name_typed=False) == ()
    assert known_line(who_calls(desk, "13999999999", ""), name_typed=False) == ()


def test_another_name_on_a_known_number_is_not_taken_for_the_one_who_is_known(
    desk: Desk, number: str
) -> None:
    other = who_calls(desk, NUMBER, "李强")
    assert not other.sure
    assert other.on_number


@pytest.mark.parametrize("text", [*HOSTILE, "9" * 500, "王" * 300])
def test_no_words_break_the_looking_up(desk: Desk, number: str, text: str) -> None:
    assert isinstance(who_calls(desk, text, text).found, tuple)
