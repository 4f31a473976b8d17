"""`ticket assign|take|handover|severity|escalate|pause|resume` and `sla explain|pauses`."""

import json
from collections.abc import Callable

import pytest

from tests.support import HOSTILE, Answer, FrozenClock, moves_the_cursor

Run = Callable[..., Answer]


@pytest.fixture
def number(run_cli: Run) -> str:
    run_cli("staff", "add", "李娜")
    run_cli("staff", "add", "王敏", "--role", "manager")
    return str(
        run_cli("ticket", "add", "--json", stdin=json.dumps({"what": "酱油少了一瓶"})).object["number"]
    )


def test_a_ticket_is_assigned_taken_and_handed_over(run_cli: Run, number: str) -> None:
    assert run_cli("ticket", "assign", number, "李娜", "--json").object["owner"] == "李娜"
    assert run_cli("ticket", "take", number, "--json").object["owner"] == "陈静"
    shown = run_cli("ticket", "handover", number)
    assert (shown.code, "酱油少了一瓶" in shown.out) == (0, True)
    ticket = run_cli("ticket", "handover", number, "李娜", "--json").object
    assert ticket["owner"] == "李娜"
    assert ticket["history"][-1]["act"] == "hand_over"
    assert ticket["history"][-1]["to"] == "李娜"
    assert "酱油少了一瓶" in ticket["history"][-1]["text"]
    assert run_cli("ticket", "act", number, "undo", "--json").object["owner"] == "陈静"


def test_an_agent_may_not_take_what_another_owns(run_cli: Run, number: str) -> None:
    refused = run_cli("ticket", "take", number, by="李娜")
    assert (refused.code, refused.out) == (1, "")
    assert "supervisor" in refused.err


def test_nobody_unknown_gets_a_ticket(run_cli: Run, number: str) -> None:
    refused = run_cli("ticket", "assign", number, "张三")
    assert refused.code == 2
    assert refused.err.startswith("to: Nobody called 张三 works here.")


def test_severity_and_the_way_up_the_line_need_a_reason(run_cli: Run, number: str) -> None:
    assert run_cli("ticket", "severity", number, "4").code == 2
    assert run_cli("ticket", "severity", number, "5", "--text", "x").code == 2
    changed = run_cli("ticket", "severity", number, "4", "--text", "孩子误食", "--json").object
    assert (changed["severity"], changed["history"][-1]["old"]) == (4, "2")
    up = run_cli("ticket", "escalate", number, "王敏", "--text", "要见经理", "--level", "2", "--json").object
    assert up["escalation"] == {
        "level": 2,
        "to": "王敏",
        "at": "2026-11-23T10:28:00+08:00",
        "by": "陈静",
        "reason": "要见经理",
    }


def test_a_pause_and_its_end_are_told_in_json(run_cli: Run, number: str, clock: FrozenClock) -> None:
    until = "2026-11-26T10:28:00+08:00"
    paused = run_cli("ticket", "pause", number, "--until", until, "--text", "等货", "--json").object
    assert paused["pauses"] == [
        {
            "from": "2026-11-23T10:28:00+08:00",
            "expected": until,
            "to": None,
            "open": True,
            "by": "陈静",
            "reason": "等货",
            "clocks": ["solve"],
        }
    ]
    solve = paused["clocks"][2]
    assert (solve["due_at"], solve["paused_until"]) == ("2026-12-26T10:28:00+08:00", until)
    assert solve["due_if_resumed_now"] == "2026-12-23T10:28:00+08:00"
    clock.forward(days=1)
    resumed = run_cli("ticket", "resume", number, "--json").object
    assert resumed["pauses"][0]["to"] == "2026-11-24T10:28:00+08:00"
    assert resumed["clocks"][2]["due_at"] == "2026-12-24T10:28:00+08:00"
    assert "paused_until" not in resumed["clocks"][2]


def test_a_return_is_understood_as_it_is_said(run_cli: Run, number: str) -> None:
    said = run_cli("ticket", "pause", number, "--until", "明天下午五点前", "--text", "等货", "--json").object
    assert said["pauses"][0]["expected"] == "2026-11-24T17:00:00+08:00"


@pytest.mark.parametrize("until", ["whenever", "", "2026-11-20T10:00:00+08:00"])
def test_a_return_that_is_none_is_refused_and_nothing_is_written(
    run_cli: Run, number: str, until: str
) -> None:
    refused = run_cli("ticket", "pause", number, "--until", until, "--text", "等货")
    assert (refused.code, refused.out) == (2, "")
    assert refused.err.startswith("until: ")
    assert run_cli("ticket", "show", number, "--json").object["pauses"] == []


def test_only_named_clocks_pause_and_never_those_of_an_answer(run_cli: Run, number: str) -> None:
    ask = ("ticket", "pause", number, "--until", "tomorrow 5pm", "--text", "x", "--clock")
    assert run_cli(*ask, "nonsense").code == 2
    refused = run_cli(*ask, "admit")
    assert (refused.code, "never pauses" in refused.err) == (1, True)
    assert run_cli(*ask, "solve", "--json").object["pauses"][0]["clocks"] == ["solve"]


def test_the_queue_marks_and_moves_what_is_paused(run_cli: Run, number: str, clock: FrozenClock) -> None:
    run_cli("ticket", "act", number, "own", "--text", "x")
    run_cli("ticket", "pause", number, "--until", "2026-11-26T10:28:00+08:00", "--text", "等货")
    clock.forward(hours=1)
    run_cli("ticket", "add", stdin=json.dumps({"what": "y"}))
    rows = run_cli("queue", "--json").objects
    assert [row["paused_until"] for row in rows] == [None, "2026-11-26T10:28:00+08:00"]


def test_a_deadline_is_explained_in_words_and_in_json(run_cli: Run, number: str, clock: FrozenClock) -> None:
    run_cli("ticket", "act", number, "own", "--text", "回了电话")
    clock.forward(days=31)
    told = run_cli("sla", "explain", number)
    assert told.code == 0
    assert "  The complaint was received on Monday, 23 November 2026 at 10:28." in told.out.splitlines()
    clocks = {each["kind"]: each for each in run_cli("sla", "explain", number, "--json").object["clocks"]}
    assert list(clocks) == ["admit", "own", "solve"]
    assert clocks["own"]["met_by"] == {"act": "own", "by": "陈静", "text": "回了电话"}
    assert (clocks["solve"]["state"], clocks["solve"]["breached_at"]) == ("late", "2026-12-23T10:28:00+08:00")
    assert clocks["solve"]["why"][-1] == "It was missed by 1 day, and nothing done later takes that back."
    chinese = run_cli("--lang", "zh_CN", "sla", "explain", number).out
    assert "2026年11月23日" in chinese
    assert run_cli("sla", "explain", "S01-261123-099").code == 1


def test_the_pauses_that_hid_a_breach_are_listed(run_cli: Run, number: str, clock: FrozenClock) -> None:
    assert run_cli("sla", "pauses").out == "No pause has hidden a breach.\n"
    assert run_cli("sla", "pauses", "--json").out == ""
    run_cli("ticket", "pause", number, "--until", "2026-12-03T10:28:00+08:00", "--text", "等货")
    clock.forward(days=31)
    hidden = run_cli("sla", "pauses", "--json").object
    assert (hidden["number"], hidden["kind"]) == (number, "solve")
    assert hidden["due_without_pauses"] == "2026-12-23T10:28:00+08:00"
    assert "等货" in run_cli("sla", "pauses").out


def test_hostile_reasons_move_no_cursor(run_cli: Run, number: str, clock: FrozenClock) -> None:
    for text in HOSTILE:
        run_cli("ticket", "severity", number, "3", "--text", text)
        run_cli("ticket", "severity", number, "2", "--text", text)
    run_cli("ticket", "pause", number, "--until", "2026-12-03T10:28:00+08:00", "--text", "\n".join(HOSTILE))
    clock.forward(days=31)
    for ask in (("ticket", "show", number), ("sla", "explain", number), ("sla", "pauses")):
        for answer in (run_cli(*ask), run_cli(*ask, "--json")):
            assert answer.code == 0
            assert not moves_the_cursor(answer.out)
