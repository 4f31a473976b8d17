"""The coach remembers what is still unsaid, thanks and read-back included."""

from complaint_desk.models.enums import HeatStep
from complaint_desk.rules.unsaid import IN_ORDER, READ_BACK, unsaid

EVERY_STEP = frozenset(HeatStep)


def test_at_the_beginning_everything_is_unsaid_and_listening_comes_first() -> None:
    now = unsaid((), five_told=False, read_back_confirmed=False)
    assert now.left == IN_ORDER
    assert now.next is HeatStep.HEAR


def test_the_steps_come_in_the_order_of_heat_with_the_thanks_last() -> None:
    done: list[HeatStep] = []
    for step in HeatStep:
        assert unsaid(done, five_told=False, read_back_confirmed=True).next is step
        done.append(step)
    assert unsaid(done, five_told=True, read_back_confirmed=True) == ((), None)


def test_the_read_back_waits_until_the_five_questions_are_answered() -> None:
    done = {HeatStep.HEAR, HeatStep.EMPATHISE, HeatStep.APOLOGISE}
    assert unsaid(done, five_told=False, read_back_confirmed=False).next is HeatStep.TAKE_ACTION
    assert unsaid(done, five_told=True, read_back_confirmed=False).next == READ_BACK


def test_a_step_left_out_comes_back_as_the_next() -> None:
    assert (
        unsaid(EVERY_STEP - {HeatStep.EMPATHISE}, five_told=True, read_back_confirmed=True).next
        == "empathise"
    )


def test_thanks_and_read_back_are_not_forgotten_before_goodbye() -> None:
    now = unsaid(EVERY_STEP - {HeatStep.THANK}, five_told=False, read_back_confirmed=False)
    assert now.before_goodbye == (READ_BACK, HeatStep.THANK)
    assert unsaid(EVERY_STEP, five_told=False, read_back_confirmed=False).next == READ_BACK
