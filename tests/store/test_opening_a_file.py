"""Files the desk must not touch, and files it makes: one sentence, exit 1, nothing changed."""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.errors import StoreFault
from complaint_desk.store import engine, whereabouts
from complaint_desk.store.engine import open_store
from tests.support import Answer, FrozenClock

Run = Callable[..., Answer]
ONE = '{"what": "酱油少了一瓶"}'


def everything_in(folder: Path) -> dict[str, str]:
    """Names and contents of what lies there."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(run_cli: Run, path: Path | str) -> str:
    """The one sentence with which every command refuses this file."""
    answers = [
        run_cli("queue", db=path),
        run_cli("ticket", "show", "S01-261123-001", db=path),
        run_cli("ticket", "add", stdin=ONE, db=path),
    ]
    for answer in answers:
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.count("\n") == 1
        assert answer.err == answers[0].err
    return answers[0].err


def foreign(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_missing_folder_is_named_and_not_made(run_cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "missing" / "desk.db"
    assert str(path.parent) in refused(run_cli, path)
    assert not path.parent.exists()


def test_a_folder_is_no_file(run_cli: Run, tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    assert "is a folder" in refused(run_cli, tmp_path / "folder.db")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_or_a_device_is_no_file(run_cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "pipe.db"
    os.mkfifo(path)
    assert "device or a pipe" in refused(run_cli, path)
    assert path.is_fifo()


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"not a database at all, but a letter to the manager " * 10,
        b"SQLite format 3\x00",
        b"\x00" * 4096,
    ],
    ids=["one byte", "a letter", "a cut heading", "zeros"],
)
def test_what_is_not_sqlite_is_left_as_it_is(run_cli: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    before = everything_in(tmp_path)
    assert "letter.txt" in refused(run_cli, path)
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("mode", ["DELETE", "WAL"])
def test_another_programs_database_is_left_as_it_is(run_cli: Run, tmp_path: Path, mode: str) -> None:
    path = tmp_path / "bank.db"
    foreign(path, f"PRAGMA journal_mode={mode}", "CREATE TABLE money (amount)", "PRAGMA application_id=77")
    before = everything_in(tmp_path)
    assert "another program" in refused(run_cli, path)
    assert everything_in(tmp_path) == before


def test_a_newer_file_is_left_as_it_is(run_cli: Run, file: Path, tmp_path: Path) -> None:
    foreign(file, f"PRAGMA user_version={whereabouts.SCHEMA + 1}")
    before = everything_in(tmp_path)
    assert "newer Complaint Desk" in refused(run_cli, file)
    assert everything_in(tmp_path) == before


def test_a_newer_file_whose_age_still_stands_in_its_journal_is_left_as_it_is(
    run_cli: Run, file: Path
) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA wal_autocheckpoint=0")
    connection.execute(f"PRAGMA user_version={whereabouts.SCHEMA + 1}")
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    assert "newer Complaint Desk" in refused(run_cli, file)
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    connection.close()


@pytest.mark.parametrize("kept", [100, 4096, 20_000])
def test_a_file_cut_short_is_refused_with_a_sentence(run_cli: Run, file: Path, kept: int) -> None:
    run_cli("ticket", "add", stdin=ONE)
    file.write_bytes(file.read_bytes()[:kept])
    content = file.read_bytes()
    assert "damaged" in refused(run_cli, file)
    assert file.read_bytes() == content


def test_a_damaged_page_is_found_before_a_copy_of_it_is_kept(
    run_cli: Run, file: Path, clock: FrozenClock
) -> None:
    run_cli("ticket", "add", stdin=f"{ONE}\n" * 300)
    run_cli("queue")
    copies = sorted((file.parent / "desk.copies").iterdir())
    content = bytearray(file.read_bytes())
    page = len(content) // 4096 // 2
    content[page * 4096 : page * 4096 + 2048] = b"\xff" * 2048
    file.write_bytes(content)
    clock.forward(days=1)
    assert "damaged" in refused(run_cli, file)
    assert file.read_bytes() == bytes(content)
    assert sorted((file.parent / "desk.copies").iterdir()) == copies


def test_a_network_folder_is_refused_by_its_kind(
    run_cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    mounts = [("/", "ext4"), (str(tmp_path.parent), "nfs4"), (str(tmp_path / "other"), "ext4")]
    monkeypatch.setattr(whereabouts, "_linux_mounts", lambda: mounts)
    before = everything_in(tmp_path)
    assert "network folder (nfs4)" in refused(run_cli, file)
    assert everything_in(tmp_path) == before
    mounts.append((str(tmp_path), "ext4"))
    assert run_cli("queue").code == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's own table")
def test_the_table_of_mounts_is_read_with_its_escapes(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "server:/x /mnt/our\\040store nfs rw 0 0\n/dev/sda1 / ext4 rw 0 0\n"
    monkeypatch.setattr(Path, "read_text", lambda *_args, **_more: lines)
    assert whereabouts._linux_mounts() == [("/mnt/our store", "nfs"), ("/", "ext4")]


@pytest.mark.parametrize("place", ["folder", "file"])
def test_a_place_this_account_may_not_write_is_refused(
    run_cli: Run, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    closed = file if place == "file" else tmp_path
    granted = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != closed and granted(path, mode))
    before = everything_in(tmp_path)
    assert f"{closed} cannot be written" in refused(run_cli, file)
    assert everything_in(tmp_path) == before


def test_a_disk_that_refuses_the_new_file_is_told_in_a_sentence(
    run_cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno

    def full(*_args: Any, **_more: Any) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "open", full)
    assert "full" in refused(run_cli, tmp_path / "new.db")
    assert not list(tmp_path.glob("*new.db*"))


def test_a_file_another_program_holds_for_long_is_refused_and_untouched(
    run_cli: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    answer = run_cli("ticket", "add", stdin=ONE)
    assert (answer.code, answer.out) == (1, "")
    assert "Another program holds" in answer.err
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
    other.execute("ROLLBACK")
    assert run_cli("ticket", "add", stdin=ONE).code == 0
    other.close()


def test_a_file_held_alone_by_another_program_is_refused_even_to_readers(
    run_cli: Run, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    assert "Another program holds" in refused(run_cli, file)
    other.close()


@pytest.mark.parametrize(
    "where", ["nonsense://x", "postgresql+nonsense://x/y", "://", "postgresql://", "a" * 300, "a/\0/b"]
)
def test_a_place_that_is_none_is_refused_with_a_sentence(run_cli: Run, where: str) -> None:
    answer = run_cli("queue", db=where)
    assert (answer.code, answer.out, answer.err.count("\n")) == (1, "", 1)


@pytest.mark.parametrize(
    "name", ["a?b.db", "a#b.db", "a%20b.db", "a b.db", "[x].db", "店.db", "no ending", "'.db"]
)
def test_a_file_may_have_any_name(run_cli: Run, tmp_path: Path, clock: FrozenClock, name: str) -> None:
    path = tmp_path / "own" / name
    path.parent.mkdir()
    assert run_cli("ticket", "add", stdin=ONE, db=path).code == 0
    for _day in range(9):
        clock.forward(days=1)
        assert len(run_cli("queue", "--json", db=path).objects) == 1
    inside = [entry.name for entry in path.parent.iterdir() if not entry.name.endswith(("-wal", "-shm"))]
    assert sorted(inside) == sorted([name, path.with_suffix(".copies").name])
    assert len(list(path.with_suffix(".copies").iterdir())) == 8


def test_a_url_of_sqlite_is_the_file_it_names(run_cli: Run, file: Path) -> None:
    run_cli("ticket", "add", stdin=ONE, db=f"sqlite:///{file}")
    assert len(run_cli("queue", "--json").objects) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own there")
def test_a_link_is_followed_to_the_file_it_means(run_cli: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "elsewhere" / "real.db")
    run_cli("ticket", "add", stdin=ONE, db=link)
    assert link.is_symlink()
    assert len(run_cli("queue", "--json", db=tmp_path / "elsewhere" / "real.db").objects) == 1
    (tmp_path / "loop.db").symlink_to(tmp_path / "loop.db")
    assert run_cli("queue", db=tmp_path / "loop.db").code == 1


def test_a_new_file_is_the_desks_own_and_nobody_elses_to_read(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    open_store(path).close()
    head = path.read_bytes()[:100]
    assert int.from_bytes(head[68:72], "big") == whereabouts.APPLICATION_ID
    assert int.from_bytes(head[60:64], "big") == whereabouts.SCHEMA
    assert os.name == "nt" or path.stat().st_mode & 0o077 == 0
    assert [entry.name for entry in tmp_path.iterdir()] == ["new.db"]


def test_an_empty_file_becomes_a_desk(run_cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "touched.db"
    path.touch()
    assert run_cli("ticket", "add", stdin=ONE, db=path).code == 0


def test_an_empty_file_whose_copies_are_kept_is_a_loss_and_not_a_beginning(
    run_cli: Run, file: Path, tmp_path: Path
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    run_cli("queue")
    for journal in tmp_path.glob("desk.db-*"):
        journal.unlink()
    file.write_bytes(b"")
    assert "Put back the last one" in refused(run_cli, file)
    assert file.stat().st_size == 0


def test_a_journal_without_its_file_is_never_played_into_a_new_one(
    run_cli: Run, file: Path, tmp_path: Path
) -> None:
    journal = tmp_path / "desk.db-wal"
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("CREATE TABLE lost (x)")
    stale = journal.read_bytes()
    connection.close()
    file.unlink()
    for leftover in tmp_path.glob("desk.db-*"):
        leftover.unlink()
    journal.write_bytes(stale)
    assert "desk.db-wal" in refused(run_cli, file)
    assert not file.exists()
    assert journal.read_bytes() == stale


def test_a_file_taken_away_in_mid_use_is_noticed_before_anything_is_acknowledged(
    desk: Any, file: Path, tmp_path: Path
) -> None:
    from tests.support import complaint

    desk.register(complaint())
    file.rename(tmp_path / "moved.db")
    for verb in (lambda: desk.register(complaint()), desk.queue, lambda: desk.ticket("S01-261123-001")):
        with pytest.raises(StoreFault, match="moved, deleted or exchanged"):
            verb()
    assert not file.exists()
    (tmp_path / "moved.db").rename(file)
    assert desk.register(complaint()).number == "S01-261123-002"


def test_a_file_exchanged_in_mid_use_is_noticed(desk: Any, file: Path, empty_file: Path) -> None:
    from tests.support import complaint

    desk.register(complaint())
    another = file.with_name("another.db")
    another.write_bytes(empty_file.read_bytes())
    another.replace(file)
    with pytest.raises(StoreFault, match="exchanged"):
        desk.register(complaint())


def test_no_command_can_be_tricked_into_a_traceback_by_a_closed_folder(
    run_cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", closed)
    assert "Permission denied" in refused(run_cli, tmp_path / "desk.db")


def test_a_file_whose_first_page_is_gone_is_offered_the_last_backup_and_salvaging(
    run_cli: Run, file: Path
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    content = bytearray(file.read_bytes())
    content[:4096] = bytes(4096)
    file.write_bytes(content)
    said = refused(run_cli, file)
    assert "`restore latest`" in said
    assert "`salvage`" in said
    assert file.read_bytes() == bytes(content)
