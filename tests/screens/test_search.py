"""The search on the screen, on a real file: found while one types, opened and come back to, in both languages."""

from pathlib import Path

import pytest

from complaint_desk import locale
from complaint_desk.desk.finding.search_offers import completed
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import DeskError
from complaint_desk.screens import search as search_screen
from complaint_desk.screens.act_line import ActLine
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.key_menu import KeyMenu
from complaint_desk.screens.queue import QueueScreen
from complaint_desk.screens.search import SearchScreen
from complaint_desk.screens.ticket import TicketScreen
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import HOSTILE, desk_at, take, take_a_few


@pytest.fixture(autouse=True)
def _found_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search is made on the last key, so that no test waits."""
    monkeypatch.setattr(search_screen, "SEARCH_AFTER_SECONDS", 0)


def search_of(at: Seat) -> SearchScreen:
    screen = next(screen for screen in reversed(at.app.screen_stack) if isinstance(screen, SearchScreen))
    assert isinstance(screen, SearchScreen)
    return screen


async def look_for(at: Seat, text: str) -> list[str]:
    """The numbers that are found for what is written in the place of what stood there."""
    if not isinstance(at.app.screen, SearchScreen):
        await at.press("f4")
    await at.press("f4")
    await at.type(text)
    await at.settle()
    return [row.number for row in search_of(at).found.rows]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("酸奶", [0]),
        ("酸", [0]),
        ("'till", [4]),
        ("refund*", []),
        ("charg", [2, 4]),
        ("char", [2, 4]),
        ('"soy sauce" -bottles', [2]),
        ("zhaoting", [0]),
        ("zt", [0]),
        ("8000", [4]),
        ("who:xiao", [4]),
        ("type:victim", [2]),
        ("type:谈判型", [1]),
        ("late:yes", [1]),
        ("超时:是", [1]),
        ("owner:me 跳闸", [1]),
        ("after:today 酸奶", [0]),
        ("before:today", [1, 2]),
        ("zzzz", []),
    ],
)
async def test_what_is_written_is_found_as_on_the_command_line(
    tmp_path: Path, text: str, places: list[int]
) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        assert sorted(await look_for(at, text)) == sorted(numbers[place] for place in places)


async def test_a_product_code_is_found_by_all_of_it_and_by_its_beginning(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        kettle = take(desk, hours_ago=2, what="电水壶 XK-200b 漏电").number
        take(desk, hours_ago=2, what="电水壶 XK-300 漏水")
    async with seat(tmp_path) as at:
        assert await look_for(at, "XK-200b") == [kettle]
        assert len(await look_for(at, "xk*")) == 2


async def test_the_words_found_stand_marked(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await look_for(at, "sauce")
        row = search_of(at).row
        assert row is not None
        assert [row.snippet.text[left:right] for left, right in row.snippet.marks] == ["sauce"]
        assert "【sauce】" in text_of(at.app)


async def test_enter_opens_and_escape_comes_back_with_words_and_cursor(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        numbers = await look_for(at, "status:open")
        await at.press("down", "down", "enter")
        assert isinstance(at.app.screen, TicketScreen)
        assert at.app.screen.number == numbers[2]
        await at.press("escape")
        assert search_of(at).sought.words == "status:open"
        assert search_of(at).number_at_hand == numbers[2]


async def test_enter_right_after_the_last_letter_opens_what_is_found_for_all_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f4")
        monkeypatch.setattr(search_screen, "SEARCH_AFTER_SECONDS", 3_600)
        await at.type("跳闸")
        await at.pilot.press("enter")
        await at.until(lambda: isinstance(at.app.screen, TicketScreen))
        assert isinstance(at.app.screen, TicketScreen)
        assert at.app.screen.number == numbers[1]
        at.app.workers.cancel_all()


async def test_a_call_is_left_for_a_search_and_taken_up_again_as_it_was(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("She bought a kettle")
        await look_for(at, "跳闸")
        await at.press("enter", "escape", "escape")
        assert isinstance(at.app.screen, CallScreen)
        assert at.words("what") == "She bought a kettle"
        await at.type(" and it leaks")
        assert at.words("what") == "She bought a kettle and it leaks"
        await at.press("f4")
        assert search_of(at).sought.words == "跳闸"


async def test_escape_goes_back_to_the_queue_where_one_came_from_there(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "f4", "escape")
        assert isinstance(at.app.screen, QueueScreen)


@pytest.mark.parametrize(
    "text", ["type:", "after:elephant", "frist:x", "-", '"', "((((", "late:maybe", "*", HOSTILE]
)
async def test_a_search_that_makes_no_sense_is_answered_with_a_sentence(tmp_path: Path, text: str) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await look_for(at, "酸奶")
        assert not await look_for(at, text)
        screen = search_of(at)
        assert screen.refusal or "Nothing was found" in screen.table.empty
        assert (screen.refusal or screen.table.empty).split()[0] in text_of(at.app)
        assert await look_for(at, "酸奶")


async def test_the_next_page_is_read_before_it_is_seen(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        numbers = [take(desk, hours_ago=1, what=f"hair dryer {place}").number for place in range(120)]
    async with seat(tmp_path) as at:
        found = await look_for(at, "dryer")
        assert len(found) < len(numbers)
        assert search_of(at).found.total == len(numbers)
        for _page in range(8):
            await at.press("pagedown")
        await at.press("ctrl+end")
        held = search_of(at).found
        assert {row.number for row in held.rows} == set(numbers)
        assert search_of(at).number_at_hand == held.rows[-1].number


async def test_an_act_from_the_menu_changes_the_line(tmp_path: Path) -> None:
    late = take_a_few(tmp_path)[1]
    async with seat(tmp_path) as at:
        await look_for(at, "late:yes")
        await at.press("ctrl+k")
        assert isinstance(at.app.screen, KeyMenu)
        await at.press("4")
        assert isinstance(at.app.screen, ActLine)
        assert at.app.screen.act is Act.RESOLVED
        await at.type("Refunded, she is content")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, SearchScreen))
        await at.until(lambda: not search_of(at).found.rows)
        assert late in search_of(at).said.sentence


async def test_what_another_desk_did_is_seen_when_one_comes_back(tmp_path: Path) -> None:
    numbers = take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await look_for(at, "跳闸")
        await at.press("enter")
        with desk_at(tmp_path, as_name="liu") as desk:
            desk.act(numbers[1], Act.RESOLVED, "Exchanged")
        await at.press("escape")
        await at.until(lambda: search_of(at).row and search_of(at).row.status == "resolved")  # type: ignore[union-attr]


async def test_tab_completes_the_field_and_the_cursor_stays_in_the_line(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f4")
        await at.type("ty")
        await at.press("tab")
        assert search_of(at).sought.words == "type:"
        await at.type("vic")
        await at.press("tab")
        assert search_of(at).sought.words == "type:Victim "
        assert search_of(at).sought.has_focus


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_field_and_value_that_is_offered_is_understood(tmp_path: Path, language: str) -> None:
    locale.use(language)
    try:
        with desk_at(tmp_path) as desk:
            take(desk, hours_ago=1)
            for field in desk.search_offers("").choices:
                values = desk.search_offers(field).choices or ("x",)
                for value in values:
                    desk.search(field + value)
            assert completed(desk.search_offers("zzzz ")) is not None
            with pytest.raises(DeskError):
                desk.search("zzzz:x")
    finally:
        locale.use("en")


async def test_the_language_changes_on_the_spot_and_what_is_written_stays(tmp_path: Path) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path) as at:
        numbers = await look_for(at, "charg")
        await at.press("f12")
        assert "搜索" in text_of(at.app)
        assert search_of(at).sought.words == "charg"
        assert [row.number for row in search_of(at).found.rows] == numbers


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_search_looks_as_approved(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=size, language=language) as at:
        await look_for(at, "status:open -停车场")
        await at.press("down")
        compare(at.app, f"search_{size[0]}x{size[1]}_{language}")


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_empty_search_looks_as_approved(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    take_a_few(tmp_path)
    async with seat(tmp_path, size=size, language=language) as at:
        await at.press("f4")
        compare(at.app, f"search_empty_{size[0]}x{size[1]}_{language}")
