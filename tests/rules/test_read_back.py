"""What is read back to the caller: one sentence in their language, and the question for what is missing."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from complaint_desk.models.enums import ComplainantType
from complaint_desk.playbook.loader import Playbook, load_playbook
from complaint_desk.rules.read_back import ASKED_IN_ORDER, ReadBack, read_back
from complaint_desk.rules.spoken_time import read_spoken_time

SHANGHAI = ZoneInfo("Asia/Shanghai")
SUNDAY_MORNING = datetime(2026, 11, 22, 2, 28, tzinfo=UTC)
"""Sunday 22 November 2026, 10:28 in Shanghai."""

TOLD_ZH: dict[str, Any] = {
    "caller": "王芳",
    "phone": "138 0013 8000",
    "when": "昨天下午三点",
    "where": "南山店收银台2号",
    "who": "收银员小李",
    "what": "结账多收了两瓶酱油的钱,一共多扣38元。小票在手上!",
    "how": "当场说系统没错",
    "remedy_wanted": "退款,给个说法",
}
TOLD_EN: dict[str, Any] = {
    "caller": "Ms Wang",
    "phone": "+44 20 7946 0000",
    "when": "yesterday 3pm",
    "where": "Nanshan store, till 2",
    "who": "cashier Xiao Li",
    "what": "Charged twice for two bottles, 38.50 too much. The receipt is here!",
    "how": "was told the system is right",
    "remedy_wanted": "a refund",
}


@cache
def book() -> Playbook:
    return load_playbook()


def read(kind: ComplainantType | None = None, otherwise: str = "en", **told: str) -> ReadBack:
    when = told.get("when")
    return read_back(
        told,
        read_spoken_time(when, SUNDAY_MORNING, SHANGHAI) if when else None,
        received_at=SUNDAY_MORNING,
        zone=SHANGHAI,
        parts=book().topic("read_back"),  # type: ignore[arg-type]
        asking=book().topic("asking"),  # type: ignore[arg-type]
        otherwise=otherwise,
        kind=kind,
    )


def test_a_whole_complaint_in_chinese_is_one_sentence_to_read_aloud() -> None:
    back = read(**TOLD_ZH)
    assert back.sentence == (
        "王芳，我念给您核对一下：时间是昨天下午三点，也就是11月21号星期六；地点是南山店收银台2号；"
        "您提到的人是收银员小李；事情是：结账多收了两瓶酱油的钱，一共多扣38元，小票在手上；"
        "当时的经过是：当场说系统没错；您希望的处理是：退款，给个说法，对吗？"
    )
    assert (back.language, back.missing, back.ask) == ("zh_CN", (), None)


def test_a_whole_complaint_in_english_is_one_sentence_to_read_aloud() -> None:
    back = read(**TOLD_EN, otherwise="zh_CN")
    assert back.sentence == (
        "Ms Wang, let me read that back to you: it was yesterday 3pm, that is, Saturday 21 November; the place was "
        "Nanshan store, till 2; you mentioned cashier Xiao Li; what happened is: Charged twice for two bottles, "
        "38.50 too much, the receipt is here; this is how it went: was told the system is right; and what "
        "you would like is: a refund – is that right?"
    )
    assert (back.language, back.missing, back.ask) == ("en", (), None)


def test_what_was_promised_is_read_back_last() -> None:
    assert read(**TOLD_ZH, promise="今天18:00前回电话").sentence.endswith(
        "；我们答应您的是：今天18:00前回电话，对吗？"
    )
    assert read(**TOLD_EN, promise="ring back by 18:00").sentence.endswith(
        "; and what we have promised you is: ring back by 18:00 – is that right?"
    )


@pytest.mark.parametrize("left_out", ["when", "where", "who", "how", "remedy_wanted"])
def test_what_was_not_told_is_not_said_and_becomes_the_next_question(left_out: str) -> None:
    told: dict[str, Any] = {name: words for name, words in TOLD_ZH.items() if name != left_out}
    back = read(**told)
    assert back.missing == (left_out,)
    assert back.ask == book().topic("asking")[f"{left_out}.any"].ask["zh_CN"][0]  # type: ignore[attr-defined]
    piece = book().topic("read_back")[left_out].say["zh_CN"].partition("___")[0]  # type: ignore[attr-defined]
    assert piece not in back.sentence


def test_the_matter_is_asked_for_before_its_circumstances_and_the_name_last() -> None:
    assert read().missing == ASKED_IN_ORDER
    assert read().ask == "What happened?"
    assert read(what="多收了钱").ask == "这是什么时候的事？"
    assert read(**{**TOLD_EN, "phone": ""}).missing == ("contact",)


def test_nothing_told_is_no_sentence_in_the_language_of_the_desk() -> None:
    for language in ("zh_CN", "en"):
        back = read(otherwise=language)
        assert (back.sentence, back.language) == ("", language)


def test_the_question_is_fitted_to_the_kind_of_caller() -> None:
    told: dict[str, Any] = {"what": "他当着那么多人说我偷东西"}
    assert read(ComplainantType.VICTIM, **told).ask == "是今天的事，还是前几天？大概就行。"
    assert read(ComplainantType.RATIONAL, **told).ask == "具体是哪一天、几点？我按时间排好。"
    assert read(ComplainantType.NEGOTIATOR, **told).ask == "这是什么时候的事？"


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("昨天下午三点", "昨天下午三点，也就是11月21号星期六"),
        ("3点", "3点，也就是11月21号星期六下午3点"),
        ("11月20号", "11月20号，也就是星期五"),
        ("11月20号星期五下午3点", "11月20号星期五下午3点"),
        ("上周", "上周，也就是11月9号那一周"),
        ("上个月", "上个月，也就是2026年10月"),
        ("去年国庆", "去年国庆，也就是2025年10月1号星期三"),
        ("半小时前", "半小时前，也就是11月22号星期日上午9点58分"),
        ("记不清了", "记不清了"),
    ],
)
def test_a_time_in_chinese_is_said_back_with_what_was_understood(said: str, back: str) -> None:
    assert (
        read(what="多收了钱", when=said).sentence
        == f"我念给您核对一下：时间是{back}；事情是：多收了钱，对吗？"
    )


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("yesterday afternoon", "yesterday afternoon, that is, Saturday 21 November"),
        ("last Friday", "last Friday, that is, Friday 13 November"),
        ("yesterday at 3", "yesterday at 3, that is, Saturday 21 November at 3 pm"),
        ("20 November", "20 November, that is, Friday"),
        ("last month", "last month, that is, October 2026"),
        ("when the moon was high", "when the moon was high"),
    ],
)
def test_a_time_in_english_is_said_back_with_what_was_understood(said: str, back: str) -> None:
    sentence = read(what="it broke", when=said).sentence
    assert (
        sentence
        == f"Let me read that back to you: it was {back}; what happened is: it broke – is that right?"
    )


def test_a_time_that_was_not_understood_is_asked_for_again() -> None:
    assert read(what="it broke", when="when the moon was high").missing[0] == "when_unclear"
    assert read(what="it broke", when="yesterday").missing[0] == "where"


def test_an_english_story_with_a_chinese_place_is_read_back_in_english() -> None:
    back = read(
        what="charged twice at the till", when="昨天下午3点", where="南山店收银台2号", otherwise="zh_CN"
    )
    assert back.language == "en"
    assert "it was Saturday 21 November at 3 pm; the place was 南山店收银台2号" in back.sentence


def test_a_chinese_story_with_english_words_is_read_back_in_chinese() -> None:
    back = read(what="我买的 iPhone case 是坏的, 说要找 Apple Store", when="last Friday")
    assert back.language == "zh_CN"
    assert "时间是11月13号星期五" in back.sentence


def test_a_long_story_is_cut_at_a_clause_and_the_caller_is_told_that_the_rest_is_kept() -> None:
    zh = read(what="第一句话说的是价格，" + "后面还有一段很长的话，" * 20).sentence
    assert zh.endswith("后面还有一段很长的话，后面的我也都记下了，对吗？")
    assert zh.count("后面还有一段很长的话") == 4
    en = read(what="the price was wrong, " + "and then there was more to tell, " * 20).sentence
    assert en.endswith("and then there was more to tell, and I have the rest written down – is that right?")
    assert len(en) < 320


def test_a_text_kept_beside_its_field_is_not_read_out_but_owned_up_to() -> None:
    assert read(what="一开始⟦what-1: 12,000 characters, kept whole⟧").sentence == (
        "我念给您核对一下：事情是：一开始，后面的我也都记下了，对吗？"
    )
    assert "what" not in read(what="⟦what-1: 12,000 characters, kept whole⟧").missing


@pytest.mark.parametrize(
    "hostile",
    [
        "[bold]x[/]",
        "{words} {caller} {0}",
        "___ and ___",
        "\x1b[2J\x07",
        "\u202egnp.exe",
        "a\nb\r\n\tc",
        "%s %n",
        "⟦",
    ],
)
def test_hostile_words_stay_words_in_one_line_without_a_sign_nobody_can_say(hostile: str) -> None:
    back = read(what=f"broken {hostile} thing", caller=hostile, where=hostile)
    assert back.sentence.isprintable()
    assert back.sentence.endswith(" – is that right?")
    assert back.sentence.count("let me read") + back.sentence.count("Let me read") == 1


def test_it_is_one_sentence_however_many_the_caller_said() -> None:
    for told in (TOLD_ZH, TOLD_EN):
        more = {
            **told,
            "what": "第一句。第二句！第三句？！" if told is TOLD_ZH else "One. Two! Three?! Four...",
        }
        sentence = read(**more).sentence
        assert len([sign for sign in sentence if sign in "。！？!?"]) == 1
        assert ". " not in sentence
