"""How the best engines of others fail, and that this one does not: the points a pure engine can show."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from complaint_desk.models.enums import ClockState
from complaint_desk.rules.addends import AddendCode
from complaint_desk.rules.calendar import Calendar, CalendarFault, CalendarRefused, DayKind, Span
from complaint_desk.rules.pauses import Pause
from complaint_desk.rules.scenario import answer, read_scenario
from complaint_desk.rules.sla import due_at, read_clock
from complaint_desk.rules.sla_targets import Target
from tests.rules.scenarios import ask, at, codes, due, pause, scenario

MONDAY = "2026-03-09T10:00:00+08:00"
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = (Span.parse("09:00-12:00"), Span.parse("13:30-18:00"))


def test_point_1_each_clock_has_its_own_due_time_its_own_act_and_its_own_breach() -> None:
    keys = scenario("30d", MONDAY, now="2026-03-12T10:00:00+08:00")
    keys["clocks"] += [
        {"kind": "admit", "target": "24h"},
        {"kind": "own", "target": "48h"},
        {"kind": "outside", "target": "10wd"},
    ]
    keys["acts"] = [{"at": "2026-03-09T12:00:00+08:00", "meets": "admit"}]
    found = {clock.kind: clock.reading for clock in answer(read_scenario(keys))}
    assert len({reading.due.at for reading in found.values()}) == 4
    assert {kind: reading.state for kind, reading in found.items()} == {
        "solve": ClockState.RUNNING,
        "admit": ClockState.MET,
        "own": ClockState.LATE,
        "outside": ClockState.RUNNING,
    }
    assert [kind for kind, reading in found.items() if reading.breached_at] == ["own"]


def test_point_2_a_pause_never_meets_a_clock() -> None:
    found = ask("24h", MONDAY, now="2026-03-09T11:00:00+08:00", pauses=[pause("2026-03-09T10:30:00+08:00")])
    assert found.reading.met_at is None
    assert found.reading.state is ClockState.RUNNING


def test_point_3_a_paused_clock_keeps_a_due_time_in_sight_as_if_resumed_now() -> None:
    stop = pause("2026-03-09T16:00:00+08:00", expected="2026-03-20T10:00:00+08:00")
    for now in ("2026-03-10T15:00:00+08:00", "2026-03-12T15:00:00+08:00"):
        found = ask("8h", MONDAY, now=now, pauses=[stop])
        assert found.reading.due.at == at(now) + timedelta(hours=2)
        assert found.reading.state is ClockState.RUNNING
        assert AddendCode.PAUSE_OPEN in codes(found)


def test_point_3_the_reading_is_the_same_before_and_after_the_pause_is_ended() -> None:
    now = "2026-03-12T15:00:00+08:00"
    still_open = ask("8h", MONDAY, now=now, pauses=[pause("2026-03-09T16:00:00+08:00")])
    just_ended = ask("8h", MONDAY, now=now, pauses=[pause("2026-03-09T16:00:00+08:00", now)])
    assert still_open.reading.due.at == just_ended.reading.due.at
    assert still_open.reading.state is just_ended.reading.state


def test_point_4_no_later_pause_takes_a_breach_away() -> None:
    breach = at("2026-03-10T10:00:00+08:00")
    later = pause("2026-03-10T10:00:01+08:00", "2026-03-15T10:00:00+08:00")
    for now in ("2026-03-10T10:00:02+08:00", "2026-03-20T10:00:00+08:00"):
        found = ask("24h", MONDAY, now=now, pauses=[later])
        assert (found.reading.state, found.reading.breached_at) == (ClockState.LATE, breach)


def test_point_4_meeting_the_clock_late_leaves_the_breach() -> None:
    met = [{"at": "2026-03-11T10:00:00+08:00", "meets": "solve"}]
    found = ask("24h", MONDAY, acts=met)
    assert found.reading.state is ClockState.MET
    assert found.reading.breached_at == at("2026-03-10T10:00:00+08:00")


def test_point_5_lunch_breaks_holidays_and_make_up_days_are_counted() -> None:
    calendar = {"country": "CN"}
    assert due("8wh", "2026-02-13T09:00:00+08:00", calendar=calendar) == at("2026-02-14T09:30:00+08:00")
    assert due("8wh", "2026-02-14T17:00:00+08:00", calendar=calendar) == at("2026-02-24T17:30:00+08:00")


def test_point_5_a_store_that_opens_again_in_weeks_is_waited_for_and_one_that_never_does_is_refused() -> None:
    closed = [(date(2026, 3, 9) + timedelta(days=day)).isoformat() for day in range(60)]
    found = due("1wh", MONDAY, calendar={"closed": closed})
    assert found == at("2026-05-08T10:00:00+08:00")
    with pytest.raises(CalendarRefused) as refused:
        Calendar(((),) * 7).require_working_time(date(2026, 3, 9))
    assert refused.value.fault is CalendarFault.NO_WORKING_TIME


def test_point_5_a_calendar_is_a_value_and_a_change_makes_another_version() -> None:
    first = Calendar((DAY,) * 5 + ((), ()), version=1)
    second = Calendar((DAY,) * 5 + ((), ()), closed=frozenset({date(2026, 3, 10)}), version=2)
    assert first.on(date(2026, 3, 10)).kind is DayKind.WEEKDAY
    target, received = Target.parse("1wd"), at(MONDAY)
    assert due_at(target, received, SHANGHAI, first).at == at("2026-03-10T18:00:00+08:00")
    assert due_at(target, received, SHANGHAI, second).at == at("2026-03-11T18:00:00+08:00")


def test_point_6_wall_clock_and_working_time_targets_stand_side_by_side() -> None:
    friday = "2026-03-13T17:00:00+08:00"
    found = {target: due(target, friday) for target in ("24h", "2d", "8wh", "2wd")}
    assert found == {
        "24h": at("2026-03-14T17:00:00+08:00"),
        "2d": at("2026-03-15T17:00:00+08:00"),
        "8wh": at("2026-03-16T17:30:00+08:00"),
        "2wd": at("2026-03-17T18:00:00+08:00"),
    }


def test_point_7_the_answer_follows_from_the_history_alone_whenever_and_how_often_it_is_asked() -> None:
    stops = [Pause(at("2026-03-09T12:00:00+08:00"), at("2026-03-09T15:00:00+08:00"))]
    acts = [at("2026-03-11T09:00:00+08:00")]

    def asked(now: str) -> tuple[ClockState, bool]:
        reading = read_clock(Target.parse("24h"), at(MONDAY), SHANGHAI, at(now), pauses=stops, acts=acts)
        return reading.state, reading.breached_at is not None

    monday_noon, wednesday = "2026-03-09T12:30:00+08:00", "2026-03-11T12:00:00+08:00"
    a_week_asleep = "2026-03-18T12:00:00+08:00"
    assert asked(monday_noon) == (ClockState.RUNNING, False)
    assert asked(a_week_asleep) == asked(wednesday) == (ClockState.MET, True)
    assert asked(monday_noon) == (ClockState.RUNNING, False)  # the PC's clock was set back


def test_point_10_every_addend_of_a_due_time_stands_on_its_own_line() -> None:
    found = ask(
        "4wd",
        "2026-02-12T10:00:00+08:00",
        calendar={"country": "CN", "closed": ["2026-02-24"], "open": {"2026-02-15": ["10:00-16:00"]}},
        pauses=[
            pause("2026-02-13T17:00:00+08:00", "2026-02-13T19:00:00+08:00"),
            pause("2026-02-14T12:00:00+08:00", "2026-02-14T13:00:00+08:00"),
            pause("2026-03-01T12:00:00+08:00", "2026-03-02T13:00:00+08:00"),
        ],
    )
    assert codes(found) == [
        AddendCode.RECEIPT,
        AddendCode.TARGET,
        AddendCode.MAKE_UP_DAY,
        AddendCode.OPENED_DAY,
        *[AddendCode.HOLIDAY] * 6,
        AddendCode.CLOSED_DAY,
        AddendCode.WEEKLY_REST,
        AddendCode.PAUSE_DAYS,
        AddendCode.PAUSE_DAYS,
        AddendCode.PAUSE_TOO_LATE,
        AddendCode.RESULT,
    ]
    taken = [addend.number for addend in found.reading.due.why if addend.code is AddendCode.PAUSE_DAYS]
    assert taken == [1, 0]


def test_point_10_a_year_whose_holidays_are_not_known_is_named() -> None:
    found = ask("5wd", "2026-12-30T10:00:00+08:00", calendar={"country": "CN"})
    years = [addend.number for addend in found.reading.due.why if addend.code is AddendCode.UNKNOWN_YEAR]
    assert years == [2027]
    assert found.reading.due.at == at("2027-01-06T18:00:00+08:00")
    known = ask("5wd", "2026-12-01T10:00:00+08:00", calendar={"country": "CN"})
    assert AddendCode.UNKNOWN_YEAR not in codes(known)
