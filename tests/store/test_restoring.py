"""Restoring: what would be lost is told first, the old file stays beside, and the record says what was done."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Role
from complaint_desk.store import copies, restoring
from tests.processes import needs_fork, start
from tests.store.history_of import tamper
from tests.support import Answer, FrozenClock, complaint

Run = Callable[..., Answer]
SECRET = "a bus ticket to Nanshan"


def backups(file: Path) -> list[Path]:
    return sorted(copies.copies_folder(file).glob("desk-2026-*.db"))


def replaced(file: Path) -> list[Path]:
    return sorted(file.parent.glob("desk-replaced-*.db"))


@pytest.fixture
def lost(desk: Any, clock: FrozenClock, file: Path) -> str:
    """A file with a backup of an hour ago, and since then a ticket more and a note; the number of that ticket."""
    kept = desk.register(complaint("结账多收了钱")).number
    desk.back_up_here()
    clock.forward(hours=1)
    number = str(desk.register(complaint("牛奶里有异味")).number)
    desk.act(kept, Act.NOTED, "客人又来电")
    desk.close()
    return number


def test_without_a_yes_only_what_would_be_lost_is_told(run_cli: Run, file: Path, lost: str) -> None:
    before = file.read_bytes()
    answer = run_cli("restore", "latest")
    assert (answer.code, answer.err) == (0, "")
    assert "It holds 1 ticket and" in answer.out
    assert f"1 ticket would be gone: {lost}" in answer.out
    assert "1 × noted" in answer.out
    assert "--yes" in answer.out
    assert file.read_bytes() == before
    assert replaced(file) == []
    assert [path.name for path in file.parent.iterdir() if "restore" in path.name] == []


def test_restoring_keeps_the_old_file_beside_and_says_so_in_the_record(
    run_cli: Run, file: Path, lost: str, open_desk: Callable[..., Any]
) -> None:
    answer = run_cli("restore", "latest", "--yes")
    assert answer.code == 0, answer.err
    (old,) = replaced(file)
    assert str(old) in answer.out
    assert old.stat().st_mode & 0o077 == 0
    assert run_cli("ticket", "show", lost).code == 1
    assert run_cli("ticket", "show", lost, db=old).code == 0
    desk = open_desk()
    assert desk.check() == []
    with desk.store.reading() as connection:
        fields = connection.exec_driver_sql(
            "SELECT fields FROM event WHERE act = 'file_restored'"
        ).scalar_one()
    assert '"lost_tickets":1' in fields


def test_a_restored_file_goes_on_from_the_old_head_in_an_origin_of_its_own(
    run_cli: Run, file: Path, lost: str, open_desk: Callable[..., Any]
) -> None:
    run_cli("restore", "latest", "--yes")
    desk = open_desk()
    first = desk.queue()[0].number
    desk.act(first, Act.ACKNOWLEDGED, "打过电话了")
    with desk.store.reading() as connection:
        origins = connection.exec_driver_sql(
            "SELECT o.id, o.parent_id, o.in_use, min(e.seq), max(e.seq) FROM origin o JOIN event e "
            "ON e.origin = o.id GROUP BY o.id ORDER BY 4"
        ).all()
    (old, new) = origins
    assert (new.parent_id, old.in_use, new.in_use) == (old.id, 0, 1)
    assert new[3] == old[4] + 1
    assert [line.act for line in desk.ticket(first).history][-1] is Act.ACKNOWLEDGED
    assert desk.check() == []


def test_a_number_given_out_since_the_backup_is_never_given_again(
    run_cli: Run, file: Path, lost: str, open_desk: Callable[..., Any]
) -> None:
    run_cli("restore", "latest", "--yes")
    assert open_desk().register(complaint("新的一单")).number == "S01-261123-003"
    assert lost == "S01-261123-002"


def test_a_file_put_back_twice_from_one_backup_has_two_origins_after_one_head(
    run_cli: Run, file: Path, lost: str, open_desk: Callable[..., Any]
) -> None:
    (backup,) = backups(file)
    run_cli("restore", str(backup), "--yes")
    run_cli("restore", str(backup), "--yes")
    assert len(replaced(file)) == 2
    assert open_desk().check() == []


def test_while_another_desk_has_the_file_open_nothing_is_put_back(
    run_cli: Run, file: Path, lost: str, open_desk: Callable[..., Any]
) -> None:
    other = open_desk("李敏")
    other.queue()
    answer = run_cli("restore", "latest", "--yes")
    assert answer.code == 1
    assert "Another desk has" in answer.err
    assert other.register(complaint()).number == "S01-261123-003"
    other.close()
    assert run_cli("restore", "latest", "--yes").code == 0


@needs_fork
def test_a_desk_in_another_process_that_has_the_file_open_keeps_its_work(
    run_cli: Run, file: Path, lost: str, no_settings: None
) -> None:
    import os

    go_on, told = os.pipe()

    def work() -> int:
        from complaint_desk.desk.desk import Desk
        from complaint_desk.settings import Settings

        desk = Desk.open(Settings(db=str(file), store_code="S01"), as_name="李敏")
        desk.queue()
        print("open", flush=True)
        os.read(go_on, 1)
        print(desk.register(complaint()).number, flush=True)
        desk.close()
        return 0

    child = start(work)
    assert child.read_line() == b"open\n"
    answer = run_cli("restore", "latest", "--yes")
    os.write(told, b"x")
    number = child.read_line().decode().strip()
    assert child.end() == 0
    assert answer.code == 1
    assert run_cli("ticket", "show", number).code == 0


def test_only_who_may_keep_the_file_may_put_a_backup_back(run_cli: Run, file: Path, lost: str) -> None:
    run_cli("staff", "add", "小李", "--role", Role.AGENT)
    for command in (("restore", "latest"), ("backup", str(file.parent / "mine.db"))):
        answer = run_cli(*command, by="小李")
        assert answer.code == 1
        assert "Only a supervisor" in answer.err
    assert not (file.parent / "mine.db").exists()
    assert run_cli("backup", by="小李").code == 0


def test_a_damaged_file_gives_way_to_the_last_good_backup(run_cli: Run, file: Path, lost: str) -> None:
    file.write_bytes(b"\x00" * 4096 + file.read_bytes()[4096:])
    content = file.read_bytes()
    answer = run_cli("queue")
    assert answer.code == 1
    assert "restore latest" in answer.err
    look = run_cli("restore", "latest")
    assert look.code == 0
    assert "cannot be told" in look.out
    assert run_cli("restore", "latest", "--yes").code == 0
    assert len(run_cli("queue", "--json").objects) == 1
    (old,) = replaced(file)
    assert old.read_bytes() == content


def test_a_file_that_is_gone_comes_back_and_its_stale_journal_is_not_played_into_it(
    run_cli: Run, file: Path, lost: str
) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE stale (x)")
    journal = file.with_name("desk.db-wal")
    stale = journal.read_bytes()
    connection.close()
    file.unlink()
    for leftover in file.parent.glob("desk.db-*"):
        leftover.unlink()
    journal.write_bytes(stale)
    assert run_cli("restore", "latest", "--yes").code == 0
    assert len(run_cli("queue", "--json").objects) == 1
    assert not journal.exists() or journal.read_bytes() != stale
    (aside,) = file.parent.glob("desk-replaced-*-wal")
    assert aside.read_bytes() == stale


@pytest.mark.parametrize("damage", ["no such file", "a letter", "a damaged page", "newer"])
def test_what_is_no_good_backup_is_refused_before_anything_is_touched(
    run_cli: Run, file: Path, lost: str, tmp_path: Path, damage: str
) -> None:
    source = tmp_path / "other.db"
    if damage == "a letter":
        source.write_text("Dear manager, " * 100)
    elif damage != "no such file":
        content = bytearray(backups(file)[0].read_bytes())
        if damage == "newer":
            content[60:64] = (99).to_bytes(4, "big")
        else:
            content[8192:12288] = b"\xff" * 4096
        source.write_bytes(content)
    before = file.read_bytes()
    answer = run_cli("restore", str(source), "--yes")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert file.read_bytes() == before
    assert replaced(file) == []


def test_a_backup_whose_tickets_differ_from_its_history_is_mended_on_the_way(
    run_cli: Run, file: Path, lost: str
) -> None:
    (backup,) = backups(file)
    tamper(backup, "UPDATE ticket SET caller = 'x', version = 7")
    assert run_cli("restore", "latest", "--yes").code == 0
    assert run_cli("check").code == 0


def test_a_backup_of_an_older_version_is_brought_up_to_date_on_the_way(
    run_cli: Run, file: Path, tmp_path: Path
) -> None:
    released = Path(__file__).parent.parent / "data" / "files" / "schema-1.db"
    old = Path(shutil.copy(released, tmp_path / "older.db"))
    before = old.read_bytes()
    assert run_cli("restore", str(old), "--yes").code == 0
    assert len(run_cli("queue", "--json").objects) == 3
    assert run_cli("check").code == 0
    assert old.read_bytes() == before
    assert not list(tmp_path.glob(".*"))
    assert not list(old.parent.glob(f"{old.name}-*"))


def test_a_sealed_backup_needs_its_passphrase_and_is_never_readable_without(
    run_cli: Run, desk: Any, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("complaint_desk.store.sealing._COST", 4)
    number = desk.register(complaint("结账多收了钱")).number
    desk.close()
    stick = tmp_path / "stick"
    stick.mkdir()
    answer = run_cli("backup", str(stick), "--seal")
    assert answer.code == 1
    assert "passphrase is needed" in answer.err
    monkeypatch.setenv("COMPLAINT_DESK_PASSPHRASE", "short")
    assert run_cli("backup", str(stick), "--seal").code == 1
    assert list(stick.iterdir()) == []
    monkeypatch.setenv("COMPLAINT_DESK_PASSPHRASE", SECRET)
    made = Path(run_cli("backup", str(stick), "--seal").out.strip())
    assert list(stick.iterdir()) == [made]
    assert made.suffix == ".sealed"
    assert made.stat().st_mode & 0o077 == 0
    assert "结账".encode() not in made.read_bytes()
    assert b"SQLite" not in made.read_bytes()
    assert not list(copies.copies_folder(file).glob(".*"))
    file.unlink()
    monkeypatch.setenv("COMPLAINT_DESK_PASSPHRASE", "another one, guessed")
    refused = run_cli("restore", str(made), "--yes")
    assert refused.code == 1
    assert "does not open" in refused.err
    assert not file.exists()
    monkeypatch.setenv("COMPLAINT_DESK_PASSPHRASE", SECRET)
    assert run_cli("restore", str(made), "--yes").code == 0
    assert run_cli("ticket", "show", number).code == 0


def test_a_passphrase_comes_from_a_descriptor_too(
    run_cli: Run, desk: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.setattr("complaint_desk.store.sealing._COST", 4)
    desk.register(complaint())
    desk.close()
    reading, writing = os.pipe()
    os.write(writing, f"{SECRET}\n".encode())
    os.close(writing)
    answer = run_cli("backup", str(tmp_path / "x.sealed"), "--seal", "--passphrase-fd", str(reading))
    assert answer.code == 0, answer.err
    monkeypatch.setenv("COMPLAINT_DESK_PASSPHRASE", SECRET)
    assert run_cli("restore", str(tmp_path / "x.sealed")).code == 0
    assert run_cli("backup", str(tmp_path / "y"), "--seal", "--passphrase-fd", "987").code == 1


def test_a_backup_is_never_written_over_a_file_that_is_there(run_cli: Run, desk: Any, tmp_path: Path) -> None:
    desk.register(complaint())
    mine = tmp_path / "mine.db"
    mine.write_text("a letter")
    answer = run_cli("backup", str(mine))
    assert answer.code == 1
    assert mine.read_text() == "a letter"
    assert run_cli("backup", str(tmp_path / "missing" / "x.db")).code == 1
    assert run_cli("backup", str(tmp_path / "new.db")).out.strip() == str(tmp_path / "new.db")


def test_the_list_names_each_backup_with_its_age(run_cli: Run, file: Path, lost: str) -> None:
    assert run_cli("backup", "--list").out.count("\n") == 1
    (line,) = run_cli("backup", "--list").out.splitlines()
    assert "1 hour ago" in line
    assert str(backups(file)[0]) in line
    assert run_cli("restore", backups(file)[0].name).code == 0


def test_a_crash_between_any_two_steps_leaves_a_file_in_its_place(
    run_cli: Run, file: Path, lost: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Crash(BaseException):
        pass

    steps = ("to_disk", "_second_name", "folder_to_disk")
    for step in steps:
        with monkeypatch.context() as cut:

            def crash(*_: Any) -> None:
                raise Crash

            cut.setattr(restoring, step, crash)
            with pytest.raises(Crash):
                run_cli("restore", "latest", "--yes")
        assert run_cli("check").code == 0
    assert len(run_cli("queue", "--json").objects) == 1, "the last step was taken by then"


def test_a_backup_put_in_place_by_hand_is_journalled_as_the_desks_files_are(
    run_cli: Run, file: Path, lost: str
) -> None:
    (backup,) = backups(file)
    file.write_bytes(backup.read_bytes())
    assert file.read_bytes()[18:20] == b"\x01\x01"
    assert run_cli("queue").code == 0
    assert file.read_bytes()[18:20] == b"\x02\x02"


def test_who_was_erased_since_the_backup_is_erased_again(
    run_cli: Run, file: Path, desk: Any, clock: FrozenClock, open_desk: Callable[..., Any]
) -> None:
    number = desk.register(complaint("结账多收了钱", caller="王芳", phone="13800138000")).number
    desk.back_up_here()
    clock.forward(hours=1)
    desk.erase_customer(number, "asked for it")
    desk.close()
    assert run_cli("restore", "latest", "--yes").code == 0
    desk = open_desk()
    assert desk.ticket(number).caller is None
    assert "王芳".encode() not in file.read_bytes()
    assert desk.check() == []


def test_the_latest_backup_is_the_one_that_was_there_and_not_one_made_on_the_way(
    run_cli: Run, file: Path, lost: str, clock: FrozenClock
) -> None:
    clock.forward(days=1)
    look = run_cli("restore", "latest")
    assert f"1 ticket would be gone: {lost}" in look.out
    assert len(backups(file)) == 1
    assert run_cli("backup", "--list").out.count("\n") == 1


@needs_fork
def test_what_a_killed_restore_left_is_tidied_away_by_the_next(run_cli: Run, file: Path, lost: str) -> None:
    dead = start(lambda: 0)
    dead.end()
    left = [file.with_name(f".desk.db.{dead.pid}.restore{ending}") for ending in ("", "-wal")]
    busy = file.with_name(".desk.db.1.restore")
    for path in (*left, busy):
        path.write_bytes(b"customers' words")
    run_cli("restore", "latest")
    assert [path.exists() for path in left] == [False, False]
    assert busy.exists(), "process 1 is always there"
