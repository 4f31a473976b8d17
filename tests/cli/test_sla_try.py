"""`sla try`: one scenario a line, each answered or refused on its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from complaint_desk import locale
from complaint_desk.cli.json_lines import LONGEST_LINE
from complaint_desk.cli.sla import app
from tests.rules.scenarios import pause, scenario

MONDAY = "2026-03-09T10:00:00+08:00"


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    before = locale.language()
    locale.use("en")
    yield
    locale.use(before)


def tried(*lines: str | bytes | dict[str, Any], json_out: bool = True) -> Result:
    """Run the command over these lines on standard input."""
    raw = b"\n".join(
        line if isinstance(line, bytes) else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in lines
    )
    return CliRunner().invoke(app, ["try", "-", *(["--json"] if json_out else [])], input=raw)


def test_a_scenario_is_answered_in_its_own_zone() -> None:
    result = tried(
        scenario(
            "24h",
            "2026-03-09T02:00:00Z",
            pauses=[pause("2026-03-09T12:00:00+08:00", "2026-03-09T13:00:00+08:00")],
            acts=[{"at": "2026-03-10T03:00:01Z", "meets": "solve"}],
        )
    )
    assert result.exit_code == 0
    assert result.stderr == ""
    (clock,) = json.loads(result.stdout)["clocks"]
    why = clock.pop("why")
    assert clock == {
        "kind": "solve",
        "due_at": "2026-03-10T11:00:00+08:00",
        "met_at": "2026-03-10T11:00:01+08:00",
        "state": "met",
        "breached_at": "2026-03-10T11:00:00+08:00",
    }
    assert why[0] == "The complaint was received on Monday, 9 March 2026 at 10:00."
    assert why[-1] == "So it is due on Tuesday, 10 March 2026 at 11:00."


def test_what_has_not_happened_is_null() -> None:
    (clock,) = json.loads(tried(scenario("24h", MONDAY, now=MONDAY)).stdout)["clocks"]
    assert (clock["state"], clock["met_at"], clock["breached_at"]) == ("running", None, None)


def test_each_line_stands_or_falls_alone() -> None:
    good, bad = scenario("24h", MONDAY), scenario("24x", MONDAY)
    result = tried(good, bad, "", good)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr == (
        "Line 2, clocks[0].target: “24x” is no target: write it like 24h, 30d, 16wh or 10wd.\n"
    )


def test_a_single_faulty_line_is_a_misuse() -> None:
    result = tried(scenario("24x", MONDAY))
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "not JSON"),
        (b"nonsense", "not JSON"),
        (b"[]", "not a JSON object"),
        (b"null", "not a JSON object"),
        (b'"text"', "not a JSON object"),
        (b'{"now": NaN}', "NaN is not a JSON value"),
        (b'{"now": -Infinity}', "-Infinity is not a JSON value"),
        (b'{"now": 1, "now": 2}', "“now” stands there twice"),
        (b'{"calendar": {"open": {"x\\u001b": 1, "x\\u001b": 2}}}', "x\\x1b"),
        (b'{"now": "\\ud800"}', "half of a character"),
        (b'{"\\udfff": 1}', "half of a character"),
        (b'{"now": "\xff"}', "byte 10"),
        (b"\xff\xfe{\x00}\x00", "not text in UTF-8"),
        (b'{"now": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        (b'{"now": ' + b"1" * 10_000 + b"}", "number that is too long"),
        (b'{"now": "' + b"x" * LONGEST_LINE + b'"}', "longer than a million bytes"),
        (b"x" * (3 * LONGEST_LINE), "longer than a million bytes"),
    ],
    ids=lambda value: str(value[:24]),
)
def test_what_is_no_scenario_is_refused_with_a_sentence(line: bytes, sentence: str) -> None:
    result = tried(line)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Line 1: ")
    assert sentence in result.stderr
    assert "Traceback" not in result.stderr


def test_an_overlong_line_does_not_take_its_neighbours_along() -> None:
    good = json.dumps(scenario("24h", MONDAY)).encode()
    result = tried(good, b"x" * (2 * LONGEST_LINE), good)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert result.stderr.startswith("Line 2: ")


def test_a_long_line_within_the_limit_is_answered() -> None:
    keys = json.dumps(scenario("24h", MONDAY)).encode()
    result = tried(keys + b" " * (LONGEST_LINE - len(keys)))
    assert result.exit_code == 0


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "场景.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(scenario("24h", MONDAY)).encode() + b"\r\n\r\n")
    result = CliRunner().invoke(app, ["try", str(path), "--json"])
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_file_that_cannot_be_read_is_a_misuse(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.jsonl", tmp_path, "a\0b"):
        result = CliRunner().invoke(app, ["try", str(path)])
        assert result.exit_code == 2
        assert "cannot be read" in result.stderr


def test_nothing_to_answer_is_a_misuse() -> None:
    result = tried("", "  ")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no scenario" in result.stderr


def test_foreign_signs_are_shown_plain() -> None:
    keys = scenario("24h", MONDAY)
    keys["clocks"][0]["kind"] = "\x1b[31m[bold]\u202etea"
    result = tried(keys)
    assert "“\\x1b[31m[bold]\\u202etea” is no kind of clock." in result.stderr


def test_everything_is_said_in_chinese_too() -> None:
    locale.use("zh_CN")
    result = tried(scenario("24h", MONDAY), scenario("24x", MONDAY), json_out=False)
    assert "  solve 已超时；应于2026年3月10日（星期二）10:00到期。" in result.stdout.splitlines()
    assert result.stderr == "第2行，clocks[0].target：“24x”不是期限：请写成 24h、30d、16wh 或 10wd 的样子。\n"


def test_without_json_each_clock_is_told_and_explained() -> None:
    result = tried(scenario("24h", MONDAY, now=MONDAY), json_out=False)
    assert result.stdout.splitlines() == [
        "Scenario in line 1",
        "  solve is running, due on Tuesday, 10 March 2026 at 10:00.",
        "    The complaint was received on Monday, 9 March 2026 at 10:00.",
        "    24 hours are allowed, day and night.",
        "    So it is due on Tuesday, 10 March 2026 at 10:00.",
    ]


def test_moments_at_the_end_of_the_calendar_are_answered_or_refused_in_words() -> None:
    last = "9999-12-31T23:59:59Z"
    for keys in (
        scenario("24h", last, now=last),
        scenario("1wd", last, now=last),
        scenario("24h", "0001-01-01T00:00:00Z", zone="America/New_York"),
        scenario("24h", MONDAY, now=last, pauses=[pause(MONDAY, last)]),
        scenario("24h", MONDAY, now=last, pauses=[pause("9999-12-31T23:00:00Z", last)]),
        scenario("24h", MONDAY, now=last, acts=[{"at": last, "meets": "solve"}]),
    ):
        result = tried(keys)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert result.stdout or result.stderr
