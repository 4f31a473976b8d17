"""The staff's screen: roles, authority, who left, PINs and the recovery code, for whoever leads the staff."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from complaint_desk.desk.staff import secrets
from complaint_desk.models.enums import Role
from complaint_desk.screens.people import PeopleScreen
from complaint_desk.screens.queue import QueueScreen
from tests.screens.golden import compare, text_of
from tests.screens.seat import FrozenClock, Seat, seat
from tests.screens.tickets import desk_at, take_a_few

PIN, OTHER = "482913", "70518264"
CODE = "7K3MF-9QW2X-B4TZ1-R8HNC"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 hashes that cost little."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def staff(folder: Path, *, pins: bool = True) -> None:
    """chen leads the staff and owns a few tickets, 李娜 is an agent, 王强 left; PINs where there are any."""
    take_a_few(folder)
    with desk_at(folder, clock=FrozenClock()) as desk:
        desk.join("李娜", Role.AGENT)
        desk.join("王强", Role.AGENT)
        desk.leave("王强")
        if pins:
            desk.set_pin(PIN)
            given = desk.reset_pin("李娜")
            with desk_at(folder, as_name="李娜", clock=FrozenClock()) as agent:
                agent.sign_in("李娜", given)
                agent.set_pin(OTHER, given)


@asynccontextmanager
async def among_the_staff(
    folder: Path, *, size: tuple[int, int] = (80, 24), language: str = "en", pins: bool = True
) -> AsyncIterator[Seat]:
    """chen at the staff's screen, come to it from the queue."""
    staff(folder, pins=pins)
    async with seat(folder, size=size, language=language) as at:
        if pins:
            await at.type(PIN)
            await at.press("enter")
        await at.press("f3", "ctrl+e")
        yield at


async def keys(at: Seat, *pressed: str) -> None:
    """Press keys, each once the act before has come to its end or to its question."""
    for key in pressed:
        await at.pilot.press(key)
        await at.pilot.pause()
        await at.until(lambda: not works(at.app.screen))


def works(screen: object) -> bool:
    return isinstance(screen, PeopleScreen) and screen.busy


def said(at: Seat) -> str:
    screen = at.app.screen
    assert isinstance(screen, PeopleScreen)
    return screen.said.sentence


async def test_everybody_stands_there_with_role_and_authority_and_who_left_comes_last(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path, size=(120, 40)) as at:
        assert isinstance(at.app.screen, PeopleScreen)
        assert [each.member.name for each in at.app.screen.standings] == ["chen", "李娜", "王强"]
        shown = text_of(at.app)
        for words in ("supervisor", "up to: ", "2 work here", "1 left"):
            assert words in shown
        await keys(at, "escape")
        assert isinstance(at.app.screen, QueueScreen)


async def test_a_role_is_changed_and_the_record_says_so(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path) as at:
        await keys(at, "down", "r", "down", "enter")
        assert said(at) == "李娜: supervisor from now on."
        with desk_at(tmp_path) as desk:
            assert {member.name: member.role for member in desk.everybody()}["李娜"] is Role.SUPERVISOR
        await keys(at, "h")
        assert "李娜 supervisor" in text_of(at.app)


async def test_nobody_leaves_without_a_yes_and_open_tickets_are_told_before(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path) as at:
        await keys(at, "down", "r", "down", "enter", "up", "l")
        assert "open tickets are still theirs" in text_of(at.app)
        await keys(at, "escape")
        with desk_at(tmp_path) as desk:
            assert "chen" in {member.name for member in desk.everybody()}
        await keys(at, "down", "l", "enter")
        assert said(at).startswith("李娜 works here no more.")
        with desk_at(tmp_path) as desk:
            assert "李娜" not in {member.name for member in desk.everybody()}


async def test_the_last_who_leads_the_staff_cannot_leave(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path) as at:
        await keys(at, "l", "enter")
        assert "Nobody else leads the staff" in said(at)


async def test_who_left_comes_back_with_a_one_time_pin(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path) as at:
        await keys(at, "end", "l", "enter")
        assert "one-time PIN 王强 signs in" in text_of(at.app)
        await keys(at, "enter")
        assert said(at) == "王强 works here now, as an agent."


async def test_a_pin_in_use_is_replaced_only_after_a_question_and_the_new_one_shown_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "one_time_pin", lambda: "31415926")
    async with among_the_staff(tmp_path) as at:
        await keys(at, "down", "p", "escape")
        with desk_at(tmp_path) as desk:
            desk.sign_in("李娜", OTHER)
        await keys(at, "p", "enter")
        assert "31415926" in text_of(at.app)
        await keys(at, "enter")
        assert "31415926" not in text_of(at.app)
        assert "one-time PIN" in text_of(at.app)


async def test_somebody_new_is_added_and_a_name_that_is_none_is_refused(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path, pins=False) as at:
        await keys(at, "a")
        await at.type("赵强")
        await keys(at, "enter")
        assert said(at) == "赵强 works here now, as an agent."
        await keys(at, "a")
        await at.type("赵强")
        await keys(at, "enter")
        assert "works here already" in said(at)


async def test_a_new_recovery_code_is_made_after_a_question_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(secrets, "recovery_code", lambda: CODE)
    async with among_the_staff(tmp_path) as at:
        await keys(at, "c", "escape")
        assert CODE not in text_of(at.app)
        await keys(at, "c", "enter")
        assert CODE in text_of(at.app)
        await keys(at, "enter")
        assert CODE not in text_of(at.app)


async def test_every_act_stands_behind_a_digit_too(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path) as at:
        await keys(at, "down", "enter", "1", "down", "down", "enter")
        assert said(at) == "李娜: manager from now on."


async def test_the_menu_of_the_queue_offers_the_staff_to_whoever_leads_it_and_nobody_else(
    tmp_path: Path,
) -> None:
    staff(tmp_path)
    async with seat(tmp_path, as_name="李娜", size=(120, 40)) as at:
        await at.type(OTHER)
        await at.press("enter")
        await at.press("f3")
        assert isinstance(at.app.screen, QueueScreen)
        assert not any(key.action == "app.staff" for key in at.app.screen.menu_keys())
        await at.press("ctrl+e")
        assert "Only a supervisor may do this" in said(at)
        await keys(at, "a")
        await at.type("赵强")
        await keys(at, "enter")
        assert "Only a supervisor may do this" in said(at)
    async with seat(tmp_path) as at:
        await at.type(PIN)
        await at.press("enter")
        await at.press("f3")
        assert isinstance(at.app.screen, QueueScreen)
        assert any(key.action == "app.staff" for key in at.app.screen.menu_keys())


async def test_a_locked_name_shows_until_when(tmp_path: Path) -> None:
    staff(tmp_path)
    clock = FrozenClock()
    with desk_at(tmp_path, clock=clock) as desk:
        for _wrong in range(8):
            clock.forward(hours=1)
            with pytest.raises(Exception, match="PIN"):
                desk.sign_in("李娜", "999111")
    async with seat(tmp_path, clock=clock, size=(120, 40)) as at:
        await at.type(PIN)
        await at.press("enter")
        await at.press("f3", "ctrl+e")
        assert "locked until 11-24" in text_of(at.app)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_staff_looks_as_approved(tmp_path: Path, size: tuple[int, int], language: str) -> None:
    async with among_the_staff(tmp_path, size=size, language=language) as at:
        compare(at.app, f"staff-{language}-{size[0]}x{size[1]}")
        await keys(at, "down", "r")
        compare(at.app, f"staff-role-{language}-{size[0]}x{size[1]}")


async def test_a_terminal_of_five_lines_holds_the_staff_and_comes_back(tmp_path: Path) -> None:
    async with among_the_staff(tmp_path) as at:
        before = text_of(at.app)
        await at.pilot.resize_terminal(20, 5)
        await keys(at, "down", "r", "escape", "l", "escape", "up")
        await at.pilot.resize_terminal(80, 24)
        await at.pilot.pause()
        assert text_of(at.app) == before
