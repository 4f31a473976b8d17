"""The index of words is written with the ticket, follows it, and can be made anew while desks go on working."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaint_desk.desk.desk import Desk
from complaint_desk.desk.finding import search_index
from complaint_desk.desk.finding.search_index import IndexFaults
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import DeskError
from complaint_desk.store import full_text_swap as swap
from complaint_desk.store import projections
from complaint_desk.store.checking import FaultKind
from complaint_desk.store.full_text import LIVE
from complaint_desk.store.migrate import is_described
from tests.support import EVERY_WORD, FrozenClock, complaint

WELL = IndexFaults()


def held(desk: Desk) -> list[tuple[Any, ...]]:
    """Every word of the index with its ticket, column and place, as SQLite itself lists them."""
    with desk.store.writing() as connection:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE temp.listed USING fts5vocab(main, search_words, instance)"
        )
        words = connection.exec_driver_sql(
            "SELECT term, ticket_id, col, offset FROM temp.listed JOIN search_row ON row_id = doc"
        )
        listed = sorted(tuple(word) for word in words)
        connection.exec_driver_sql("DROP TABLE temp.listed")
    return listed


def tables(desk: Desk) -> set[str]:
    with desk.store.reading() as connection:
        return set(
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars()
        )


def some_tickets(desk: Desk, clock: FrozenClock) -> list[str]:
    """Tickets that were taken, acted upon, corrected and undone."""
    numbers = [
        desk.register(complaint(f"{what}第{n}次", caller="张晓虹")).number
        for n, what in enumerate("酱油空调")
    ]
    numbers.append(desk.register(complaint(**EVERY_WORD)).number)
    clock.forward(hours=2)
    desk.act(numbers[0], Act.NOTED, "周五上门")
    desk.act(numbers[1], Act.RESOLVED, "已退38元")
    desk.act(numbers[1], Act.UNDONE)
    desk.amend(numbers[2], {"what": "少找了钱", "phone": "0755-8888 6666", "type": "victim"})
    return numbers


def test_the_index_is_true_after_every_verb_and_the_same_when_made_anew(
    desk: Desk, clock: FrozenClock
) -> None:
    some_tickets(desk, clock)
    assert desk.search_faults() == WELL
    before = held(desk)
    assert desk.rebuild_search() == 4 + 1
    assert desk.search_faults() == WELL
    assert held(desk) == before


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(["note", "resolve", "reopen", "undo", "amend", "take"]) | st.text(max_size=20),
        max_size=12,
    )
)
def test_whatever_happens_the_index_follows(desk: Desk, doings: list[str]) -> None:
    number = desk.register(complaint("酱油")).number
    for doing in doings:
        try:
            match doing:
                case "take":
                    number = desk.register(complaint("空调", caller="张晓虹")).number
                case "amend":
                    desk.amend(number, {"who": "小李", "cause": "cashier_error"})
                case "note" | "resolve" | "reopen" | "undo":
                    desk.act(number, Act(doing), "" if doing == "undo" else "说了")
                case _:
                    desk.amend(number, {"how": doing, "caller": doing[:10]})
        except DeskError:
            continue
    assert desk.search_faults() == WELL


def test_a_save_that_fails_leaves_no_word_behind(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.register(complaint("酱油")).number
    before = held(desk)

    def full(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    add = search_index.add_ticket

    def add_and_fail(connection: Any, ticket: Any) -> None:
        add(connection, ticket)
        full()

    monkeypatch.setattr(search_index, "add_ticket", add_and_fail)
    with pytest.raises(DeskError):
        desk.register(complaint("饕餮"))
    monkeypatch.setattr(projections, "write_over", full)
    with pytest.raises(DeskError):
        desk.act(number, Act.NOTED, "饕餮")
    assert held(desk) == before
    assert desk.search("饕餮").rows == ()


def test_what_was_said_meanwhile_is_in_the_new_index(
    desk: Desk, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = some_tickets(desk, clock)
    monkeypatch.setattr(search_index, "_BATCH", 2)
    taken: list[str] = []

    def meanwhile(done: int, _count: int) -> None:
        desk.act(numbers[0], Act.NOTED, f"饕餮{done}")
        desk.amend(numbers[2], {"how": f"说了{done}次"})
        if done == 2:
            taken.append(desk.register(complaint("新来的")).number)

    desk.rebuild_search(meanwhile)
    assert desk.search_faults() == WELL
    assert [row.number for row in desk.search("饕餮").rows] == [numbers[0]]
    assert [row.number for row in desk.search("新来").rows] == taken


def test_other_desks_write_while_the_index_is_made_anew(
    open_desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = open_desk("陈静"), open_desk("李伟")
    for ticket in range(30):
        one.register(complaint(f"酱油 {ticket}"))
    monkeypatch.setattr(search_index, "_BATCH", 3)
    working = threading.Thread(target=lambda: [other.register(complaint("空调")) for _ticket in range(10)])
    working.start()
    one.rebuild_search()
    working.join()
    assert one.search_faults() == WELL
    assert (one.search("酱油").total, one.search("空调").total) == (30, 10)


def test_an_interrupted_rebuilding_leaves_the_old_index_and_the_next_one_tidies_up(
    desk: Desk, clock: FrozenClock
) -> None:
    some_tickets(desk, clock)
    before, usual = held(desk), tables(desk)

    def interrupt(_done: int, _count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.rebuild_search(interrupt)
    assert held(desk) == before
    assert desk.search_faults() == WELL
    assert tables(desk) > usual
    desk.rebuild_search()
    assert tables(desk) == usual
    assert held(desk) == before


def test_an_index_that_went_wrong_is_named_and_mended(desk: Desk, clock: FrozenClock) -> None:
    numbers = some_tickets(desk, clock)
    ids = [desk.ticket(number).id for number in numbers]
    with desk.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM search_row WHERE ticket_id = ?", (ids[0],))
        connection.exec_driver_sql("UPDATE search_row SET digest = 1 WHERE ticket_id = ?", (ids[1],))
    faults = desk.search_faults()
    assert (faults.missing, faults.stale, faults.left_over) == ((ids[0],), (ids[1],), 1)
    desk.rebuild_search()
    assert desk.search_faults() == WELL


def test_a_ticket_whose_row_is_doubtful_is_found_by_its_new_words_only(desk: Desk) -> None:
    number = desk.register(complaint("酱油")).number
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE search_row SET digest = 1")
    desk.act(number, Act.RESOLVED, "已退")
    for text in ("酱油", "已退", "status:resolved"):
        assert [row.number for row in desk.search(text).rows] == [number], text
    assert desk.search("酱油").total == 1
    assert desk.search("status:open").rows == ()
    assert desk.search("酱油", limit=1).next_key is None
    assert desk.search_faults() == IndexFaults(left_over=1)


def test_the_models_describe_every_table_but_the_index(desk: Desk) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlmodel import SQLModel

    with desk.store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": is_described})
        assert compare_metadata(context, SQLModel.metadata) == []
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE name = 'search_words'"
        ).scalar_one()
    assert made == LIVE.creating


def test_a_rebuilt_file_has_the_tables_a_new_one_has(desk: Desk) -> None:
    def described() -> dict[str, str]:
        with desk.store.reading() as connection:
            rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {name: sql.replace('"', "").replace("'", "") for name, sql in rows}

    new = described()
    desk.rebuild_search()
    assert described() == new
    assert not {*swap.NEW.inner_tables, *swap.OLD.inner_tables} & described().keys()


def test_a_damaged_index_is_named_as_such_and_made_anew(desk: Desk, clock: FrozenClock) -> None:
    some_tickets(desk, clock)
    with desk.store.writing() as connection:
        connection.exec_driver_sql("UPDATE search_words_data SET block = x'00' WHERE id > 10")

    def take_until_the_index_is_merged() -> None:
        for _ticket in range(200):
            desk.register(complaint("空调"))

    for doing in (lambda: desk.search("酱油"), take_until_the_index_is_merged):
        with pytest.raises(DeskError, match="search reindex"):
            doing()
    assert desk.rebuild_search() >= 5
    assert desk.search_faults() == WELL
    assert desk.search("酱油").total


def test_a_check_of_the_file_names_what_the_index_lacks_and_mending_makes_it_anew(
    desk: Desk, clock: FrozenClock
) -> None:
    numbers = some_tickets(desk, clock)
    assert desk.check() == []
    ids = [desk.ticket(number).id for number in numbers]
    with desk.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM search_row WHERE ticket_id = ?", (ids[0],))
        connection.exec_driver_sql("UPDATE search_row SET digest = 1 WHERE ticket_id = ?", (ids[1],))
    faults = desk.check()
    assert [(fault.kind, fault.number) for fault in faults] == [
        (FaultKind.NOT_AS_INDEXED, numbers[0]),
        (FaultKind.NOT_AS_INDEXED, numbers[1]),
    ]
    desk.rebuild()
    assert desk.check() == []
    assert desk.search_faults() == WELL


def test_a_ticket_that_vanished_from_its_table_is_found_again_after_mending(desk: Desk) -> None:
    number = desk.register(complaint("酱油")).number
    with desk.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM clock")
        connection.exec_driver_sql("DELETE FROM ticket")
    assert desk.search("酱油").rows == ()
    desk.rebuild()
    assert [row.number for row in desk.search("酱油").rows] == [number]
    assert desk.check() == []
