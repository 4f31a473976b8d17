"""Which names told from one telephone are one person's, and by which keys somebody is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.models.customer import FoundBy, LinkedBy
from complaint_desk.rules.caller_keys import asked_caller, keys_of, one_error
from complaint_desk.rules.customer_names import fullest, same_person, tidy_name
from complaint_desk.rules.customers import Known, groups, number_key, told_name, whose
from tests.support import HOSTILE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王芳", "王芳"),
        ("王女士", "王芳"),
        ("小王", "王芳"),
        ("王芳女士", "王芳"),
        ("张晓红", "张晓虹"),
        ("張曉虹", "张晓虹"),
        ("zhang xiaohong", "张晓虹"),
        ("欧阳先生", "欧阳锋"),
        ("Mrs Smith", "Joan Smith"),
        ("J. Smith", "John Smith"),
        ("Smith, John", "john  smith"),
    ],
)
def test_names_that_may_be_one_persons_on_one_telephone(one: str, other: str) -> None:
    assert same_person(one, other)
    assert same_person(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("王先生", "王女士"),
        ("王芳", "王丽"),
        ("李雷", "韩梅梅"),
        ("欧阳先生", "欧锋"),
        ("John Smith", "John Miller"),
        ("Mr Smith", "Mrs Smith"),
        ("", "王芳"),
    ],
)
def test_names_that_are_two_persons(one: str, other: str) -> None:
    assert not same_person(one, other)
    assert not same_person(other, one)


def test_the_fullest_name_is_the_one_to_show() -> None:
    assert fullest(["王女士", "王芳"]) == "王芳"
    assert fullest(["Smith", "John Smith"]) == "John Smith"
    assert fullest([]) is None


@pytest.mark.parametrize(
    "told", ["匿名", "不详", "某女士", "女士", "顾客", "anonymous", "Unknown", "", "   "]
)
def test_who_gives_no_name_has_none(told: str) -> None:
    assert told_name(told) is None


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("+8613800138000", "+8613800138000"),
        ("6123 4567", "61234567"),
        ("10086", None),
        ("00000000", None),
        ("11111111111", None),
        ("匿名", None),
        ("", None),
        (None, None),
    ],
)
def test_hidden_and_public_numbers_make_nobody_known(phone: str | None, kept: str | None) -> None:
    assert number_key(phone) == kept


def test_one_number_and_a_fitting_name_is_the_same_person() -> None:
    on_number = [Known("a", ("张晓虹",)), Known("b", ("李雷",))]
    assert whose("张女士", "+8613800138000", on_number) == ("a", LinkedBy.NUMBER_AND_NAME)
    assert whose("李雷", "+8613800138000", on_number) == ("b", LinkedBy.NUMBER_AND_NAME)


def test_another_name_on_a_known_number_is_another_person() -> None:
    assert whose("王芳", "+8613800138000", [Known("a", ("李雷",))]) == (None, LinkedBy.NEW_ON_NUMBER)


def test_who_gives_no_name_is_the_only_one_on_the_number_but_nobody_of_several() -> None:
    alone = [Known("a", ("李雷",))]
    assert whose(None, "+8613800138000", alone) == ("a", LinkedBy.NUMBER)
    assert whose(None, "+8613800138000", [*alone, Known("b", ("王芳",))]) == (None, LinkedBy.NEW_ON_NUMBER)


def test_a_name_that_fits_two_on_a_number_is_given_to_neither() -> None:
    sisters = [Known("a", ("王芳",)), Known("b", ("王丽",))]
    assert whose("王女士", "+8613800138000", sisters) == (None, LinkedBy.NEW_ON_NUMBER)
    assert whose("王丽", "+8613800138000", sisters) == ("b", LinkedBy.NUMBER_AND_NAME)


def test_the_nameless_caller_of_a_number_gets_the_name_that_is_told_later() -> None:
    assert whose("王芳", "+8613800138000", [Known("a", ())]) == ("a", LinkedBy.NUMBER)


def test_a_name_alone_makes_nobody_known_and_nothing_told_links_nobody() -> None:
    assert whose("张伟", None, []) == (None, LinkedBy.NEW)
    assert whose(None, None, []) is None


def test_a_card_stands_where_its_mergers_lead_even_in_a_circle() -> None:
    assert groups({"a": None, "b": "a", "c": "b"}) == {"a": ["a", "b", "c"]}
    assert {one for members in groups({"a": "b", "b": "a"}).values() for one in members} == {"a", "b"}


@pytest.mark.parametrize(
    ("typed", "by"),
    [
        ("138 0013 8000", FoundBy.NUMBER),
        ("+86 (138) 0013-8000", FoundBy.NUMBER),
        ("008613800138000", FoundBy.NUMBER),
        ("幺三八零零幺三八零零零", FoundBy.NUMBER),
        ("１３８００１３８０００", FoundBy.NUMBER),
        ("8000", FoundBy.TAIL),
        ("尾号8000", FoundBy.TAIL),
        ("手机号:138-0013-8000", FoundBy.NUMBER),
        ("13800", FoundBy.BEGINNING),
        ("张晓虹", FoundBy.NAME),
        ("张", FoundBy.NAME),
        ("晓虹", FoundBy.NAME),
        ("張曉虹", FoundBy.NAME),
        ("zhangxiaohong", FoundBy.SOUND),
        ("Zhang Xiaohong", FoundBy.SOUND),
        ("zxh", FoundBy.SOUND),
        ("xiaohong", FoundBy.SOUND),
        ("张小红", FoundBy.SOUND),
        ("zhangxiaohogn", FoundBy.NEARLY),
        ("zhangxiaohng", FoundBy.NEARLY),
        ("zhamgxiaohong", FoundBy.NEARLY),
        ("张虹晓", FoundBy.NEARLY),
        ("13800138001", FoundBy.NEARLY),
    ],
)
def test_somebody_is_found_however_it_is_typed(typed: str, by: FoundBy) -> None:
    assert found_by(typed, keys_of(["张晓虹"], ["+8613800138000"])) is by


@pytest.mark.parametrize("typed", ["", " ", "x", "138", "7", "!?", "[/]"])
def test_too_little_asks_for_nobody(typed: str) -> None:
    assert asked_caller(typed, "86") is None


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_upsets_the_keys(hostile: str) -> None:
    keys = keys_of([hostile * 50], [hostile])
    assert all(len(key) <= 60 for key in keys)
    asked_caller(hostile * 50, "86")
    tidy_name(hostile)
    same_person(hostile, "王芳")


@given(st.text(max_size=60), st.text(max_size=60))
def test_being_the_same_person_needs_no_order(one: str, other: str) -> None:
    assert same_person(one, other) == same_person(other, one)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.integers(4, 11), st.sampled_from("- .()"))
def test_every_tail_and_every_beginning_of_a_number_finds_it(number: str, digits: int, gap: str) -> None:
    keys = keys_of([], ["+86" + number])
    spelt = gap.join((number[:3], number[3:7], number[7:]))
    assert found_by(spelt, keys) is FoundBy.NUMBER
    assert found_by(number[-digits:], keys) is not None
    assert found_by(number[:digits], keys) is not None


@given(st.from_regex(r"[a-z]{4,12}", fullmatch=True), st.data())
def test_every_single_typing_error_is_forgiven(word: str, data: st.DataObject) -> None:
    wrong = data.draw(st.sampled_from(sorted(one_error(word, "abcdefghijklmnopqrstuvwxyz"))))
    assert word in one_error(wrong, "abcdefghijklmnopqrstuvwxyz") | {wrong}


def found_by(typed: str, keys: frozenset[str]) -> FoundBy | None:
    """How what was typed finds a card with these keys."""
    asked = asked_caller(typed, "86")
    if asked is None:
        return None
    for by, key in asked.whole:
        if key in keys:
            return by
    for by, begun in asked.begun:
        if any(key.startswith(begun) for key in keys):
            return by
    return FoundBy.NEARLY if keys.intersection(asked.nearly()) else None
