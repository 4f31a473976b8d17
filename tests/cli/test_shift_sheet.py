"""`handover`: the shift sheet, good work first."""

import json
from collections.abc import Callable

import pytest

from tests.support import HOSTILE, Answer, FrozenClock, moves_the_cursor

Run = Callable[..., Answer]


def take(run_cli: Run, what: str, **values: str) -> str:
    told = json.dumps({"what": what, **values})
    return str(run_cli("ticket", "add", "--json", stdin=told).object["number"])


@pytest.fixture
def numbers(run_cli: Run, clock: FrozenClock) -> dict[str, str]:
    """A day at the desk: a late, a kept, a hot, a paused ticket and one with time left."""
    run_cli("staff", "add", "李娜")
    late = take(run_cli, "迟到的", received_at="2026-11-20T09:00:00+08:00")
    kept = take(run_cli, "守时的")
    hot = take(run_cli, "记者来了", channel="media")
    paused = take(run_cli, "等货的")
    clock.forward(hours=1)
    run_cli("ticket", "act", kept, "own", "--text", "x")
    run_cli("ticket", "act", paused, "own", "--text", "x", by="李娜")
    run_cli("ticket", "assign", paused, "李娜")
    run_cli("ticket", "pause", paused, "--until", "2026-11-27T10:00:00+08:00", "--text", "等货")
    soon = take(run_cli, "快到的")
    return {"late": late, "kept": kept, "hot": hot, "paused": paused, "soon": soon}


def test_the_sheet_tells_what_was_kept_and_what_the_next_shift_takes_on(
    run_cli: Run, numbers: dict[str, str]
) -> None:
    sheet = run_cli("handover", "--json").object
    assert sheet["until"] == "2026-11-24T18:00:00+08:00"
    assert {(each["number"], each["clock"], each["by"]) for each in sheet["kept"]} == {
        (numbers["kept"], "admit", "陈静"),
        (numbers["kept"], "own", "陈静"),
        (numbers["paused"], "admit", "李娜"),
        (numbers["paused"], "own", "李娜"),
    }
    for part, name in (("hot", "hot"), ("late", "late"), ("due", "soon"), ("paused", "paused")):
        assert [row["number"] for row in sheet[part]] == [numbers[name]], part
    assert sheet["paused"][0]["paused_until"] == "2026-11-27T10:00:00+08:00"
    assert sheet["owners"] == [
        {"owner": "陈静", "open": 4, "late": 1},
        {"owner": "李娜", "open": 1, "late": 0},
    ]


def test_as_text_good_work_comes_first(run_cli: Run, numbers: dict[str, str]) -> None:
    lines = run_cli("handover", "--text").out.splitlines()
    assert lines[0] == "Shift sheet, Monday, 23 November 2026 at 11:28"
    heads = [line for line in lines[1:] if line and not line.startswith(" ")]
    assert heads == [
        "Kept today: 4 time limits",
        "Hot cases: 1",
        "Late: 1",
        "Due before Tuesday, 24 November 2026 at 18:00: 1",
        "Paused: 1",
        "Open, by owner",
        heads[-1],
    ]
    assert heads[-1].startswith("Head of the record: event ")
    assert "交班" in run_cli("--lang", "zh_CN", "handover").out


def test_the_end_of_the_next_shift_may_be_told(run_cli: Run, numbers: dict[str, str]) -> None:
    ends = "2026-11-25T22:00:00+08:00"
    assert run_cli("handover", "--until", ends, "--json").object["until"] == ends
    assert run_cli("handover", "--until", "whenever").code == 2


def test_a_day_later_yesterdays_work_is_no_longer_todays(
    run_cli: Run, numbers: dict[str, str], clock: FrozenClock
) -> None:
    clock.forward(days=1)
    assert run_cli("handover", "--json").object["kept"] == []


def test_an_empty_desk_has_a_sheet_and_hostile_words_move_no_cursor(run_cli: Run) -> None:
    assert run_cli("handover").code == 0
    for text in HOSTILE:
        run_cli("ticket", "add", stdin=json.dumps({"what": text, "channel": "media"}))
    for answer in (run_cli("handover"), run_cli("handover", "--json")):
        assert (answer.code, moves_the_cursor(answer.out)) == (0, False)
