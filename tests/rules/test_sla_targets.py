"""Targets: what they mean on the clock and in the calendar."""

import pytest

from complaint_desk.rules.sla_targets import Target
from tests.rules.reference_sla import WEEK
from tests.rules.scenarios import WEEKDAYS, ask, at, codes, due

ROUND_THE_CLOCK = {"hours": {day: ["00:00-24:00"] for day in WEEK}}


@pytest.mark.parametrize(
    "written",
    ["", "24", "h", "0h", "-1h", "+1h", "1.5h", "01h", "1 h", " 1h", "1h ", "1H", "1w", "1dw", "１h", "1h\n"],
)
def test_a_target_is_a_whole_number_from_one_and_a_unit_and_nothing_else(written: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        Target.parse(written)


@pytest.mark.parametrize("written", ["1h", "24h", "30d", "16wh", "10wd", "999999999d"])
def test_a_target_is_written_as_it_was_read(written: str) -> None:
    assert str(Target.parse(written)) == written


def test_hours_pass_at_night_on_holidays_and_over_a_change_of_the_clocks() -> None:
    assert due("24h", "2026-02-16T22:00:00+08:00") == at("2026-02-17T22:00:00+08:00")
    assert due("24h", "2026-03-07T12:00:00-05:00", zone="America/New_York") == at("2026-03-08T13:00:00-04:00")


def test_days_keep_the_local_time_over_a_change_of_the_clocks() -> None:
    assert due("30d", "2026-03-01T12:00:00-05:00", zone="America/New_York") == at("2026-03-31T12:00:00-04:00")
    assert due("1d", "2026-10-31T12:00:00-04:00", zone="America/New_York") == at("2026-11-01T12:00:00-05:00")


def test_a_skipped_local_time_moves_forward_by_the_gap() -> None:
    found = ask("1d", "2026-03-07T02:30:00-05:00", zone="America/New_York")
    assert found.reading.due.at == at("2026-03-08T03:30:00-04:00")
    assert "skipped_local_time" in codes(found)
    assert due("1d", "2026-03-28T02:00:00+01:00", zone="Europe/Berlin") == at("2026-03-29T03:00:00+02:00")


def test_a_gap_of_half_an_hour_moves_by_half_an_hour() -> None:
    found = due("1d", "2026-10-03T02:15:00+10:30", zone="Australia/Lord_Howe")
    assert found == at("2026-10-04T02:45:00+11:00")


def test_a_doubled_local_time_is_the_first() -> None:
    found = ask("1d", "2026-10-31T01:30:00-04:00", zone="America/New_York")
    assert found.reading.due.at == at("2026-11-01T01:30:00-04:00")
    assert "doubled_local_time" in codes(found)
    lord_howe = due("1d", "2026-04-04T01:45:00+11:00", zone="Australia/Lord_Howe")
    assert lord_howe == at("2026-04-05T01:45:00+11:00")


def test_received_in_the_second_of_two_equal_hours_keeps_the_time_shown() -> None:
    assert due("1d", "2026-11-01T01:30:00-05:00", zone="America/New_York") == at("2026-11-02T01:30:00-05:00")
    assert due("1h", "2026-11-01T01:30:00-04:00", zone="America/New_York") == at("2026-11-01T01:30:00-05:00")


def test_a_day_the_zone_skipped_altogether_moves_forward_by_a_day() -> None:
    assert due("1d", "2011-12-29T10:00:00-10:00", zone="Pacific/Apia") == at("2011-12-31T10:00:00+14:00")


def test_days_pass_the_end_of_february_and_of_the_year() -> None:
    assert due("1d", "2028-02-28T10:00:00+08:00") == at("2028-02-29T10:00:00+08:00")
    assert due("1d", "2027-02-28T10:00:00+08:00") == at("2027-03-01T10:00:00+08:00")
    assert due("30d", "2026-12-15T10:00:00+08:00") == at("2027-01-14T10:00:00+08:00")


def test_the_local_day_counts_and_not_the_day_of_the_offset_it_was_written_with() -> None:
    assert due("1wd", "2026-03-09T18:00:00Z") == at("2026-03-11T18:00:00+08:00")


def test_working_hours_are_due_at_the_earliest_instant_they_are_used_up() -> None:
    assert due("3wh", "2026-03-09T09:00:00+08:00") == at("2026-03-09T12:00:00+08:00")
    assert due("4wh", "2026-03-09T09:00:00+08:00") == at("2026-03-09T14:30:00+08:00")


def test_working_hours_begin_when_the_store_opens() -> None:
    assert due("1wh", "2026-03-09T12:00:00+08:00") == at("2026-03-09T14:30:00+08:00")
    assert due("1wh", "2026-03-13T18:00:00+08:00") == at("2026-03-16T10:00:00+08:00")
    assert due("1wh", "2026-03-14T03:00:00+08:00") == at("2026-03-16T10:00:00+08:00")


def test_working_hours_of_a_store_that_never_closes_pass_as_hours_do() -> None:
    for received in ("2026-03-07T12:00:00-05:00", "2026-10-31T12:00:00-04:00"):
        for hours in (12, 24, 30):
            worked = due(f"{hours}wh", received, zone="America/New_York", calendar=ROUND_THE_CLOCK)
            assert worked == due(f"{hours}h", received, zone="America/New_York")


def test_a_night_shift_over_the_change_of_the_clocks_has_the_hours_it_really_has() -> None:
    night = {"hours": {"sat": ["22:00-24:00"], "sun": ["00:00-06:00"], "mon": ["22:00-24:00"]}}
    spring = due("7wh", "2026-03-07T12:00:00-05:00", zone="America/New_York", calendar=night)
    assert spring == at("2026-03-08T06:00:00-04:00")
    autumn = due("7wh", "2026-10-31T12:00:00-04:00", zone="America/New_York", calendar=night)
    assert autumn == at("2026-11-01T04:00:00-05:00")


def test_a_working_day_target_ends_at_the_close_of_the_last_day_after_the_day_of_receipt() -> None:
    assert due("1wd", "2026-03-09T00:00:00+08:00") == at("2026-03-10T18:00:00+08:00")
    assert due("5wd", "2026-03-09T23:59:00+08:00") == at("2026-03-16T18:00:00+08:00")


def test_a_working_day_may_close_at_midnight() -> None:
    late = {"hours": {"tue": ["20:00-24:00"]}}
    assert due("1wd", "2026-03-09T10:00:00+08:00", calendar=late) == at("2026-03-11T00:00:00+08:00")
    assert due("4wh", "2026-03-09T10:00:00+08:00", calendar=late) == at("2026-03-11T00:00:00+08:00")


def test_hours_given_out_of_order_are_the_same_hours() -> None:
    turned = {"hours": {day: list(reversed(hours)) for day, hours in WEEKDAYS.items()}}
    assert due("1wd", "2026-03-09T10:00:00+08:00", calendar=turned) == at("2026-03-10T18:00:00+08:00")
    assert due("4wh", "2026-03-09T09:00:00+08:00", calendar=turned) == at("2026-03-09T14:30:00+08:00")


def test_a_day_the_zone_skipped_altogether_is_no_working_day() -> None:
    found = due("1wd", "2011-12-29T10:00:00-10:00", zone="Pacific/Apia", calendar=ROUND_THE_CLOCK)
    assert found == at("2012-01-01T00:00:00+14:00")
    hours = due("20wh", "2011-12-29T10:00:00-10:00", zone="Pacific/Apia", calendar=ROUND_THE_CLOCK)
    assert hours == due("20h", "2011-12-29T10:00:00-10:00", zone="Pacific/Apia")
