"""A grave matter raises an alarm at every seat: one line, never a window over a call."""

from functools import partial
from pathlib import Path

import pytest

from complaint_desk.models.enums import Severity
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.queue import QueueScreen
from tests.screens.golden import text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import desk_at, take


def grave_case(folder: Path) -> str:
    with desk_at(folder, as_name="liu") as other:
        return take(other, hours_ago=0, what="孩子喝了过期的酸奶,上吐下泻,昨晚去医院挂了急诊").number


def top_line(at: Seat) -> str:
    return text_of(at.app).splitlines()[0]


async def test_food_safety_at_another_seat_is_told_in_the_top_line_of_the_call_and_nowhere_else(
    tmp_path: Path,
) -> None:
    async with seat(tmp_path) as at:
        await at.type("13800138000")
        before = text_of(at.app).splitlines()[1:]
        number = grave_case(tmp_path)
        await at.app.alarm.look()
        await at.settle()
        assert f"⚑ {number} F3" in top_line(at)
        assert text_of(at.app).splitlines()[1:] == before
        assert isinstance(at.app.screen, CallScreen)
        assert at.words("phone") == "13800138000"


async def test_the_alarm_is_over_once_the_queue_was_looked_at_and_stays_over(tmp_path: Path) -> None:
    number = grave_case(tmp_path)
    async with seat(tmp_path) as at:
        await at.app.alarm.look()
        assert number in top_line(at)
        await at.press("f3")
        assert queue_says(at) == f"Grave: {number} food safety"
        await at.press("f2")
        assert "⚑" not in top_line(at)
    async with seat(tmp_path) as at:
        await at.app.alarm.look()
        await at.settle()
        assert "⚑" not in top_line(at)


def queue_says(at: Seat) -> str:
    assert isinstance(at.app.screen, QueueScreen)
    return at.app.screen.said.sentence


async def test_a_matter_made_grave_later_raises_the_alarm_in_the_open_queue(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        number = take(desk, hours_ago=1).number
    async with seat(tmp_path) as at:
        await at.press("f3")
        with desk_at(tmp_path, as_name="liu") as other:
            other.change_severity(number, Severity.GRAVE, "a reporter rang")
        await at.app.alarm.look()
        await at.settle()
        assert queue_says(at) == f"Grave: {number} 4"


async def test_the_bell_rings_only_where_the_settings_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked in (False, True):
        async with seat(tmp_path) as at:
            rung: list[int] = []
            monkeypatch.setattr(at.app, "bell", partial(rung.append, 1))
            desk = await at.app.desk_ready()
            desk.settings = desk.settings.model_copy(update={"alarm_bell": asked})
            grave_case(tmp_path)
            await at.app.alarm.look()
            assert bool(rung) is asked
