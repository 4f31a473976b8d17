"""Words to avoid, in the agent's own words and nobody else's."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_desk.models.enums import Role
from complaint_desk.playbook.avoid_patterns import RULES, AvoidPatterns, avoid_patterns
from complaint_desk.playbook.loader import load_playbook
from complaint_desk.rules.avoid import Authority, checker_of, find, with_own_words
from complaint_desk.rules.avoid.amounts import chinese_number, english_number
from complaint_desk.rules.traditional import SIMPLIFIED_FOR

DATA = Path(__file__).parent.parent / "data"
PATTERNS = avoid_patterns()
SENTENCES = [
    json.loads(line)
    for language in ("zh", "en")
    for line in (DATA / f"agent_sentences_dev_{language}.jsonl").read_text(encoding="utf-8").splitlines()
]
TEXTS = st.text(max_size=120) | st.lists(
    st.sampled_from([entry["text"] for entry in SENTENCES] + ["“", "”", '"', "'", "「", "」", "您说", " "]),
    max_size=4,
).map("".join)


def rules(text: str, *, internal: bool = False, authority: Authority | None = None) -> set[str]:
    found = find(text, "internal" if internal else "caller", authority, patterns=PATTERNS)
    return {one.rule for one in found}


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("A", "就在这儿说吧，大家都听听"),
        ("A", "Say it here, let everyone hear."),
        ("B", "等着，现在没空。"),
        ("B", "It's only a small thing."),
        ("C", "规定就是这样，没办法。"),
        ("C", "It's policy, it can't be done."),
        ("D", "我们几个都看见了。"),
        ("D", "We all saw it, my colleagues agree with me."),
        ("E", "您冷静点，别激动。"),
        ("E", "Calm down. Whatever."),
        ("F", "您搞错了，别人都没问题。"),
        ("F", "You're wrong, nobody else complains."),
        ("G", "这不归我管，您找他们去。"),
        ("G", "That's not my department."),
    ],
)
def test_what_the_training_says_never_to_say_is_found_under_its_letter(rule: str, text: str) -> None:
    assert rule in rules(text)


def test_the_span_is_where_the_words_stand_also_after_full_width_and_hidden_signs() -> None:
    text = "好的。　ＣＡＬＭ\u200b ＤＯＷＮ please，您冷静点。"
    for one in find(text, patterns=PATTERNS):
        assert text[one.start : one.end] == one.words
    assert "E" in rules(text)


def test_what_stands_in_quotation_marks_is_somebody_elses() -> None:
    assert not rules("您说店员讲“等着，规定就是这样”，我记下了。")
    assert not rules('You told me the clerk said "calm down, it\'s policy", and I have written that down.')
    assert not rules("他的原话是「爱买不买」，我向您道歉。")


def test_what_the_caller_tells_is_not_the_agents_speech() -> None:
    assert not rules("客人说店员叫他冷静点，还让他找厂家去。", internal=True)
    assert not rules("I'm sorry you were told to calm down.")
    assert not rules("那天店员让您冷静点，这不应该，我向您道歉。")


def test_what_follows_the_callers_words_is_the_agents_again() -> None:
    assert "C" in rules("您说想退货，但是规定就是这样，没办法。")


def test_not_knowing_is_good_when_somebody_will_ring_at_a_time() -> None:
    assert "B" in rules("I don't know.")
    assert not rules("I don't know yet, I'll ring by four.")
    assert "B" in rules("我不知道。")
    assert not rules("我现在还不知道，四点前给您回电话。")


def test_a_note_for_colleagues_may_say_what_a_caller_should_not_hear() -> None:
    for text in ("没办法，暂时没货。", "I don't know who was on duty.", "是仓库发错的，厂家的问题。"):
        assert not rules(text, internal=True)
    assert "E" in rules("这个客人胡搅蛮缠。", internal=True)
    assert "fault" in rules("We were negligent.", internal=True)


def test_a_promise_needs_an_owner_and_a_time() -> None:
    assert rules("我保证给您解决。") == {"promise"}
    assert rules("It will definitely be fixed, I guarantee it.") == {"promise"}
    assert not rules("我保证今天下午五点前亲自给您打电话。")
    assert not rules("I promise that I'll call you myself today before five.")


def test_an_owner_without_a_time_or_a_time_without_an_owner_is_still_a_promise() -> None:
    assert "promise" in rules("明天肯定到货。")
    assert "promise" in rules("I promise you it will be solved.")


def test_saying_that_one_cannot_promise_is_no_promise() -> None:
    assert "promise" not in rules("我不能保证今天到。")
    assert "promise" not in rules("I can't guarantee that it will be here today.")
    assert "promise" not in rules("您一定很着急。")


@pytest.mark.parametrize(
    "text", ["我给您赔八百块。", "I'll refund you $800.", "我赔您三千元。", "给您退１２００元。"]
)
def test_a_sum_over_the_limit_is_beyond_an_agent(text: str) -> None:
    assert "beyond" in rules(text)


def test_the_limit_follows_the_role_and_may_be_the_stores_own() -> None:
    assert "beyond" not in rules("我给您退一百五十元。")
    assert "beyond" not in rules("I'll refund you 400 pounds.", authority=Authority.of(Role.SUPERVISOR))
    assert "beyond" in rules("I'll refund you 600 pounds.", authority=Authority.of(Role.SUPERVISOR))
    assert "beyond" not in rules("我给您退一千八百元。", authority=Authority.of(Role.MANAGER))
    assert "beyond" in rules("给您退五十元。", authority=Authority(Role.AGENT, Decimal(30)))


def test_a_sum_the_manager_decides_is_within_the_authority() -> None:
    assert "beyond" not in rules("这八百元要经理批，我五点前给您答复。")


def test_owning_a_mistake_is_good_and_admitting_liability_is_not() -> None:
    assert not rules("这是我们的错，对不起，我今天给您换新的。")
    assert not rules("That was our mistake and I'm sorry, I'm correcting it now.")
    assert rules("我们承担全部法律责任。") == {"fault"}
    assert rules("We are legally liable.") == {"fault"}


def test_three_apologies_want_an_act() -> None:
    assert rules("对不起，对不起，真的很抱歉。") == {"over_apology"}
    assert not rules("对不起，抱歉让您久等，真不好意思，我现在就给您换新的。")
    assert not rules("对不起，很抱歉。")
    assert rules("Sorry, I'm so sorry, please accept my apologies.") == {"over_apology"}


def test_typing_errors_and_other_spellings_are_read_through() -> None:
    assert "C" in rules("没半法，归定就是这样")
    assert "E" in rules("please clam down")
    assert "promise" in rules("i garantee it will be fixed")
    assert "C" in rules("规 定 就 是 这 样")


@pytest.mark.parametrize(
    "number", [("三千", 3000), ("一千五", 1500), ("两万", 20000), ("十二", 12), ("二百五十", 250)]
)
def test_chinese_sums_are_read_as_said(number: tuple[str, int]) -> None:
    assert chinese_number(number[0]) == number[1]


def test_english_sums_are_read_as_said() -> None:
    assert english_number("two hundred and fifty") == 250
    assert english_number("three thousand") == 3000


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_whatever_is_typed_spans_lie_in_it_and_do_not_overlap(text: str) -> None:
    for internal in ("caller", "internal"):
        end = 0
        for one in find(text, internal, patterns=PATTERNS):
            assert end <= one.start < one.end <= len(text)
            assert text[one.start : one.end] == one.words
            assert one.rule in RULES
            assert one.instead_zh
            assert one.instead_en
            end = one.end


@given(
    st.sampled_from([("“", "”"), ("「", "」"), ("『", "』"), ('"', '"'), (" '", "' "), ("《", "》")]),
    st.sampled_from([entry["text"] for entry in SENTENCES if entry["rule"] and "'" not in entry["text"]]),
)
@settings(max_examples=80, deadline=None)
def test_nothing_is_found_within_quotation_marks(marks: tuple[str, str], text: str) -> None:
    assert not find(marks[0] + text + marks[1], patterns=PATTERNS)


def test_traditional_and_simplified_characters_are_read_alike() -> None:
    back = {simple: chr(old) for old, simple in SIMPLIFIED_FOR.items()}
    for entry in SENTENCES[::7]:
        traditional = "".join(back.get(sign, sign) for sign in entry["text"])
        assert rules(traditional) == rules(entry["text"]), entry["text"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_development_sentences_are_found_and_the_good_ones_left_alone(language: str) -> None:
    checker = checker_of(PATTERNS)
    found = right = bad = good = alarms = 0
    for entry in SENTENCES:
        if entry["language"] != language:
            continue
        named = {one.rule for one in checker.find(entry["text"])}
        if entry["rule"] is None:
            good += 1
            alarms += bool(named)
        else:
            bad += 1
            found += bool(named)
            right += entry["rule"] in named
    assert bad >= 250
    assert good >= 250
    assert found >= 0.85 * bad
    assert right >= 0.85 * found
    assert alarms <= 0.02 * good


def test_a_long_line_of_half_matches_is_read_in_a_number_of_steps_that_grows_with_it() -> None:
    for piece in ("您自己是自己是不是", "you have been just really simply ", "“", "' ", "对不起", "100"):
        find(piece * 2000, patterns=PATTERNS)


OWN_WORDS = """
[E.phrases]
zh_CN = ["冷静点", "别激动", "爱买不买", "您想怎么样", "这位女士"]
en = ["calm down", "don't get worked up", "what do you want me to do?", "suit yourself", "my good … woman"]

[G.instead]
zh_CN = ["我替您找他们。"]
en = ["I'll find them for you."]
"""


@pytest.fixture
def own(tmp_path: Path) -> AvoidPatterns:
    (tmp_path / "avoid.toml").write_text(OWN_WORDS, encoding="utf-8")
    book = load_playbook(tmp_path)
    assert not book.faults
    return with_own_words(PATTERNS, book.own_words_to_avoid())


@pytest.mark.parametrize(
    "text", ["好的，这位女士，我来查。", "Now, my good, dear woman, I will ring by four."]
)
def test_what_a_store_adds_to_its_words_to_avoid_is_found(text: str, own: AvoidPatterns) -> None:
    assert "E" not in rules(text)
    (found,) = find(text, patterns=own)
    assert found.rule == "E"


def test_what_a_store_takes_out_of_them_is_left_alone_and_the_rest_is_not(own: AvoidPatterns) -> None:
    assert rules("Oh, whatever.") == {"E"}
    assert not find("Oh, whatever.", patterns=own)
    assert [one.rule for one in find("Calm down.", patterns=own)] == ["E"]


def test_what_a_store_says_instead_is_said_for_every_finding_of_the_rule(own: AvoidPatterns) -> None:
    for text in ("这不归我管。", "That's not my department."):
        assert {(one.instead_zh, one.instead_en) for one in find(text, patterns=own)} == {
            ("我替您找他们。", "I'll find them for you.")
        }
    assert (
        find("Calm down.", patterns=own)[0].instead_en == find("Calm down.", patterns=PATTERNS)[0].instead_en
    )


def test_a_store_without_words_of_its_own_has_ours() -> None:
    assert with_own_words(PATTERNS, load_playbook().own_words_to_avoid()) is PATTERNS
