"""`sla report`: how the clocks were kept, as text and as JSON."""

import json
from collections.abc import Callable

import pytest

from tests.support import Answer, FrozenClock

Run = Callable[..., Answer]


def test_the_report_counts_in_time_and_late_by_every_grouping(run_cli: Run, clock: FrozenClock) -> None:
    told = {"what": "x", "store": "南山店", "cause": "cashier_error", "type": "rational"}
    first, second = (
        run_cli("ticket", "add", "--json", stdin=json.dumps(told)).object["number"] for _call in range(2)
    )
    clock.forward(hours=2)
    run_cli("ticket", "act", first, "own", "--text", "x")
    clock.forward(hours=28)
    run_cli("ticket", "act", second, "acknowledge", "--text", "x")
    report = run_cli("sla", "report", "--json").object
    assert report["clocks"]["admit"] == {
        "count": 2,
        "met_in_time": 1,
        "met_late": 1,
        "late": 0,
        "running": 0,
        "kept": 0.5,
        "median_hours": 16.0,
        "percentile_90_hours": 30.0,
    }
    assert report["clocks"]["solve"]["running"] == 2
    for group, name in (
        ("store", "南山店"),
        ("cause", "cashier_error"),
        ("type", "rational"),
        ("owner", "陈静"),
    ):
        assert report["by"][group] == [{"name": name, "clocks": report["clocks"]}]
    text = run_cli("sla", "report").out
    assert "A6" not in text
    for word in ("B3", "陈静", "南山店", "50%", "16 h", "30 h"):
        assert word in text
    assert "按原因" in run_cli("--lang", "zh_CN", "sla", "report").out


def test_days_that_are_none_are_refused(run_cli: Run) -> None:
    assert run_cli("sla", "report").out == "No clock started in this time.\n"
    assert run_cli("sla", "report", "--from", "soon").code == 2
    assert run_cli("sla", "report", "--from", "2026-11-23", "--to", "2026-11-22").code == 2


@pytest.mark.parametrize(("first", "count"), [("2026-11-23", 1), ("2026-11-24", 0)])
def test_days_are_the_stores(run_cli: Run, first: str, count: int) -> None:
    run_cli("ticket", "add", stdin=json.dumps({"what": "x"}))
    assert len(run_cli("sla", "report", "--from", first, "--json").object["clocks"]) == 3 * count
