"""The shared flags, the settings file and the environment, and where the data lies."""

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.support import Answer, moves_the_cursor

Run = Callable[..., Answer]
Program = Callable[..., CompletedProcess[bytes]]

ONE = '{"what": "酱油少了一瓶", "phone": "09012345678"}'


def test_the_path_of_the_file_is_printed_and_nothing_is_made(run_cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "elsewhere" / "other.db"
    assert run_cli("db", "path", db=path) == Answer(0, f"{path}\n", "")
    assert not path.parent.exists()


def test_the_path_comes_from_flag_before_environment_before_file(
    run_cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run_cli("db", "path", db=None).out.strip().endswith("desk.db")
    (tmp_path / "settings.toml").write_text('db = "/from/file.db"\n')
    assert run_cli("db", "path", db=None).out == "/from/file.db\n"
    monkeypatch.setenv("COMPLAINT_DESK_DB", "/from/environment.db")
    assert run_cli("db", "path", db=None).out == "/from/environment.db\n"
    assert run_cli("db", "path", db="/from/flag.db").out == "/from/flag.db\n"


def test_the_shared_flags_may_stand_behind_the_command(run_cli: Run, file: Path) -> None:
    answer = run_cli("ticket", "add", "--json", "--db", str(file), "--as=李敏", stdin=ONE, db=None, by=None)
    assert answer.object["owner"] == "李敏"


def test_json_may_be_asked_for_before_the_command_too(run_cli: Run) -> None:
    assert run_cli("--json", "ticket", "add", stdin=ONE).object["number"] == "S01-261123-001"


@pytest.mark.parametrize("command", [(), ("ticket",), ("ticket", "act"), ("queue",), ("db",)])
def test_help_is_there_under_both_its_names(run_cli: Run, command: tuple[str, ...]) -> None:
    short, long = run_cli(*command, "-h"), run_cli(*command, "--help")
    assert short == long
    assert short.code == 0
    assert "Usage" in short.out


def test_what_looks_like_a_flag_in_a_text_stays_a_text(run_cli: Run) -> None:
    number = run_cli("ticket", "add", "--json", stdin=ONE).object["number"]
    for text in ("--demo", "--as", "--db=x"):
        line = run_cli("ticket", "act", number, "note", "--text", text, "--json").object["history"][-1]
        assert (line["text"], line["by"]) == (text, "陈静")


def test_help_speaks_the_language_asked_for(run_cli: Run) -> None:
    english, chinese = (run_cli("--lang", language, "--help").out for language in ("en", "zh_CN"))
    for noun in ("ticket", "queue", "db", "staff", "sla"):
        assert noun in english
        assert noun in chinese
    assert english != chinese


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "fr", "queue"),
        ("--nonsense",),
        ("nonsense",),
        ("ticket",),
        ("ticket", "nonsense"),
        ("ticket", "show"),
        ("ticket", "act", "S01-261123-001"),
        ("ticket", "add", "a", "b"),
        ("queue", "--nonsense"),
        ("[/]",),
        ("ticket", "show", "x", "--[@click=app.quit]"),
        ("\x1b[2J",),
        ("queue", "--\x1b[2J\x9b"),
    ],
)
def test_a_misused_command_says_so_and_leaves_with_two(run_cli: Run, arguments: tuple[str, ...]) -> None:
    answer = run_cli(*arguments)
    assert answer.code == 2
    assert answer.err or answer.out
    assert "Traceback" not in answer.err
    assert not moves_the_cursor(answer.err), repr(answer.err)


@pytest.mark.parametrize("name", ["", "  ", "x" * 101, "\x1b[2J", "\udcff", "a\u202eb"])
def test_a_name_that_is_none_is_refused(run_cli: Run, name: str) -> None:
    answer = run_cli("ticket", "add", stdin=ONE, by=name) if name else run_cli("--as", "", "queue", by=None)
    assert answer.code == 2
    assert answer.err.startswith("name: ")
    assert not moves_the_cursor(answer.err)


def test_a_seat_acts_as_the_account_until_told_otherwise(
    run_cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "zhang")
    assert run_cli("ticket", "add", "--json", stdin=ONE, by=None).object["owner"] == "zhang"


def test_the_first_person_is_a_supervisor_and_later_ones_are_agents(run_cli: Run) -> None:
    run_cli("ticket", "add", stdin=ONE, by="陈静")
    run_cli("ticket", "add", stdin=ONE, by="李敏")
    assert run_cli("staff", "list").out == "李敏\tagent\n陈静\tsupervisor\n" or set(
        run_cli("staff", "list").out.splitlines()
    ) == {"李敏\tagent", "陈静\tsupervisor"}
    assert run_cli("staff", "add", "刘洋", by="李敏").code == 1
    assert run_cli("staff", "add", "刘洋", "--role", "manager", by="陈静").out == "刘洋\tmanager\n"
    assert run_cli("staff", "add", "刘洋", by="陈静").code == 1
    assert run_cli("staff", "add", "王强", "--role", "king", by="陈静").code == 2
    assert run_cli("staff", "add", "\udcff", by="陈静").code == 2


def test_region_zone_and_code_come_from_the_settings(run_cli: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('region = "JP"\ntime_zone = "Asia/Tokyo"\n')
    ticket = run_cli("ticket", "add", "--json", stdin=ONE).object
    assert ticket["phone"] == "+819012345678"
    assert ticket["received_at"] == "2026-11-23T11:28:00+09:00"
    assert "090-1234-5678" in run_cli("ticket", "show", ticket["number"]).out


def test_a_store_code_in_small_letters_makes_numbers_in_capitals(
    run_cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_STORE_CODE", "nb2")
    assert run_cli("ticket", "add", "--json", stdin=ONE).object["number"] == "NB2-261123-001"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('store_code = "S-1"', "store_code"),
        ('time_zone = "Mars/Olympus"', "time_zone"),
        ('region = "china"', "region"),
        ("colour = 1", "colour"),
        ("store_code = 5", "store_code"),
        ("store_code = ", "settings.toml"),
        ("\x00", "settings.toml"),
    ],
)
def test_a_faulty_settings_file_is_named_and_nothing_is_done(
    run_cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, named: str
) -> None:
    monkeypatch.delenv("COMPLAINT_DESK_STORE_CODE")
    (tmp_path / "settings.toml").write_text(text)
    answer = run_cli("ticket", "add", stdin=ONE)
    assert answer.code == 1
    assert named in answer.err


def test_settings_that_are_not_text_at_all_are_named(run_cli: Run, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_bytes(b'store_name = "\xff\xfe"')
    answer = run_cli("queue")
    assert answer.code == 1
    assert "settings.toml" in answer.err


def test_an_empty_value_in_the_environment_is_no_value(run_cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REGION", "TIME_ZONE", "STORE_NAME", "LANGUAGE", "DB"):
        monkeypatch.setenv(f"COMPLAINT_DESK_{name}", "")
    assert run_cli("ticket", "add", stdin=ONE).code == 0


def test_the_demo_is_full_of_tickets_late_and_early_and_leaves_nothing(run_cli: Run, file: Path) -> None:
    before = file.read_bytes()
    rows = run_cli("--demo", "queue", "--json", by=None).objects
    assert len(rows) > 10
    assert {row["state"] for row in rows} == {"late", "running"}
    assert any(row["what"].isascii() for row in rows)
    assert not all(row["what"].isascii() for row in rows)
    assert file.read_bytes() == before


def test_the_program_itself_answers(run_program: Program, tmp_path: Path) -> None:
    db = str(tmp_path / "desk.db")
    taken = run_program("--db", db, "--as", "陈静", "ticket", "add", "--json", stdin=ONE.encode())
    assert (taken.returncode, taken.stderr) == (0, b"")
    shown = run_program("--db", db, "--lang", "zh_CN", "queue", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert shown.returncode == 0
    assert "陈静".encode() in shown.stdout
    assert run_program("--version").stdout.strip()
    undecodable = run_program("--db", db, "ticket", "show", os.fsdecode(b"\xff\xfe"))
    assert undecodable.returncode == 1
    assert b"Traceback" not in undecodable.stderr


def test_a_reader_who_goes_away_ends_the_program_quietly(tmp_path: Path, run_program: Program) -> None:
    import subprocess
    import sys

    db = str(tmp_path / "desk.db")
    lines = "\n".join([ONE] * 3).encode()
    run_program("--db", db, "ticket", "add", stdin=lines)
    command = [sys.executable, "-m", "complaint_desk", "--db", db, "queue"]
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with os.fdopen(writing, "wb") as out:
        gone = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, env=environment, check=False)
    assert (gone.returncode, gone.stderr) == (1, b"")
