"""The same act on many tickets: what fails stops nothing but itself, unless the file itself cannot be used."""

from typing import Any

from complaint_desk.desk.one_by_one import one_by_one, versions
from complaint_desk.models.enums import Act
from complaint_desk.models.errors import StoreFault
from tests.support import complaint


def take(desk: Any, count: int) -> list[str]:
    return [desk.register(complaint()).number for _ticket in range(count)]


def test_each_ticket_is_its_own_act_and_a_refusal_leaves_the_others_done(desk: Any) -> None:
    first, settled, last = take(desk, 3)
    desk.act(settled, Act.RESOLVED, "办好了")
    told: list[tuple[int, int]] = []
    rows = list(
        one_by_one(
            [first, settled, "S01-000000-000", last],
            lambda number: desk.act(number, Act.RESOLVED, "都办好了"),
            told=lambda done, count: told.append((done, count)),
        )
    )
    assert [row.after is not None for row in rows] == [True, False, False, True]
    assert "is resolved already" in rows[1].refusal
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert versions(rows) == {number: desk.ticket(number).version for number in (first, last)}


def test_whoever_stops_it_is_told_of_every_ticket_that_was_left_alone(desk: Any) -> None:
    numbers = take(desk, 3)
    done: list[str] = []

    def verb(number: str) -> Any:
        done.append(number)
        return desk.act(number, Act.NOTED, "x")

    rows = list(one_by_one(numbers, verb, stopped=lambda: len(done) == 2))
    assert done == numbers[:2]
    assert rows[2].refusal == "Stopped before this ticket. Nothing was changed."


def test_a_file_that_cannot_be_used_is_not_tried_again_for_every_ticket(desk: Any) -> None:
    tried = []

    def verb(number: str) -> Any:
        tried.append(number)
        if len(tried) == 2:
            raise StoreFault("The disk is full.")
        return desk.act(number, Act.NOTED, "x")

    rows = list(one_by_one(take(desk, 4), verb))
    assert len(tried) == 2
    assert [row.refusal for row in rows] == ["", *["The disk is full."] * 3]


def test_what_nobody_foresaw_is_said_of_its_ticket_and_the_others_are_done(desk: Any) -> None:
    numbers = take(desk, 2)

    def verb(number: str) -> Any:
        if number == numbers[0]:
            raise ZeroDivisionError
        return desk.act(number, Act.NOTED, "x")

    first, second = one_by_one(numbers, verb)
    assert first.refusal == "Not done (ZeroDivisionError). Nothing was changed."
    assert second.after is not None
