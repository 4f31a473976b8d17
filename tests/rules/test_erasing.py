"""A person is taken out of free text however it is spelt there, and nobody else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_desk.models.enums import Act
from complaint_desk.rules.erased_words import as_erased
from complaint_desk.rules.erasing import ERASED_MARK, PersonTerms, Redactor
from tests.desk.events import event
from tests.support import HOSTILE

PERSON = PersonTerms(
    names=frozenset({"张晓虹", "张女士", "Joan Smith"}),
    numbers=frozenset({"8613800138000", "13800138000", "861062345678", "1062345678", "62345678"}),
    addresses=frozenset({"深圳市南山区科技路1号 3栋"}),
)
NEAR, FAR = Redactor(PERSON), Redactor(PERSON, closely=False)


@pytest.mark.parametrize(
    "text",
    [
        "张晓虹",
        "張曉虹",
        "张 晓 虹",
        "张\u200b晓\u200b虹",
        "Zhang Xiaohong",
        "zhang xiao-hong",
        "13800138000",
        "138-0013-8000",
        "138 0013 8000 转801",
        "+86 138 0013 8000",
        "0086-13800138000",
        "１３８００１３８０００",
        "一三八零零一三八零零零",
        "幺三八〇〇幺三八〇〇〇",
        "(010) 6234-5678",
        "6234 5678",
        "joan smith",
        "Smith, Joan",
        "Mrs Smith",
        "深圳市南山区科技路1号3栋",
        "科技路1号3栋",
    ],
)
def test_every_spelling_of_a_person_goes(text: str) -> None:
    assert NEAR.redact(text) == ERASED_MARK
    assert NEAR.redact(f"给{text}回了电话。") == f"给{ERASED_MARK}回了电话。"
    assert NEAR.redact(f"We rang {text}.") == f"We rang {ERASED_MARK}."


@pytest.mark.parametrize("text", ["晓虹", "张女士", "尾号8000", "Smith"])
def test_what_alone_may_mean_anybody_goes_only_from_the_persons_own_complaints(text: str) -> None:
    assert ERASED_MARK in NEAR.redact(f"{text} 来电")
    assert FAR.redact(f"{text} 来电") == f"{text} 来电"


@pytest.mark.parametrize(
    "text",
    [
        "金额8000元",
        "收银员小张",
        "订单 20261380013800099",
        "9138001380001",
        "a smith of the village",
        "李雷 13900139000",
        "",
    ],
)
def test_what_is_not_the_person_stays(text: str) -> None:
    assert NEAR.redact(text) == text


def test_a_short_name_that_is_also_a_word_goes_only_where_it_is_a_name() -> None:
    will = Redactor(PersonTerms(names=frozenset({"Will"})))
    assert (
        will.redact("Will said she will call Mr Will") == f"{ERASED_MARK} said she will call Mr {ERASED_MARK}"
    )
    assert Redactor(PersonTerms(names=frozenset({"Margaret"}))).redact("ask margaret") == f"ask {ERASED_MARK}"


def test_a_person_is_taken_out_of_whatever_an_event_holds() -> None:
    words = {"what": "张晓虹说坏了", "attachments": [["note", "电话13800138000"]], "count": 3, "none": None}
    assert NEAR.redact_values(words) == {
        "what": f"{ERASED_MARK}说坏了",
        "attachments": [["note", f"电话{ERASED_MARK}"]],
        "count": 3,
        "none": None,
    }


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_around_a_person_stays_as_it_was(hostile: str) -> None:
    assert NEAR.redact(hostile) == hostile
    assert NEAR.redact(f"{hostile}|张晓虹|{hostile}") == f"{hostile}|{ERASED_MARK}|{hostile}"


@given(st.text(max_size=200))
def test_a_person_known_by_any_name_is_gone_from_the_text_that_holds_it(name: str) -> None:
    redactor = Redactor(PersonTerms(names=frozenset({name}), numbers=PERSON.numbers))
    once = redactor.redact(f"{name} 13800138000")
    assert "13800138000" not in once
    assert redactor.redact(once) == once


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.lists(st.sampled_from(["", " ", "-", "."]), min_size=10),
)
def test_a_number_goes_however_it_is_grouped(number: str, gaps: list[str]) -> None:
    redactor = Redactor(PersonTerms(numbers=frozenset({number})))
    spelt = "".join(digit + gap for digit, gap in zip(number, [*gaps[:10], ""], strict=True))
    assert redactor.redact(f"打 {spelt} 找我") == f"打 {ERASED_MARK} 找我"


def test_a_long_text_of_blanks_is_no_burden() -> None:
    text = " " * 200_000 + "13800138000"
    assert NEAR.redact(text) == " " * 200_000 + ERASED_MARK


def test_what_an_erasure_left_stands_in_for_the_words() -> None:
    events = [
        event("1", Act.RECEIVED, words=None),
        event("2", Act.NOTED, words=None),
        event("3", Act.WORDS_ERASED, {"erased": ["1", "2"]}, {"left": {"1": {"what": "x"}}}),
    ]
    assert [one.words for one in as_erased(events)][:2] == [{"what": "x"}, None]


def test_of_two_erasures_the_later_counts() -> None:
    events = [
        event("1", Act.RECEIVED, words=None),
        event("2", Act.WORDS_ERASED, {"erased": ["1"]}, None),
        event("3", Act.WORDS_ERASED, {"erased": ["1", "2"]}, {"left": {"1": {"what": "y"}}}),
    ]
    assert as_erased(events)[0].words == {"what": "y"}
