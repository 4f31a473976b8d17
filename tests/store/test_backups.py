"""Backups: made on opening and as time passes, read back, rotated, in a second folder too; never in anybody's way."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.errors import FileDamaged
from complaint_desk.store import copies
from complaint_desk.store.copies import CopyNotMade
from complaint_desk.store.file_lock import FileLock
from tests.support import Answer, FrozenClock, complaint

Run = Callable[..., Answer]
ONE = '{"what": "酱油少了一瓶"}'
TODAY = "desk-2026-11-23T102800+0800.db"


def names(file: Path) -> list[str]:
    return sorted(path.name for path in copies.copies_folder(file).glob("*"))


def test_the_first_opening_of_a_day_makes_a_backup_and_the_next_ones_none(
    run_cli: Run, file: Path, clock: FrozenClock
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    assert names(file) == []
    run_cli("ticket", "add", stdin=ONE)
    assert names(file) == [TODAY]
    first = (copies.copies_folder(file) / TODAY).read_bytes()
    clock.forward(minutes=10)
    run_cli("ticket", "add", stdin=ONE)
    assert names(file) == [TODAY]
    assert (copies.copies_folder(file) / TODAY).read_bytes() == first
    clock.forward(hours=14)
    run_cli("queue")
    assert names(file) == [TODAY, "desk-2026-11-24T003800+0800.db"]


def test_a_backup_can_be_opened_as_a_desk_and_holds_what_was_acknowledged(run_cli: Run, file: Path) -> None:
    number = run_cli("ticket", "add", "--json", stdin=ONE).object["number"]
    shown = run_cli("ticket", "show", number, "--json")
    copy = copies.copies_folder(file) / TODAY
    assert run_cli("ticket", "show", number, "--json", db=copy) == shown
    assert copy.stat().st_mode & 0o077 == 0
    assert copies.copies_folder(file).stat().st_mode & 0o077 == 0


def test_a_backup_holds_also_what_is_only_in_the_journal_yet(run_cli: Run, desk: Any, file: Path) -> None:
    number = desk.register(complaint()).number
    copy = desk.keep_copy()
    assert copy is not None
    assert run_cli("ticket", "show", number, db=copy).code == 0


def test_copies_of_the_first_version_are_backups_too_and_what_a_person_kept_is_left(
    run_cli: Run, file: Path, clock: FrozenClock
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    (copies.copies_folder(file)).mkdir()
    mine = copies.copies_folder(file) / "desk-before-tables-2.db"
    for name in (mine.name, "desk-2026-10-01.db", "desk-2026-11-22.db", "desk-2026-99-99.db", "desk-mine.db"):
        (copies.copies_folder(file) / name).write_bytes(b"kept by hand")
    for _day in range(12):
        run_cli("queue")
        clock.forward(days=1)
    kept = names(file)
    assert {mine.name, "desk-2026-99-99.db", "desk-mine.db"} <= set(kept)
    assert "desk-2026-10-01.db" in kept
    days = [name for name in kept if "T1028" in name]
    assert len(days) == 8, "eight by the hour; the two before by the week are copies of the first version"


def test_a_clock_that_was_ahead_costs_no_backup_of_today(
    run_cli: Run, file: Path, clock: FrozenClock
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    today = clock.now
    clock.forward(days=3650)
    for _day in range(8):
        run_cli("queue")
        clock.forward(days=1)
    clock.now = today
    run_cli("queue")
    assert TODAY in names(file)
    assert len([name for name in names(file) if name.startswith("desk-2036")]) == 2


def test_a_backup_that_cannot_be_made_is_told_and_the_desk_works(run_cli: Run, file: Path) -> None:
    run_cli("ticket", "add", stdin=ONE)
    copies.copies_folder(file).write_text("in the way")
    answer = run_cli("ticket", "add", stdin=ONE)
    assert answer.code == 0
    assert "backup could not be made" in answer.err
    assert len(run_cli("queue", "--json").objects) == 2


def test_a_backup_left_half_done_is_none_and_the_next_one_tidies_it_away(
    run_cli: Run, file: Path, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    run_cli("ticket", "add", stdin=ONE)

    def power_cut(_path: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(copies, "to_disk", power_cut)
        run_cli("queue")
    assert [name for name in names(file) if not name.startswith(".")] == []
    leftover = copies.copies_folder(file) / f".{TODAY}.77.new"
    leftover.write_bytes(b"half")
    run_cli("queue")
    assert names(file) == [TODAY]


def test_a_backup_holds_no_writer_up(desk: Any, file: Path) -> None:
    desk.register(complaint())
    reader = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    assert desk.register(complaint()).number == "S01-261123-002"
    reader.close()


def test_a_file_with_nothing_in_it_is_not_backed_up(run_cli: Run, file: Path) -> None:
    run_cli("queue")
    run_cli("queue")
    assert not copies.copies_folder(file).exists()


def test_an_open_desk_backs_up_what_changed_every_so_often(desk: Any, clock: FrozenClock, file: Path) -> None:
    assert desk.keep_backup_if_due() is None
    desk.register(complaint())
    assert desk.keep_backup_if_due().name == TODAY
    desk.register(complaint())
    clock.forward(minutes=59)
    assert desk.keep_backup_if_due() is None
    clock.forward(minutes=1)
    assert desk.keep_backup_if_due().name == "desk-2026-11-23T112800+0800.db"
    clock.forward(hours=9)
    assert desk.keep_backup_if_due() is None, "nothing was written since"


def test_a_clock_set_back_does_not_keep_backups_from_being_made(desk: Any, clock: FrozenClock) -> None:
    desk.register(complaint())
    clock.forward(days=365)
    assert desk.keep_backup_if_due() is not None
    clock.forward(days=-366)
    desk.register(complaint())
    assert desk.keep_backup_if_due() is not None


def test_a_second_folder_gets_every_backup_and_its_loss_is_told(
    open_desk: Callable[..., Any], tmp_path: Path, clock: FrozenClock
) -> None:
    second = tmp_path / "stick"
    desk = open_desk(backup_folder=second)
    desk.register(complaint())
    with pytest.raises(CopyNotMade, match="second folder"):
        desk.keep_backup_if_due()
    assert "second folder" in desk.copy_fault
    second.mkdir()
    clock.forward(hours=1)
    desk.register(complaint())
    made = desk.keep_backup_if_due()
    assert (second / made.name).read_bytes() == made.read_bytes()
    assert (second / made.name).stat().st_mode & 0o077 == 0
    assert desk.copy_fault is None
    assert len(desk.backups()) == 2
    assert [path.name for path in second.iterdir()] == [made.name]


def test_a_disk_almost_full_gets_no_backup_so_that_the_desk_can_go_on(
    desk: Any, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    from shutil import disk_usage

    desk.register(complaint())
    usage = disk_usage(file.parent)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage._replace(free=2**20))
    with pytest.raises(CopyNotMade, match="1 MB are free"):
        desk.keep_backup_if_due()
    assert names(file) == []
    desk.register(complaint())


def test_while_one_desk_makes_a_backup_another_makes_none(desk: Any, file: Path) -> None:
    desk.register(complaint())
    copies.make_folder(copies.copies_folder(file))
    lock = FileLock(copies.copies_folder(file) / ".making")
    assert lock.take()
    assert desk.keep_backup_if_due() is None
    lock.give_back(remove=True)
    assert desk.keep_backup_if_due() is not None


def test_a_damaged_file_is_never_put_in_the_place_of_a_good_backup(
    run_cli: Run, desk: Any, file: Path, clock: FrozenClock
) -> None:
    for _ticket in range(120):
        desk.register(complaint("酱油" * 200))
    desk.keep_backup_if_due()
    desk.close()
    content = bytearray(file.read_bytes())
    page = len(content) // 4096 // 2
    content[page * 4096 : (page + 1) * 4096] = os.urandom(4096)
    file.write_bytes(content)
    clock.forward(days=1)
    with pytest.raises(FileDamaged, match="salvage"):
        desk.keep_copy()
    assert names(file) == [TODAY]


def test_the_age_of_the_last_good_backup_is_told_when_it_is_old(
    desk: Any, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert desk.backup_words() == ""
    desk.register(complaint())
    assert "no backup" in desk.backup_words()
    desk.keep_backup_if_due()
    clock.forward(days=3)
    assert desk.backup_words() == "", "it holds everything still"
    desk.register(complaint())
    assert desk.backup_words() == "The last good backup is 3 days old."


def test_two_backups_in_one_second_leave_the_later_one(desk: Any, file: Path) -> None:
    desk.register(complaint())
    first = desk.back_up_here().read_bytes()
    desk.register(complaint("二"))
    assert desk.back_up_here().read_bytes() != first
    assert names(file) == [TODAY]
