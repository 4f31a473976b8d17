"""Which PINs are too weak, and how long to wait after wrong ones."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.rules.pin_delay import LOCK, LOCKED_FROM, is_locked, wait_after, wait_left
from complaint_desk.rules.pin_strength import PinFault, pin_fault, tidy_secret
from tests.support import MONDAY_MORNING


@pytest.mark.parametrize(
    ("secret", "fault"),
    [
        ("", PinFault.EMPTY),
        ("48213", PinFault.TOO_SHORT),
        ("tea 4 two", PinFault.PHRASE_TOO_SHORT),
        ("5" * 129, PinFault.TOO_LONG),
        ("111111", PinFault.REPEATED),
        ("121212", PinFault.REPEATED),
        ("123123", PinFault.REPEATED),
        ("1211212", PinFault.REPEATED),
        ("abcabcabcabc", PinFault.REPEATED),
        ("123456", PinFault.RUN),
        ("654321", PinFault.RUN),
        ("890123", PinFault.RUN),
        ("1234567", PinFault.RUN),
        ("123499", PinFault.RUN),
        ("112233", PinFault.RUN),
        ("qwertyuiop", PinFault.RUN),
        ("19900401", PinFault.DATE),
        ("Chen Jing 88", PinFault.NAME),
    ],
)
def test_what_would_be_guessed_first_is_refused(secret: str, fault: PinFault) -> None:
    assert pin_fault(secret, "chen jing") is fault


@pytest.mark.parametrize(
    "secret", ["482913", "70518264", "19901332", "blue kettle on the shelf", "红烧肉配一碗白米饭加青菜"]
)
def test_six_good_digits_or_a_sentence_are_taken(secret: str) -> None:
    assert pin_fault(secret, "陈静") is None


def test_full_width_digits_of_an_input_method_are_the_plain_ones() -> None:
    assert tidy_secret(" 482913 ") == "482913"


@given(st.text(), st.text())
def test_any_text_gets_an_answer(secret: str, name: str) -> None:
    assert pin_fault(tidy_secret(secret), name) in {None, *PinFault}


def test_the_wait_never_shrinks_with_more_wrong_attempts_and_ends_in_a_lock() -> None:
    waits = [wait_after(failures) for failures in range(LOCKED_FROM + 3)]
    assert waits == sorted(waits)
    assert waits[2] == timedelta()
    assert waits[3] > timedelta()
    assert not is_locked(LOCKED_FROM - 1)
    assert waits[LOCKED_FROM] == waits[-1] == LOCK


def test_the_wait_is_counted_from_the_last_wrong_attempt() -> None:
    assert wait_left(5, MONDAY_MORNING, MONDAY_MORNING + timedelta(seconds=20)) == timedelta(seconds=40)
    assert wait_left(5, MONDAY_MORNING, MONDAY_MORNING + timedelta(seconds=60)) == timedelta()
    assert wait_left(0, None, MONDAY_MORNING) == timedelta()


def test_a_clock_set_back_a_day_makes_nobody_wait_a_day() -> None:
    assert wait_left(5, MONDAY_MORNING, MONDAY_MORNING - timedelta(days=1)) == timedelta(minutes=1)
