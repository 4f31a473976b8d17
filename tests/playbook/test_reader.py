"""Reading and searching the playbook."""

from functools import cache
from pathlib import Path

import pytest

from complaint_desk.playbook.loader import load_playbook
from complaint_desk.playbook.reader import Found, Reader, Search
from complaint_desk.playbook.schema import LANGUAGES


@cache
def whole() -> Search:
    return Search(load_playbook())


def found(text: str, language: str = "zh_CN") -> list[str]:
    return [f"{page.topic}.{page.key}" for page, _ in whole().find(text, language)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_title_and_named_parts_and_shows_slots_as_words(language: str) -> None:
    for page in Reader(load_playbook(), language).all_pages:
        assert page.title.strip(), page.key
        assert page.rows, page.key
        for row in page.rows:
            assert row.label
            assert all(text and "{" not in text for text in row.texts), page.key


def test_both_languages_have_the_same_pages_with_the_same_parts() -> None:
    chinese, english = (Reader(load_playbook(), language).all_pages for language in LANGUAGES)
    assert [(page.topic, page.key, len(page.rows)) for page in chinese] == [
        (page.topic, page.key, len(page.rows)) for page in english
    ]


def test_two_chinese_characters_find_their_page_and_the_titles_come_first() -> None:
    assert found("围攻")[0] == "avoid.D"
    assert found("收银")[0] == "causes.cashier_error" or found("收银")[0].startswith("heat.")
    assert "types.victim" in found("受害")


def test_a_word_of_either_language_finds_the_page_whichever_is_shown() -> None:
    for language in LANGUAGES:
        assert "avoid.D" in found("crowd", language)
        assert "avoid.D" in found("围攻", language)
    (hit,) = [hit for hit in whole().find("12356", "en") if hit.page.topic == "situations"]
    assert hit.texts == (
        "My supervisor will help too. There are trained people on 12356; may I help you reach them?",
        "12356 National psychological support line",
    )


def test_all_words_must_be_on_the_page_in_any_case_and_width() -> None:
    assert found("RATER", "en") == found("ｒａｔｅｒ", "en")
    assert found("voucher open", "en") == ["types.quality_monitor"]
    assert found("voucher zebra", "en") == []


@pytest.mark.parametrize("text", ["", "  ", "zzzz", "[/]", "((", "%"])
def test_what_is_not_there_is_not_found_and_nothing_is_read_as_a_pattern(text: str) -> None:
    assert whole().find(text, "en") == () or all(
        isinstance(hit, Found) and hit.texts for hit in whole().find(text, "en")
    )


def test_a_stores_own_entry_is_found_and_marked(tmp_path: Path) -> None:
    own = '[victim.wish]\nzh_CN = "要人陪"\nen = "wants company"\n'
    (tmp_path / "types.toml").write_text(own, encoding="utf-8")
    (hit,) = Search(load_playbook(tmp_path)).find("要人陪", "en")
    assert hit.page.own
    assert hit.page.key == "victim"


def test_sources_are_told_in_the_readers_language() -> None:
    page = Reader(load_playbook(), "zh_CN").page("principles", "B")
    assert page.rows[-1].texts == ("训练文本001",)
    for page in Reader(load_playbook(), "zh_CN").all_pages:
        (source,) = [row.texts[0] for row in page.rows if row.label == "出处"]
        assert not any(sign.islower() for sign in source), page


def test_a_topic_or_entry_that_is_not_there_is_refused() -> None:
    reader = Reader(load_playbook(), "en")
    with pytest.raises(KeyError):
        reader.pages("labels")
    with pytest.raises(KeyError):
        reader.page("types", "pirate")
