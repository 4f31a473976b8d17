"""The queue by pages: the same order from the top, from the end, from any line, however many share a moment."""

import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from complaint_desk.models.enums import Act, Channel
from tests.support import FrozenClock, complaint

Open = Callable[..., Any]


@pytest.fixture
def full_desk(desk: Any, clock: FrozenClock) -> Any:
    """97 open tickets, many of the same moment, some flagged, some acted upon, and resolved ones between."""
    chance = random.Random(5)
    for count in range(117):
        channel = chance.choice((Channel.PHONE, Channel.PHONE, Channel.PHONE, Channel.MEDIA))
        received = clock.now - timedelta(hours=chance.choice((0, 1, 30, 900)))
        number = desk.register(complaint(channel=channel), received_at=received).number
        if count % 5 == 0:
            desk.act(number, chance.choice((Act.ACKNOWLEDGED, Act.OWNED)), "打过电话了")
        if count % 6 == 0:
            desk.act(number, Act.RESOLVED, "办好了")
    return desk


def test_pages_downwards_upwards_and_by_place_are_one_queue(full_desk: Any) -> None:
    desk = full_desk
    everything = desk.queue(1_000)
    assert len(everything) == desk.queue_counts().open == 97
    assert [row.key for row in everything] == sorted(row.key for row in everything)
    down: list[Any] = []
    while page := desk.queue(10, after=down[-1].key if down else None):
        down += page
    assert tuple(down) == everything
    up = list(desk.queue_end(10))
    while page := desk.queue(10, before=up[0].key):
        up = [*page, *up]
    assert tuple(up) == everything
    for place in (0, 1, 48, 96):
        assert desk.queue_at(place) == everything[place].key
        assert desk.queue_position(everything[place].key) == place
        assert desk.queue_row(everything[place].number) == everything[place]
    assert desk.queue_at(97) is None


def test_the_counts_are_those_of_the_lines(full_desk: Any, clock: FrozenClock) -> None:
    for hours in (0, 10, 50):
        clock.forward(hours=hours)
        rows, counts = full_desk.queue(1_000), full_desk.queue_counts()
        assert counts.open == len(rows)
        assert counts.late == sum(row.key.next_due_at < clock.now for row in rows)
        assert counts.flagged == sum(row.key.rank == 0 for row in rows)


def test_a_line_moves_when_its_clock_is_met_and_moves_back_when_the_act_is_undone(full_desk: Any) -> None:
    first = full_desk.queue(1)[0]
    full_desk.act(first.number, Act.ACKNOWLEDGED if first.clock == "admit" else Act.RESOLVED, "打过电话了")
    assert full_desk.queue(1)[0].number != first.number
    full_desk.act(first.number, Act.UNDONE)
    assert full_desk.queue(1)[0] == first


def test_a_place_whose_ticket_has_gone_still_says_where_to_go_on(full_desk: Any) -> None:
    rows = full_desk.queue(1_000)
    gone = rows[10]
    full_desk.act(gone.number, Act.RESOLVED, "办好了")
    assert full_desk.queue(1, after=gone.key)[0] == rows[11]
    assert full_desk.queue(1, before=gone.key)[0] == rows[9]
    assert full_desk.queue_row(gone.number) is None


def test_an_empty_queue_has_no_lines_and_no_places(desk: Any) -> None:
    assert desk.queue() == desk.queue_end() == ()
    assert desk.queue_at(0) is None
    assert desk.queue_counts().open == 0


def test_a_line_shows_the_first_words_only(desk: Any) -> None:
    desk.register(complaint("长" * 5_000, remedy_wanted="退" * 5_000))
    (row,) = desk.queue()
    assert (row.what, row.remedy_wanted) == ("长" * 200, "退" * 200)


def test_another_desks_writing_is_seen_by_a_number_that_differs(desk: Any, open_desk: Open) -> None:
    seen = desk.changes_seen()
    other = open_desk("李敏")
    number = other.register(complaint()).number
    assert (after := desk.changes_seen()) != seen
    other.act(number, Act.NOTED, "x")
    assert desk.changes_seen() != after
