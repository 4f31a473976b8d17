"""Calls that need another way: which card is offered for which words, and which words bring none."""

from functools import cache

import pytest

from complaint_desk.models.enums import Channel
from complaint_desk.playbook.loader import Playbook, load_playbook
from complaint_desk.rules.severity_signs import Signs, compile_signs
from complaint_desk.rules.situations import ABUSIVE, BY_URGENCY, SILENT, SituationSigns, offered
from complaint_desk.rules.warm_summary import warm_summary


@cache
def book() -> Playbook:
    return load_playbook()


@cache
def ready() -> tuple[Signs, SituationSigns]:
    return compile_signs(book().severity_words), SituationSigns(book().topic("situation_words"))  # type: ignore[arg-type]


def cards(text: str, channel: Channel | None = Channel.PHONE) -> list[str]:
    return [offer.situation for offer in offered(text, channel, *ready())]


def test_the_cards_are_those_of_the_playbook() -> None:
    assert set(BY_URGENCY) == set(book().situations)
    assert set(book().topic("situation_words")) == {ABUSIVE, SILENT}


@pytest.mark.parametrize(
    ("text", "card"),
    [
        ("我真的不想活了", "danger_or_self_harm"),
        ("I just want to end my life", "danger_or_self_harm"),
        ("孩子吃了你们的酸奶上吐下泻", "food_safety_or_injury"),
        ("my mother slipped on the wet floor and broke her wrist", "food_safety_or_injury"),
        ("再不处理我就打12315投诉", "media_or_regulator"),
        ("I have already spoken to a journalist at the local paper", "media_or_regulator"),
        ("你们这帮废物", "abusive_caller"),
        ("客人一直骂人,说话很难听", "abusive_caller"),
        ("顧客一直罵人", "abusive_caller"),
        ("他妈的你给我退钱", "abusive_caller"),
        ("You are all complete idiots, give me my money", "abusive_caller"),
        ("the caller keeps swearing at me", "abusive_caller"),
        ("我弄死你们", "abusive_caller"),
        ("没有声音", "silent_caller"),
        ("说到一半,顾客突然不说话了", "silent_caller"),
        ("no sound on the line", "silent_caller"),
        ("the caller is sobbing", "silent_caller"),
    ],
)
def test_words_bring_the_card_that_fits_them(text: str, card: str) -> None:
    assert card in cards(text)


@pytest.mark.parametrize(
    "text",
    [
        "结账多收了两瓶酱油的钱",
        "收银员当着大家骂我废物",
        "店员说我是神经病，太过分了",
        "The cashier called me an idiot in front of everyone",
        "he shouted at me and told me to go to hell",
        "我气死了，你们怎么办事的",
        "音响没有声音，我要退货",
        "耳机用了两天就没声音了",
        "the speaker is silent after two days",
        "这个垃圾袋质量太差",
        "the bin is full of idiots' leftovers",
        "Nobody told me that the offer had ended",
        "我在店里等了半天没人说话",
        "",
    ],
)
def test_what_the_caller_suffered_and_what_things_do_brings_no_card(text: str) -> None:
    assert cards(text) == []


def test_the_most_urgent_card_comes_first() -> None:
    assert cards("你们这帮废物,我孩子吃了上吐下泻,我已经打了12315,我不想活了") == [
        "danger_or_self_harm",
        "food_safety_or_injury",
        "abusive_caller",
        "media_or_regulator",
    ]


def test_a_complaint_from_the_press_brings_its_card_whatever_the_words() -> None:
    assert cards("多收了钱", Channel.MEDIA) == ["media_or_regulator"]


def test_the_offer_quotes_the_words_as_they_were_told() -> None:
    (offer,) = offered("客人说:你们这帮廢物!", Channel.PHONE, *ready())
    assert offer.words == "你们这帮廢物"


@pytest.mark.parametrize(
    "text", ["你们" * 50_000, "a" * 100_000, "\n" * 50_000, "you are " * 20_000, "İ" * 9_000]
)
def test_any_text_is_read_and_only_its_end(text: str) -> None:
    assert cards(text) == []


def test_a_warm_summary_holds_what_was_told_done_and_left_and_nothing_else() -> None:
    said = warm_summary(
        {"caller": "王芳", "what": "多收了38元。小票在手上", "remedy_wanted": "退款"},
        reason="辱骂或暴躁",
        done=["倾听"],
        open_steps=["道歉", "致谢"],
        missing=["何时"],
        parts=book().topic("read_back"),  # type: ignore[arg-type]
        language="zh_CN",
    )
    assert said == (
        "请您接手：原因是辱骂或暴躁；来电者是王芳；事情：多收了38元，小票在手上；顾客希望：退款；"
        "已经做了倾听；还没有道歉、致谢；还没问到何时。经过都在这里，不要让顾客再讲一遍。"
    )


def test_a_warm_summary_in_english_of_an_empty_call_says_only_why() -> None:
    said = warm_summary(
        {}, reason="silent caller", done=[], open_steps=[], missing=[],
        parts=book().topic("read_back"),  # type: ignore[arg-type]
        language="en",
    )  # fmt: skip
    assert said == (
        "Over to you: the reason is: silent caller. It is all here, so please don't make the caller tell it again."
    )
