"""The supervisor's desk by keys: views, filter, marks, deeds on one ticket or many, why, the shift sheet."""

from datetime import timedelta
from pathlib import Path

import pytest

from complaint_desk.desk.staff.seat import SeatMemory
from complaint_desk.models.enums import Act, Role, Severity
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.models.settling import PromiseMade, RemedyKind
from complaint_desk.screens.act_line import ActLine
from complaint_desk.screens.deed_card import DeedCard
from complaint_desk.screens.deed_report import DeedReport
from complaint_desk.screens.deeds import Deed
from complaint_desk.screens.key_menu import KeyMenu
from complaint_desk.screens.queue import QueueScreen
from complaint_desk.screens.shift_card import ShiftCard
from complaint_desk.screens.store_choice import StoreChoice
from complaint_desk.screens.why_card import WhyCard
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import HOSTILE, desk_at, fill_with, take, take_a_few


@pytest.fixture
def numbers(tmp_path: Path) -> list[str]:
    """Five tickets in the queue's order, and two colleagues to give them to."""
    found = take_a_few(tmp_path)
    with desk_at(tmp_path) as desk:
        desk.join("Liu Min", Role.AGENT)
        desk.join("Boss Wang", Role.SUPERVISOR)
    return found


def queue_of(at: Seat) -> QueueScreen:
    screen = next(screen for screen in reversed(at.app.screen_stack) if isinstance(screen, QueueScreen))
    assert isinstance(screen, QueueScreen)
    return screen


def shown(at: Seat) -> list[str]:
    return [row.number for row in queue_of(at).window.rows]


async def narrow(at: Seat, text: str) -> None:
    await at.press("slash")
    await at.type(text)
    await at.until(lambda: queue_of(at).window.text == text)
    await at.settle()


def owner_of(folder: Path, number: str) -> str | None:
    with desk_at(folder) as desk:
        owner: str | None = desk.ticket(number).owner
        return owner


# Views and filter


async def test_digits_and_arrows_choose_the_view_and_the_head_counts_them(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path, size=(160, 24)) as at:
        await at.press("f3")
        head = text_of(at.app).splitlines()[0]
        for words in ("1 All 5", "2 Mine 5", "3 Nobody's 0", "4 ! Late 1", "5 This shift 1", "7 ‖ Paused 0"):
            assert words in head
        await at.press("4")
        assert shown(at) == [numbers[1]]
        await at.press("right")
        assert shown(at) == [numbers[2]]
        await at.press("left", "left")
        assert queue_of(at).choice.view is QueueView.NOBODYS
        assert "Every open ticket has an owner." in text_of(at.app)
        await at.press("1")
        assert shown(at) == numbers


async def test_the_cursor_keeps_its_ticket_from_view_to_view(tmp_path: Path, numbers: list[str]) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "down", "2")
        assert queue_of(at).number_at_hand == numbers[2]


@pytest.mark.parametrize("key", ["slash", "ideographic_comma"])
async def test_letters_are_text_in_the_filter_and_acts_in_the_list(
    tmp_path: Path, numbers: list[str], key: str
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", key)
        await at.press("s", "o", "y", "space", "t", "w", "i", "c", "e", "1", "backspace", "backspace", "e")
        assert queue_of(at).field.words == "soy twice"
        await at.until(lambda: queue_of(at).window.text == "soy twice")
        assert shown(at) == [numbers[2]] or shown(at) == [numbers[2], numbers[4]]
        await at.press("enter", "n")
        assert isinstance(at.app.screen, ActLine)


async def test_a_filter_finds_the_last_four_digits_and_escape_takes_it_away(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3")
        await narrow(at, "3333")
        assert shown(at) == [numbers[0]]
        await at.press("escape", "escape")
        await at.until(lambda: queue_of(at).window.text == "")
        await at.settle()
        assert shown(at) == numbers


async def test_a_filter_that_makes_no_sense_is_said_beside_it_and_the_list_stays(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path, size=(120, 24)) as at:
        await at.press("f3", "slash")
        await at.type("who:")
        await at.until(lambda: queue_of(at).refusal)
        assert "? Write what to look for right after who:" in text_of(at.app)
        assert shown(at) == numbers


async def test_view_and_filter_are_remembered_at_this_seat(tmp_path: Path, numbers: list[str]) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "2")
        await narrow(at, "电饭煲")
        await at.settle()
    async with seat(tmp_path) as at:
        await at.press("f3")
        assert queue_of(at).choice == QueueChoice(QueueView.MINE)
        assert queue_of(at).field.words == "电饭煲"
        assert shown(at) == [numbers[1]]
    async with seat(tmp_path, as_name="somebody else") as at:
        await at.press("f3")
        assert queue_of(at).choice == QueueChoice()


@pytest.mark.parametrize("written", ["", "[]", "{", '{"view": 3}', '{"warned": 1, "seen": 2, "filter": {}}'])
def test_a_memory_that_cannot_be_read_is_an_empty_one(tmp_path: Path, written: str) -> None:
    memory = SeatMemory.of(tmp_path / "desk.drafts", "chen")
    assert memory.keep()
    memory.notes.path.write_text(written, "utf-8")
    read = SeatMemory.of(tmp_path / "desk.drafts", "chen")
    assert (read.choice.view, read.warned, read.seen) == (QueueView.ALL, {}, {})


async def test_one_store_is_chosen_from_those_that_have_tickets(tmp_path: Path, numbers: list[str]) -> None:
    with desk_at(tmp_path) as desk:
        other = take(desk, hours_ago=1, store="南山店").number
    async with seat(tmp_path) as at:
        await at.press("f3", "w")
        assert isinstance(at.app.screen, StoreChoice)
        await at.press("3")
        assert shown(at) == [other]
        assert text_of(at.app).splitlines()[0].strip().startswith("南山店:")
        await at.press("w", "1")
        assert len(shown(at)) == 6


# Deeds on one ticket


async def test_a_ticket_is_taken_on_one_key_and_given_back_on_another(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path, as_name="Boss Wang") as at:
        await at.press("f3", "down", "g")
        assert queue_of(at).said.sentence == f"{numbers[1]}  Owner: Boss Wang."
        assert owner_of(tmp_path, numbers[1]) == "Boss Wang"
        await at.press("u", "enter")
        assert "Taken back" in queue_of(at).said.sentence
        assert owner_of(tmp_path, numbers[1]) == "chen"


async def test_a_ticket_is_handed_over_with_the_summary_the_desk_wrote(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "h")
        card = at.app.screen
        assert isinstance(card, DeedCard)
        assert "电饭煲跳闸" in card.words.words
        await at.type("liu")
        await at.press("enter")
        assert queue_of(at).said.sentence == f"{numbers[1]}  Owner: Liu Min."
    with desk_at(tmp_path) as desk:
        assert "电饭煲跳闸" in (desk.ticket(numbers[1]).history[-1].text or "")


async def test_severity_escalation_pause_and_return_are_told_on_the_card(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "down", "down", "v")
        await at.type("3")
        await at.press("enter")
        await at.type("a fall in the dark")
        await at.press("enter")
        assert "Severity: 3." in queue_of(at).said.sentence
        await at.press("e")
        await at.type("boss")
        await at.press("enter")
        await at.type("the lights are out since Sunday")
        await at.press("enter")
        assert queue_of(at).said.sentence == f"{numbers[3]}  Escalated to Boss Wang, level 1."
        await at.press("p")
        await at.type("tomorrow 10:00")
        await at.press("enter")
        await at.type("waits for the electrician")
        await at.press("enter")
        assert "Paused until tomorrow 10:00." in queue_of(at).said.sentence
    with desk_at(tmp_path) as desk:
        ticket = desk.ticket(numbers[3])
        assert (ticket.severity, ticket.escalation.to if ticket.escalation else "") == (
            Severity.SERIOUS,
            "Boss Wang",
        )
        assert [pause.reason for pause in ticket.pauses] == ["waits for the electrician"]


async def test_what_is_missing_gets_the_cursor_and_what_is_refused_keeps_the_text(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "p", "enter")
        await at.type("yesterday")
        await at.press("enter")
        await at.type("waits for the maker")
        await at.press("enter")
        card = at.app.screen
        assert isinstance(card, DeedCard)
        assert "The return is not clear. Nothing was done yet." in " ".join(text_of(at.app).split())
        assert card.words.words == "waits for the maker"
        await at.press("escape", "p")
        again = at.app.screen
        assert isinstance(again, DeedCard)
        assert (again.words.words, again.fields["until"].words) == ("waits for the maker", "yesterday")


async def test_a_change_by_another_desk_is_told_before_a_deed_is_done(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "down", "v")
        with desk_at(tmp_path, as_name="Boss Wang") as other:
            other.act(numbers[1], Act.OWNED, "rang")
        await at.type("3")
        await at.press("enter")
        await at.type("it burns")
        await at.press("enter")
        assert "The ticket has changed meanwhile: Boss Wang took" in " ".join(text_of(at.app).split())
        await at.press("enter")
        assert "Severity: 3." in queue_of(at).said.sentence


# Deeds on many


async def test_marked_tickets_are_assigned_at_once_and_it_is_all_taken_back(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "space", "space", "down", "space")
        assert list(queue_of(at).marks) == [numbers[0], numbers[1], numbers[3]]
        assert "● 3" in text_of(at.app).splitlines()[0]
        await at.press("i")
        await at.type("liu")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.settle()
        assert queue_of(at).said.sentence == "Assign: done on 3 tickets. U takes it back."
        assert not queue_of(at).marks
        assert [owner_of(tmp_path, number) for number in numbers] == [
            "Liu Min", "Liu Min", "chen", "Liu Min", "chen",
        ]  # fmt: skip
        await at.press("u", "enter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.settle()
        assert {owner_of(tmp_path, number) for number in numbers} == {"chen"}


async def test_half_a_failure_loses_nothing_and_says_of_each_ticket_what_became_of_it(
    tmp_path: Path, numbers: list[str]
) -> None:
    with desk_at(tmp_path) as desk:
        desk.act(numbers[2], Act.RESOLVED, "settled at the counter")
    async with seat(tmp_path) as at:
        await at.press("f3", "ctrl+a")
        with desk_at(tmp_path) as desk:
            desk.act(numbers[3], Act.RESOLVED, "the lights are on again")
        await at.press("v")
        await at.type("3")
        await at.press("enter")
        await at.type("all of them")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, DeedReport))
        await at.settle()
        report = text_of(at.app)
        assert "1 was not changed and stays marked." in " ".join(report.split())
        assert f"!  {numbers[3]}" in report
        assert f"✔  {numbers[1]}" in report
        await at.press("escape")
        assert list(queue_of(at).marks) == [numbers[3]]
        assert "is resolved. Nothing was changed." in queue_of(at).refusals[numbers[3]]
    with desk_at(tmp_path) as desk:
        assert [desk.ticket(number).severity for number in numbers] == [3, 3, 2, 2, 3]


async def test_taking_back_a_deed_on_many_leaves_alone_what_came_after_it(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "space", "space", "n")
        await at.type("called twice")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.press("space", "up", "up", "space", "v")
        await at.press("escape", "escape")
        with desk_at(tmp_path, as_name="Boss Wang") as other:
            other.act(numbers[0], Act.OWNED, "rang")
        await at.press("u", "enter")
        await at.until(lambda: isinstance(at.app.screen, DeedReport))
    with desk_at(tmp_path) as desk:
        assert [desk.ticket(number).history[-1].act for number in numbers[:2]] == [Act.OWNED, Act.UNDONE]


async def test_tickets_that_all_stand_still_run_again_on_the_same_key(
    tmp_path: Path, numbers: list[str]
) -> None:
    with desk_at(tmp_path) as desk:
        for number in numbers[1:3]:
            desk.act(number, Act.OWNED, "rang")
            desk.pause(number, "waits for the maker", desk.clock() + timedelta(days=2))
    async with seat(tmp_path) as at:
        await at.press("f3", "7", "ctrl+a", "p")
        card = at.app.screen
        assert isinstance(card, DeedCard)
        assert card.deed is Deed.RESUME
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.settle()
        assert shown(at) == []


async def test_the_remedies_of_many_marked_tickets_are_approved_at_once(
    tmp_path: Path, numbers: list[str]
) -> None:
    with desk_at(tmp_path, as_name="Liu Min") as agent:
        for number in (numbers[1], numbers[3]):
            agent.offer_remedy(number, RemedyKind.PRICE, agent.money("500"), "the difference")
    async with seat(tmp_path) as at:
        await at.press("f3", "6")
        assert sorted(shown(at)) == sorted([numbers[1], numbers[3]])
        await at.press("ctrl+a", "d", "enter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.settle()
        assert queue_of(at).said.sentence == "Approve the remedy: done on 2 tickets. U takes it back."
        assert shown(at) == []


async def test_no_more_than_five_hundred_tickets_are_marked_at_once(tmp_path: Path) -> None:
    fill_with(tmp_path, 600)
    async with seat(tmp_path) as at:
        await at.press("f3", "ctrl+a")
        assert len(queue_of(at).marks) == 500
        assert queue_of(at).said.sentence == "The first 500 tickets are marked."
        await at.press("ctrl+a")
        assert not queue_of(at).marks


async def test_every_letter_of_the_list_also_works_by_digits(tmp_path: Path, numbers: list[str]) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "ctrl+k")
        menu = at.app.screen
        assert isinstance(menu, KeyMenu)
        actions = {key.action for page in menu._pages for key in page}
        assert actions == {key.action for key in QueueScreen.MENU}
        assert "supervise('pause')" in actions
        await at.press("0", "1")
        assert isinstance(at.app.screen, DeedCard)


async def test_on_a_ticket_the_digits_of_the_menu_work_without_it(tmp_path: Path, numbers: list[str]) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "enter", "4")
        assert isinstance(at.app.screen, ActLine)
        assert at.app.screen.act is Act.NOTED


# Looking


async def test_why_is_answered_from_the_list_and_from_the_ticket(tmp_path: Path, numbers: list[str]) -> None:
    async with seat(tmp_path, size=(100, 40)) as at:
        await at.press("f3", "down", "y")
        assert isinstance(at.app.screen, WhyCard)
        page = text_of(at.app)
        assert "24 hours are allowed, day and night." in page
        assert "It was missed by 2 hours, and nothing done later takes that back." in page
        await at.press("escape", "enter", "y")
        assert isinstance(at.app.screen, WhyCard)
        await at.press("escape")


async def test_the_pane_tells_why_and_what_was_promised_as_the_cursor_moves(
    tmp_path: Path, numbers: list[str]
) -> None:
    with desk_at(tmp_path) as desk:
        desk.promise(numbers[1], PromiseMade("ring back", desk.clock() + timedelta(hours=3), owner="Liu Min"))
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.press("f3", "down")
        page = text_of(at.app)
        assert "11-22 08:28 + 24 hours = 11-23 08:28" in page
        assert "11-23 13:28 ring back — Liu Min" in page
        assert "nothing granted" in page


async def test_the_shift_sheet_is_shown_and_saved_and_never_over_another_file(
    tmp_path: Path, numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    async with seat(tmp_path) as at:
        await at.press("f3", "s")
        assert isinstance(at.app.screen, ShiftCard)
        assert "Hot cases: 1" in text_of(at.app)
        await at.press("s", "enter")
        first = tmp_path / "shift-2026-11-23-1028.txt"
        assert queue_of(at).said.sentence == f"The shift sheet is in {first}."
        assert numbers[1] in first.read_text("utf-8-sig")
        await at.press("s", "s")
        card = at.app.screen
        assert isinstance(card, ShiftCard)
        assert card.path.words.endswith("shift-2026-11-23-1028-2.txt")
        card.path.words = str(first)
        await at.press("enter")
        assert "is there already" in " ".join(text_of(at.app).split())
        await at.press("escape", "escape")
        assert isinstance(at.app.screen, QueueScreen)


async def test_a_ticket_that_becomes_late_while_the_queue_is_open_is_said_once(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3")
        await at.until(lambda: queue_of(at).warned)
        assert queue_of(at).said.sentence == ""
        at.clock.forward(minutes=61)
        queue_of(at)._ticks = 59
        queue_of(at).tick()
        await at.until(lambda: queue_of(at).said.sentence)
        assert queue_of(at).said.sentence == f"1 ticket is late now: {numbers[2]}"
        queue_of(at).said.say("")
        queue_of(at).warn()
        await at.settle()
        assert queue_of(at).said.sentence == ""


async def test_hostile_words_of_names_filters_and_stores_stand_as_they_are(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        take(desk, hours_ago=1, what=HOSTILE, caller=HOSTILE, store=HOSTILE[:60])
        desk.join("[/] Liu [b]", Role.AGENT)
    async with seat(tmp_path, size=(120, 40)) as at:
        await at.press("f3", "w", "2")
        await narrow(at, "[/]x evil")
        await at.press("enter", "y", "escape", "h")
        await at.type("[/] Liu")
        await at.press("enter")
        await at.press("s", "escape", "escape", "escape")
        assert at.app.is_running
        assert "\x1b" not in text_of(at.app)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_supervisors_desk_looks_as_it_was_approved(
    tmp_path: Path, numbers: list[str], size: tuple[int, int], language: str
) -> None:
    async with seat(tmp_path, size=size, language=language) as at:
        await at.press("f3", "space", "space")
        compare(at.app, f"marked_{size[0]}x{size[1]}_{language}")
        await at.press("y")
        compare(at.app, f"why_{size[0]}x{size[1]}_{language}")
        await at.press("escape", "h")
        compare(at.app, f"hand_over_{size[0]}x{size[1]}_{language}")
