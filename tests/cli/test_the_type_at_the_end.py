"""`ticket act … resolve --type-end`: the kind the caller had become, as JSON and as text."""

import json
from collections.abc import Callable

import pytest

from tests.support import Answer

Run = Callable[..., Answer]


@pytest.fixture
def number(run_cli: Run) -> str:
    taken = run_cli(
        "ticket", "add", "--json", stdin=json.dumps({"what": "酱油少了一瓶", "type": "victim"})
    ).object
    return str(taken["number"])


def test_resolving_keeps_the_type_the_caller_had_become(run_cli: Run, number: str) -> None:
    words = ("--text", "当面道歉，顾客满意", "--type-end", "loyal_advocate")
    ticket = run_cli("ticket", "act", number, "resolve", *words, "--json").object
    assert (ticket["type"], ticket["type_end"]) == ("victim", "loyal_advocate")
    assert "at the end: Loyal advocate" in run_cli("ticket", "show", number).out


def test_a_ticket_without_any_of_it_says_so_with_nulls(run_cli: Run, number: str) -> None:
    ticket = run_cli("ticket", "show", number, "--json").object
    assert (ticket["type_reading"], ticket["type_end"], ticket["read_back_confirmed_at"]) == (
        None,
        None,
        None,
    )


@pytest.mark.parametrize(("act", "told"), [("resolve", "happy"), ("resolve", ""), ("note", "victim")])
def test_another_word_or_another_act_is_refused_and_nothing_is_written(
    run_cli: Run, number: str, act: str, told: str
) -> None:
    answer = run_cli("ticket", "act", number, act, "--text", "x", "--type-end", told, "--json")
    assert answer.code == 2
    assert answer.err
    ticket = run_cli("ticket", "show", number, "--json").object
    assert (ticket["status"], ticket["version"], ticket["type_end"]) == ("open", 1, None)
