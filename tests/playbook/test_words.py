"""The playbook's own words: complete, equal in both languages, and fit to be said."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain, combinations, product
from typing import cast

import pytest
from pydantic import BaseModel
from rich.cells import cell_len

from complaint_desk.models.enums import Cause, Channel, ClockKind, ComplainantType, HeatStep
from complaint_desk.playbook.loader import SEVEN, Playbook, load_playbook
from complaint_desk.playbook.schema import LANGUAGES, Lines, Patterns, Text, Texts
from complaint_desk.playbook.template import SLOTS, Slots, fill
from complaint_desk.playbook.topics import DATA, TOPICS, adapter, built_in

TWO_LINES_CELLS = 2 * 76
KNOWN = {
    "zh_CN": {
        "caller": "王女士",
        "product": "电饭煲",
        "store": "南山店",
        "time": "明天18:00",
        "agent": "陈静",
    },
    "en": {
        "caller": "Ms Wang",
        "product": "rice cooker",
        "store": "Nanshan store",
        "time": "18:00",
        "agent": "Chen",
    },
}
SUBSETS = list(chain.from_iterable(combinations(SLOTS, size) for size in range(len(SLOTS) + 1)))

HALF_WIDTH = re.compile(r"[,.?!;:()'\"]")
FULL_WIDTH_OR_CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef，。？！：；（）、“”]")


@cache
def playbook() -> Playbook:
    return load_playbook()


def slots(language: str, names: tuple[str, ...]) -> Slots:
    return cast(Slots, {name: KNOWN[language][name] for name in names})


def parts(value: object, where: str) -> Iterator[tuple[str, BaseModel]]:
    """Every bilingual part of an entry with its place."""
    if isinstance(value, (Text, Texts, Lines)):
        yield where, value
    if isinstance(value, BaseModel) and not isinstance(value, Patterns):
        for name in type(value).model_fields:
            yield from parts(getattr(value, name), f"{where}.{name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from parts(inner, f"{where}.{key}")
    elif isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from parts(inner, f"{where}.{number}")


def bilingual() -> Iterator[tuple[str, BaseModel]]:
    for topic in TOPICS:
        for key, entry in playbook().topic(topic).items():
            yield from parts(entry, f"{topic}.{key}")


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text and line in a language, lines with all their slots left out and with all filled."""
    for where, part in bilingual():
        if isinstance(part, Text):
            yield where, part[language]
        elif isinstance(part, Texts):
            yield from ((where, text) for text in part[language])
        elif isinstance(part, Lines):
            for line in part[language]:
                yield where, fill(line)
                yield where, fill(line, slots(language, SLOTS))


def test_every_entry_stands_up_to_the_check_that_a_stores_own_must_pass() -> None:
    for topic in TOPICS:
        adapter(topic).validate_python(dict(built_in(topic)))


def test_there_is_a_data_file_for_every_topic_and_none_besides() -> None:
    assert {file.stem for file in DATA.glob("*.toml")} == set(TOPICS)
    assert set(playbook().named("topics")) == set(TOPICS)


def test_every_member_of_the_trades_lists_has_its_entry() -> None:
    book = playbook()
    assert set(book.types) == set(ComplainantType)
    assert set(book.causes) == set(Cause)
    assert set(book.channels) == set(Channel)
    assert set(book.clocks) == set(ClockKind)
    assert set(book.named("heat_steps")) == set(HeatStep)
    assert [entry.code for entry in book.named("remedies").values()] == ["R1", "R2", "R3", "R4", "R5"]
    assert tuple(book.named("principles")) == SEVEN
    assert tuple(book.avoidances)[:7] == SEVEN
    counted = {"needs": 6, "seven_steps": 7, "situations": 5, "loyalty": 12, "system": 7, "decisions": 13}
    assert {topic: len(book.topic(topic)) for topic in counted} == counted


def test_causes_carry_the_codes_of_the_training_and_name_origins_and_qualities_that_exist() -> None:
    book = playbook()
    for cause in Cause:
        entry = book.causes[cause]
        assert entry.code == cause.code
        assert set(entry.origins) <= set(book.named("origins"))
        assert set(entry.rater) <= set(book.named("rater"))


def test_every_pair_of_kinds_has_its_question_in_either_order_and_answers_for_both() -> None:
    book = playbook()
    for first, second in combinations(ComplainantType, 2):
        question = book.question(first, second)
        assert {answer.speaks_for for answer in question.answers} == {first, second}
        assert book.question_between(second, first, "en") == book.question_between(first, second, "en")
        key = next(key for key, entry in book.questions.items() if entry is question)
        assert key == f"{question.between[0]}-{question.between[1]}"
    assert {answer.speaks_for for answer in book.questions["first"].answers} == set(ComplainantType)


def test_every_step_has_lines_for_anyone_for_every_kind_and_all_but_the_thanks_for_every_cause() -> None:
    keys = set(playbook().topic("heat"))
    whom = ["any", *ComplainantType]
    wanted = {f"{step}.{who}" for step, who in product(HeatStep, whom)}
    wanted |= {f"{step}.{cause}" for step, cause in product(HeatStep, Cause) if step is not HeatStep.THANK}
    assert keys == wanted


def test_both_languages_say_as_much() -> None:
    for where, part in bilingual():
        if isinstance(part, (Texts, Lines)):
            assert len(part.zh_CN) == len(part.en), where


def test_every_entry_names_its_source() -> None:
    known = re.compile(
        r"(training text 00[0-4](, (principle|way|cause|avoid|step)s? [A-G0-9, ]+)*|trade|ours)"
    )
    for topic in TOPICS:
        for key, entry in playbook().topic(topic).items():
            for source in entry.source.split("; "):
                assert known.fullmatch(source), (topic, key, source)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_said_holds_an_unfilled_slot_whatever_is_known(language: str) -> None:
    every = [
        (line, where) for where, part in bilingual() if isinstance(part, Lines) for line in part[language]
    ]
    for (line, where), names in product(every, SUBSETS):
        said = fill(line, slots(language, names))
        assert not re.search(r"[{}\[\]|]", said), (where, names, said)
        assert said == said.strip(), (where, names, said)
        assert "  " not in said, (where, names, said)
        assert not re.match(r"[，。、,.;:!?！？]", said), (where, names, said)
        assert not re.search(r"[，。？！：；,]\s?[，。？！：；]|[，,]$|,\s*[.?!]| [,.?!]", said), (
            where,
            names,
            said,
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_every_step_there_are_one_to_three_lines_that_fit_and_differ(language: str) -> None:
    kinds = [None, *ComplainantType]
    causes = [None, *Cause]
    for step, kind, cause, names in product(HeatStep, kinds, causes, SUBSETS):
        lines = playbook().say(step, kind, language, slots(language, names), cause)
        assert 1 <= len(lines) <= 3
        assert len(set(lines)) == len(lines)
        assert all(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_to_say_is_longer_than_two_lines_of_a_narrow_screen(language: str) -> None:
    for where, part in bilingual():
        if isinstance(part, Lines):
            for line in part[language]:
                assert cell_len(fill(line, slots(language, SLOTS))) <= TWO_LINES_CELLS, (where, line)
                for sentence in re.split(r"(?<=[。？！?!])|(?<=[.])\s", fill(line, slots(language, SLOTS))):
                    assert cell_len(sentence) <= 90, (where, sentence)


def test_chinese_lines_use_full_width_signs_only() -> None:
    for where, text in texts("zh_CN"):
        words = re.sub(r"\d+[:.]\d+", "", text)
        assert not HALF_WIDTH.search(words), (where, text)


def test_english_lines_hold_no_chinese_and_no_full_width_sign() -> None:
    for where, text in texts("en"):
        if not where.startswith("labels.slot_"):
            assert not FULL_WIDTH_OR_CHINESE.search(text), (where, text)


def test_chinese_addresses_the_caller_as_nin() -> None:
    """〔您〕 throughout; 你 only to the agent, and in the callers' own words."""
    for where, part in bilingual():
        if isinstance(part, Lines):
            for line in part.zh_CN:
                assert "你" not in line, (where, line)


def test_names_fit_where_room_is_scarce() -> None:
    book = playbook()
    for language in LANGUAGES:
        assert cell_len(book.avoid_line(language)) <= 70
        assert cell_len(book.first_minute_line(language)) <= 60
        assert all(cell_len(book.type_short(kind, language)) <= 12 for kind in ComplainantType)
        assert all(cell_len(book.cause_name(cause, language)) <= 20 for cause in Cause)
        assert all(cell_len(book.channel_name(channel, language)) <= 23 for channel in Channel)
        assert all(cell_len(book.step_name(step, language)) <= 12 for step in HeatStep)
        assert all(cell_len(book.clock_name(kind, language)) <= 10 for kind in ClockKind)


def test_our_own_chinese_lines_hold_none_of_the_phrases_they_warn_of() -> None:
    forbidden = [phrase for entry in playbook().avoidances.values() for phrase in entry.phrases["zh_CN"]]
    said = [fill(line) for _, part in bilingual() if isinstance(part, Lines) for line in part["zh_CN"]]
    for phrase in forbidden:
        assert not [line for line in said if phrase in line], phrase
