"""Who is calling: known before the second sentence, the call added to an open ticket, what others told the same."""

from pathlib import Path
from threading import Event

import pytest

from complaint_desk.desk.customers import who_calls
from complaint_desk.desk.customers.callers import get_ready
from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act
from complaint_desk.screens import call_known
from complaint_desk.screens.added_card import AddedCard
from complaint_desk.screens.call import CallScreen
from complaint_desk.screens.caller import CallerScreen
from complaint_desk.screens.confirm import Confirm
from complaint_desk.screens.customer import CustomerScreen
from complaint_desk.screens.ticket import TicketScreen
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import HOSTILE, desk_at, take

NUMBER = "13800138000"


@pytest.fixture(autouse=True)
def _looked_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is looked round on the last key, so that no test waits."""
    monkeypatch.setattr(call_known, "RADAR_AFTER_SECONDS", 0.01)


def known_callers(folder: Path) -> tuple[str, str]:
    """王芳 with a settled and an open complaint, 李强 twice, one of them hurt; the numbers of 王芳's two."""
    with desk_at(folder) as desk:
        settled = take(desk, hours_ago=300, what="电饭煲跳闸", caller="王芳", phone=NUMBER)
        desk.act(settled.number, Act.RESOLVED, "换了新的,顾客满意")
        open_one = take(desk, hours_ago=20, what="结账多收了两瓶酱油的钱", caller="王芳", phone=NUMBER)
        take(desk, hours_ago=60, what="酱油瓶子漏了", caller="李强", phone="13700137000")
        take(desk, hours_ago=50, what="酱油瓶子划破手,流血缝针", caller="李强", phone="13700137000")
        return settled.number, open_one.number


def line(at: Seat) -> str:
    return text_of(at.app).splitlines()[0]


async def typed(at: Seat, **words: str) -> None:
    for name, text in words.items():
        await at.go_to(name)
        await at.type(text)
    await at.settle()
    await at.until(lambda: at.call.looked_up)
    await at.settle()


async def pressed(at: Seat, *keys: str) -> None:
    """Keys after which a worker may wait for an answer."""
    await at.pilot.press(*keys)
    await at.pilot.pause()


async def test_the_number_tells_who_it_is_in_the_top_line(tmp_path: Path) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await typed(at, phone="138 0013 8000")
        assert "138 0013 8000 · 王芳 · 3rd complaint, 1 open ▸^O" in line(at)


async def test_in_80_columns_the_key_to_more_still_stands_there(tmp_path: Path) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(at, phone=NUMBER)
        assert "1 open ▸^O" in line(at)


@pytest.mark.parametrize("name", ["王芳", "wangfang", "wf"])
async def test_a_name_by_characters_pinyin_or_initials_says_who_it_may_be(tmp_path: Path, name: str) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await typed(at, caller=name)
        assert "perhaps 王芳 · 3rd complaint, 1 open" in line(at)


async def test_nobody_known_says_nothing(tmp_path: Path) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(at, phone="13999999999", caller="赵六")
        assert "▸^O" not in line(at)
        await at.press("ctrl+o")
        assert isinstance(at.app.screen, CallScreen)
        assert "Nobody known" in at.notice


async def test_several_people_on_one_number_are_chosen_from(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        take(desk, hours_ago=30, caller="王芳", phone=NUMBER)
        take(desk, hours_ago=20, caller="李强", phone=NUMBER)
    async with seat(tmp_path) as at:
        await typed(at, phone=NUMBER)
        assert "2 people may be meant" in line(at)
        await at.press("ctrl+o")
        assert isinstance(at.app.screen, CallerScreen)
        assert "Several people ring from this number" in text_of(at.app)
        await at.press("1")
        assert at.app.screen.card is not None
        await at.press("escape")
        assert at.app.screen.card is None
        await at.press("escape")
        assert isinstance(at.app.screen, CallScreen)


async def test_the_card_tells_what_is_open_and_how_the_last_one_ended(tmp_path: Path) -> None:
    settled, open_one = known_callers(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await typed(at, phone=NUMBER)
        await at.press("ctrl+o")
        shown = text_of(at.app)
        assert f"Add to {open_one}?" in shown
        assert settled in shown
        assert "换了新的,顾客满意" in shown
        assert "Goodwill 90 d" in shown


async def test_number_and_name_are_taken_over_from_the_card(tmp_path: Path) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(at, caller="wf")
        await at.press("ctrl+o")
        screen = at.app.screen
        assert isinstance(screen, CallerScreen)
        place = next(n for n, pick in enumerate(screen.things.picks, 1) if pick.value == "take")
        await at.press(str(place))
        assert at.words("phone") == "138 0013 8000"
        assert at.words("caller") == "wf"


async def test_a_call_is_added_to_an_open_ticket_with_every_word(tmp_path: Path) -> None:
    _settled, open_one = known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(
            at, phone=NUMBER, caller="王芳", what="还是没人回电话\n小票在手上", remedy_wanted="今天给答复"
        )
        await at.press("f5", "ctrl+o")
        await pressed(at, "1")
        await at.until(lambda: isinstance(at.app.screen, Confirm))
        await pressed(at, "enter")
        await at.until(lambda: isinstance(at.app.screen, AddedCard))
        assert open_one in text_of(at.app)
        await at.press("enter")
        assert at.words("what") == ""
        with desk_at(tmp_path) as desk:
            note = desk.ticket(open_one).history[-1]
        assert note.act is Act.NOTED
        for words in ("还是没人回电话\n小票在手上", "今天给答复", "138 0013 8000", "HEAT: Hear"):
            assert words in str(note.text)


async def test_an_added_call_is_taken_back_and_stands_in_the_form_again(tmp_path: Path) -> None:
    _settled, open_one = known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(at, phone=NUMBER, what="还是没人回电话")
        await at.press("ctrl+o")
        await pressed(at, "1")
        await at.until(lambda: isinstance(at.app.screen, Confirm))
        await pressed(at, "enter")
        await at.until(lambda: isinstance(at.app.screen, AddedCard))
        await at.press("u")
        await at.until(lambda: at.words("what") == "还是没人回电话")
        with desk_at(tmp_path) as desk:
            assert all(each.undone for each in desk.ticket(open_one).history if each.act is Act.NOTED)
        await at.press("ctrl+s", "ctrl+s")
        await at.settle()
        with desk_at(tmp_path) as desk:
            assert len(desk.complaints_of(open_one)) == 3


async def test_no_at_the_question_leaves_the_call_as_it_was(tmp_path: Path) -> None:
    _settled, open_one = known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(at, phone=NUMBER, what="还是没人回电话")
        await at.press("ctrl+o")
        await pressed(at, "1")
        await at.until(lambda: isinstance(at.app.screen, Confirm))
        await at.press("escape")
        assert at.words("what") == "还是没人回电话"
        with desk_at(tmp_path) as desk:
            assert len(desk.ticket(open_one).history) == 1


async def test_a_ticket_that_was_settled_meanwhile_takes_no_call(tmp_path: Path) -> None:
    _settled, open_one = known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(at, phone=NUMBER, what="还是没人回电话")
        await at.press("ctrl+o")
        with desk_at(tmp_path, as_name="liu") as desk:
            desk.act(open_one, Act.RESOLVED, "退了")
        await pressed(at, "1")
        await at.until(lambda: isinstance(at.app.screen, Confirm))
        await at.press("enter")
        assert "not open any more" in at.notice
        assert at.words("what") == "还是没人回电话"


async def test_what_others_told_the_same_stands_with_the_coach(tmp_path: Path) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.go_to("what")
        await at.type("酱油里有玻璃渣")
        await at.settle()
        await at.until(lambda: at.call.repeats)
        assert "酱油: 4th in 7 days (1 injury)" in at.call.repeats
        assert "酱油: 4th in 7 days" in text_of(at.app)
        await at.press("f12")
        assert "酱油：7天内第4起（1起受伤）" in at.call.repeats


async def test_the_probable_duplicate_is_offered_too(tmp_path: Path) -> None:
    _settled, open_one = known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("结账的时候多收了我两瓶酱油的钱")
        await at.go_to("caller")
        await at.type("王芳")
        await at.settle()
        await at.until(lambda: at.call.radar.duplicates)
        assert [one.number for one in at.call.radar.duplicates] == [open_one]


async def test_the_next_call_knows_nothing_of_the_one_before(tmp_path: Path) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await typed(at, phone=NUMBER, what="酱油漏了")
        await at.until(lambda: at.call.repeats)
        await at.press("ctrl+n")
        assert "▸^O" not in line(at)
        assert at.call.repeats == ""


async def test_the_ticket_leads_to_the_card_and_back(tmp_path: Path) -> None:
    _settled, _open_one = known_callers(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "enter")
        assert isinstance(at.app.screen, TicketScreen)
        await at.press("ctrl+o")
        assert isinstance(at.app.screen, CustomerScreen)
        await at.press("escape")
        assert isinstance(at.app.screen, TicketScreen)


async def test_hostile_names_and_words_are_shown_and_obeyed_in_nothing(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        take(desk, hours_ago=2, what=HOSTILE + " 酱油", caller=HOSTILE, phone=NUMBER)
        take(desk, hours_ago=3, what=HOSTILE + " 酱油", caller=HOSTILE, phone=NUMBER)
    async with seat(tmp_path) as at:
        await typed(at, phone=NUMBER, what="酱油")
        await at.press("ctrl+o")
        assert isinstance(at.app.screen, CallerScreen)
        assert "[/]" in text_of(at.app)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_who_is_calling_looks_as_approved(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    known_callers(tmp_path)
    async with seat(tmp_path, size=size, language=language) as at:
        await typed(at, phone=NUMBER, what="酱油又多收了钱")
        await at.until(lambda: at.call.repeats and not at.call.keeping.unwritten)
        await at.go_to("caller")
        await at.settle()
        await at.until(lambda: at.call.heard is not None)
        compare(at.app, f"call_known_{size[0]}x{size[1]}_{language}")
        await at.press("ctrl+o")
        compare(at.app, f"caller_{size[0]}x{size[1]}_{language}")


async def test_keys_are_taken_while_an_older_question_waits_and_the_newest_words_are_asked_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known_callers(tmp_path)
    asked: list[str] = []
    let_go = Event()

    def slow(desk: Desk, phone: str, caller: str) -> who_calls.WhoCalls:
        asked.append(phone)
        if phone == NUMBER[:4]:
            let_go.wait(10)
        return lookup(desk, phone, caller)

    lookup = who_calls.who_calls
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.until(lambda: at.call.looked_up)
        monkeypatch.setattr(who_calls, "who_calls", slow)
        await at.go_to("phone")
        await at.pilot.press(*NUMBER[:4])
        await at.until(lambda: NUMBER[:4] in asked)
        await at.pilot.press(*NUMBER[4:])
        assert at.call.form.words()["phone"] == NUMBER
        assert asked[-1] == NUMBER[:4]
        let_go.set()
        await at.until(lambda: at.call.looked_up)
        assert asked[-2:] == [NUMBER[:4], NUMBER]
        await at.settle()
        assert "王芳 · 3rd complaint" in line(at)


def test_getting_ready_for_callers_looks_at_nobody(tmp_path: Path) -> None:
    known_callers(tmp_path)
    with desk_at(tmp_path) as desk:
        get_ready(desk)
        assert not desk._looked_at
        assert [one.name for one in desk.who_is(NUMBER)] == ["王芳"]
