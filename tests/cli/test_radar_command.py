"""`radar`: the repeats of a ticket as text and JSON."""

import json
from collections.abc import Callable

from tests.support import HOSTILE, Answer

Run = Callable[..., Answer]


def taken(run: Run, **told: str) -> str:
    number: str = run("ticket", "add", "-", "--json", stdin=json.dumps(told)).object["number"]
    return number


def test_a_ticket_that_repeats_others_says_which(run_cli: Run) -> None:
    first = taken(run_cli, what="批号 LX240817B 的奶粉有虫,孩子吃了上吐下泻", phone="13800138000")
    second = taken(run_cli, what="批号 LX240817B 的奶粉结块")
    answer = run_cli("radar", second)
    assert answer.code == 0
    assert "batch LX240817B: 2nd in 30 days" in answer.out
    assert first in answer.out
    (echo,) = run_cli("radar", second, "--json").object["echoes"]
    assert (echo["kind"], echo["named"], echo["others"], echo["numbers"]) == (
        "batch",
        "LX240817B",
        1,
        [first],
    )


def test_the_same_caller_twice_is_a_probable_duplicate(run_cli: Run) -> None:
    told = {"what": "电饭煲用了三天就跳闸,客服让等厂家", "phone": "13800138000"}
    first, second = taken(run_cli, **told), taken(run_cli, **told)
    assert f"perhaps {first} again: same number" in run_cli("radar", second).out
    (duplicate,) = run_cli("radar", second, "--json").object["duplicates"]
    assert duplicate["number"] == first


def test_a_ticket_like_no_other_says_so(run_cli: Run) -> None:
    answer = run_cli("radar", taken(run_cli, what="停车场的灯坏了"))
    assert "No other complaint" in answer.out
    assert answer.code == 0


def test_an_unknown_number_is_refused_with_a_sentence(run_cli: Run) -> None:
    answer = run_cli("radar", "S01-999999-001")
    assert answer.code == 1
    assert "no ticket" in answer.err


def test_hostile_words_are_printed_harmless(run_cli: Run) -> None:
    numbers = [taken(run_cli, what=f"批号 LX240817B {text}", phone="13800138000") for text in HOSTILE[:8]]
    assert "\x1b" not in run_cli("radar", numbers[-1]).out


def test_a_ticket_is_taken_with_what_others_told_in_the_same_answer(run_cli: Run) -> None:
    first = taken(run_cli, what="批号 LX240817B 的奶粉有虫")
    told = json.dumps({"what": "批号 LX240817B 的奶粉结块"})
    taken_now = run_cli("ticket", "add", "-", "--json", "--radar", stdin=told).object
    assert taken_now["radar"]["echoes"][0]["numbers"] == [first]
    assert "radar" not in run_cli("ticket", "add", "-", "--json", stdin=told).object
    assert "batch LX240817B: 4th in 30 days" in run_cli("ticket", "add", "-", "--radar", stdin=told).out
