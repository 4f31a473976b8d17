"""`kill -9` at any instant: every ticket whose answer left the program is there, and nothing by halves."""

import io
import json
import random
import select
import sys
from pathlib import Path

import pytest

from complaint_desk.rules.lifecycle import fold
from complaint_desk.store import checking
from complaint_desk.store.engine import open_store
from tests.processes import Child, needs_fork, start

ROUNDS = 45
LINES = 30


def add_tickets(file: Path, stream: int) -> int:
    """What `ticket add --json` does with a file of complaints, in a process of its own."""
    from complaint_desk.cli.main import run

    lines = [json.dumps({"what": f"第{number}句", "caller": f"{stream}-{number}"}) for number in range(LINES)]
    sys.stdin = io.TextIOWrapper(io.BytesIO("\n".join(lines).encode()))
    return run(["--db", str(file), "--as", "陈静", "--lang", "en", "ticket", "add", "--json"])


def answers(child: Child) -> list[str]:
    """The numbers whose whole answer left the program before it died."""
    whole, _cut, _rest = child.read_all().rpartition(b"\n")
    return [json.loads(line)["number"] for line in whole.splitlines()]


def is_whole(file: Path) -> bool:
    store = open_store(file)
    with store.reading() as connection:
        faults = list(checking.faults_of(connection, fold))
    store.close()
    assert faults == []
    return True


def numbers_in(file: Path) -> list[str]:
    store = open_store(file)
    with store.reading() as connection:
        found = connection.exec_driver_sql("SELECT number FROM ticket").scalars().all()
    store.close()
    return list(found)


@pytest.fixture(autouse=True)
def _own_settings(no_settings: None) -> None:
    """No settings of whoever's account this is."""


@needs_fork
def test_every_acknowledged_ticket_survives_a_kill_at_any_instant(file: Path) -> None:
    import complaint_desk.cli.ticket
    import complaint_desk.desk.desk  # noqa: F401 - loaded once for all children

    chance = random.Random(20261123)
    acknowledged: list[str] = []
    killed = 0
    for stream in range(ROUNDS):
        child = start(lambda stream=stream: add_tickets(file, stream))  # type: ignore[misc]
        for _answer in range(chance.choice((0, 0, 1, 2, 5, 20))):
            acknowledged += [json.loads(line)["number"] for line in [child.read_line()] if line]
        select.select([child.pipe], [], [], chance.choice((0, 0.001, 0.004, 0.01, 0.03)) * chance.random())
        child.kill()
        acknowledged += answers(child)
        killed += child.end() < 0
        assert set(acknowledged) <= set(numbers_in(file))
        assert stream % 9 or is_whole(file)
    assert killed > ROUNDS // 2
    assert len(acknowledged) == len(set(acknowledged)) > ROUNDS
    assert is_whole(file)
    assert not [path for path in file.parent.iterdir() if path.name.endswith(".new")]


@needs_fork
def test_a_kill_while_the_file_is_made_leaves_none_or_a_whole_one(tmp_path: Path) -> None:
    import complaint_desk.cli.ticket
    import complaint_desk.desk.desk
    import complaint_desk.store.migrate  # noqa: F401 - loaded once for all children

    chance = random.Random(7)
    for attempt in range(12):
        file = tmp_path / str(attempt) / "desk.db"
        file.parent.mkdir()
        child = start(lambda file=file: add_tickets(file, 0))  # type: ignore[misc]
        select.select([child.pipe], [], [], 0.25 * chance.random())
        child.kill()
        told = answers(child)
        child.end()
        assert set(told) <= set(numbers_in(file))
        assert is_whole(file)


@needs_fork
def test_a_disk_that_fills_up_stops_at_a_line_and_keeps_all_that_was_answered(file: Path) -> None:
    resource = pytest.importorskip("resource")
    import signal

    def add_until_full() -> int:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        sys.stderr = sys.stdout
        return add_tickets(file, 0)

    child = start(add_until_full)
    *taken, refused = child.read_all().decode().splitlines()
    assert child.end() == 1
    assert 0 < len(taken) < LINES
    assert refused.startswith(f"Line {len(taken) + 1}: ")
    assert {json.loads(line)["number"] for line in taken} == set(numbers_in(file))
    assert is_whole(file)
