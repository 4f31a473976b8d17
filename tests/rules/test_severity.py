"""How grave a complaint is: each sentence a caller might say, and what it should raise."""

from functools import cache

import pytest

from complaint_desk.models.enums import Cause, Channel, SafetyFlag, Severity
from complaint_desk.playbook.loader import load_playbook
from complaint_desk.rules import severity
from complaint_desk.rules.severity import Assessment, assess
from complaint_desk.rules.severity_signs import Signs, compile_signs
from tests.rules import severity_sentences as said

ALL = [
    case
    for cases in (
        said.CHINESE_GRAVE,
        said.CHINESE_SERIOUS,
        said.CHINESE_ORDINARY,
        said.ENGLISH_GRAVE,
        said.ENGLISH_SERIOUS,
        said.ENGLISH_ORDINARY,
        said.MIXED,
        said.LATER,
        said.LAST,
    )
    for case in cases
]


@cache
def signs() -> Signs:
    return compile_signs(load_playbook().severity_words)


def judged(words: str, channel: Channel | None = None, cause: Cause | None = None) -> Assessment:
    return assess(words, channel, cause, signs())


@pytest.mark.parametrize(("words", "severity", "flags"), ALL, ids=[words for words, _, _ in ALL])
def test_a_sentence_has_the_severity_and_flags_a_supervisor_would_give_it(
    words: str, severity: int, flags: set[str]
) -> None:
    found = judged(words)
    assert (found.severity, {flag.value for flag in found.flags}) == (severity, flags)


def test_there_are_sixty_sentences_and_more_in_each_language() -> None:
    chinese = [words for words, _, _ in ALL if any("\u4e00" <= sign <= "\u9fff" for sign in words)]
    assert len(chinese) >= 60
    assert len(ALL) - len(chinese) >= 60


def test_the_spans_quote_the_callers_own_words_also_in_traditional_characters_and_full_width_signs() -> None:
    words = "我要打１２３１５！電飯煲漏電了。"
    found = judged(words)
    assert [words[span.start : span.end] for span in found.spans] == ["１２３１５", "漏電"]
    assert [span.flag for span in found.spans] == [SafetyFlag.MEDIA_OR_REGULATOR, SafetyFlag.DANGER]


def test_self_harm_is_told_apart_from_other_danger_by_its_sign() -> None:
    assert [span.sign for span in judged("我真的不想活了。").spans] == ["self_harm"]
    assert [span.sign for span in judged("The plug caught fire.").spans] == ["peril"]


@pytest.mark.parametrize("channel", [Channel.MEDIA, Channel.CONSUMERS_ASSOCIATION])
def test_what_comes_by_the_press_or_a_consumers_association_is_serious_whatever_its_words(
    channel: Channel,
) -> None:
    found = judged("发票抬头开错了。", channel)
    assert found == Assessment(Severity.SERIOUS, (SafetyFlag.MEDIA_OR_REGULATOR,), ())


def test_an_injury_that_comes_by_the_press_is_grave_and_carries_both_flags() -> None:
    found = judged("我妈在店里摔骨折了。", Channel.MEDIA)
    assert found.severity is Severity.GRAVE
    assert found.flags == (SafetyFlag.INJURY, SafetyFlag.MEDIA_OR_REGULATOR)


def test_a_suggestion_with_a_fault_as_its_cause_is_more_than_a_suggestion() -> None:
    words = "建议你们多放几把椅子。"
    assert judged(words).severity is Severity.MINOR
    assert judged(words, cause=Cause.FACILITY_ENVIRONMENT).severity is Severity.MINOR
    assert judged(words, cause=Cause.GOODS_QUALITY).severity is Severity.ORDINARY


def test_nothing_said_is_an_ordinary_complaint() -> None:
    assert judged("") == Assessment(Severity.ORDINARY, (), ())
    assert judged(" \n\x00\ufeff").flags == ()


def test_a_long_story_keeps_the_flag_of_its_one_grave_sentence() -> None:
    story = "排队等了很久，收银员一直在聊天。" * 60
    found = judged(story + "后来我妈在门口滑倒，手腕骨折了。" + story)
    assert found.flags == (SafetyFlag.INJURY,)
    assert found.spans[0].start > len(story)


@pytest.mark.parametrize("piece", ["烫伤了我", "没有起火"])
def test_twice_the_words_without_a_mark_are_about_twice_the_work(
    piece: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at = 0
    reached = severity._Text.reached

    def counted(self: severity._Text, reach: str, start: int, end: int) -> str:
        nonlocal looked_at
        found = reached(self, reach, start, end)
        looked_at += len(found)
        return found

    monkeypatch.setattr(severity._Text, "reached", counted)
    monkeypatch.setattr(severity, "MOST_SPANS", 100_000)

    def work(times: int) -> int:
        nonlocal looked_at
        looked_at = 0
        judged(piece * times)
        return looked_at

    assert 0 < work(400) < 2.3 * work(200)


def test_of_words_said_over_and_over_so_many_places_are_told_and_the_gravity_is_the_same() -> None:
    found = judged("我被烫伤了。" * 500)
    assert found.severity is judged("我被烫伤了。").severity
    assert 0 < len(found.spans) <= severity.MOST_SPANS * len(found.flags)


def test_the_quick_look_for_words_that_count_passes_over_none(monkeypatch: pytest.MonkeyPatch) -> None:
    sentences = [words for words, _, _ in ALL]
    assert sum(signs().may_count(severity._folded(words)) for words in sentences) < len(sentences)
    looked_over = [judged(words) for words in sentences]
    monkeypatch.setattr(Signs, "may_count", lambda *_: True)
    assert looked_over == [judged(words) for words in sentences]
