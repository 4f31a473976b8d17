"""`db check`: the file proved sound, or every fault named; `--mend` makes anew what follows from the history."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.history_of import tamper
from tests.support import Answer, FrozenClock, moves_the_cursor

Run = Callable[..., Answer]
ONE = '{"what": "酱油少了一瓶", "caller": "王芳"}'


@pytest.fixture
def number(run_cli: Run) -> str:
    return str(run_cli("ticket", "add", "--json", stdin=ONE).object["number"])


def test_a_sound_file_is_said_to_be_sound(run_cli: Run, number: str) -> None:
    answer = run_cli("db", "check")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out


def test_a_ticket_at_odds_with_its_history_is_named_and_mended(run_cli: Run, file: Path, number: str) -> None:
    tamper(file, "UPDATE ticket SET caller = 'x', version = 7")
    answer = run_cli("db", "check")
    assert (answer.code, answer.out) == (1, "")
    assert f"{number}: It differs from its history in: version, caller.\n" in answer.err
    assert run_cli("db", "check", "--mend").code == 0
    assert run_cli("db", "check").code == 0
    assert run_cli("queue", "--json").object["caller"] == "王芳"


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_changed_event_is_named_by_ticket_and_place_and_cannot_be_mended(
    run_cli: Run, file: Path, number: str, language: str
) -> None:
    tamper(file, "UPDATE event SET act = '\x1b[2J' WHERE seq = 2")
    for mend in ((), ("--mend",)):
        answer = run_cli("--lang", language, "db", "check", *mend)
        assert answer.code == 1
        assert number in answer.err
        assert "2" in answer.err
        assert "Traceback" not in answer.err
        assert not moves_the_cursor(answer.err)


def test_check_stands_at_the_top_as_well_and_prints_the_head_of_the_record(run_cli: Run, number: str) -> None:
    answer = run_cli("check")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == run_cli("db", "check").out
    assert "Head of the record: event " in answer.out


def test_a_head_printed_yesterday_is_found_today_and_not_in_a_file_that_was_replaced(
    run_cli: Run, file: Path, number: str, clock: FrozenClock, empty_file: Path
) -> None:
    printed = run_cli("db", "head").out.splitlines()[0]
    short = printed.split(", ")[1]
    clock.forward(days=1)
    run_cli("ticket", "add", stdin=ONE)
    assert run_cli("db", "head").out.splitlines()[0] != printed
    assert run_cli("db", "head", "--on", "2026-11-23").out.splitlines()[0] == printed
    held = run_cli("db", "head", "--holds", short)
    assert held.code == 0
    assert run_cli("db", "head", "--on", "2026-11-22").out == "Nothing was written yet.\n"
    assert run_cli("db", "head", "--on", "yesterday").code == 2
    file.write_bytes(empty_file.read_bytes())
    run_cli("ticket", "add", stdin=ONE)
    answer = run_cli("db", "head", "--holds", short)
    assert answer.code == 1
    assert "the file was replaced" in answer.err


def test_a_row_that_names_another_which_is_gone_is_named_with_its_ticket(
    run_cli: Run, file: Path, number: str
) -> None:
    import sqlite3

    connection = sqlite3.connect(file)
    connection.execute("UPDATE ticket SET owner_id = 'nobody'")
    connection.commit()
    connection.close()
    answer = run_cli("check")
    assert answer.code == 1
    assert f"{number}: A row names another that is not there" in answer.err
