"""What a scenario may say, and every way in which it is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from complaint_desk.models.enums import ClockState
from complaint_desk.rules.scenario import ScenarioRefused, answer, read_scenario
from tests.rules.scenarios import ask, at, pause, scenario

MONDAY = "2026-03-09T10:00:00+08:00"
DUE = at("2026-03-10T10:00:00+08:00")


def problems(keys: dict[str, Any]) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioRefused) as refused:
        answer(read_scenario(keys))
    return [(problem.key, str(problem.code)) for problem in refused.value.problems]


def test_a_clock_runs_to_its_due_time_and_is_late_after_it() -> None:
    for now, state, breached in (
        ("2026-03-10T09:59:59+08:00", ClockState.RUNNING, None),
        ("2026-03-10T10:00:00+08:00", ClockState.RUNNING, None),
        ("2026-03-10T10:00:00.000001+08:00", ClockState.LATE, DUE),
    ):
        reading = ask("24h", MONDAY, now=now).reading
        assert (reading.state, reading.breached_at) == (state, breached)


def test_a_clock_met_in_time_or_at_its_due_time_was_not_missed() -> None:
    for met in ("2026-03-09T10:00:00+08:00", "2026-03-10T10:00:00+08:00"):
        reading = ask("24h", MONDAY, acts=[{"at": met, "meets": "solve"}]).reading
        assert (reading.met_at, reading.state, reading.breached_at) == (at(met), ClockState.MET, None)


def test_a_clock_met_late_is_met_and_its_breach_stays() -> None:
    reading = ask("24h", MONDAY, acts=[{"at": "2026-03-10T10:00:01+08:00", "meets": "solve"}]).reading
    assert (reading.state, reading.breached_at) == (ClockState.MET, DUE)


def test_the_first_act_from_receipt_on_meets_the_clock_in_whatever_order_they_stand() -> None:
    acts = [
        {"at": "2026-03-10T09:00:00+08:00", "meets": "solve"},
        {"at": "2026-03-09T11:00:00+08:00", "meets": "solve"},
        {"at": "2026-03-09T09:59:59+08:00", "meets": "solve"},
        {"at": "2026-03-09T10:30:00+08:00", "meets": "own"},
    ]
    assert ask("24h", MONDAY, acts=acts).reading.met_at == at("2026-03-09T11:00:00+08:00")


def test_acts_after_now_are_ignored() -> None:
    acts = [{"at": "2026-03-09T12:00:00+08:00", "meets": "solve"}]
    assert ask("24h", MONDAY, now="2026-03-09T11:59:59+08:00", acts=acts).reading.met_at is None
    assert ask("24h", MONDAY, now="2026-03-09T12:00:00+08:00", acts=acts).reading.met_at is not None


def test_instants_that_differ_only_in_their_offset_are_the_same_instant() -> None:
    acts = [{"at": "2026-03-09T02:00:00Z", "meets": "solve"}]
    assert ask("24h", MONDAY, acts=acts).reading.met_at == at(MONDAY)


def test_a_leap_second_is_the_instant_after_it() -> None:
    assert ask("1h", "2016-12-31T23:59:60Z").reading.due.at == at("2017-01-01T01:00:00+00:00")
    assert problems(scenario("1h", "2016-12-31T22:59:60Z")) == [("received_at", "not_an_instant")]


def test_clocks_are_answered_in_the_order_given() -> None:
    keys = scenario("24h", MONDAY)
    keys["clocks"] = [{"kind": kind, "target": "1h"} for kind in ("solve", "admit", "promise", "own")]
    assert [clock.kind for clock in answer(read_scenario(keys))] == ["solve", "admit", "promise", "own"]


def test_what_may_be_left_out_may_also_be_null() -> None:
    keys = scenario("24h", MONDAY, pauses=None, acts=None)
    keys["calendar"] |= {"country": None, "closed": None, "open": None}
    assert answer(read_scenario(keys))[0].reading.due.at == DUE


def _set(*path: str | int) -> Callable[[Any], dict[str, Any]]:
    def changed(value: Any) -> dict[str, Any]:
        keys = scenario("24h", MONDAY, pauses=[pause("2026-03-09T11:00:00+08:00")])
        keys["acts"] = [{"at": "2026-03-09T12:00:00+08:00", "meets": "solve"}]
        place: Any = keys
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = value
        return keys

    return changed


REFUSED = [
    (_set("seat")(1), "seat", "unknown_key"),
    (_set("calendar", "weeks")({}), "calendar.weeks", "unknown_key"),
    (_set("clocks", 0, "due")("24h"), "clocks[0].due", "unknown_key"),
    (_set("pauses", 0, "reason")("x"), "pauses[0].reason", "unknown_key"),
    (_set("acts", 0, "by")("x"), "acts[0].by", "unknown_key"),
    (_set("received_at")("2026-03-09T10:00:00"), "received_at", "offset_missing"),
    (_set("received_at")("2026-03-09"), "received_at", "not_an_instant"),
    (_set("received_at")("2026-02-29T10:00:00Z"), "received_at", "not_an_instant"),
    (_set("received_at")("0001-01-01T00:00:00+08:00"), "received_at", "not_an_instant"),
    (_set("received_at")("2026-03-09T10:00:00+24:00"), "received_at", "not_an_instant"),
    (_set("received_at")(1773021600), "received_at", "not_text"),
    (_set("now")(None), "now", "not_text"),
    (_set("now")("2026-03-09T09:59:59+08:00"), "now", "now_before_receipt"),
    (_set("time_zone")("Asia/Peking"), "time_zone", "unknown_zone"),
    (_set("time_zone")("../zone"), "time_zone", "unknown_zone"),
    (_set("time_zone")("Asia"), "time_zone", "unknown_zone"),
    (_set("time_zone")(""), "time_zone", "unknown_zone"),
    (_set("time_zone")("x" * 100_000), "time_zone", "unknown_zone"),
    (_set("calendar")([]), "calendar", "not_an_object"),
    (_set("calendar", "country")("XX"), "calendar.country", "unknown_country"),
    (_set("calendar", "hours")([]), "calendar.hours", "not_an_object"),
    (_set("calendar", "hours", "Mon")([]), "calendar.hours.Mon", "unknown_weekday"),
    (_set("calendar", "hours", "mon")("09:00-12:00"), "calendar.hours.mon", "not_a_list"),
    (_set("calendar", "hours", "mon")(["9-12"]), "calendar.hours.mon[0]", "not_hours"),
    (_set("calendar", "hours", "mon")(["12:00-09:00"]), "calendar.hours.mon[0]", "end_not_after_start"),
    (
        _set("calendar", "hours", "mon")(["09:00-12:00", "11:00-13:00"]),
        "calendar.hours.mon",
        "spans_overlap",
    ),
    (
        _set("calendar", "open")({"2026-03-14": ["09:00-12:00", "11:59-13:00"]}),
        "calendar.open.2026-03-14",
        "spans_overlap",
    ),
    (_set("calendar", "closed")(["2026-02-30"]), "calendar.closed[0]", "not_a_day"),
    (_set("calendar", "closed")(["20260310"]), "calendar.closed[0]", "not_a_day"),
    (_set("calendar", "open")({"14/02/2026": []}), "calendar.open.14/02/2026", "not_a_day"),
    (_set("clocks")({}), "clocks", "not_a_list"),
    (_set("clocks", 0, "kind")("tea"), "clocks[0].kind", "unknown_kind"),
    (_set("clocks", 0, "target")("24"), "clocks[0].target", "unknown_target"),
    (_set("clocks", 0, "target")("0wd"), "clocks[0].target", "unknown_target"),
    (_set("clocks", 0, "target")(24), "clocks[0].target", "not_text"),
    (_set("pauses", 0, "clocks")(["tea"]), "pauses[0].clocks[0]", "unknown_kind"),
    (_set("pauses", 0, "to")("2026-03-09T11:00:00+08:00"), "pauses[0].to", "end_not_after_start"),
    (_set("pauses", 0, "to")("2026-03-09T02:00:00Z"), "pauses[0].to", "end_not_after_start"),
    (_set("pauses", 0, "expected")("2026-03-09T10:00:00+08:00"), "pauses[0].expected", "end_not_after_start"),
    (_set("acts", 0, "meets")("tea"), "acts[0].meets", "unknown_kind"),
    (_set("clocks", 0, "target")("999999999d"), "clocks[0].target", "beyond_calendar"),
    (_set("clocks", 0, "target")("999999999h"), "clocks[0].target", "beyond_calendar"),
    (_set("clocks", 0, "target")("99999999wd"), "clocks[0].target", "beyond_calendar"),
    (_set("clocks", 0, "target")("99999999wh"), "clocks[0].target", "beyond_calendar"),
]


@pytest.mark.parametrize(("keys", "key", "code"), REFUSED, ids=[f"{key}: {code}" for _, key, code in REFUSED])
def test_a_faulty_scenario_is_refused_and_the_key_is_named(keys: dict[str, Any], key: str, code: str) -> None:
    assert problems(keys) == [(key, code)]


@pytest.mark.parametrize("key", ["received_at", "now", "time_zone", "calendar", "clocks"])
def test_what_may_not_be_left_out_is_asked_for(key: str) -> None:
    keys = scenario("24h", MONDAY)
    del keys[key]
    assert problems(keys) == [(key, "missing_key")]


def test_two_clocks_of_one_kind_are_refused() -> None:
    keys = scenario("24h", MONDAY)
    keys["clocks"] *= 2
    assert problems(keys) == [("clocks", "kind_twice")]


def test_a_day_both_closed_and_open_is_refused() -> None:
    keys = scenario("24h", MONDAY, calendar={"closed": ["2026-03-14"], "open": {"2026-03-14": []}})
    assert problems(keys) == [("calendar", "closed_and_open")]


@pytest.mark.parametrize("target", ["1wh", "1wd"])
def test_working_time_is_asked_for_only_by_clocks_that_need_it(target: str) -> None:
    nothing: dict[str, Any] = {"hours": {"mon": []}, "open": {"2026-03-14": []}}
    assert problems(scenario(target, MONDAY, calendar=nothing)) == [("clocks[0].target", "no_working_time")]
    assert ask("24h", MONDAY, calendar=nothing).reading.due.at == DUE


def test_working_time_more_than_ten_years_ahead_is_not_searched_for() -> None:
    for day, found in (("2036-03-09", True), ("2036-03-10", False)):
        keys = scenario("1wh", MONDAY, calendar={"hours": {}, "open": {day: ["09:00-10:00"]}})
        if found:
            assert answer(read_scenario(keys))[0].reading.due.at == at(f"{day}T10:00:00+08:00")
        else:
            assert problems(keys) == [("clocks[0].target", "no_working_time")]


def test_everything_wrong_is_told_at_once_but_no_more_than_twenty_things() -> None:
    keys = scenario("24h", "yesterday")
    keys["clocks"] = [{"kind": "tea", "target": "1h"}] * 30
    found = problems(keys)
    assert found[0] == ("received_at", "not_an_instant")
    assert len(found) == 20
