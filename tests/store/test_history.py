"""History only grows, its chain shows every tampering, and the projections follow from it alone."""

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act
from complaint_desk.rules.lifecycle import fold
from complaint_desk.store import checking
from complaint_desk.store.checking import FaultKind, FileFault
from tests.store.history_of import live_a_week, tamper
from tests.support import EVERY_WORD, FrozenClock, complaint


def faults(desk: Any) -> list[FileFault]:
    with desk.store.reading() as connection:
        return list(checking.faults_of(connection, fold))


def kinds(desk: Any) -> set[FaultKind]:
    return {fault.kind for fault in faults(desk)}


def all_rows(file: Path) -> dict[str, list[Any]]:
    connection = sqlite3.connect(file)
    rows = {
        table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
        for table in ("ticket", "clock", "counter")
    }
    connection.close()
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_the_events_amount_to_and_can_be_made_anew_from_them(
    desk: Any, file: Path, clock: FrozenClock, seed: int
) -> None:
    numbers = live_a_week(desk, clock, random.Random(seed), steps=120)
    assert faults(desk) == []
    tickets = {number: desk.ticket(number) for number in numbers}
    queue = desk.queue(1000)
    before = all_rows(file)
    tamper(
        file,
        "UPDATE ticket SET caller = 'x', status = 'open', next_due_at = '2020-01-01 00:00:00.000000'",
        "DELETE FROM clock WHERE position = 0",
        "UPDATE counter SET last = 0",
    )
    assert kinds(desk) == {FaultKind.TICKET_DIFFERS, FaultKind.COUNTER_BEHIND}
    with desk.store.writing() as connection:
        assert checking.rebuild(connection, fold) == len(numbers)
    assert all_rows(file) == before
    assert faults(desk) == []
    assert desk.queue(1000) == queue
    assert {number: desk.ticket(number) for number in numbers} == tickets


def test_a_lost_row_of_a_ticket_comes_back_from_its_events(desk: Any, file: Path) -> None:
    desk.register(complaint(**{k: v for k, v in EVERY_WORD.items() if k != "what"}))
    desk.register(complaint())
    before = all_rows(file)
    tamper(
        file,
        "DELETE FROM clock WHERE ticket_id IN (SELECT id FROM ticket WHERE number LIKE '%001')",
        "DELETE FROM ticket WHERE number LIKE '%001'",
    )
    assert FaultKind.TICKET_DIFFERS in kinds(desk)
    with desk.store.writing() as connection:
        checking.rebuild(connection, fold)
    assert all_rows(file) == before


@pytest.mark.parametrize("table", ["event", "said"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET rowid = rowid",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    ],
)
def test_the_file_itself_refuses_to_change_its_history(
    desk: Any, file: Path, table: str, statement: str
) -> None:
    desk.register(complaint())
    connection = sqlite3.connect(file)
    with pytest.raises(sqlite3.DatabaseError, match="history only grows"):
        connection.execute(statement.format(table=table))
    connection.close()
    assert faults(desk) == []


def test_a_replaced_sequence_number_is_refused_too(desk: Any, file: Path) -> None:
    desk.register(complaint())
    connection = sqlite3.connect(file)
    with pytest.raises(sqlite3.DatabaseError, match="history only grows"):
        connection.execute(
            "INSERT OR REPLACE INTO event SELECT 'new', origin, seq, ticket_id, act, schema_version, happened_at, "
            "recorded_at, by, fields, words_digest, previous_hash, hash FROM event LIMIT 1"
        )
    connection.close()


EVERY_COLUMN = {
    "id": "'x'",
    "ticket_id": "'x'",
    "act": "'own'",
    "schema_version": "9",
    "happened_at": "'2020-01-01 00:00:00.000000'",
    "recorded_at": "'2020-01-01 00:00:00.000000'",
    "by": "'x'",
    "fields": "'{}'",
    "words_digest": "NULL",
    "previous_hash": "'x'",
    "hash": "'x'",
}


@pytest.fixture
def busy_desk(desk: Any, clock: FrozenClock) -> Any:
    """Two tickets, eight events; the fifth is a note on the first ticket."""
    numbers = [desk.register(complaint(caller="王芳")).number for _ticket in range(2)]
    for number in numbers:
        desk.act(number, Act.NOTED, "说好了明天回电")
        desk.act(number, Act.ACKNOWLEDGED, "打过电话了")
    desk.amend(numbers[0], {"caller": "王芬"})
    assert desk.changes_seen() == 8
    return desk


@pytest.mark.parametrize("column", EVERY_COLUMN)
def test_a_changed_value_of_an_event_is_named(busy_desk: Any, file: Path, column: str) -> None:
    tamper(
        file, "PRAGMA foreign_keys=OFF", f"UPDATE event SET {column} = {EVERY_COLUMN[column]} WHERE seq = 4"
    )
    found = [fault for fault in faults(busy_desk) if fault.kind is FaultKind.EVENT_CHANGED]
    assert [fault.seq for fault in found] == [4]
    if column != "ticket_id":
        assert found[0].number == "S01-261123-001"


def test_changed_words_are_named(busy_desk: Any, file: Path) -> None:
    tamper(file, "UPDATE said SET words = replace(words, '明天', '后天') WHERE words LIKE '%明天%'")
    found = [fault for fault in faults(busy_desk) if fault.kind is FaultKind.WORDS_CHANGED]
    assert [(fault.number, fault.seq) for fault in found] == [("S01-261123-001", 4), ("S01-261123-002", 6)]


def test_a_changed_salt_is_named(busy_desk: Any, file: Path) -> None:
    tamper(file, "UPDATE said SET salt = x'00' WHERE words LIKE '%明天%'")
    assert kinds(busy_desk) == {FaultKind.WORDS_CHANGED}


def test_words_that_are_gone_though_nobody_erased_them_are_named(busy_desk: Any, file: Path) -> None:
    tamper(file, "DELETE FROM said WHERE words LIKE '%明天%'")
    with busy_desk.store.reading() as connection:
        found = {fault.kind for fault in checking.broken_links(connection)}
    assert found == {FaultKind.WORDS_MISSING}
    assert busy_desk.ticket("S01-261123-001").history[1].text is None


def test_a_removed_event_is_noticed(busy_desk: Any, file: Path) -> None:
    tamper(
        file,
        "PRAGMA foreign_keys=OFF",
        "DELETE FROM said WHERE event_id = (SELECT id FROM event WHERE seq = 4)",
        "DELETE FROM event WHERE seq = 4",
    )
    found = [fault for fault in faults(busy_desk) if fault.kind is FaultKind.EVENT_MISSING]
    assert [fault.seq for fault in found] == [5]


def test_an_event_cut_off_at_the_end_is_noticed(busy_desk: Any, file: Path) -> None:
    tamper(
        file,
        "PRAGMA foreign_keys=OFF",
        "DELETE FROM said WHERE event_id = (SELECT id FROM event WHERE seq = 8)",
        "DELETE FROM event WHERE seq = 8",
    )
    (fault,) = faults(busy_desk)
    assert (fault.kind, fault.number) == (FaultKind.TICKET_DIFFERS, "S01-261123-001")


def test_events_that_changed_places_are_noticed(busy_desk: Any, file: Path) -> None:
    tamper(
        file,
        "UPDATE event SET seq = 99 WHERE seq = 4",
        "UPDATE event SET seq = 4 WHERE seq = 5",
        "UPDATE event SET seq = 5 WHERE seq = 99",
    )
    assert FaultKind.EVENT_OUT_OF_PLACE in kinds(busy_desk)


def test_an_event_forged_with_its_own_hash_breaks_the_next_link(busy_desk: Any, file: Path) -> None:
    from complaint_desk.store import checking as room

    tamper(file, "UPDATE event SET fields = '{\"meets\":[]}' WHERE seq = 5")
    with busy_desk.store.reading() as connection:
        row = next(r for r in connection.execute(room._CHAINED) if r.seq == 5)
        forged = room._hash_of(row)
    tamper(file, f"UPDATE event SET hash = '{forged}' WHERE seq = 5")
    found = [fault for fault in faults(busy_desk) if fault.kind is FaultKind.EVENT_OUT_OF_PLACE]
    assert [fault.seq for fault in found] == [6]


def test_a_missing_guard_is_named(busy_desk: Any, file: Path) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("DROP TRIGGER said_refuses_update")
    connection.execute("DROP TRIGGER event_refuses_delete")
    connection.execute("CREATE TRIGGER event_refuses_delete BEFORE DELETE ON event BEGIN SELECT 1; END")
    connection.close()
    found = {fault.about for fault in faults(busy_desk) if fault.kind is FaultKind.GUARD_MISSING}
    assert found == {"said_refuses_update", "event_refuses_delete"}


def test_an_event_no_program_can_read_is_named_and_nothing_else_suffers(busy_desk: Any, file: Path) -> None:
    tamper(file, "UPDATE event SET act = 'danced' WHERE seq = 4")
    found = faults(busy_desk)
    assert {fault.number for fault in found} == {"S01-261123-001"}
    assert {fault.kind for fault in found} >= {FaultKind.EVENT_CHANGED, FaultKind.TICKET_UNREADABLE}
    assert busy_desk.ticket("S01-261123-002").version > 1


def test_a_ticket_without_any_event_is_named(busy_desk: Any, file: Path) -> None:
    tamper(
        file,
        "CREATE TEMP TABLE another AS SELECT * FROM ticket LIMIT 1",
        "UPDATE another SET id = 'x', number = 'S01-261123-009'",
        "INSERT INTO ticket SELECT * FROM another",
    )
    (fault,) = faults(busy_desk)
    assert (fault.kind, fault.number) == (FaultKind.TICKET_WITHOUT_HISTORY, "S01-261123-009")
    with busy_desk.store.writing() as connection:
        assert checking.rebuild(connection, fold) == 2
    assert faults(busy_desk) == []


def test_an_origin_that_goes_on_from_nowhere_is_named(busy_desk: Any, file: Path) -> None:
    tamper(
        file,
        "INSERT INTO origin (id, created_at, parent_id, parent_head, in_use) "
        "SELECT 'new', created_at, id, 'no such hash', 0 FROM origin",
    )
    (fault,) = faults(busy_desk)
    assert (fault.kind, fault.about) == (FaultKind.ORIGIN_UNKNOWN, "new")


def test_an_origin_that_names_the_head_it_goes_on_from_is_sound(busy_desk: Any, file: Path) -> None:
    tamper(
        file,
        "INSERT INTO origin (id, created_at, parent_id, parent_head, in_use) SELECT 'new', created_at, id, "
        "(SELECT hash FROM event WHERE seq = 8), 0 FROM origin",
    )
    assert faults(busy_desk) == []


def test_times_come_back_as_the_instants_they_were(desk: Any, clock: FrozenClock) -> None:
    clock.forward(microseconds=123_456)
    ticket = desk.register(complaint(when="2026-11-20 15:30"))
    again = desk.ticket(ticket.number)
    assert again == ticket
    assert again.received_at == clock.now
    assert again.received_at.utcoffset() is not None
    assert desk.queue()[0].key.next_due_at.utcoffset() is not None


def test_a_time_told_with_any_offset_is_the_same_instant(desk: Any, clock: FrozenClock) -> None:
    from datetime import timedelta, timezone

    east = clock.now.astimezone(timezone(timedelta(hours=14)))
    ticket = desk.register(complaint(), received_at=east, heat={})
    assert desk.ticket(ticket.number).received_at == clock.now
    assert ticket.number == "S01-261123-001"
    row = desk.queue_row(ticket.number)
    assert row.received_at == clock.now
    assert faults(desk) == []


def test_an_act_told_with_any_offset_is_the_same_instant(
    desk: Any, clock: FrozenClock, open_desk: Callable[..., Any]
) -> None:
    from datetime import timedelta, timezone

    number = desk.register(complaint()).number
    clock.forward(hours=3)
    east = (clock.now - timedelta(hours=1)).astimezone(timezone(timedelta(hours=14)))
    desk.act(number, Act.ACKNOWLEDGED, "x", happened_at=east)
    assert open_desk().ticket(number).clocks[0].met_at == clock.now - timedelta(hours=1)
    assert faults(desk) == []
