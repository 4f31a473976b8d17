"""Cards are corrected field by field, merged, split again, and everything can be taken back."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from complaint_desk.models.customer import Consent, ContactWay
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import (
    ActNotAllowed,
    ChangedMeanwhile,
    CustomerNotFound,
    DeskError,
    FieldRefused,
)
from tests.support import HOSTILE, complaint


@pytest.fixture
def pair(desk: Any) -> tuple[str, str]:
    """Two customers, by the numbers of their complaints."""
    one = desk.register(complaint(caller="张晓虹", phone="138 0013 8000"))
    other = desk.register(complaint(caller="李雷", phone="139 0013 9000"))
    desk.edit_customer(one.number, {"address": "南山区1号", "level": "b"})
    desk.edit_customer(other.number, {"address": "福田区2号", "consent": "given", "notes": "喜欢下午"})
    return one.number, other.number


def test_each_changed_field_is_an_event_of_its_own(desk: Any, pair: tuple[str, str]) -> None:
    card = desk.edit_customer(pair[0], {"address": "罗湖区3号", "contact_way": "PHONE", "level": "B"})
    assert (card.address, card.contact_way, card.level) == ("罗湖区3号", ContactWay.PHONE, "B")
    assert [(line.field_name, line.old, line.new) for line in card.history][-2:] == [
        ("address", "南山区1号", "罗湖区3号"),
        ("contact_way", None, "phone"),
    ]


def test_an_empty_value_empties_a_field(desk: Any, pair: tuple[str, str]) -> None:
    assert desk.edit_customer(pair[0], {"address": " ", "level": None}).address is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"type": "negotiator"}, "type"),
        ({"level": "Z"}, "level"),
        ({"consent": "maybe"}, "consent"),
        ({"number_added": "匿名"}, "number_added"),
        ({"name_added": "匿名"}, "name_added"),
        ({"address": "a\0b"}, "address"),
        ({"address": "x" * 2_001}, "address"),
        ({"name": "张**"}, "name"),
    ],
)
def test_what_a_card_cannot_hold_is_refused_by_its_field(
    desk: Any, pair: tuple[str, str], changes: dict[str, str], field: str
) -> None:
    before = desk.customer(pair[0])
    with pytest.raises(FieldRefused) as refused:
        desk.edit_customer(pair[0], changes)
    assert refused.value.field_name == field
    assert desk.customer(pair[0]) == before


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_on_a_card_is_kept_as_given(desk: Any, pair: tuple[str, str], hostile: str) -> None:
    told = {"notes": hostile, "address": hostile, "contact_time": hostile}
    card = desk.edit_customer(pair[0], told)
    assert (card.notes, card.address, card.contact_time) == (hostile.strip(),) * 3
    assert desk.check() == []


def test_a_number_that_was_never_told_in_a_complaint_finds_the_card_too(
    desk: Any, pair: tuple[str, str]
) -> None:
    desk.edit_customer(pair[0], {"number_added": "010-6234 5678"})
    assert [one.name for one in desk.who_is("62345678")] == ["张晓虹"]
    desk.edit_customer(pair[0], {"number_removed": "(010) 62345678"})
    assert desk.who_is("62345678") == []


def test_of_two_people_at_one_card_the_second_is_told_who_changed_it(
    desk: Any, pair: tuple[str, str], open_desk: Callable[..., Any]
) -> None:
    version = desk.customer(pair[0]).version
    open_desk("李强").edit_customer(pair[0], {"level": "A"})
    with pytest.raises(ChangedMeanwhile, match="李强"):
        desk.edit_customer(pair[0], {"level": "C"}, version=version)
    assert desk.customer(pair[0]).level == "A"


def test_of_two_merged_cards_the_chosen_values_win_and_empty_ones_are_filled(
    desk: Any, pair: tuple[str, str]
) -> None:
    card = desk.merge_customers(*pair, take=["address"])
    assert (card.name, card.address, card.level) == ("张晓虹", "福田区2号", "B")
    assert (card.consent, card.notes) == (Consent.GIVEN, "喜欢下午")
    assert card.names == ("张晓虹", "李雷")
    assert card.numbers == ("+8613800138000", "+8613900139000")
    assert desk.customer(pair[1]) == card
    assert desk.caller_card(pair[0]).complaints == 2
    assert [one.customer_id for one in desk.who_is("9000")] == [card.id]


@pytest.mark.parametrize("take", [(), ("name",), ("address", "level", "notes", "consent")])
def test_a_merge_that_is_taken_back_leaves_both_cards_as_they_were(
    desk: Any, pair: tuple[str, str], take: tuple[str, ...]
) -> None:
    before = [desk.customer(one) for one in pair]
    desk.merge_customers(*pair, take=take)
    desk.undo_customer(pair[0])
    assert [desk.customer(one) for one in pair] == before
    assert desk.check() == []


def test_a_merge_is_split_again_though_much_was_written_since(desk: Any, pair: tuple[str, str]) -> None:
    other = desk.customer(pair[1])
    desk.merge_customers(*pair)
    desk.edit_customer(pair[0], {"level": "A"})
    assert desk.split_customer(pair[0]) == other
    assert desk.customer(pair[0]).level == "A"


def test_complaints_of_somebody_else_are_split_off_with_their_names_and_numbers(desk: Any) -> None:
    wife = desk.register(complaint(caller="张晓虹", phone="138 0013 8000"))
    guest = desk.register(complaint(caller="张女士", phone="138 0013 8000"))
    parted = desk.split_customer(wife.number, [guest.number])
    assert (parted.names, desk.customer(wife.number).names) == (("张女士",), ("张晓虹",))
    assert desk.ticket(guest.number).history[-1].act is Act.CUSTOMER_LINKED
    assert desk.check() == []


def test_a_split_that_would_leave_nothing_or_take_strangers_is_refused(
    desk: Any, pair: tuple[str, str]
) -> None:
    for tickets in ([pair[0]], [pair[1]]):
        with pytest.raises(FieldRefused):
            desk.split_customer(pair[0], tickets)
    with pytest.raises(ActNotAllowed):
        desk.split_customer(pair[0])


def test_a_card_is_not_merged_with_itself(desk: Any, pair: tuple[str, str]) -> None:
    desk.merge_customers(*pair)
    with pytest.raises(ActNotAllowed):
        desk.merge_customers(*pair)


def test_a_customer_whose_only_complaint_was_relinked_is_gone(desk: Any) -> None:
    known = desk.register(complaint(caller="张晓虹", phone="138 0013 8000"))
    stray = desk.register(complaint(caller="张伟"))
    desk.relink(stray.number, known.number)
    assert set(desk.customer(known.number).names) == {"张伟", "张晓虹"}
    with pytest.raises(CustomerNotFound):
        desk.customer(stray.customer_id)
    assert desk.check() == []


def test_a_customer_is_called_by_id_by_its_end_and_by_a_complaint(desk: Any, pair: tuple[str, str]) -> None:
    card = desk.customer(pair[0])
    assert desk.customer(card.id) == desk.customer(card.id[-12:]) == card
    for unknown in ("", "x", "S01-261123-999", "-" * 40, "\x1b[2J"):
        with pytest.raises(CustomerNotFound):
            desk.customer(unknown)


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_done_to_cards_every_merge_taken_back_is_as_before_and_the_file_is_sound(
    desk: Any, seed: int
) -> None:
    chance = random.Random(seed)
    numbers = [
        desk.register(
            complaint(
                caller=chance.choice(["王芳", "王女士", "李雷", "张晓虹", None]),
                phone=chance.choice(["138 0013 8000", "139 0013 9000", None]),
            )
        ).number
        for _ in range(8)
    ]
    numbers = [number for number in numbers if desk.ticket(number).customer_id]
    for _ in range(25):
        one, other = chance.choice(numbers), chance.choice(numbers)
        step = chance.choice(["edit", "merge", "merge", "undo", "split", "part", "relink"])
        try:
            match step:
                case "edit":
                    field = chance.choice(["level", "notes", "name", "number_added", "name_removed"])
                    value = chance.choice(["A", "B", "李雷", "137 0013 7000"])
                    desk.edit_customer(one, {field: value})
                case "merge":
                    before = desk.customer(one), desk.customer(other)
                    desk.merge_customers(one, other, chance.sample(["name", "level", "notes"], 2))
                    if chance.random() < 0.5:
                        desk.undo_customer(one)
                        assert (desk.customer(one), desk.customer(other)) == before
                case "undo":
                    desk.undo_customer(one)
                case "split":
                    desk.split_customer(one)
                case "part":
                    desk.split_customer(one, [other])
                case "relink":
                    desk.relink(one, chance.choice([other, None]))
        except DeskError:
            continue
    assert desk.check() == []
    cards = {number: desk.customer(number) for number in numbers}
    desk.rebuild()
    assert {number: desk.customer(number) for number in numbers} == cards
