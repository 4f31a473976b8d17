"""Tickets of another desk join ours: their people and callers are ours where they are the same."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Role
from complaint_desk.models.exporting import EveryTicket, ExportFormat
from tests.support import complaint


@pytest.fixture
def other(tmp_path: Path, empty_file: Path, open_desk: Callable[..., Any]) -> Any:
    """The desk of another store."""
    path = tmp_path / "other.db"
    path.write_bytes(empty_file.read_bytes())
    return open_desk(db=str(path), store_code="S02")


def move(desk: Any, other: Any, tmp_path: Path) -> Any:
    path = tmp_path / "moved.jsonl"
    desk.export(EveryTicket(), path, ExportFormat.JSONL)
    return other.bring_in(other.plan_import(path))


def test_who_is_unknown_joins_as_an_agent_whatever_the_file_says(
    desk: Any, other: Any, open_desk: Callable[..., Any], tmp_path: Path
) -> None:
    other.take_seat()
    desk.take_seat()
    desk.join("刘洋", Role.MANAGER)
    number = desk.register(complaint()).number
    desk.assign(number, "刘洋")
    move(desk, other, tmp_path)
    staff = {member.name: member.role for member in other.everybody()}
    assert staff["刘洋"] is Role.AGENT
    assert other.ticket(number).owner == "刘洋"


def test_a_caller_both_desks_know_is_one_customer(desk: Any, other: Any, tmp_path: Path) -> None:
    ours = other.register(complaint(caller="王芳", phone="13800138000"))
    theirs = desk.register(complaint(caller="王芳", phone="138 0013 8000"))
    stranger = desk.register(complaint(caller="李敏", phone="13911112222"))
    move(desk, other, tmp_path)
    assert other.ticket(theirs.number).customer_id == other.ticket(ours.number).customer_id
    assert other.ticket(stranger.number).customer_id == stranger.customer_id
    assert other.check() == []


def test_clocks_go_on_where_they_were(desk: Any, other: Any, tmp_path: Path) -> None:
    number = desk.register(complaint()).number
    desk.act(number, Act.ACKNOWLEDGED, "said sorry")
    before = desk.ticket(number)
    move(desk, other, tmp_path)
    after = other.ticket(number)
    assert [(c.kind, c.due_at, c.met_at) for c in after.clocks] == [
        (c.kind, c.due_at, c.met_at) for c in before.clocks
    ]
    assert [row.number for row in other.queue()] == [number]
    other.act(number, Act.OWNED, "I take it from here")
    assert other.check() == []


def test_a_number_that_is_taken_gives_way_and_stays_findable(
    desk: Any, open_desk: Callable[..., Any], tmp_path: Path, empty_file: Path
) -> None:
    path = tmp_path / "twin.db"
    path.write_bytes(empty_file.read_bytes())
    twin = open_desk(db=str(path))
    ours = twin.register(complaint("ours"))
    theirs = desk.register(complaint("theirs"))
    assert ours.number == theirs.number
    move(desk, twin, tmp_path)
    (row,) = twin.search("theirs").rows
    assert row.number != ours.number
    assert {found.number for found in twin.search(f"number:{theirs.number}").rows} == {
        ours.number,
        row.number,
    }
    assert twin.check() == []
