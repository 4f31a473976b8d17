"""Pauses: what stands still, for how long, and what they never touch."""

import pytest

from complaint_desk.models.enums import ClockState
from complaint_desk.rules.pauses import Pause
from tests.rules.scenarios import ask, at, codes, due, pause

MONDAY = "2026-03-09T10:00:00+08:00"


def test_a_pause_moves_the_due_time_by_its_length() -> None:
    stop = pause("2026-03-09T12:00:00+08:00", "2026-03-09T15:00:00+08:00")
    assert due("24h", MONDAY, pauses=[stop]) == at("2026-03-10T13:00:00+08:00")
    assert due("2d", MONDAY, pauses=[stop]) == at("2026-03-11T13:00:00+08:00")


def test_a_pause_of_days_over_a_change_of_the_clocks_is_added_as_elapsed_time() -> None:
    stop = pause("2026-03-08T00:00:00-05:00", "2026-03-09T00:00:00-04:00")
    found = due("2d", "2026-03-07T12:00:00-05:00", zone="America/New_York", pauses=[stop])
    assert found == at("2026-03-10T11:00:00-04:00")


def test_overlapping_pauses_count_once() -> None:
    stops = [
        pause("2026-03-09T12:00:00+08:00", "2026-03-09T15:00:00+08:00"),
        pause("2026-03-09T13:00:00+08:00", "2026-03-09T14:00:00+08:00"),
        pause("2026-03-09T14:00:00+08:00", "2026-03-09T16:00:00+08:00"),
        pause("2026-03-09T16:00:00+08:00", "2026-03-09T17:00:00+08:00"),
    ]
    assert due("24h", MONDAY, pauses=stops) == at("2026-03-10T15:00:00+08:00")
    assert due("24h", MONDAY, pauses=stops[::-1]) == at("2026-03-10T15:00:00+08:00")


def test_a_pause_that_begins_at_the_due_time_moves_nothing() -> None:
    stop = pause("2026-03-10T10:00:00+08:00", "2026-03-10T11:00:00+08:00")
    found = ask("24h", MONDAY, pauses=[stop])
    assert found.reading.due.at == at("2026-03-10T10:00:00+08:00")
    assert "pause_too_late" in codes(found)


def test_a_pause_that_begins_just_before_the_due_time_moves_it() -> None:
    stop = pause("2026-03-10T09:59:59+08:00", "2026-03-10T11:00:00+08:00")
    assert due("24h", MONDAY, pauses=[stop]) == at("2026-03-10T11:00:01+08:00")


def test_a_pause_that_ends_exactly_at_the_due_time_moves_it() -> None:
    stop = pause("2026-03-10T08:00:00+08:00", "2026-03-10T10:00:00+08:00")
    assert due("24h", MONDAY, pauses=[stop]) == at("2026-03-10T12:00:00+08:00")


def test_a_pause_counts_that_begins_before_the_due_time_as_moved_so_far() -> None:
    stops = [
        pause("2026-03-10T08:00:00+08:00", "2026-03-10T10:00:00+08:00"),
        pause("2026-03-10T11:00:00+08:00", "2026-03-10T12:00:00+08:00"),
        pause("2026-03-10T13:00:00+08:00", "2026-03-10T20:00:00+08:00"),
    ]
    assert due("24h", MONDAY, pauses=stops) == at("2026-03-10T13:00:00+08:00")


def test_time_paused_before_receipt_does_not_count() -> None:
    stop = pause("2026-03-08T10:00:00+08:00", "2026-03-09T11:00:00+08:00")
    assert due("24h", MONDAY, pauses=[stop]) == at("2026-03-10T11:00:00+08:00")
    before = pause("2026-03-08T10:00:00+08:00", MONDAY)
    assert due("24h", MONDAY, pauses=[before]) == at("2026-03-10T10:00:00+08:00")


def test_an_open_pause_shows_the_due_time_as_if_resumed_now() -> None:
    found = ask("24h", MONDAY, now="2026-03-12T10:00:00+08:00", pauses=[pause("2026-03-09T12:00:00+08:00")])
    assert found.reading.due.at == at("2026-03-13T08:00:00+08:00")
    assert found.reading.state is ClockState.RUNNING
    assert "pause_open" in codes(found)


def test_an_open_pause_ends_by_itself_at_its_expected_return() -> None:
    stop = pause("2026-03-09T12:00:00+08:00", expected="2026-03-09T14:00:00+08:00")
    assert due("24h", MONDAY, now="2026-03-12T10:00:00+08:00", pauses=[stop]) == at(
        "2026-03-10T12:00:00+08:00"
    )
    assert due("24h", MONDAY, now="2026-03-09T13:00:00+08:00", pauses=[stop]) == at(
        "2026-03-10T11:00:00+08:00"
    )


def test_the_end_of_a_pause_wins_over_its_expected_return() -> None:
    for expected in ("2026-03-09T13:00:00+08:00", "2026-03-09T23:00:00+08:00"):
        stop = pause("2026-03-09T12:00:00+08:00", "2026-03-09T15:00:00+08:00", expected=expected)
        assert due("24h", MONDAY, pauses=[stop]) == at("2026-03-10T13:00:00+08:00")


def test_a_pause_that_begins_after_now_is_ignored() -> None:
    stop = pause("2026-03-09T12:00:01+08:00", "2026-03-09T15:00:00+08:00")
    assert due("24h", MONDAY, now="2026-03-09T12:00:00+08:00", pauses=[stop]) == at(
        "2026-03-10T10:00:00+08:00"
    )


def test_a_pause_stops_only_the_clocks_it_names() -> None:
    stop = {**pause("2026-03-09T12:00:00+08:00", "2026-03-09T15:00:00+08:00"), "clocks": ["own"]}
    assert due("24h", MONDAY, pauses=[stop]) == at("2026-03-10T10:00:00+08:00")


def test_after_a_clock_was_met_nothing_moves_it_any_more() -> None:
    met = [{"at": "2026-03-09T13:00:00+08:00", "meets": "solve"}]
    stop = pause("2026-03-09T12:00:00+08:00", "2026-03-09T15:00:00+08:00")
    later = pause("2026-03-09T14:00:00+08:00", "2026-03-09T16:00:00+08:00")
    assert due("24h", MONDAY, pauses=[stop, later], acts=met) == at("2026-03-10T11:00:00+08:00")
    assert due("24h", MONDAY, pauses=[pause("2026-03-09T12:00:00+08:00")], acts=met) == at(
        "2026-03-10T11:00:00+08:00"
    )


def test_only_the_working_time_within_a_pause_is_given_back() -> None:
    lunch = pause("2026-03-09T11:00:00+08:00", "2026-03-09T14:30:00+08:00")
    assert due("4wh", MONDAY, pauses=[lunch]) == at("2026-03-09T17:30:00+08:00")
    night = pause("2026-03-09T18:00:00+08:00", "2026-03-10T09:00:00+08:00")
    assert due("8wh", MONDAY, pauses=[night]) == due("8wh", MONDAY)


def test_a_pause_that_begins_when_the_working_hours_are_used_up_moves_nothing() -> None:
    stop = pause("2026-03-09T12:00:00+08:00", "2026-03-09T15:00:00+08:00")
    assert due("2wh", MONDAY, pauses=[stop]) == at("2026-03-09T12:00:00+08:00")


def test_a_pause_of_years_is_no_reason_to_give_up_the_calendar() -> None:
    stop = pause("2026-03-09T12:00:00+08:00", "2040-03-09T12:00:00+08:00")
    now = "2041-01-01T00:00:00Z"
    assert due("3wh", MONDAY, now=now, pauses=[stop]) == at("2040-03-09T14:30:00+08:00")
    assert due("1wd", MONDAY, now=now, pauses=[stop]) == at("2040-03-09T18:00:00+08:00")


def test_a_working_day_does_not_count_when_the_clock_stands_at_its_close() -> None:
    over_the_close = pause("2026-03-10T17:59:00+08:00", "2026-03-10T18:01:00+08:00")
    assert due("2wd", MONDAY, pauses=[over_the_close]) == at("2026-03-12T18:00:00+08:00")
    all_day_but_the_close = pause("2026-03-10T00:00:00+08:00", "2026-03-10T18:00:00+08:00")
    assert due("2wd", MONDAY, pauses=[all_day_but_the_close]) == at("2026-03-11T18:00:00+08:00")


def test_a_pause_that_begins_at_the_close_takes_the_day_unless_that_close_is_the_due_time() -> None:
    at_the_close = pause("2026-03-10T18:00:00+08:00", "2026-03-10T19:00:00+08:00")
    assert due("2wd", MONDAY, pauses=[at_the_close]) == at("2026-03-12T18:00:00+08:00")
    assert due("1wd", MONDAY, pauses=[at_the_close]) == at("2026-03-10T18:00:00+08:00")


def test_touching_pauses_do_not_hide_that_the_second_begins_at_the_due_time() -> None:
    stops = [
        pause("2026-03-10T12:00:00+08:00", "2026-03-10T18:00:00+08:00"),
        pause("2026-03-10T18:00:00+08:00", "2026-03-11T19:00:00+08:00"),
    ]
    assert due("1wd", MONDAY, pauses=stops) == at("2026-03-10T18:00:00+08:00")
    overlapping = [pause("2026-03-10T12:00:00+08:00", "2026-03-10T18:00:01+08:00"), stops[1]]
    assert due("1wd", MONDAY, pauses=overlapping) == at("2026-03-12T18:00:00+08:00")


def test_a_stored_due_time_assumes_that_a_pause_lasts_to_its_return() -> None:
    returns = Pause(at("2026-03-09T12:00:00+08:00"), expected=at("2026-03-10T12:00:00+08:00"))
    assert returns.to_its_return().end == at("2026-03-10T12:00:00+08:00")
    ended = Pause(returns.start, at("2026-03-09T13:00:00+08:00"), returns.expected)
    assert ended.to_its_return() == ended


def test_a_pause_cannot_end_or_return_before_it_begins() -> None:
    start = at("2026-03-09T12:00:00+08:00")
    with pytest.raises(ValueError, match="2026"):
        Pause(start, start)
    with pytest.raises(ValueError, match="2026"):
        Pause(start, expected=at("2026-03-09T11:00:00+08:00"))
