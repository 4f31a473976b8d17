"""Two desks on one file at once: numbers stay unique, nobody's change is lost, nobody's text is overwritten."""

import json
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.models.enums import Act, HeatStep
from complaint_desk.models.errors import ChangedMeanwhile
from complaint_desk.rules.lifecycle import fold
from complaint_desk.store import checking
from complaint_desk.store.engine import open_store
from tests.processes import needs_fork, together
from tests.support import FrozenClock, complaint

Open = Callable[..., Any]


def sound(desk: Any) -> bool:
    with desk.store.reading() as connection:
        return list(checking.faults_of(connection, fold)) == []


@needs_fork
def test_desks_in_several_processes_lose_nothing_and_give_no_number_twice(desk: Any, open_desk: Open) -> None:
    shared = desk.register(complaint("同一单")).number
    desk.close()

    def work(name: str) -> int:
        mine = open_desk(name)
        for count in range(15):
            number = mine.register(complaint(f"{name} {count}")).number
            mine.act(shared, Act.NOTED, f"{name} {count}")
            mine.act(number, Act.ACKNOWLEDGED, "打过电话了")
            print(json.dumps(number), flush=True)
        return 0

    with together(*(lambda name=name: work(name) for name in ("甲", "乙", "丙"))) as children:
        numbers = [line for child in children for line in child.read_all().splitlines()]
        assert [child.end() for child in children] == [0, 0, 0]
    assert len(numbers) == len(set(numbers)) == 45
    notes = [line.text for line in desk.ticket(shared).history if line.act is Act.NOTED]
    assert sorted(notes) == sorted(f"{name} {count}" for name in "甲乙丙" for count in range(15))
    assert sound(desk)


@needs_fork
def test_several_desks_that_open_a_new_file_at_once_make_one(tmp_path: Path, no_settings: None) -> None:
    path = tmp_path / "new.db"
    path.touch()

    def work(name: str) -> int:
        from complaint_desk.desk.desk import Desk
        from complaint_desk.settings import Settings

        desk = Desk.open(Settings(db=str(path), store_code="S01"), as_name=name)
        print(desk.register(complaint(name)).number, flush=True)
        desk.close()
        return 0

    with together(*(lambda name=name: work(name) for name in "甲乙丙丁")) as children:
        numbers = [child.read_line() for child in children]
        assert [child.end() for child in children] == [0, 0, 0, 0]
    assert len(set(numbers)) == 4
    store = open_store(path)
    with store.reading() as connection:
        assert list(checking.faults_of(connection, fold)) == []
    store.close()
    assert not list(tmp_path.glob(".*"))


def test_the_second_of_two_who_change_a_ticket_is_told_and_nothing_of_the_first_is_lost(
    desk: Any, open_desk: Open
) -> None:
    ticket = desk.register(complaint(caller="王芳"))
    other = open_desk("李敏")
    other.amend(ticket.number, {"caller": "王芬"}, version=ticket.version)
    with pytest.raises(ChangedMeanwhile, match="李敏"):
        desk.amend(ticket.number, {"caller": "王方"}, version=ticket.version)
    with pytest.raises(ChangedMeanwhile):
        desk.act(ticket.number, Act.ACKNOWLEDGED, "打过电话了", version=ticket.version)
    now = desk.ticket(ticket.number)
    assert (now.caller, len(now.history)) == ("王芬", 2)
    assert desk.amend(ticket.number, {"caller": "王方"}, version=now.version).caller == "王方"


@pytest.mark.parametrize("act", [act for act in Act if act.value in ("acknowledge", "own", "resolve")])
def test_a_clock_act_of_another_desk_counts_as_a_change(desk: Any, open_desk: Open, act: Act) -> None:
    ticket = desk.register(complaint())
    open_desk("李敏").act(ticket.number, act, "打过电话了")
    for late in (Act.ACKNOWLEDGED, Act.UNDONE):
        with pytest.raises(ChangedMeanwhile, match="李敏"):
            desk.act(ticket.number, late, "我也打过", version=ticket.version)


def test_notes_and_heat_marks_never_conflict(desk: Any, open_desk: Open) -> None:
    ticket = desk.register(complaint())
    other = open_desk("李敏")
    other.act(ticket.number, Act.ACKNOWLEDGED, "打过电话了")
    desk.act(ticket.number, Act.NOTED, "客人又来电", version=ticket.version)
    desk.mark_heat(ticket.number, HeatStep.THANK)
    desk.unmark_heat(ticket.number, HeatStep.THANK)
    version = other.ticket(ticket.number).version
    desk.act(ticket.number, Act.NOTED, "再记一笔")
    desk.mark_heat(ticket.number, HeatStep.HEAR)
    assert other.act(ticket.number, Act.OWNED, "由我负责", version=version).clocks[1].met_at is not None


def test_whoever_changed_the_ticket_is_named_and_not_whoever_noted_something_after(
    desk: Any, open_desk: Open
) -> None:
    ticket = desk.register(complaint(caller="王芳"))
    open_desk("李敏").amend(ticket.number, {"caller": "王芬"})
    open_desk("刘洋").act(ticket.number, Act.NOTED, "x")
    with pytest.raises(ChangedMeanwhile, match="李敏"):
        desk.amend(ticket.number, {"caller": "王方"}, version=ticket.version)


def test_a_desk_waits_for_anothers_short_transaction(desk: Any, open_desk: Open) -> None:
    other = open_desk("李敏")
    begun, end = threading.Event(), threading.Event()

    def hold() -> None:
        with other.store.writing():
            begun.set()
            end.wait(20)

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(20)
    threading.Timer(0.1, end.set).start()
    assert desk.register(complaint()).number == "S01-261123-001"
    assert end.is_set()
    holder.join()


def test_many_threads_of_one_desk_write_one_after_the_other(desk: Any, clock: FrozenClock) -> None:
    numbers: list[str] = []

    def take() -> None:
        numbers.extend(desk.register(complaint()).number for _ticket in range(10))

    threads = [threading.Thread(target=take) for _thread in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == [f"S01-261123-{running:03d}" for running in range(1, 41)]
    assert sound(desk)


def test_a_desk_waits_on_as_long_as_others_get_on_and_not_for_one_that_hangs(
    desk: Any, open_desk: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    from complaint_desk.models.errors import StoreFault

    monkeypatch.setattr("complaint_desk.store.engine.BUSY_SECONDS", 0.05)
    mine, other = open_desk("李敏"), open_desk("刘洋")
    other.register(complaint())
    held, let_go = threading.Event(), threading.Event()

    def keep_busy() -> None:
        with other.store.writing():
            held.set()
            while not let_go.wait(0.02):
                os.utime(f"{other.store.path}-wal")

    holder = threading.Thread(target=keep_busy)
    holder.start()
    held.wait(20)
    threading.Timer(0.3, let_go.set).start()
    assert mine.register(complaint()).number == "S01-261123-002"
    holder.join()
    with other.store.writing(), pytest.raises(StoreFault, match="did not let go"):
        mine.register(complaint())
