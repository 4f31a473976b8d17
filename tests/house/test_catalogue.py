"""The catalogues: nothing translated is lost, nothing wrong passes, the same sources give the same files."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]

CALLS = """
_("Ticket {number} is resolved.").format(number=1)
n_("{count} minute left", "{count} minutes left", 2)
N_("Caller")
"""
CHINESE = {
    "Ticket {number} is resolved.": "投诉单 {number} 已解决。",
    "{count} minute left": ["还剩 {count} 分钟"],
    "Caller": "来电者",
}


@pytest.fixture
def source(tmp_path: Path, root: Path) -> Path:
    """A small program with three sentences."""
    place = tmp_path / "complaint_desk"
    (place / "locale").mkdir(parents=True)
    glossary = (root / "complaint_desk" / "locale" / "glossary.toml").read_bytes()
    (place / "locale" / "glossary.toml").write_bytes(glossary)
    (place / "screen.py").write_text(CALLS)
    return place


def test_a_catalogue_filled_in_has_no_fault(script: Load, source: Path) -> None:
    catalogue = script("catalogue")
    assert catalogue.update(source, fill=CHINESE) == []
    assert catalogue.check(source) == []
    assert catalogue.missing(source) == []


def test_sentences_without_chinese_are_named(script: Load, source: Path) -> None:
    catalogue = script("catalogue")
    catalogue.update(source, fill={"Caller": "来电者"})
    assert catalogue.missing(source) == [
        "Ticket {number} is resolved.",
        ("{count} minute left", "{count} minutes left"),
    ]
    assert any(
        "'Ticket {number} is resolved.' is not translated" in fault for fault in catalogue.check(source)
    )


def test_a_translation_with_other_places_than_the_english_is_refused_and_the_rest_is_taken(
    script: Load, source: Path
) -> None:
    catalogue = script("catalogue")
    wrong = CHINESE | {"Ticket {number} is resolved.": "投诉单 {nummer} 已解决。", "Nowhere": "无"}
    refused = catalogue.update(source, fill=wrong)
    assert len(refused) == 2
    assert catalogue.missing(source) == ["Ticket {number} is resolved."]


def test_a_sentence_out_of_use_keeps_its_chinese_until_it_comes_back(script: Load, source: Path) -> None:
    catalogue = script("catalogue")
    catalogue.update(source, fill=CHINESE)
    (source / "screen.py").write_text("")
    catalogue.update(source)
    assert catalogue.check(source) == []
    (source / "screen.py").write_text(CALLS)
    catalogue.update(source)
    assert catalogue.missing(source) == []


def test_the_same_sources_give_the_same_bytes(script: Load, source: Path) -> None:
    catalogue = script("catalogue")
    catalogue.update(source, fill=CHINESE)
    files = [path for path in source.rglob("*") if path.suffix in (".po", ".mo")]
    before = {path: path.read_bytes() for path in files}
    assert len(before) == 4
    catalogue.update(source)
    assert {path: path.read_bytes() for path in files} == before
    assert not any(b"Date" in content or b"screen.py" in content for content in before.values())


def test_a_compiled_catalogue_left_behind_is_named(script: Load, source: Path) -> None:
    catalogue = script("catalogue")
    catalogue.update(source, fill=CHINESE)
    catalogue.po_path("zh_CN", source).with_suffix(".mo").write_bytes(b"old")
    assert catalogue.check(source) == ["zh_CN: complaint_desk.mo is behind complaint_desk.po: run `compile`"]


def test_a_word_that_is_not_the_glossarys_is_named(script: Load, source: Path) -> None:
    catalogue = script("catalogue")
    catalogue.update(source, fill=CHINESE | {"Caller": "客人"})
    assert catalogue.check(source) == ["zh_CN: 'Caller': caller is 来电者 in the glossary"]


def test_a_sentence_put_together_before_it_is_looked_up_is_named(script: Load, source: Path) -> None:
    (source / "screen.py").write_text('number = 1\n_(f"Ticket {number}")\n_("a {x}".format(x=1))\n')
    faults = list(script("_catalogue").unmarked(source))
    assert [fault.partition(" ")[0] for fault in faults] == [
        "complaint_desk/screen.py:2:",
        "complaint_desk/screen.py:3:",
    ]


def test_a_source_that_is_not_python_changes_nothing(script: Load, source: Path) -> None:
    catalogue = script("catalogue")
    catalogue.update(source, fill=CHINESE)
    before = catalogue.po_path("zh_CN", source).read_bytes()
    (source / "screen.py").write_text('_("Caller"\n')
    with pytest.raises(SyntaxError, match=r"complaint_desk/screen\.py"):
        catalogue.update(source)
    assert catalogue.po_path("zh_CN", source).read_bytes() == before
