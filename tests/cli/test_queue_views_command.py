"""`queue --view --store --filter --counts`."""

import json
from collections.abc import Callable

import pytest

from tests.support import Answer, FrozenClock, moves_the_cursor

Run = Callable[..., Answer]


def take(run_cli: Run, **values: str) -> str:
    told = json.dumps({"what": "酱油少了一瓶", **values})
    return str(run_cli("ticket", "add", "--json", stdin=told).object["number"])


def queue(run_cli: Run, *options: str) -> list[str]:
    answer = run_cli("queue", "--json", *options)
    assert answer.code == 0, answer.err
    return [row["number"] for row in answer.objects]


def test_a_view_lists_what_it_says(run_cli: Run, clock: FrozenClock) -> None:
    late = take(run_cli, received_at="2026-11-20T09:00:00+08:00", store="南山店")
    early = take(run_cli)
    assert queue(run_cli, "--view", "late") == [late]
    assert queue(run_cli, "--view", "mine") == [late, early]
    assert queue(run_cli, "--view", "nobodys") == []
    assert queue(run_cli, "--store", "南山店") == [late]
    assert queue(run_cli, "--view", "late", "--store", "S01") == []
    assert queue(run_cli, "--view", "brought-along") == []


def test_a_filter_narrows_the_list(run_cli: Run) -> None:
    first, second = take(run_cli, caller="王芳", phone="13800138000"), take(run_cli, what="灯坏了")
    assert queue(run_cli, "--filter", "王芳") == [first]
    assert queue(run_cli, "--filter", "8000") == [first]
    assert queue(run_cli, "--filter", "灯", "--view", "mine") == [second]
    assert queue(run_cli, "--filter", "灯", "--view", "late") == []


def test_the_counts_are_one_line_or_one_object(run_cli: Run) -> None:
    take(run_cli, received_at="2026-11-20T09:00:00+08:00")
    counts = run_cli("queue", "--counts", "--json").object
    assert (counts["all"], counts["late"], counts["nobodys"]) == (1, 1, 0)
    assert run_cli("queue", "--counts").out.startswith("All 1 │ Mine 1 │ Nobody's 0 │ Late 1 │ This shift 0")
    assert "已超时 1" in run_cli("--lang", "zh_CN", "queue", "--counts").out


def test_an_empty_view_says_so_in_its_own_words(run_cli: Run) -> None:
    take(run_cli)
    assert run_cli("queue", "--view", "late").out == "Nothing is late.\n"
    assert run_cli("queue", "--view", "late", "--json") == Answer(0, "", "")


@pytest.mark.parametrize("view", ["", "x", "[/]", "\x1b[2J", "всё"])
def test_a_view_that_is_none_is_a_misuse_and_the_views_are_named(run_cli: Run, view: str) -> None:
    answer = run_cli("queue", "--view", view)
    assert answer.code == 2
    assert "nobodys" in answer.err
    assert not moves_the_cursor(answer.err)


def test_a_filter_that_makes_no_sense_is_refused(run_cli: Run) -> None:
    assert run_cli("queue", "--filter", "who:").code == 2
    assert run_cli("queue", "--filter", "x" * 600).code == 2
