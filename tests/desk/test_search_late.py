"""late:yes finds every late ticket and no other, the newest first, however few or many are late."""

import random
from datetime import timedelta

import pytest

from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act
from complaint_desk.models.search import SearchKey
from complaint_desk.store import search as store_search
from tests.support import FrozenClock, complaint


@pytest.fixture(autouse=True)
def _small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks so small that a few dozen tickets take many."""
    monkeypatch.setattr(store_search, "_BLOCK", 2)
    monkeypatch.setattr(store_search, "_LARGEST_BLOCK", 4)
    monkeypatch.setattr(store_search, "MOST_RANKED", 3)


def pages(desk: Desk, text: str, limit: int) -> list[str]:
    numbers: list[str] = []
    after: SearchKey | None = None
    while True:
        page = desk.search(text, limit, after)
        numbers += [row.number for row in page.rows]
        after = page.next_key
        if after is None:
            return numbers


@pytest.mark.parametrize("seed", range(6))
def test_every_late_ticket_is_found_and_no_other(desk: Desk, clock: FrozenClock, seed: int) -> None:
    chance = random.Random(seed)
    now = clock.now
    late: dict[str, bool] = {}
    for _ticket in range(40):
        days = chance.choice((0.2, 0.9, 1.5, 3, 20, 40, 90))
        what = chance.choice(("空调不制冷", "酱油漏了", "空调和酱油"))
        number = desk.register(complaint(what), received_at=now - timedelta(days=days)).number
        if chance.random() < 0.4:
            desk.act(number, Act.OWNED, "told the caller")
        if chance.random() < 0.2:
            desk.act(number, Act.RESOLVED, "settled")
        ticket = desk.ticket(number)
        clock_due = ticket.next_clock
        if "空调" in what:
            late[number] = clock_due is not None and clock_due.due_at < now
    wanted = {number for number, is_late in late.items() if is_late}
    for limit in (1, 7, 100):
        found = pages(desk, "空调 late:yes", limit)
        assert len(found) == len(set(found))
        assert set(found) == wanted
        received = [desk.ticket(number).received_at for number in found]
        assert received == sorted(received, reverse=True)
        assert set(pages(desk, "空调 late:no", limit)) == set(late) - wanted


def test_many_received_in_one_second_are_all_found(desk: Desk, clock: FrozenClock) -> None:
    long_ago = clock.now - timedelta(days=40)
    numbers = {desk.register(complaint("空调不制冷"), received_at=long_ago).number for _ in range(70)}
    for _new in range(5):
        desk.register(complaint("空调不制冷"), received_at=clock.now)
    assert set(pages(desk, "空调 late:yes", 20)) == numbers
