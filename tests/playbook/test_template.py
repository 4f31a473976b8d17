"""Lines with slots: what is left out, what is said instead, and what is never read as anything but text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.playbook.template import TemplateError, fill, parse


def test_a_group_is_left_out_when_any_slot_in_it_is_unknown() -> None:
    line = "[{caller}, from {store}, ]we hear you."
    assert fill(line, {"caller": "Ms Wang", "store": "Nanshan"}) == "Ms Wang, from Nanshan, we hear you."
    assert fill(line, {"caller": "Ms Wang"}) == "We hear you."


def test_blank_and_absent_are_alike() -> None:
    assert (
        fill("[{caller}，]您好。", {"caller": " \t\n"})
        == fill("[{caller}，]您好。", {"caller": None})
        == "您好。"
    )


def test_what_follows_the_bar_is_said_instead() -> None:
    assert fill("By [{time}|then].") == "By then."
    assert fill("By [{time}|then].", {"time": "18:00"}) == "By 18:00."


@pytest.mark.parametrize(
    "text", ["[/]", "[bold red]x[/bold red]", "[@click=app.quit]x", "[link=x]", "50% | 20%", "[]"]
)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    assert fill(f"{text} ok") == f"{text} ok"


@given(st.text(min_size=1))
def test_a_value_is_put_in_as_it_is_and_never_read_again(value: str) -> None:
    words = " ".join(value.split())
    expected = f"… {words}." if words else "… nobody."
    assert fill("… [{caller}|nobody].", {"caller": value}) == expected


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Hello {caller}.", "slot_outside_group"),
        ("[{caller}|{agent}] speaks.", "slot_outside_group"),
        ("[{time}, come.", "unbalanced_brackets"),
        ("{time}], come.", "unbalanced_brackets"),
        ("[a [{time}] b]", "unbalanced_brackets"),
        ("[{time, come]", "unbalanced_brackets"),
        ("a } b", "unbalanced_brackets"),
        ("[{name}] speaks.", "unknown_slot"),
        ("[{}] speaks.", "unknown_slot"),
    ],
)
def test_a_line_that_breaks_the_convention_is_refused_with_the_reason(line: str, code: str) -> None:
    with pytest.raises(TemplateError) as refused:
        parse(line)
    assert refused.value.code == code
