"""How the desk reads a caller: by the wish and not by the tone, in both languages, and never by a guess."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_desk.models.enums import Cause, ComplainantType
from complaint_desk.playbook.caller_model import ModelUnreadable, load_model, parse_model
from complaint_desk.rules.classify import (
    QUESTION_IDS,
    SEED_SHARES,
    Reading,
    compared,
    learned_shares,
    read_caller,
)
from complaint_desk.rules.classify.features import extract
from complaint_desk.rules.classify.questions import next_question
from complaint_desk.rules.classify.reading import READ_LIMIT
from complaint_desk.rules.classify.text import fold, tokenize

ROOT = Path(__file__).resolve().parents[2]
Q, R, N, V, L = ComplainantType


def read(text: str, **more: object) -> Reading:
    return read_caller(text, load_model(), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("退货都办好了,谢谢。我多说一句,这个牌子的开关你们三家店都一个毛病,应该往厂家那边追。", Q),
        ("请问保修从哪天起算?以发票为准还是以激活为准?请书面答复。", R),
        ("要么退一半,要么换台新的再送个包,你看着给。", N),
        ("她当着那么多人骂我,我心里堵得慌。我也不知道打来干什么。", V),
        ("我跟朋友都推荐咱们店,快修好吧,别让我没面子。", L),
        (
            "It used to be checked every morning. I need nothing for me, but someone should train the staff.",
            Q,
        ),
        ("Which clause applies, and on what basis was it calculated? Please confirm in writing.", R),
        ("Knock off forty or throw in the case and we'll call it even.", N),
        ("Everyone stared and nobody helped. I felt so small. I don't know why I'm calling.", V),
        ("I tell everyone about my shop and I've sent you half my street. Please don't let me down.", L),
    ],
)
def test_a_plain_wish_is_read_in_both_languages(text: str, kind: ComplainantType) -> None:
    assert read(text).type == kind


@pytest.mark.parametrize(
    ("wanted", "refused"),
    [
        ("我要赔偿五百块。", "我不要赔偿,我不要五百块。"),
        ("I want compensation, fifty dollars.", "I don't want compensation, I don't want fifty dollars."),
    ],
)
def test_a_refusal_switches_the_negotiator_off(wanted: str, refused: str) -> None:
    assert read(refused).probabilities[N] < read(wanted).probabilities[N] / 2


@pytest.mark.parametrize(
    "fact",
    [
        "收银台多收了我十二块钱。",
        "昨天买的电饭锅今天就不通电了",
        "架子上没货,跑了两趟。",
        "停车场的灯坏了两盏。",
        "You charged me twice for the same basket.",
        "The kettle I bought on Monday has stopped working",
        "The shelf was empty when I got there.",
        "I was overcharged by twelve pounds on Saturday.",
    ],
)
def test_a_plain_fact_without_a_wish_is_asked_about_and_not_guessed(fact: str) -> None:
    assert read(fact).unsure


@pytest.mark.parametrize(
    "call",
    [
        "我上礼拜买的鞋穿了三天底就掉了,去店里店员说不管。我不要赔钱,你们以后进货把把关,别让别人再买到。",
        "The sofa came with a torn arm and the driver left. I don't want money off, "
        "I want to know which of the two dates I was given is the right one.",
    ],
)
def test_the_first_words_of_a_call_are_read_less_surely_than_the_whole(call: str) -> None:
    assert max(read(call[: len(call) // 4]).probabilities.values()) < max(read(call).probabilities.values())


def test_a_command_at_the_head_of_a_clause_is_heard_as_one() -> None:
    def asked(text: str) -> set[str]:
        return {name for name, *_ in extract(text, load_model().phrases)[0] if name.startswith("asked")}

    assert {"asked:verb.fix", "asked last:at all"} <= asked("It broke. Please train the staff.")
    assert "asked:for the caller" in asked("So tell me why.")
    assert "asked:politely" in asked("Could somebody look?")
    assert asked("She looked at me and I went home.") == {"asked:nothing"}
    assert asked("她看了我一眼。") == set()


def test_what_a_friend_advises_counts_less_than_what_the_caller_demands() -> None:
    told = read("My wife says I should ask for compensation.").probabilities[N]
    demanded = read("I want compensation.").probabilities[N]
    assert told < demanded


def test_what_follows_but_wins_over_what_stands_before_it() -> None:
    ends_with_price = read("我很难过，但是你们给我打五折，再送我一张购物卡。")
    ends_with_sorrow = read("打五折送购物卡我都不要，但是我很难过，没有一个人理我。")
    assert ends_with_price.type == N
    assert ends_with_sorrow.type == V


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("请问发票什么时候开?", "請問發票什麼時候開?"),
        ("你们赔我两百块,不然我发网上。", "你們賠我兩百塊,不然我發網上。"),
    ],
)
def test_traditional_characters_read_as_their_simplified_ones(simplified: str, traditional: str) -> None:
    assert read(traditional).probabilities == read(simplified).probabilities


def test_a_call_without_punctuation_is_still_split_where_it_turns() -> None:
    _, _, clauses = extract("他们已经退了钱但是我想知道为什么", load_model().phrases)
    assert [clause.contrast for clause in clauses] == [False, True]


def test_the_reasons_quote_the_callers_own_words_at_their_place() -> None:
    text = "First they were kind. Then I asked: which clause applies, and by when must you answer in writing?"
    reading = read(text)
    assert reading.reasons
    for reason in reading.reasons:
        assert text[reason.span[0] : reason.span[1]] == reason.words


def test_the_prior_stands_on_a_line_of_its_own_with_the_share_of_training_text_003() -> None:
    prior = read("").prior
    assert prior.type == N
    assert prior.share == pytest.approx(35 / 112.5)
    assert prior.points == pytest.approx(-5.07, abs=0.01)


def test_nothing_said_means_the_shares_of_the_training_and_the_first_question() -> None:
    reading = read("")
    assert reading.probabilities == pytest.approx(dict(SEED_SHARES))
    assert (reading.unsure, reading.depends_on_prior, reading.ask) == (True, True, "first")
    assert (reading.cause, reading.causes, reading.reasons) == (None, (), ())


def test_the_stores_own_counts_replace_the_training_as_they_grow() -> None:
    assert learned_shares({}) == pytest.approx(dict(SEED_SHARES))
    many = learned_shares({V: 2_000})
    assert many[V] > 0.98
    assert sum(many.values()) == pytest.approx(1)
    assert read("", shares=many).type == V


@pytest.mark.parametrize("question", QUESTION_IDS)
def test_an_answer_overrides_the_text_among_the_types_it_tells_apart(question: str) -> None:
    text = "打五折，再送张券，不然差评。"
    for kind in compared(question):
        answered = read(text, answers={question: kind})
        others = [answered.probabilities[other] for other in compared(question) if other != kind]
        assert answered.probabilities[kind] > max(others)
        assert answered.reasons[0].words == question


def test_an_answer_that_tells_nothing_changes_no_probability() -> None:
    assert read("我想问一下", answers={"first": None}).probabilities == read("我想问一下").probabilities


def test_an_unknown_question_or_an_answer_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="weather"):
        read("hello", answers={"weather": V})
    with pytest.raises(ValueError, match="rational-negotiator"):
        read("hello", answers={"rational-negotiator": V})


def test_at_most_two_questions_are_asked_and_none_twice() -> None:
    even = dict.fromkeys(ComplainantType, 0.2)
    first = next_question(even)
    assert first is not None
    second = next_question(even, (first,))
    assert second not in (None, first)
    assert next_question(even, (first, str(second))) is None


def test_between_two_leading_types_the_question_that_tells_those_two_apart_is_asked() -> None:
    shares = {Q: 0.02, R: 0.02, N: 0.48, V: 0.46, L: 0.02}
    assert next_question(shares) == "negotiator-victim"


def test_every_question_the_reading_asks_is_worded_in_the_playbook() -> None:
    from complaint_desk.playbook.loader import load_playbook

    assert set(QUESTION_IDS) == set(load_playbook().questions)


def test_a_question_is_asked_exactly_while_the_reading_is_unsure() -> None:
    seen = set()
    for text in ("", "ok", "Hello there", "打五折，再送张券，不然差评。", "请问依据哪一条规定？请书面答复。"):
        reading = read(text)
        first, second = sorted(reading.probabilities.values(), reverse=True)[:2]
        assert reading.unsure == (first < 0.5 or first - second < 0.15)
        assert (reading.ask is not None) == reading.unsure
        seen.add(reading.unsure)
    assert seen == {True, False}


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("牛奶过期了,都馊了。", Cause.GOODS_EXPIRED_OR_DAMAGED),
        ("电梯坏了,把我困在里面。", Cause.FACILITY_ENVIRONMENT),
        ("The cashier charged me twice at the register.", Cause.CASHIER_ERROR),
        ("It was sold out again, the shelf was empty.", Cause.GOODS_OUT_OF_STOCK),
    ],
)
def test_a_plain_cause_is_named_first_among_three(text: str, cause: Cause) -> None:
    reading = read(text)
    assert reading.cause == cause
    assert len(reading.causes) == 3
    shares = [share for _, share in reading.causes]
    assert shares == sorted(shares, reverse=True)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_at_all_gives_shares_that_sum_to_one_and_spans_inside_it(text: str) -> None:
    reading = read(text)
    assert sum(reading.probabilities.values()) == pytest.approx(1)
    assert read(text) == reading
    for reason in reading.reasons:
        assert text[reason.span[0] : reason.span[1]] == reason.words


@pytest.mark.parametrize(
    "text", ["\x00\x1b[31m", "????", "。" * 500, "\ud800", "𠮷野家" * 50, "a" * 10_000, "不" * 9_000]
)
def test_hostile_text_is_read_without_harm(text: str) -> None:
    assert sum(read(text).probabilities.values()) == pytest.approx(1)


def test_folding_never_changes_the_length_whatever_the_character() -> None:
    every = "".join(chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF)
    assert len(fold(every)) == len(every)


def test_of_a_very_long_call_the_end_is_read_and_quoted_where_it_stands() -> None:
    text = "hello " * READ_LIMIT + "Which clause applies? Please confirm in writing."
    reading = read(text)
    assert reading.type == R
    for reason in reading.reasons:
        assert text[reason.span[0] : reason.span[1]] == reason.words


@pytest.mark.parametrize("piece", ["但是我要赔钱", "but I want my money ", "我!"])
def test_twice_the_words_are_at_most_about_twice_the_work(piece: str) -> None:
    def work(times: int) -> int:
        steps = 0

        def count(frame: FrameType, event: str, arg: Any) -> Any:
            nonlocal steps
            steps += event == "line"
            return count

        text = (piece * times)[:READ_LIMIT]
        before = sys.gettrace()
        sys.settrace(count)
        try:
            extract(text, load_model().phrases, load_model().rows)
        finally:
            sys.settrace(before)
        return steps

    assert work(200) < 2.3 * work(100)


def test_the_text_between_tokens_is_only_what_carries_no_word() -> None:
    tokens = tokenize("ABC賠100元!")
    assert [token[0] for token in tokens] == ["abc", "赔", "100", "元", "!"]
    assert [token[2:] for token in tokens] == [(0, 3), (3, 4), (4, 7), (7, 8), (8, 9)]


def test_damaged_weights_are_refused_by_name() -> None:
    with pytest.raises(ModelUnreadable):
        parse_model("{}")
    with pytest.raises(ModelUnreadable):
        parse_model("not json")


def test_the_shipped_weights_are_under_five_megabytes() -> None:
    assert (ROOT / "complaint_desk/playbook/caller_model.json").stat().st_size < 5_000_000


def test_the_shares_it_names_are_about_the_shares_that_are_right() -> None:
    """On the calls it learned from: a check of the arithmetic, not of what strangers may expect."""
    sure, right = 0.0, 0
    calls = [
        json.loads(line)
        for path in sorted((ROOT / "training").glob("*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    for call in calls:
        reading = read(call["text"])
        sure += reading.probabilities[reading.type]
        right += reading.type == call["label"]
    assert right / len(calls) > 0.9
    assert abs(right - sure) / len(calls) < 0.1


@pytest.mark.skipif(
    importlib.util.find_spec("sklearn") is None,
    reason="scikit-learn, a development tool, is not installed: the weights cannot be rebuilt here",
)
def test_the_shipped_weights_are_those_the_data_gives() -> None:
    shipped = json.loads((ROOT / "complaint_desk/playbook/caller_model.json").read_text("utf-8"))
    import sklearn

    if shipped["scikit_learn"] != sklearn.__version__:
        pytest.skip(f"the weights were fitted with scikit-learn {shipped['scikit_learn']}, not with this one")
    checked = subprocess.run(
        [sys.executable, "scripts/train_classifier.py", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
