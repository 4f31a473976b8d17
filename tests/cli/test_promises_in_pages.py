"""Promises told along with a complaint as JSON, and the list of them by pages."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.cli import promise as promise_command
from complaint_desk.models.settling import PromiseMade
from tests.support import FrozenClock, complaint

Run = Callable[..., Any]


def test_a_complaint_brings_its_promises_along(run_cli: Run, desk: Any) -> None:
    told = {
        "what": "多扣了38元",
        "promises": [
            {"what": "回电告知结果", "by": "明天下午五点前"},
            {"what": "退款", "by": "2026-11-27T10:00:00+08:00", "to": "王芳的先生", "owner": "陈静"},
        ],
    }
    (added,) = run_cli("ticket", "add", "--json", stdin=json.dumps(told)).objects
    assert [(each["what"], each["due_at"], each["to"]) for each in added["promises"]] == [
        ("回电告知结果", "2026-11-24T17:00:00+08:00", None),
        ("退款", "2026-11-27T10:00:00+08:00", "王芳的先生"),
    ]
    assert desk.check() == []


@pytest.mark.parametrize(
    ("promises", "fault"),
    [
        ("x", "promises"),
        (["x"], "promises[1]"),
        ([{"what": "ring back", "by": "tomorrow 3pm"}, {"what": "refund"}], "promises[2].by"),
        ([{"what": " ", "by": "tomorrow 3pm"}], "promises[1].what"),
        ([{"what": "ring back", "by": "yesterday"}], "promises[1].by"),
        ([{"what": "ring back", "by": 5}], "promises[1].by"),
        ([{"what": "ring back", "by": "tomorrow 3pm", "when": "x"}], "promises[1].when"),
        ([{"what": "ring back", "by": "tomorrow 3pm", "owner": "nobody"}], "owner"),
    ],
)
def test_a_promise_that_cannot_be_refuses_its_complaint_and_names_the_place(
    run_cli: Run, desk: Any, promises: Any, fault: str
) -> None:
    answer = run_cli("ticket", "add", stdin=json.dumps({"what": "x", "promises": promises}))
    assert (answer.code, desk.queue()) == (2, ())
    assert fault in answer.err


def test_the_list_of_promises_stops_at_its_limit_and_says_that_there_are_more(
    run_cli: Run, desk: Any, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(promise_command, "_LONGEST_PAGE", 2)
    due = clock.now + timedelta(hours=5)
    numbers = [desk.register(complaint()).number for _ticket in range(3)]
    for number in numbers:
        for what in ("ring back", "refund"):
            desk.promise(number, PromiseMade(what, due))
    every = run_cli("promise", "list", "--json").objects
    assert [(each["number"], each["promise"]) for each in every] == [
        (number, place) for number in numbers for place in (1, 2)
    ]
    some = run_cli("promise", "list", "--limit", "5")
    assert len(some.out.splitlines()) == 5
    assert "--limit" in some.err
    assert run_cli("promise", "list", "--limit", "6").err == ""
