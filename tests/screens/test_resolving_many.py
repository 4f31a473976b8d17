"""Resolving many marked tickets: how they ended is asked once; what fails, or is stopped, loses nothing."""

from pathlib import Path
from typing import Any

import pytest

from complaint_desk.desk.desk import Desk
from complaint_desk.models.enums import Act, TicketStatus
from complaint_desk.models.settling import Outcome
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.deed_card import DeedCard
from complaint_desk.screens.deed_report import DeedReport
from complaint_desk.screens.queue import QueueScreen
from tests.screens.golden import compare, text_of
from tests.screens.seat import Seat, seat
from tests.screens.tickets import desk_at, take_a_few


@pytest.fixture
def numbers(tmp_path: Path) -> list[str]:
    """Five tickets in the queue's order."""
    return take_a_few(tmp_path)


def queue_of(at: Seat) -> QueueScreen:
    return next(screen for screen in at.app.screen_stack if isinstance(screen, QueueScreen))


def tickets(folder: Path, numbers: list[str]) -> list[Ticket]:
    with desk_at(folder) as desk:
        return [desk.ticket(number) for number in numbers]


async def resolve_marked(at: Seat, outcome: str, words: str) -> None:
    await at.press("r")
    assert isinstance(at.app.screen, DeedCard)
    await at.type(outcome)
    await at.press("enter", "enter")
    await at.type(words)
    await at.press("enter")


async def test_how_many_tickets_ended_is_asked_once_and_all_is_taken_back(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "space", "space", "r", "enter")
        assert "This is still to be told." in text_of(at.app)
        await at.press("escape")
        await resolve_marked(at, "withdrawn", "both withdrew at the counter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.settle()
        assert queue_of(at).said.sentence == "Resolve: done on 2 tickets. U takes it back."
        assert [each.outcome for each in tickets(tmp_path, numbers)] == [
            *(Outcome.WITHDRAWN, Outcome.WITHDRAWN),
            *(None, None, None),
        ]
        await at.press("u", "enter")
        await at.until(lambda: isinstance(at.app.screen, QueueScreen))
        await at.settle()
    assert {each.status for each in tickets(tmp_path, numbers)} == {TicketStatus.OPEN}


async def test_many_are_rejected_only_with_the_way_outside_and_what_fails_stays_marked(
    tmp_path: Path, numbers: list[str]
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "space", "space", "space")
        with desk_at(tmp_path) as desk:
            desk.act(numbers[1], Act.RESOLVED, "settled meanwhile")
        await resolve_marked(at, "rejected", "")
        card = at.app.screen
        assert isinstance(card, DeedCard)
        assert card.focused is card.fields["recourse"]
        await at.type("12315")
        await at.press("enter")
        await at.type("nothing was wrong with it")
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, DeedReport))
        await at.settle()
        assert f"!  {numbers[1]}" in text_of(at.app)
        await at.press("escape")
        assert list(queue_of(at).marks) == [numbers[1]]
        assert "is resolved already" in queue_of(at).refusals[numbers[1]]
    rejected, before, other = tickets(tmp_path, numbers[:3])
    assert (rejected.outcome, rejected.recourse) == (Outcome.REJECTED, "12315")
    assert (other.outcome, before.outcome) == (Outcome.REJECTED, Outcome.EXPLAINED)


async def test_stopped_among_many_the_rest_stays_open_and_marked(
    tmp_path: Path, numbers: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seat(tmp_path) as at:
        await at.press("f3", "ctrl+a")
        act = Desk.act

        def leave() -> None:
            card = at.app.screen
            assert isinstance(card, DeedCard)
            card.action_leave()

        def act_then_escape(desk: Desk, number: str, *told: Any, **more: Any) -> Ticket:
            after = act(desk, number, *told, **more)
            at.app.call_from_thread(leave)
            return after

        monkeypatch.setattr(Desk, "act", act_then_escape)
        await resolve_marked(at, "explained", "told them all")
        await at.until(lambda: isinstance(at.app.screen, DeedReport))
        await at.settle()
        report = " ".join(text_of(at.app).split())
        assert "done on 1 ticket. 4 were not changed and stay marked." in report
        assert "Stopped before this ticket." in report
        await at.press("escape")
        assert list(queue_of(at).marks) == numbers[1:]
    assert [each.status for each in tickets(tmp_path, numbers)] == [
        TicketStatus.RESOLVED,
        *(TicketStatus.OPEN,) * 4,
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_card_for_many_looks_as_it_was_approved(
    tmp_path: Path, numbers: list[str], size: tuple[int, int], language: str
) -> None:
    async with seat(tmp_path, size=size, language=language) as at:
        await at.press("f3", "space", "space", "r")
        await at.type("3")
        await at.press("enter")
        compare(at.app, f"resolve_many_{size[0]}x{size[1]}_{language}")
