"""The copy of the day: made on opening, read back, the last seven kept."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.store import copies
from tests.support import Answer, FrozenClock

Run = Callable[..., Answer]
ONE = '{"what": "酱油少了一瓶"}'


def names(file: Path) -> list[str]:
    return sorted(path.name for path in copies.copies_folder(file).glob("*"))


def test_the_first_opening_of_a_day_keeps_a_copy_and_the_next_ones_none(
    run_cli: Run, file: Path, clock: FrozenClock
) -> None:
    run_cli("ticket", "add", stdin=ONE)
    assert names(file) == []
    run_cli("ticket", "add", stdin=ONE)
    assert names(file) == ["desk-2026-11-23.db"]
    first = (copies.copies_folder(file) / "desk-2026-11-23.db").read_bytes()
    run_cli("ticket", "add", stdin=ONE)
    assert (copies.copies_folder(file) / "desk-2026-11-23.db").read_bytes() == first
    clock.forward(hours=14)
    run_cli("queue")
    assert names(file) == ["desk-2026-11-23.db", "desk-2026-11-24.db"]


def test_a_copy_can_be_opened_as_a_desk_and_holds_what_was_acknowledged(run_cli: Run, file: Path) -> None:
    number = run_cli("ticket", "add", "--json", stdin=ONE).object["number"]
    shown = run_cli("ticket", "show", number, "--json")
    copy = copies.copies_folder(file) / "desk-2026-11-23.db"
    assert run_cli("ticket", "show", number, "--json", db=copy) == shown
    assert copy.stat().st_mode & 0o077 == 0


def test_a_copy_holds_also_what_is_only_in_the_journal_yet(run_cli: Run, desk: Any, file: Path) -> None:
    from tests.support import complaint

    number = desk.register(complaint()).number
    copy = desk.keep_copy()
    assert copy is not None
    assert run_cli("ticket", "show", number, db=copy).code == 0


def test_the_last_seven_days_are_kept(run_cli: Run, file: Path, clock: FrozenClock) -> None:
    run_cli("ticket", "add", stdin=ONE)
    (copies.copies_folder(file)).mkdir()
    mine = copies.copies_folder(file) / "desk-before-tables-2.db"
    mine.write_bytes(b"kept by hand")
    for _day in range(10):
        run_cli("queue")
        clock.forward(days=1)
    days = [f"desk-2026-{day}.db" for day in ("11-26", "11-27", "11-28", "11-29", "11-30", "12-01", "12-02")]
    assert names(file) == [*days, mine.name]


def test_a_clock_that_was_ahead_costs_no_copy_of_today(run_cli: Run, file: Path, clock: FrozenClock) -> None:
    run_cli("ticket", "add", stdin=ONE)
    today = clock.now
    clock.forward(days=3650)
    for _day in range(8):
        run_cli("queue")
        clock.forward(days=1)
    clock.now = today
    run_cli("queue")
    assert "desk-2026-11-23.db" in names(file)
    assert len(names(file)) == 7


def test_a_copy_that_cannot_be_made_is_told_and_the_desk_works(run_cli: Run, file: Path) -> None:
    run_cli("ticket", "add", stdin=ONE)
    copies.copies_folder(file).write_text("in the way")
    answer = run_cli("ticket", "add", stdin=ONE)
    assert answer.code == 0
    assert "copy of the day could not be made" in answer.err
    assert len(run_cli("queue", "--json").objects) == 2


def test_a_copy_left_half_done_is_no_copy(run_cli: Run, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run_cli("ticket", "add", stdin=ONE)

    def power_cut(_path: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(copies, "_to_disk", power_cut)
    run_cli("queue")
    assert names(file) == []
    monkeypatch.undo()


def test_copying_holds_no_writer_up(desk: Any, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.support import complaint

    desk.register(complaint())
    reader = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchone()
    assert desk.register(complaint()).number == "S01-261123-002"
    reader.close()


def test_a_file_with_nothing_in_it_is_not_copied(run_cli: Run, file: Path) -> None:
    run_cli("queue")
    run_cli("queue")
    assert not copies.copies_folder(file).exists()
