"""`avoid` on the command line: one line in, one answer out, also when there is nothing to avoid."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import typer
from typer.testing import CliRunner, Result

from complaint_desk.cli.avoid import register

app = typer.Typer()
register(app)


def run(*flags: str, typed: str | bytes = "") -> Result:
    return CliRunner().invoke(app, [*flags], input=typed)


def test_each_line_is_answered_in_order_also_a_clean_one_and_an_empty_one() -> None:
    done = run("--json", typed="您冷静点。\n\n我四点前给您回电话。\nCalm down.\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [[one["rule"] for one in answer["found"]] for answer in answers] == [["E"], [], [], ["E"]]


def test_a_finding_holds_rule_span_words_and_what_to_say_instead_in_the_language_of_the_text() -> None:
    for text, sign in (("好的，规定就是这样。", "能"), ("Well, it's policy.", "I can")):
        (found,) = json.loads(run(text, "--json").stdout)["found"]
        assert found["rule"] == "C"
        start, end = found["span"]
        assert text[start:end] == found["words"]
        assert sign in found["instead"]


def test_a_note_for_colleagues_is_read_with_other_eyes() -> None:
    assert json.loads(run("没办法。", "--json").stdout)["found"]
    assert not json.loads(run("没办法。", "--internal", "--json").stdout)["found"]


def test_for_a_person_the_answer_names_the_line_and_the_rule() -> None:
    done = run(typed="Thank you.\nCalm down.\n")
    assert done.exit_code == 0
    clean, found = done.stdout.splitlines()
    assert clean == "Line 1: nothing to avoid."
    assert found.startswith("Line 2: E, negative tone: “Calm down”. Instead: ")


def test_hostile_text_is_shown_plain_and_bytes_that_are_no_text_do_no_harm() -> None:
    hostile = "calm\x1b[2J \u202edown, calm \x9bdown please".encode() + b" \xff calm down\n"
    for flags in ([], ["--json"]):
        done = run(*flags, typed=hostile)
        assert done.exit_code == 0
        assert not {"\x1b", "\x9b", "\u202e"} & set(done.stdout)
        assert done.stdout.count("\n") >= 1


def test_a_byte_order_mark_and_windows_line_ends_do_not_shift_the_span() -> None:
    answer = json.loads(run("--json", typed=b"\xef\xbb\xbfcalm down\r\n").stdout)
    assert answer["found"][0]["span"] == [0, 9]


def test_the_stores_own_words_are_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "avoid.toml").write_text(
        '[E.phrases]\nzh_CN = ["冷静点", "这位女士"]\nen = ["calm down", "my good woman"]\n', encoding="utf-8"
    )
    monkeypatch.setattr(
        "complaint_desk.settings.load_settings", lambda options: SimpleNamespace(playbook_folder=tmp_path)
    )
    (found,) = json.loads(run("Of course, my good woman.", "--json").stdout)["found"]
    assert (found["rule"], found["words"]) == ("E", "my good woman")
