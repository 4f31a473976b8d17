"""The customer's card: read, corrected, merged, split, held and erased by keys."""

from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen

from complaint_desk.models.errors import CustomerNotFound
from complaint_desk.screens.ask_line import AskLine
from complaint_desk.screens.confirm import Confirm
from complaint_desk.screens.customer import CustomerScreen
from complaint_desk.screens.customer_keys import CUSTOMER_MENU
from complaint_desk.screens.find_customer import FindCustomer
from complaint_desk.screens.mark_card import MarkCard
from complaint_desk.screens.pick_card import PickCard
from complaint_desk.screens.ticket import TicketScreen
from complaint_desk.widgets.pick_list import PickList
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import desk_at, take

NUMBER = "13800138000"


def two_customers(folder: Path) -> tuple[str, str]:
    """A complaint of 王芳 and one of 王刚; their numbers."""
    with desk_at(folder) as desk:
        first = take(desk, hours_ago=20, what="结账多收了两瓶酱油的钱", caller="王芳", phone=NUMBER)
        other = take(desk, hours_ago=50, what="停车收费", caller="王刚", phone="13800138001")
        return first.number, other.number


async def open_card(at: Seat, called: str) -> CustomerScreen:
    screen = CustomerScreen(called)
    at.app.push_screen(screen)
    await at.settle()
    return screen


async def until_on(at: Seat, kind: type[Screen[Any]]) -> None:
    await at.until(lambda: isinstance(at.app.screen, kind))
    await at.pilot.pause()


async def press(at: Seat, *keys: str) -> None:
    """Keys after which a worker may wait for an answer."""
    await at.pilot.press(*keys)
    await at.pilot.pause()


async def from_menu(at: Seat, action: str) -> None:
    """The act behind its digit in the menu of the card."""
    digit = 1 + [key.action for key in CUSTOMER_MENU].index(action)
    await press(at, "ctrl+k", str(digit))


async def put(at: Seat, card: CustomerScreen, name: str, words: str) -> None:
    card.form.fields[name].words = ""
    card.form.fields[name].focus()
    await at.pilot.pause()
    await at.type(words)


async def test_what_is_changed_on_the_card_is_saved_and_read_again(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        assert card.form.fields["name"].words == "王芳"
        await put(at, card, "address", "南山区科技园 1 栋")
        await put(at, card, "contact_time", "after 18:00")
        await put(at, card, "level", "A")
        await put(at, card, "numbers", "138 0013 8000 / 137 0013 7000")
        await at.press("ctrl+s")
        assert card.said.sentence == "Saved."
        with desk_at(tmp_path) as desk:
            kept = desk.customer(number)
        assert (kept.address, kept.contact_time, kept.level) == ("南山区科技园 1 栋", "after 18:00", "A")
        assert set(kept.numbers) == {"+8613800138000", "+8613700137000"}


async def test_a_value_that_cannot_be_keeps_every_field_as_typed(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        await put(at, card, "notes", "rings often")
        await put(at, card, "level", "Q")
        await at.press("ctrl+s")
        assert card.said.tone == "warns"
        assert card.form.fields["notes"].words == "rings often"
        assert card.form.fields["level"].words == "Q"


async def test_leaving_with_changes_is_asked_about(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        await put(at, card, "notes", "rings often")
        await press(at, "escape")
        await until_on(at, Confirm)
        await press(at, "escape")
        await at.settle()
        assert at.app.screen is card
        assert card.form.fields["notes"].words == "rings often"
        await press(at, "escape")
        await until_on(at, Confirm)
        await press(at, "enter")
        await at.until(lambda: at.app.screen is not card)


async def test_another_desks_change_is_not_written_over(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        with desk_at(tmp_path, as_name="liu") as desk:
            desk.edit_customer(number, {"notes": "moved house"})
        await put(at, card, "address", "Nanshan")
        await at.press("ctrl+s")
        assert "liu" in card.said.sentence
        assert card.form.fields["address"].words == "Nanshan"


async def test_two_cards_are_merged_with_the_values_chosen_and_taken_apart_again(tmp_path: Path) -> None:
    number, other = two_customers(tmp_path)
    with desk_at(tmp_path) as desk:
        desk.edit_customer(number, {"address": "Old Street 1"})
        desk.edit_customer(other, {"address": "New Street 2"})
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        await from_menu(at, "merge")
        await until_on(at, FindCustomer)
        await at.type("wanggang")
        await at.until(lambda: at.app.screen.query_one(PickList).picks)
        await press(at, "enter")
        await until_on(at, MarkCard)
        assert "New Street 2" in text_of(at.app)
        await press(at, "2", "enter")
        await at.until(lambda: "Merged" in card.said.sentence)
        with desk_at(tmp_path) as desk:
            merged = desk.customer(number)
        assert merged.address == "New Street 2"
        assert merged.name == "王芳"
        assert set(merged.numbers) == {"+8613800138000", "+8613800138001"}
        await from_menu(at, "split")
        await until_on(at, MarkCard)
        await press(at, "enter")
        await at.until(lambda: "Split" in card.said.sentence)
        with desk_at(tmp_path) as desk:
            assert desk.customer(number).address == "Old Street 1"
            assert desk.customer(other).id != desk.customer(number).id


async def test_a_merge_is_undone_from_the_menu(tmp_path: Path) -> None:
    number, other = two_customers(tmp_path)
    with desk_at(tmp_path) as desk:
        desk.merge_customers(number, other)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        await from_menu(at, "take_back")
        await until_on(at, Confirm)
        await press(at, "enter")
        await at.until(lambda: "Taken back" in card.said.sentence)
        with desk_at(tmp_path) as desk:
            assert desk.customer(number).id != desk.customer(other).id


async def test_every_complaint_is_listed_and_opened(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        await open_card(at, number)
        await from_menu(at, "complaints")
        await until_on(at, PickCard)
        await press(at, "enter")
        await until_on(at, TicketScreen)
        await press(at, "escape")
        await until_on(at, CustomerScreen)


async def test_a_person_is_erased_after_a_reason_and_a_question(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        await from_menu(at, "erase")
        await until_on(at, AskLine)
        await at.type("asked for it in writing")
        await press(at, "enter")
        await until_on(at, Confirm)
        await press(at, "enter")
        await at.until(lambda: card.caller is not None and card.caller.card.erased_at is not None)
        assert "王芳" not in text_of(at.app)


async def test_complaints_of_others_in_which_the_name_means_this_person_are_marked(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    with desk_at(tmp_path) as desk:
        marked = take(desk, hours_ago=2, what="王芳是我同学", caller="钱七", phone="13700137001").number
        left = take(desk, hours_ago=1, what="王芳也来过", caller="孙八", phone="13700137002").number
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        await from_menu(at, "erase")
        await until_on(at, AskLine)
        await press(at, "enter")
        await until_on(at, MarkCard)
        assert marked in text_of(at.app)
        await press(at, "1", "enter")
        await until_on(at, Confirm)
        await press(at, "enter")
        await at.until(lambda: card.caller is not None and card.caller.card.erased_at is not None)
        with desk_at(tmp_path) as desk:
            assert "王芳" not in desk.ticket(marked).what
            assert desk.ticket(left).what == "王芳也来过"


async def test_no_to_the_question_erases_nobody(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        await open_card(at, number)
        await from_menu(at, "erase")
        await until_on(at, AskLine)
        await press(at, "enter")
        await until_on(at, Confirm)
        await press(at, "escape")
        await at.settle()
        with desk_at(tmp_path) as desk:
            assert desk.customer(number).name == "王芳"


async def test_a_legal_hold_is_set_and_forbids_to_erase(tmp_path: Path) -> None:
    number, _other = two_customers(tmp_path)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        await from_menu(at, "hold")
        await until_on(at, AskLine)
        await at.type("court case 17")
        await press(at, "enter")
        await at.until(lambda: "legal hold stands" in card.said.sentence)
        await from_menu(at, "erase")
        await until_on(at, AskLine)
        await press(at, "enter")
        await until_on(at, Confirm)
        await press(at, "enter")
        await at.until(lambda: "court case 17" in card.said.sentence)
        with desk_at(tmp_path) as desk:
            assert desk.customer(number).name == "王芳"


async def test_a_complaint_of_nobody_says_so(tmp_path: Path) -> None:
    with desk_at(tmp_path) as desk:
        number = take(desk, hours_ago=1).number
        with pytest.raises(CustomerNotFound):
            desk.customer(number)
    async with seat(tmp_path) as at:
        card = await open_card(at, number)
        assert "names no customer" in card.said.sentence


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_card_looks_as_approved(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    number, _other = two_customers(tmp_path)
    with desk_at(tmp_path) as desk:
        values = {
            "address": "南山区科技园 1 栋",
            "contact_way": "phone",
            "contact_time": "18:00后",
            "consent": "given",
        }
        desk.edit_customer(number, values)
        desk.edit_customer(number, {"level": "B", "notes": "腿脚不便,请送货上门"})
    async with seat(tmp_path, size=size, language=language) as at:
        await open_card(at, number)
        compare(at.app, f"customer_{size[0]}x{size[1]}_{language}")
