"""`playbook check`, `show` and `search`, as they are typed."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from complaint_desk import locale
from complaint_desk.cli import playbook
from complaint_desk.playbook.loader import load_playbook
from complaint_desk.playbook.reader import Reader
from complaint_desk.playbook.topics import TOPICS
from complaint_desk.startup import StartOptions


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store's own folder, empty, as the settings name it."""
    folder = tmp_path / "playbook"
    folder.mkdir()
    monkeypatch.setenv("COMPLAINT_DESK_SETTINGS", str(tmp_path / "settings.toml"))
    monkeypatch.setenv("COLUMNS", "80")
    return folder


def run(*arguments: str, lang: str = "en") -> Result:
    app = typer.Typer()
    spoken = locale.language()
    locale.use(lang)
    try:
        app.add_typer(playbook.build(), name="playbook")
        return CliRunner().invoke(app, ["playbook", *arguments], obj=StartOptions(lang=lang))
    finally:
        locale.use(spoken)


def test_a_clean_folder_leaves_with_nought_and_says_how_many_entries_are_in_use(own: Path) -> None:
    assert run("check").exit_code == 0
    (own / "types.toml").write_text(
        '[victim.wish]\nzh_CN = "要人陪"\nen = "wants company"\n', encoding="utf-8"
    )
    answer = run("check")
    assert answer.exit_code == 0
    assert answer.stdout == "1 entry of your own is in use.\n"


def test_a_fault_is_named_with_file_line_and_entry_and_leaves_with_one(own: Path) -> None:
    (own / "heat.toml").write_text(
        '[hear.victim]\nzh_CN = ["一"]\nen = ["[{calller}, ]x"]\n', encoding="utf-8"
    )
    answer = run("check")
    assert answer.exit_code == 1
    first = answer.stdout.splitlines()[0]
    assert first == (
        "heat.toml:3 hear.victim.en.0: There is no slot {calller}; "
        "the slots are {caller}, {product}, {store}, {time}, {agent}."
    )
    chinese = run("check", lang="zh_CN").stdout.splitlines()[0]
    assert chinese.startswith("heat.toml:3 hear.victim.en.0: ")
    assert "{calller}" in chinese
    assert "slot" not in chinese.split(": ", 1)[1]


def test_faults_come_as_json_one_a_line(tmp_path: Path) -> None:
    (tmp_path / "nonsense.toml").write_text("", encoding="utf-8")
    answer = run("check", str(tmp_path), "--json")
    assert answer.exit_code == 1
    assert json.loads(answer.stdout) == {
        "code": "unknown_file",
        "file": "nonsense.toml",
        "entry": "",
        "line": None,
        "detail": "nonsense",
    }


def test_a_folder_that_is_not_there_is_a_misuse_when_it_was_named(tmp_path: Path) -> None:
    answer = run("check", str(tmp_path / "none"))
    assert answer.exit_code == 2
    assert "none" in answer.stderr


def test_hostile_text_in_a_stores_file_is_spelt_out(own: Path) -> None:
    (own / "heat.toml").write_text('["\\u001b[31m"]\na = 1\n', encoding="utf-8")
    answer = run("check")
    assert answer.exit_code == 1
    assert "\x1b" not in answer.stdout


def test_a_topic_or_one_entry_is_shown_and_the_topics_are_listed(own: Path) -> None:
    assert "situations  Five calls that need another way" in run("show").stdout
    card = run("show", "situations.danger_or_self_harm", lang="zh_CN").stdout
    assert "12356 全国统一心理援助热线" in card
    steps = run("show", "heat.hear").stdout
    assert "heat.hear.victim" in steps
    assert "heat.thank.victim" not in steps
    wrong = run("show", "types.pirate")
    assert wrong.exit_code == 2
    assert "types.pirate" in wrong.stderr


def test_a_stores_own_words_are_shown_and_marked_and_a_faulty_file_is_told_beside_the_answer(
    own: Path,
) -> None:
    (own / "types.toml").write_text(
        '[victim.wish]\nzh_CN = "要人陪"\nen = "wants company"\n', encoding="utf-8"
    )
    (own / "heat.toml").write_text("[", encoding="utf-8")
    answer = run("show", "types.victim")
    assert "(your own words)" in answer.stdout
    assert "wants company" in answer.stdout
    assert "playbook check" in answer.stderr


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_lines_are_no_wider_than_the_terminal_and_lose_nothing(own: Path, lang: str) -> None:
    from rich.cells import cell_len

    shown = run("show", "types", lang=lang).stdout
    assert max(map(cell_len, shown.splitlines())) <= 80
    together = "".join(shown.split())
    for page in Reader(load_playbook(), lang).pages("types"):
        assert all("".join(text.split()) in together for row in page.rows for text in row.texts)


def test_a_two_character_word_is_found_and_what_is_not_there_is_said(own: Path) -> None:
    assert "avoid.D" in run("search", "围攻").stdout
    nothing = run("search", "zzzz")
    assert nothing.exit_code == 0
    assert nothing.stdout == "Nothing in the playbook holds that.\n"


def test_every_entry_shown_as_toml_is_a_file_that_a_store_can_keep(own: Path) -> None:
    for topic in TOPICS:
        if topic not in ("topics", "labels"):
            (own / f"{topic}.toml").write_text(run("show", topic, "--toml").stdout, encoding="utf-8")
    answer = run("check")
    assert answer.exit_code == 0, answer.stdout
    shown = sum(len(Reader(load_playbook(), "en").pages(path.stem)) for path in own.iterdir())
    assert answer.stdout.startswith(f"{shown} entries")
