"""Backups of the desk's own accord, sealed where the store keeps a passphrase; never unsealed instead."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.desk.file.sealing_backups import VARIABLE
from complaint_desk.store.copies import CopyNotMade, copies_folder
from complaint_desk.store.sealing import is_sealed
from tests.support import Answer, FrozenClock, complaint

Run = Callable[..., Answer]
PASSPHRASE = "a blue kettle on the stove"
ONE = '{"what": "酱油少了一瓶"}'


@pytest.fixture
def passphrase_file(tmp_path: Path, no_settings: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file with the passphrase that the settings name, for this account only."""
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    path.chmod(0o600)
    monkeypatch.setenv("COMPLAINT_DESK_BACKUP_PASSPHRASE_FILE", str(path))
    return path


def backups(file: Path) -> list[Path]:
    return sorted(copies_folder(file).glob("desk-*"))


@pytest.mark.usefixtures("passphrase_file")
def test_the_backup_made_on_opening_is_sealed_and_no_word_of_a_customer_lies_beside(
    run_cli: Run, file: Path
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    run_cli("ticket", "add", stdin=ONE)
    (made,) = backups(file)
    assert made.name.endswith(".db.sealed")
    assert is_sealed(made)
    assert made.stat().st_mode & 0o077 == 0
    for path in copies_folder(file).iterdir():
        assert "酱油".encode() not in path.read_bytes()
    assert str(made) in run_cli("backup", "--list").out


@pytest.mark.usefixtures("passphrase_file")
def test_the_second_folder_gets_the_sealed_one(
    run_cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = tmp_path / "other disk"
    second.mkdir()
    monkeypatch.setenv("COMPLAINT_DESK_BACKUP_FOLDER", str(second))
    run_cli("ticket", "add", stdin=ONE)
    run_cli("ticket", "add", stdin=ONE)
    (made,) = second.iterdir()
    assert is_sealed(made)
    assert made.read_bytes() == backups(file)[0].read_bytes()


@pytest.mark.usefixtures("passphrase_file")
def test_the_kept_passphrase_opens_it_again_unasked(run_cli: Run, file: Path) -> None:
    first = run_cli("ticket", "add", "--json", stdin=ONE).object["number"]
    run_cli("backup")
    run_cli("ticket", "add", stdin=ONE)
    assert is_sealed(backups(file)[-1])
    done = run_cli("restore", "latest", "--yes")
    assert (done.code, done.err) == (0, "")
    assert run_cli("ticket", "show", first).code == 0
    assert run_cli("check").code == 0


def test_another_passphrase_than_the_kept_one_is_asked_for(
    run_cli: Run, file: Path, passphrase_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    run_cli("backup")
    passphrase_file.write_text("another one by now\n", encoding="utf-8")
    assert "A passphrase is needed" in run_cli("restore", "latest").err
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    assert run_cli("restore", "latest").code == 0


@pytest.mark.usefixtures("passphrase_file")
def test_a_backup_elsewhere_is_sealed_too_unless_told_otherwise(run_cli: Run, tmp_path: Path) -> None:
    run_cli("ticket", "add", stdin=ONE)
    run_cli("backup", str(tmp_path / "kept"))
    run_cli("backup", str(tmp_path / "open.db"), "--no-seal")
    assert is_sealed(tmp_path / "kept")
    assert not is_sealed(tmp_path / "open.db")


@pytest.mark.skipif(os.name == "nt", reason="rights of files are told otherwise there")
def test_a_passphrase_that_others_can_read_makes_no_backup_and_says_so(
    run_cli: Run, desk: Any, file: Path, passphrase_file: Path
) -> None:
    desk.register(complaint())
    passphrase_file.chmod(0o644)
    refused = run_cli("backup")
    assert refused.code == 1
    assert "others can read the passphrase" in refused.err
    assert backups(file) == []


def test_where_the_passphrase_is_missing_nothing_is_made_unsealed(
    run_cli: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_SEAL_BACKUPS", "true")
    run_cli("ticket", "add", stdin=ONE)
    answer = run_cli("ticket", "add", stdin=ONE)
    assert answer.code == 0
    assert "there is no passphrase" in run_cli("backup").err
    assert backups(file) == []
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    assert run_cli("backup").code == 0
    assert is_sealed(backups(file)[0])


def test_a_seat_that_made_the_sealed_backup_makes_no_other_while_nothing_was_written(
    desk: Any, file: Path, clock: FrozenClock, passphrase_file: Path
) -> None:
    sealing = desk.settings.model_copy(update={"backup_passphrase_file": passphrase_file})
    desk.settings = sealing
    desk.register(complaint())
    assert desk.keep_backup_if_due() is not None
    clock.forward(hours=2)
    assert desk.keep_backup_if_due() is None
    assert desk.backup_words() == ""
    desk.register(complaint())
    assert desk.keep_backup_if_due() is not None
    assert len(backups(file)) == 2


def test_old_sealed_backups_rotate_away_like_others(
    desk: Any, file: Path, clock: FrozenClock, passphrase_file: Path
) -> None:
    desk.settings = desk.settings.model_copy(
        update={
            "backup_passphrase_file": passphrase_file,
            "backup_hours": 0,
            "backup_days": 2,
            "backup_weeks": 0,
        }
    )
    for _day in range(4):
        desk.register(complaint())
        desk.back_up_here()
        clock.forward(days=1)
    assert len(backups(file)) == 2


def test_an_unsealed_copy_of_a_process_that_was_killed_is_removed(
    desk: Any, file: Path, passphrase_file: Path
) -> None:
    desk.register(complaint())
    folder = copies_folder(file)
    folder.mkdir(mode=0o700, exist_ok=True)
    left = folder / ".desk-to-be-sealed.999999999.db"
    left.write_bytes(b"half")
    desk.settings = desk.settings.model_copy(update={"backup_passphrase_file": passphrase_file})
    desk.back_up_here()
    assert not left.exists()


def test_a_missing_file_of_the_passphrase_is_named(desk: Any, tmp_path: Path) -> None:
    desk.register(complaint())
    desk.settings = desk.settings.model_copy(update={"backup_passphrase_file": tmp_path / "not there"})
    with pytest.raises(CopyNotMade, match="not there"):
        desk.back_up_here()
