"""The lines of the queue that are held, in a file of a hundred thousand open tickets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event

from complaint_desk.desk.desk import Desk
from complaint_desk.screens import queue_window
from complaint_desk.screens.queue_window import PAGE, QueueWindow
from tests.screens.tickets import desk_at, fill_with

TOTAL = 100_001


@pytest.fixture(scope="module")
def full_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("full")
    fill_with(folder, TOTAL - 1)
    return folder


@pytest.fixture
def desk(full_folder: Path) -> Iterator[Desk]:
    with desk_at(full_folder) as desk:
        yield desk


class Queries:
    """Counts how often a desk reads lines of the queue from its file."""

    def __init__(self, desk: Desk) -> None:
        self.sent: list[str] = []
        event.listen(desk.store._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "ticket.number" in statement:
            self.sent.append(statement)


def numbers(window: QueueWindow) -> list[str]:
    return [row.number for row in window.rows]


def test_the_top_holds_two_pages_and_knows_how_many_there_are(desk: Desk) -> None:
    window = queue_window.at_the_top(desk)
    assert (window.start, len(window.rows), window.total) == (0, 2 * PAGE, TOTAL)


def test_paging_down_reads_each_page_once_and_holds_only_what_is_near(desk: Desk) -> None:
    window = queue_window.at_the_top(desk)
    queries = Queries(desk)
    seen = numbers(window)[:30]
    for first in range(30, 3_000, 30):
        if window.wants(first, first + 30):
            window = queue_window.reaching(desk, window, first, first + 30)
        rows = [window.row(index) for index in range(first, first + 30)]
        seen += [row.number for row in rows if row]
        assert len(window.rows) <= 2 * PAGE + 30
    assert seen == [row.number for row in desk.queue(3_000)]
    assert len(queries.sent) <= 3_000 // (PAGE // 2) + 2


def test_paging_up_meets_the_same_lines_as_paging_down(desk: Desk) -> None:
    window = queue_window.reaching(desk, queue_window.at_the_top(desk), 5_000, 5_030)
    assert window.start == 5_000 - PAGE
    for first in range(4_970, 4_000, -30):
        window = queue_window.reaching(desk, window, first, first + 30)
    expected = desk.queue(1, after=desk.queue_at(window.start - 1))[0]
    assert window.rows[0] == expected


def test_the_end_is_reached_without_reading_what_lies_between(desk: Desk) -> None:
    top = queue_window.at_the_top(desk)
    queries = Queries(desk)
    window = queue_window.reaching(desk, top, TOTAL - 30, TOTAL)
    assert window.end == TOTAL
    assert len(window.rows) <= 30 + PAGE
    assert len(queries.sent) <= 3
    assert window.rows[-1] == desk.queue_end(1)[0]


def test_a_jump_into_the_middle_lands_on_the_line_of_that_index(desk: Desk) -> None:
    window = queue_window.reaching(desk, queue_window.at_the_top(desk), 70_000, 70_030)
    row = window.row(70_000)
    assert row is not None
    assert desk.queue_position(row.key) == 70_000


def test_the_window_round_a_ticket_knows_its_place(desk: Desk) -> None:
    row = desk.queue(1, after=desk.queue_at(41_999))[0]
    window = queue_window.round_the_ticket(desk, QueueWindow(), row.number, row.key)
    assert window.places[row.number] == 42_000
    assert window.row(42_000) == row
    assert len(window.rows) == 2 * PAGE + 1


def test_a_ticket_that_left_the_queue_leaves_the_cursor_at_its_place(desk: Desk) -> None:
    row = desk.queue(1, after=desk.queue_at(499))[0]
    window = queue_window.round_the_ticket(desk, QueueWindow(), "S01-000000-000", row.key)
    assert window.start == 400
