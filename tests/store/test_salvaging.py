"""Salvaging: what can be read of a damaged file stands in a new one, and what was lost is told."""

import json
import os
import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act
from complaint_desk.store.checking import FaultKind
from tests.store.history_of import tamper
from tests.support import EVERY_WORD, Answer, FrozenClock, complaint

Run = Callable[..., Answer]
PAGE = 4096
TICKETS = 60


@pytest.fixture
def numbers(desk: Any, file: Path, clock: FrozenClock) -> list[str]:
    """A file with sixty tickets, each acted upon, in one piece on the disk."""
    found = []
    for count in range(TICKETS):
        clock.forward(minutes=1)
        told = {
            name: word
            for name, word in EVERY_WORD.items()
            if name not in ("what", "cause", "channel", "type")
        }
        number = str(desk.register(complaint(f"第{count}句 " + "酱油" * 150, **told)).number)
        desk.act(number, Act.NOTED, f"记 {count}")
        found.append(number)
    desk.close()
    return found


def salvage(run_cli: Run, file: Path) -> tuple[Answer, Path]:
    new = file.with_name("saved.db")
    return run_cli("salvage", str(new)), new


def pages_of(file: Path, table: str) -> list[int]:
    """The pages that hold rows of a table, counted from 0."""
    connection = sqlite3.connect(file)
    root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    connection.close()
    content, found, todo = file.read_bytes(), [], [root]
    while todo:
        number = todo.pop()
        page = content[(number - 1) * PAGE : number * PAGE]
        if page[0] == 13:
            found.append(number - 1)
        elif page[0] == 5:
            cells = int.from_bytes(page[3:5], "big")
            for cell in range(cells):
                at = int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell], "big")
                todo.append(int.from_bytes(page[at : at + 4], "big"))
            todo.append(int.from_bytes(page[8:12], "big"))
    return sorted(found)


def tear(file: Path, *pages: int) -> None:
    content = bytearray(file.read_bytes())
    for page in pages:
        content[page * PAGE : (page + 1) * PAGE] = os.urandom(PAGE)
    file.write_bytes(content)


def test_a_sound_file_is_saved_whole(run_cli: Run, file: Path, numbers: list[str]) -> None:
    before = file.read_bytes()
    answer, new = salvage(run_cli, file)
    assert (answer.code, answer.err) == (0, "")
    assert "Nothing is missing" in answer.out
    assert file.read_bytes() == before
    assert new.stat().st_mode & 0o077 == 0
    assert run_cli("check", db=new).code == 0
    for number in (numbers[0], numbers[-1]):
        assert run_cli("ticket", "show", number, "--json", db=new) == run_cli(
            "ticket", "show", number, "--json"
        )
    assert len(run_cli("search", "酱油", "--json", "--limit", "100", db=new).objects) == TICKETS


def test_what_follows_from_the_history_is_made_anew_though_every_page_of_it_is_torn(
    run_cli: Run, file: Path, numbers: list[str]
) -> None:
    shown = run_cli("ticket", "show", numbers[7], "--json")
    tear(file, *pages_of(file, "ticket"), *pages_of(file, "clock"))
    answer, new = salvage(run_cli, file)
    assert answer.code == 0, answer.out
    assert run_cli("check", db=new).code == 0
    assert run_cli("ticket", "show", numbers[7], "--json", db=new) == shown


def test_a_torn_page_of_the_history_costs_what_lay_on_it_and_no_more(
    run_cli: Run, file: Path, numbers: list[str], open_desk: Callable[..., Any]
) -> None:
    pages = pages_of(file, "event")
    assert len(pages) > 10
    tear(file, pages[3], pages[7])
    answer, new = salvage(run_cli, file)
    assert answer.code == 1
    assert "In 2 places" in answer.out
    assert "could not be made again" in answer.out
    faults = run_cli("check", db=new)
    assert faults.code == 1
    kept = {row["number"] for row in run_cli("queue", "--limit", "100", "--json", db=new).objects}
    assert TICKETS - 12 < len(kept) < TICKETS
    gone = set(numbers) - kept
    assert all(number in answer.out for number in gone)
    scraps = new.with_suffix(".scraps.jsonl")
    assert scraps.stat().st_mode & 0o077 == 0
    rows = [json.loads(line) for line in scraps.read_text().splitlines()]
    assert gone <= {row.get("number") for row in rows}


def test_a_torn_page_on_the_way_to_the_rows_costs_none_of_them(
    run_cli: Run, file: Path, numbers: list[str]
) -> None:
    shown = run_cli("ticket", "show", numbers[7], "--json")
    connection = sqlite3.connect(file)
    roots = [
        connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0] - 1
        for name in ("event", "said", "counter")
    ]
    connection.close()
    tear(file, *roots)
    answer, new = salvage(run_cli, file)
    assert (answer.code, answer.err.count("Traceback")) == (0, 0), answer.out
    assert run_cli("check", db=new).code == 0
    assert run_cli("ticket", "show", numbers[7], "--json", db=new) == shown


def test_lost_words_are_counted_and_the_ticket_stands_without_them(
    run_cli: Run, file: Path, numbers: list[str]
) -> None:
    tear(file, pages_of(file, "said")[4])
    answer, new = salvage(run_cli, file)
    assert answer.code == 1
    assert "the words are lost" in answer.out
    assert len(run_cli("queue", "--limit", "100", "--json", db=new).objects) == TICKETS


def test_a_row_that_was_changed_is_not_trusted(run_cli: Run, file: Path, numbers: list[str]) -> None:
    tamper(
        file,
        "UPDATE event SET fields = '{}' WHERE seq = 21",
        "UPDATE said SET words = '{}' WHERE event_id = (SELECT id FROM event WHERE seq = 30)",
    )
    answer, new = salvage(run_cli, file)
    assert answer.code == 1
    scraps = [json.loads(line) for line in new.with_suffix(".scraps.jsonl").read_text().splitlines()]
    assert {"event", "said"} <= {scrap["table"] for scrap in scraps}


def test_a_new_origin_goes_on_after_what_was_saved(
    run_cli: Run, file: Path, numbers: list[str], open_desk: Callable[..., Any]
) -> None:
    _answer, new = salvage(run_cli, file)
    desk = open_desk(db=str(new))
    assert desk.register(complaint("新的一单")).number not in numbers
    assert desk.check() == []
    with desk.store.reading() as connection:
        acts = connection.exec_driver_sql(
            "SELECT count(*) FROM event WHERE act = 'file_salvaged'"
        ).scalar_one()
        origins = connection.exec_driver_sql("SELECT count(*) FROM origin WHERE in_use").scalar_one()
    assert (acts, origins) == (1, 1)


def test_words_that_stand_only_in_the_journal_are_saved_too(
    run_cli: Run, file: Path, desk: Any, open_desk: Callable[..., Any]
) -> None:
    number = desk.register(complaint("只在日志里")).number
    assert file.with_name("desk.db-wal").stat().st_size > 0
    _answer, new = salvage(run_cli, file)
    assert run_cli("ticket", "show", number, db=new).code == 0


def test_a_file_without_its_first_page_is_read_page_by_page(
    run_cli: Run, file: Path, numbers: list[str]
) -> None:
    tear(file, 0)
    answer, new = salvage(run_cli, file)
    assert answer.code == 0, answer.out + answer.err
    assert run_cli("check", db=new).code == 0
    assert len(run_cli("queue", "--limit", "100", "--json", db=new).objects) == TICKETS


def test_people_come_back_by_their_names_from_the_history(
    run_cli: Run, file: Path, numbers: list[str]
) -> None:
    run_cli("staff", "add", "小李")
    listed = run_cli("staff", "list").out
    tear(file, 0)
    _answer, new = salvage(run_cli, file)
    assert run_cli("staff", "list", db=new).out == listed


def test_a_file_of_which_nothing_can_be_read_is_refused_with_a_sentence(
    run_cli: Run, file: Path, numbers: list[str]
) -> None:
    tear(file, *range(file.stat().st_size // PAGE))
    answer, new = salvage(run_cli, file)
    assert answer.code == 1
    assert "Nothing of the file can be read" in answer.err
    assert not new.exists()
    assert not [path.name for path in file.parent.iterdir() if path.name.startswith((".salvage", "saved"))]


def test_nothing_is_written_over_and_a_missing_file_is_told(run_cli: Run, file: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.db"
    mine.write_text("a letter")
    assert run_cli("salvage", str(mine)).code == 1
    assert mine.read_text() == "a letter"
    assert run_cli("salvage", db=tmp_path / "none.db").code == 1
    assert not (tmp_path / "none.db").exists()


def test_any_few_torn_pages_leave_a_desk_that_can_be_worked_on(
    run_cli: Run, file: Path, numbers: list[str], open_desk: Callable[..., Any]
) -> None:
    chance = random.Random(20261123)
    whole = file.read_bytes()
    for attempt in range(6):
        pages = chance.sample(range(1, len(whole) // PAGE), 5)
        tear(file, *pages)
        new = file.with_name(f"saved-{attempt}.db")
        answer = run_cli("salvage", str(new))
        assert "Traceback" not in answer.err
        desk = open_desk(db=str(new))
        assert desk.register(complaint("新的一单")).number not in numbers
        kinds = {fault.kind for fault in desk.check()}
        assert not kinds & {FaultKind.PAGE_DAMAGED, FaultKind.EVENT_CHANGED, FaultKind.TICKET_DIFFERS}
        desk.close()
        file.write_bytes(whole)
