"""`classify` on the command line: one line in, one answer out, and the faulty lines named."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from complaint_desk.cli.classify import register

app = typer.Typer()
register(app)


def run(typed: str | bytes, *flags: str) -> Result:
    return CliRunner().invoke(app, [*flags], input=typed)


def test_texts_and_objects_are_answered_in_order_as_json() -> None:
    done = run(
        '打五折，再送张券，不然差评。\n\n{"text": "Which clause applies? Please confirm in writing."}\n',
        "--json",
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [answer["type"] for answer in answers] == ["negotiator", "rational"]
    for answer in answers:
        assert sum(answer["probabilities"].values()) == pytest.approx(1, abs=0.001)
        assert set(answer) >= {"type", "unsure", "probabilities", "cause", "causes", "reasons", "ask"}
        assert answer["causes"][0]["cause"] == answer["cause"]
        assert len(answer["causes"]) == 3


def test_an_unsure_reading_still_names_the_leading_type_and_what_to_ask() -> None:
    answer = json.loads(run('{"text": "hello"}\n', "--json").stdout)
    assert answer["unsure"] is True
    assert answer["type"] in answer["probabilities"]
    assert answer["ask"]


def test_the_answers_to_the_questions_count() -> None:
    line = json.dumps({"text": "打五折，再送张券。", "answers": {"negotiator-victim": "victim"}})
    answer = json.loads(run(line, "--json").stdout)
    assert answer["probabilities"]["victim"] > answer["probabilities"]["negotiator"]


@pytest.mark.parametrize(
    "faulty",
    [
        b'{"text": 5}',
        b'{"words": "x"}',
        b'{"text": "x"',
        b"\xff\xfe",
        b'{"text": "x", "answers": {"weather": "victim"}}',
        b'{"text": "x", "answers": {"negotiator-victim": "rational"}}',
        b'{"text": "x", "answers": {"first": ["victim"]}}',
        b'{"text": "x", "answers": 3}',
        b"a" * 1_000_100,
    ],
)
def test_a_faulty_line_is_named_and_the_others_are_answered(faulty: bytes) -> None:
    done = run(b"hello\n" + faulty + b"\nhello\n", "--json")
    assert done.exit_code == 1
    assert len(done.stdout.splitlines()) == 2
    assert "2" in done.stderr
    assert run(faulty + b"\n", "--json").exit_code == 2


def test_no_text_at_all_is_a_misuse() -> None:
    done = run("", "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr


def test_a_file_is_read_and_a_missing_one_named(tmp_path: Path) -> None:
    calls = tmp_path / "calls.txt"
    calls.write_text("\ufeff请问依据哪一条？\n", encoding="utf-8")
    assert json.loads(run("", str(calls), "--json").stdout)["type"] == "rational"
    missing = run("", "none.txt")
    assert missing.exit_code == 2
    assert "none.txt" in missing.stderr


def test_in_words_the_answer_names_type_cause_prior_and_question() -> None:
    sure = run("打五折，再送张券，不然差评。\n").stdout
    assert "negotiator" in sure
    assert "31.1 %" in sure
    unsure = run("hello\n").stdout
    assert "Ask:" in unsure


def test_control_signs_of_a_caller_never_reach_the_terminal() -> None:
    shown = run("打五折\x1b[31m再送张券，不然差评，给我五百块。\n").stdout
    assert "\x1b" not in shown
