"""The queue narrowed while one types: by number, name, telephone number, words; within a view."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.queue_view import QueueChoice, QueueView
from complaint_desk.models.settling import PromiseMade
from complaint_desk.store import queue_filter
from tests.support import FrozenClock, complaint

Open = Callable[..., Any]


@pytest.fixture
def three(desk: Any, clock: FrozenClock) -> list[str]:
    """A late one, one soon due, one of today; in the queue's order."""
    return [
        desk.register(
            complaint("电饭煲跳闸", caller="周建国", phone="138 0013 8000"),
            received_at=clock.now - timedelta(hours=26),
        ).number,
        desk.register(
            complaint("Charged twice for soy sauce", caller="Margaret Hughes", phone="136 2222 3333"),
            received_at=clock.now - timedelta(hours=20),
        ).number,
        desk.register(complaint("停车场的灯坏了,电饭煲也没修好", caller="张晓虹")).number,
    ]


def found(desk: Any, text: str, choice: QueueChoice | None = None) -> list[str]:
    return [row.number for row in desk.filter_queue(text, choice or QueueChoice()).rows]


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("8000", [0]),
        ("138 0013 8000", [0]),
        ("周", [0]),
        ("周建", [0]),
        ("zxh", [2]),
        ("zhangx", [2]),
        ("marg", [1]),
        ("so", [1]),
        ("soy sau", [1]),
        ("电饭煲", [0, 2]),
        ("电", [0, 2]),
        ("电饭煲 -停车场", [0]),
        ("S01-26112", [0, 1, 2]),
        ("s01-", [0, 1, 2]),
        ("26-11", []),
        ("261122-0", [0, 1]),
        ("122-002", [1]),
        ("-001", [0, 2]),
        ("-009", []),
        ("138-0013-8000", [0]),
        ("nobody said this", []),
    ],
)
def test_what_is_typed_is_found_while_it_is_still_being_typed(
    desk: Any, three: list[str], typed: str, places: list[int]
) -> None:
    assert found(desk, typed) == [three[place] for place in places]


def test_a_whole_number_finds_its_ticket(desk: Any, three: list[str]) -> None:
    for number in three:
        for typed in (number, number.lower(), number[:-1]):
            assert number in found(desk, typed)
        assert found(desk, number)[0] == number


def test_a_filter_narrows_the_view_it_is_typed_in(desk: Any, three: list[str]) -> None:
    assert found(desk, "电饭煲", QueueChoice(QueueView.LATE)) == three[:1]
    assert found(desk, "电饭煲", QueueChoice(QueueView.DUE)) == []
    assert found(desk, "电饭煲", QueueChoice(QueueView.ALL, "nowhere")) == []


def test_what_is_settled_is_not_in_the_queue_unless_something_is_still_owed(
    desk: Any, three: list[str], clock: FrozenClock
) -> None:
    desk.act(three[0], Act.RESOLVED, "换了一台")
    assert found(desk, "电饭煲") == three[2:]
    desk.act(three[0], Act.REOPENED, "又坏了")
    desk.promise(three[0], PromiseMade("送新的来", clock.now + timedelta(hours=2)))
    desk.act(three[0], Act.RESOLVED, "换了一台")
    assert sorted(found(desk, "电饭煲")) == sorted([three[0], three[2]])


def test_words_that_too_many_hold_give_the_first_lines_and_say_that_there_are_more(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _count in range(30):
        desk.register(complaint("同一句话"))
    everything = [row.number for row in desk.queue(100)]
    monkeypatch.setattr(queue_filter, "MOST_PUT_IN_ORDER", 5)
    some = desk.filter_queue("同一句话", limit=10)
    assert ([row.number for row in some.rows], some.more) == (everything[:10], True)
    assert not desk.filter_queue("同一句话", limit=30).more


@pytest.mark.parametrize("typed", ["who:", "after:soonish", "x" * 501])
def test_what_makes_no_sense_is_refused_with_a_sentence(desk: Any, three: list[str], typed: str) -> None:
    with pytest.raises(FieldRefused) as refused:
        desk.filter_queue(typed)
    assert str(refused.value).endswith(".")
