"""The queue on the screen, on a real file."""

import gc
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widget import Widget

from complaint_desk import locale
from complaint_desk.models.enums import Act
from complaint_desk.screens.act_line import ActLine
from complaint_desk.screens.key_menu import KeyMenu
from complaint_desk.screens.queue import QueueScreen
from complaint_desk.screens.ticket import TicketScreen
from tests.screens.golden import compare, text_of
from tests.screens.seat import FrozenClock, Seat, seat
from tests.screens.tickets import HOSTILE, desk_at, fill_with, take, take_a_few


def queue_of(at: Seat) -> QueueScreen:
    screen = next(screen for screen in reversed(at.app.screen_stack) if isinstance(screen, QueueScreen))
    assert isinstance(screen, QueueScreen)
    return screen


def at_cursor(at: Seat) -> str | None:
    return queue_of(at).number_at_hand


async def look_again(at: Seat) -> None:
    """What the timer does every two seconds."""
    queue_of(at).look()
    await at.settle()


def line_of(at: Seat, number: str) -> str:
    return next((line for line in text_of(at.app).splitlines()[:-8] if number in line), "")


async def test_flagged_come_first_then_what_is_due_next(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3")
        shown = text_of(at.app)
        places = [shown.index(number) for number in numbers]
        assert places == sorted(places)
        assert at_cursor(at) == numbers[0]


async def test_lateness_is_a_sign_and_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flagged, late, soon, early, _acted = take_a_few(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    async with seat(tmp_path) as at:
        await at.press("f3")
        assert "⚑ " in line_of(at, flagged)
        assert "! 2 h late" in line_of(at, late)
        assert "▲ 1 h left" in line_of(at, soon)
        assert line_of(at, early).strip().startswith("22 h left")
        assert sum(line.startswith("▸") for line in text_of(at.app).splitlines()) == 1


async def test_the_countdown_goes_on_and_turns_late_by_itself(tmp_path: Path) -> None:
    soon = take_a_few(tmp_path)[2]
    async with seat(tmp_path) as at:
        await at.press("f3")
        at.clock.forward(minutes=61)
        queue_of(at).tick()
        await at.settle()
        assert "! 1 min late" in line_of(at, soon)


async def test_the_counts_stand_above(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3")
        head = text_of(at.app).splitlines()[0]
        for count in ("⚑ 1", "▲ 1", "1 All 5", "2 Mine 5", "4 ! Late 1"):
            assert count in head


async def test_the_cursor_keeps_its_ticket_while_others_come_and_go(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "down")
        assert at_cursor(at) == numbers[2]
        with desk_at(tmp_path, as_name="liu") as other:
            more_urgent = [take(other, hours_ago=hours).number for hours in (40, 39, 38)]
        await look_again(at)
        assert at_cursor(at) == numbers[2]
        assert queue_of(at).table.cursor == 5
        with desk_at(tmp_path, as_name="liu") as other:
            for number in more_urgent:
                other.act(number, Act.RESOLVED, "settled")
        await look_again(at)
        assert at_cursor(at) == numbers[2]
        assert queue_of(at).table.cursor == 2


async def test_a_ticket_that_is_gone_leaves_the_cursor_at_its_place(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "down")
        with desk_at(tmp_path, as_name="liu") as other:
            other.act(numbers[1], Act.RESOLVED, "settled")
        await look_again(at)
        assert at_cursor(at) == numbers[2]
        assert numbers[1] not in text_of(at.app)


async def test_nothing_is_read_while_nothing_was_written(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3")
        window = queue_of(at).window
        await look_again(at)
        assert queue_of(at).window is window


async def test_a_hundred_thousand_lines_are_walked_without_holding_them(tmp_path: Path) -> None:
    fill_with(tmp_path, 100_000)
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.press("f3")
        await at.press(*["pagedown"] * 12)
        queue = queue_of(at)
        assert queue.table.cursor > 300
        assert queue.window.row(queue.table.cursor) is queue.cursor_row
        assert len(queue.window.rows) < 400
        await at.press("end")
        assert queue.table.cursor == 100_000
        assert at_cursor(at) == queue.window.rows[-1].number
        await at.press("home")
        assert queue.table.cursor == 0
        assert at_cursor(at) == queue.window.rows[0].number


async def test_an_empty_queue_says_so_kindly(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "enter", "a", "m", "end")
        assert "No ticket is open: everything is settled. F2 takes the next call." in text_of(at.app)
        assert isinstance(at.app.screen, QueueScreen)


async def test_a_file_that_cannot_be_used_is_a_sentence_in_the_queue(tmp_path: Path) -> None:
    (tmp_path / "desk.db").write_text("this is not a database, but it was here before", "utf-8")
    async with seat(tmp_path) as at:
        await at.press("f3")
        fault = queue_of(at).fault
        assert fault
        assert fault.split(".")[0][:40] in text_of(at.app).replace("\n", " ")
        assert at.app.is_running


async def test_enter_opens_the_ticket_and_escape_comes_back_to_the_same_line(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "down", "enter")
        assert isinstance(at.app.screen, TicketScreen)
        assert at.app.screen.number == numbers[2]
        await at.press("escape")
        assert isinstance(at.app.screen, QueueScreen)
        assert at_cursor(at) == numbers[2]


async def test_an_act_from_the_list_is_recorded_and_said_in_a_line(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "down", "a")
        assert isinstance(at.app.screen, ActLine)
        await at.type("Chen rang Mrs Hughes and said sorry")
        await at.press("enter")
        assert isinstance(at.app.screen, QueueScreen)
        assert queue_of(at).said.sentence == f"{numbers[2]}  Acknowledged. Met: Admit."
        assert at_cursor(at) == numbers[2]
        assert "25 h left" in line_of(at, numbers[2])


async def test_every_act_of_the_list_also_works_by_digits(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "ctrl+k")
        assert isinstance(at.app.screen, KeyMenu)
        await at.press("3")
        assert isinstance(at.app.screen, ActLine)
        assert at.app.screen.act is Act.OWNED


async def test_hostile_words_stand_in_the_queue_as_they_are(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        take(
            desk,
            hours_ago=1,
            what=HOSTILE,
            caller=HOSTILE,
            phone=HOSTILE,
            remedy_wanted=HOSTILE,
            store=HOSTILE,
        )
    async with seat(tmp_path, size=(200, 40), as_name="[/] chen") as at:
        await at.press("f3")
        shown = text_of(at.app)
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        assert "[/] [@click=app.quit]x" in shown
        await at.pilot.click("#essence", offset=(20, 2))
        await at.pilot.click("#lines", offset=(40, 1))
        await at.settle()
        assert at.app.is_running


async def test_below_the_list_stands_what_others_told_like_it_and_who_was_hurt(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        take(desk, hours_ago=5, what="电压力锅炸了,手烫伤了,去医院缝了三针")
        take(desk, hours_ago=4, what="电压力锅漏气")
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.press("f3", "down")
        await at.until(lambda: "1 injury" in text_of(at.app))
        assert "电压力锅: 2nd in 7 days (1 injury)" in text_of(at.app)


async def test_the_language_changes_under_the_cursor(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "down")
        await at.press("f12")
        assert locale.language() == "zh_CN"
        assert "超时2小时" in line_of(at, numbers[1])
        assert at_cursor(at) == numbers[1]
        await at.press("f12")
        assert "2 h late" in line_of(at, numbers[1])


async def test_nothing_ticks_while_the_queue_is_not_seen(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3")
        queue = queue_of(at)
        assert queue._ticking is not None
        assert queue._ticking._active.is_set()
        await at.press("f2")
        assert not queue._ticking._active.is_set()
        await at.press("f3")
        assert queue._ticking._active.is_set()


@pytest.mark.parametrize("size", [(40, 10), (20, 5), (10, 3)])
async def test_a_small_terminal_is_survived(tmp_path: Path, size: tuple[int, int]) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "down")
        await at.pilot.resize_terminal(*size)
        await at.press("down", "pagedown", "home", "down")
        await at.press("enter")
        await at.press("a")
        await at.press("escape", "escape")
        await at.pilot.resize_terminal(80, 24)
        await at.settle()
        assert at_cursor(at) == numbers[1]
        assert line_of(at, numbers[1]).startswith("▸")


async def test_no_widget_outlives_its_screen(tmp_path: Path) -> None:
    take_a_few(tmp_path)

    def alive() -> int:
        gc.collect()
        return sum(isinstance(thing, Widget) for thing in gc.get_objects())

    async with seat(tmp_path) as at:
        await at.press("f3")

        async def round_trip() -> None:
            await at.press("down", "enter", "a", "escape", "escape", "m", "escape", "up")

        for _warm in range(3):
            await round_trip()
        before = alive()
        for _time in range(10):
            await round_trip()
        assert alive() <= before


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_queue_looks_as_it_was_approved(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=size, language=language) as at:
        await at.press("f3", "down")
        compare(at.app, f"queue_{size[0]}x{size[1]}_{language}")


async def test_the_late_are_counted_anew_as_time_passes(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    clock = FrozenClock()
    async with seat(tmp_path, clock=clock) as at:
        await at.press("f3")
        clock.forward(hours=30)
        queue = queue_of(at)
        queue._ticks = 59
        queue.tick()
        await at.settle()
        assert "! Late 5" in text_of(at.app).splitlines()[0]
        assert queue.window.counts.late == 5
        assert clock.now - timedelta(hours=30) == FrozenClock().now


async def test_a_ticket_that_waits_stands_last_and_comes_back_by_itself(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    with desk_at(tmp_path) as desk:
        desk.act(numbers[1], Act.ACKNOWLEDGED, "rang and said sorry")
        desk.act(numbers[1], Act.OWNED, "Liu takes it")
        desk.pause(
            numbers[1], "the maker's report is awaited", desk.clock() + timedelta(hours=50, minutes=20)
        )
    async with seat(tmp_path) as at:
        await at.press("f3")
        assert "‖ paused 50 h 20 min" in line_of(at, numbers[1])
        assert queue_of(at).window.rows[-1].number == numbers[1]
        assert "‖ Paused 1" in text_of(at.app).splitlines()[0]
        at.clock.forward(hours=51)
        queue_of(at)._ticks = 59
        queue_of(at).tick()
        await at.settle()
        assert "left" in line_of(at, numbers[1])
        assert "paused" not in text_of(at.app)
        assert "Paused" not in text_of(at.app).splitlines()[0]
