"""`kill -9` while a person is erased: all of the person is there or nothing is, and the file can be finished."""

import random
import select
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.store import erasing
from tests.processes import needs_fork, start
from tests.support import complaint

ROUNDS = 16
NAME, NUMBER = "欧阳晓虹", "138 0013 8000"


def erase(file: Path, number: str) -> int:
    """What `customer erase --yes` does, in a process of its own."""
    from complaint_desk.cli.main import run

    return run(
        ["--db", str(file), "--as", "陈静", "--lang", "en", "customer", "erase", number, "--yes", "--json"]
    )


@needs_fork
def test_an_erasure_is_done_or_not_begun_at_whatever_instant_it_is_cut_short(
    file: Path, tmp_path: Path, open_desk: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_STORE_CODE", "S01")
    desk = open_desk()
    number = desk.register(complaint(f"{NAME}说坏了,打13800138000", caller=NAME, phone=NUMBER)).number
    other = desk.register(complaint("别的事", caller="李雷", phone="137 0013 7000")).number
    desk.close()
    chance, done, spared = random.Random(20261123), 0, 0
    for attempt in range(ROUNDS):
        place = tmp_path / str(attempt) / "desk.db"
        place.parent.mkdir()
        shutil.copyfile(file, place)
        child = start(lambda place=place: erase(place, number))  # type: ignore[misc]
        if attempt:
            select.select([child.pipe], [], [], chance.uniform(0, 0.5) if attempt > 1 else 0)
            child.kill()
        child.end()
        desk = open_desk(db=str(place))
        ticket = desk.ticket(number)
        if ticket.caller is None:
            done += 1
            assert NAME not in ticket.what
            assert [one.name for one in desk.who_is("8000")] == []
            assert f"customer:{ticket.customer_id}" in erasing.noted_as_erased(place)
            desk.finish_erasure()
            desk.close()
            assert NAME.encode() not in place.read_bytes()
            desk = open_desk(db=str(place))
            assert desk.erasure_words() == ""
        else:
            spared += 1
            assert (ticket.caller, ticket.phone) == (NAME, "+8613800138000")
            assert NAME in ticket.what
            assert [one.name for one in desk.who_is("8000")] == [NAME]
        assert desk.ticket(other).caller == "李雷"
        assert desk.check() == []
        desk.close()
    assert done > 0
    assert spared > 0
