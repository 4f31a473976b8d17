"""A crash leaves a report without a customer's words, and the draft."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.crash import REPORTS_KEPT, report_text, write_report

NOW = datetime(2026, 11, 23, 2, 28, tzinfo=UTC)
SAID = "王芳 13800138000 结账多收了钱"


def fails(words: str) -> None:
    told = {"caller": words}
    try:
        raise ValueError(f"cannot read {words}")
    except ValueError as error:
        raise KeyError(told["caller"]) from error


def caught(words: str = SAID) -> BaseException:
    try:
        fails(words)
    except KeyError as error:
        return error
    raise AssertionError


def test_a_report_names_kinds_and_places_and_no_word_of_a_customer() -> None:
    text = report_text(caught(), NOW)
    assert "builtins.KeyError" in text
    assert "caused by builtins.ValueError" in text
    assert "test_crash_reports.py" in text
    for word in ("王芳", "1380", "结账", "cannot read"):
        assert word not in text


def test_places_do_not_tell_the_folders_of_this_pc(tmp_path: Path) -> None:
    assert str(Path.home()) + "/" not in report_text(caught(), NOW)
    assert str(Path(__file__).parent.parent.parent) not in report_text(caught(), NOW)


def test_numbers_of_the_system_and_of_the_database_are_told() -> None:
    with pytest.raises(sqlite3.Error) as refused:
        sqlite3.connect(":memory:").execute(f"SELECT '{SAID}' FROM nowhere")
    assert "SQLITE_ERROR" in report_text(refused.value, NOW)
    assert "1380" not in report_text(refused.value, NOW)
    assert "[ENOSPC]" in report_text(OSError(28, SAID), NOW)


def test_a_report_is_this_accounts_alone_and_the_last_ones_stay(tmp_path: Path) -> None:
    folder = tmp_path / "desk.reports"
    written: Path | None = None
    for second in range(REPORTS_KEPT + 5):
        written = write_report(caught(), folder, NOW.replace(second=second % 60, minute=second // 60))
    assert written is not None
    assert written.stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    assert len(list(folder.iterdir())) == REPORTS_KEPT
    assert written in folder.iterdir()


def test_a_folder_that_cannot_be_made_gives_way_to_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path))
    (tmp_path / "taken").write_text("x")
    written = write_report(caught(), tmp_path / "taken", NOW)
    assert written is not None
    assert written.parent.parent == tmp_path


def test_a_fault_of_the_program_leaves_a_command_with_a_sentence_and_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import complaint_desk.cli.main as commands
    from complaint_desk import __main__ as program

    def falls(_arguments: Any) -> int:
        raise caught()

    monkeypatch.setattr(commands, "run", falls)
    assert program._run_command(["ticket", "add", f"--db={tmp_path / 'desk.db'}"]) == 1
    told = capsys.readouterr().err
    (report,) = (tmp_path / "desk.reports").iterdir()
    assert str(report) in told
    for text in (told, report.read_text()):
        assert "1380" not in text
        assert "Traceback" not in text


async def falls_in_mid_call(folder: Path) -> None:
    from tests.screens.seat import seat

    async with seat(folder) as at:
        await at.go_to("what")
        await at.type("charged twice by Wang Fang")
        at.app.call_later(fails, SAID)
        await at.pilot.pause(0.5)


async def test_a_crash_of_the_screen_keeps_the_call_and_writes_a_report(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        await falls_in_mid_call(tmp_path)
    (report,) = (tmp_path / "desk.reports").iterdir()
    assert "KeyError" in report.read_text()
    assert "1380" not in report.read_text()
    (draft,) = (tmp_path / "desk.drafts").glob("*.json")
    assert "charged twice by Wang Fang" in draft.read_text()
