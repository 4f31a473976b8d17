"""New rules for open tickets while others work, while it is stopped, and while the file is packed."""

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from complaint_desk.store import retimed_rows
from complaint_desk.store.retimed_rows import LaidReady
from tests.desk.test_keeping_the_rules import DAY, is_sound, rules, waiting
from tests.support import MONDAY_MORNING, FrozenClock, complaint


def test_a_busy_store_changes_tickets_up_to_the_moment_the_rules_are_written(
    desk: Any, open_desk: Callable[..., Any], clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_desk()
    numbers = [desk.register(complaint()).number for _ticket in range(8)]
    busy, chain = iter(numbers[:5]), LaidReady.chain

    def chain_while_others_work(ready: LaidReady, connection: Any) -> None:
        chain(ready, connection)
        if (number := next(busy, None)) is not None:
            other.pause(number, "等货", clock.now + 5 * DAY)

    monkeypatch.setattr(LaidReady, "chain", chain_while_others_work)
    desk.apply_policy(rules(solve="20d"), open_too=True)
    assert list(busy) == []
    due = [waiting(desk.ticket(number)).due_at - MONDAY_MORNING for number in numbers]
    assert due == [25 * DAY] * 5 + [20 * DAY] * 3
    assert is_sound(desk)


def test_stopped_while_it_is_written_nothing_is_kept_and_it_can_be_done_again(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [desk.register(complaint()).number for _ticket in range(3)]
    before = desk.changes_seen()

    def stop(*_rows: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(retimed_rows, "_update", stop)
        with pytest.raises(KeyboardInterrupt):
            desk.apply_policy(rules(solve="20d"), open_too=True)
    assert (desk.changes_seen(), desk.policy_in_force().version) == (before, 1)
    assert is_sound(desk)
    assert desk.apply_policy(rules(solve="20d"), open_too=True).preview.moved == 3
    assert {waiting(desk.ticket(number)).target for number in numbers} == {"20d"}
    assert is_sound(desk)


def test_a_file_that_is_packed_meanwhile_gets_each_ticket_its_own_times(
    desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [desk.register(complaint()).number for _ticket in range(3)]
    desk.pause(numbers[1], "等货", MONDAY_MORNING + 5 * DAY)
    chain = LaidReady.chain

    def chain_and_pack(ready: LaidReady, connection: Any) -> None:
        chain(ready, connection)
        bare = sqlite3.connect(desk.store.path)
        bare.execute("UPDATE ticket SET rowid = 1000 - rowid")
        bare.commit()
        bare.close()

    monkeypatch.setattr(LaidReady, "chain", chain_and_pack)
    desk.apply_policy(rules(solve="20d"), open_too=True)
    assert [waiting(desk.ticket(number)).due_at - MONDAY_MORNING for number in numbers] == [
        20 * DAY,
        25 * DAY,
        20 * DAY,
    ]
    assert is_sound(desk)
