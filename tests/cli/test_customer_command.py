"""`customer`: callers found, shown, corrected, merged, split, held and erased from the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import HOSTILE, Answer, FrozenClock, moves_the_cursor

Run = Callable[..., Answer]
FIRST, SECOND, THIRD = (f"S01-261123-00{number}" for number in (1, 2, 3))


@pytest.fixture
def callers(run_cli: Run) -> Run:
    """Three complaints: two of 张晓虹, one of John Smith."""
    lines = [
        {"what": "牛奶有异味", "caller": "张晓虹", "phone": "138 0013 8000"},
        {"what": "多收了钱", "caller": "张女士", "phone": "13800138000"},
        {"what": "The kettle leaks", "caller": "John Smith", "phone": "021-6123 4567"},
    ]
    assert run_cli("ticket", "add", "--json", stdin="\n".join(map(json.dumps, lines))).code == 0
    return run_cli


@pytest.mark.parametrize(
    "typed", ["8000", "138 0013 8000", "张晓虹", "zhangxiaohong", "zxh", "zhangxiaohogn"]
)
def test_a_caller_is_found_by_whatever_was_told(callers: Run, typed: str) -> None:
    found = callers("customer", "find", typed, "--json")
    assert found.code == 0
    assert found.object["name"] == "张晓虹"
    assert found.object["numbers"] == ["+8613800138000"]
    assert found.object["open_tickets"] == 2
    assert "138 0013 8000" in callers("customer", "find", typed).out


def test_nobody_found_is_said_and_a_refusal(callers: Run) -> None:
    answer = callers("customer", "find", "没有这个人")
    assert (answer.code, answer.out) == (1, "")
    assert "Nobody was found" in answer.err


def test_a_card_tells_what_is_open_and_what_was_last_said(callers: Run) -> None:
    shown = callers("customer", "show", SECOND).out
    assert "2 complaints in all" in shown
    assert FIRST in shown
    values = callers("customer", "show", FIRST, "--json").object
    assert [ticket["number"] for ticket in values["open_tickets"]] == [SECOND, FIRST]
    assert "type" not in values


def test_a_card_is_changed_by_fields_and_an_empty_value_empties_one(callers: Run) -> None:
    changed = callers(
        *("customer", "edit", FIRST, "--address", "南山区1号", "--level", "a", "--consent", "given", "--json")
    ).object
    assert (changed["address"], changed["level"], changed["consent"]) == ("南山区1号", "A", "given")
    assert callers("customer", "edit", FIRST, "--address", "", "--json").object["address"] is None
    assert callers("customer", "edit", FIRST).code == 2
    assert callers("customer", "edit", FIRST, "--level", "Z").code == 2
    assert "level:" in callers("customer", "edit", FIRST, "--level", "Z").err


def test_cards_are_merged_undone_and_split(callers: Run) -> None:
    before = callers("customer", "show", FIRST, "--json").object
    merged = callers("customer", "merge", FIRST, THIRD, "--json").object
    assert merged["names"] == ["张晓虹", "John Smith", "张女士"]
    undone = callers("customer", "undo", FIRST, "--json").object
    assert undone["names"] == before["names"]
    callers("customer", "merge", FIRST, THIRD)
    assert callers("customer", "split", FIRST, "--json").object["name"] == "John Smith"
    assert callers("customer", "split", FIRST).code == 1
    assert callers("customer", "split", FIRST, "--ticket", SECOND, "--json").object["name"] == "张女士"


def test_a_complaint_is_linked_to_whom_a_person_says(callers: Run) -> None:
    assert callers("customer", "link", THIRD, FIRST).code == 0
    assert "John Smith" in callers("customer", "show", FIRST, "--json").object["names"]
    assert callers("customer", "link", THIRD).code == 0
    assert "John Smith" not in callers("customer", "show", FIRST, "--json").object["names"]


def test_erasing_says_first_what_would_go_and_does_it_only_with_yes(callers: Run, file: Path) -> None:
    plan = callers("customer", "erase", FIRST)
    assert plan.code == 0
    assert "Nothing was erased yet" in plan.err
    assert FIRST in plan.out
    assert callers("customer", "erase", FIRST, "--json").object["erased"] is False
    assert callers("customer", "find", "zxh").code == 0
    done = callers("customer", "erase", FIRST, "--yes", "--text", "张晓虹来信", "--json").object
    assert (done["erased"], done["traces"], done["trouble"]) == (True, [], None)
    assert callers("customer", "find", "zxh").code == 1
    assert "张晓虹".encode() not in file.read_bytes()
    assert callers("db", "check").code == 0
    assert "Erased on 2026-11-23" in callers("customer", "show", FIRST).out
    assert callers("customer", "erase", FIRST, "--yes").code == 1
    assert callers("customer", "erase", "--finish").code == 0
    assert callers("customer", "erase").code == 2


def test_a_legal_hold_forbids_erasing_with_a_sentence(callers: Run) -> None:
    assert callers("customer", "hold", FIRST).code == 2
    assert "Legal hold" in callers("customer", "hold", FIRST, "--text", "诉讼中").out
    refused = callers("customer", "erase", FIRST, "--yes")
    assert refused.code == 1
    assert "诉讼中" in refused.err
    assert "The legal hold forbids it." in callers("customer", "erase", FIRST).out
    assert callers("customer", "release", FIRST).code == 0
    assert callers("customer", "erase", FIRST, "--yes").code == 0


def test_whom_to_erase_is_proposed_after_three_years(callers: Run, clock: FrozenClock) -> None:
    told = ("--text", "It was user error, and she saw it so", "--outcome", "explained")
    assert callers("ticket", "act", THIRD, "resolve", *told).code == 0
    assert callers("customer", "due").out == ""
    clock.forward(days=3 * 365 + 1)
    assert [one["name"] for one in callers("customer", "due", "--json").objects] == ["John Smith"]
    assert "John Smith" in callers("customer", "due").out


def test_only_those_who_lead_may_erase(callers: Run) -> None:
    callers("staff", "add", "李强", "--role", "agent")
    assert callers("customer", "erase", FIRST, "--yes", by="李强").code == 1
    assert callers("customer", "find", "zxh").code == 0


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_names_never_reach_the_terminal(run_cli: Run, hostile: str) -> None:
    line = json.dumps({"what": "x", "caller": hostile + "王芳", "phone": "13800138000"})
    run_cli("ticket", "add", stdin=line)
    run_cli("customer", "edit", FIRST, "--notes", hostile, "--address", hostile)
    for arguments in (
        ("find", "8000"),
        ("show", FIRST),
        ("erase", FIRST),
        ("hold", FIRST, "--text", hostile),
    ):
        for style in ((), ("--json",)):
            answer = run_cli("customer", *arguments, *style)
            assert not moves_the_cursor(answer.out + answer.err)


def test_the_help_speaks_chinese(run_cli: Run) -> None:
    assert "来电者" in run_cli("--lang", "zh_CN", "customer", "--help").out
