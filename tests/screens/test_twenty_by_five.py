"""Rooms and cards in a terminal of twenty columns and five lines, of one cell, and back: nothing fails or is lost."""

import asyncio
from pathlib import Path

import pytest

from complaint_desk.desk.staff import secrets
from complaint_desk.models.enums import Role
from complaint_desk.screens.passphrase_card import PassphraseCard
from tests.screens.golden import text_of
from tests.screens.seat import FrozenClock, Seat, seat
from tests.screens.tickets import desk_at, take_a_few

PIN = "482913"
WAYS: dict[str, tuple[str, ...]] = {
    "import": ("f3", "ctrl+o"),
    "customer": ("f3", "c"),
    "staff": ("f3", "ctrl+e"),
    "role": ("f3", "ctrl+e", "down", "r"),
    "recovery code": ("f3", "ctrl+e", "c"),
    "search": ("f4",),
    "ticket": ("f3", "enter"),
    "export": ("f3", "x"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with tickets, PINs that cost little, and a backup."""
    from argon2 import PasswordHasher

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    take_a_few(tmp_path)
    with desk_at(tmp_path, clock=FrozenClock()) as desk:
        desk.join("李娜", Role.AGENT)
        desk.set_pin(PIN)
        desk.back_up_here()
    return tmp_path


async def sign_in(at: Seat) -> None:
    await at.type(PIN)
    await at.press("enter")


async def at_rest(at: Seat) -> str:
    """What stands there once nothing moves any more."""
    shown, alike = "", 0
    async with asyncio.timeout(20):
        while alike < 3:
            await asyncio.sleep(0.1)
            await at.pilot.pause()
            before, shown = shown, text_of(at.app)
            alike = alike + 1 if shown == before else 0
    return shown


async def shrink_and_grow(at: Seat) -> None:
    before = await at_rest(at)
    for size in ((20, 5), (1, 1)):
        await at.pilot.resize_terminal(*size)
        assert len((await at_rest(at)).splitlines()) <= size[1] + 1
    await at.pilot.resize_terminal(80, 24)
    await at.until(lambda: text_of(at.app) == before)


@pytest.mark.parametrize("way", WAYS)
async def test_a_room_lives_through_it_and_looks_as_before(folder: Path, way: str) -> None:
    async with seat(folder) as at:
        await sign_in(at)
        for key in WAYS[way]:
            await at.pilot.press(key)
            await at_rest(at)
        await shrink_and_grow(at)


async def test_so_does_whoever_signs_in_and_the_digits_typed_stay(folder: Path) -> None:
    async with seat(folder) as at:
        await at.type(PIN[:3])
        await shrink_and_grow(at)
        await at.pilot.resize_terminal(20, 5)
        await at.type(PIN[3:])
        await at.press("enter")
        assert at.notice == "chen sits here now."


async def test_so_do_the_backups_and_the_passphrase_of_a_sealed_one(folder: Path) -> None:
    async with seat(folder) as at:
        await sign_in(at)
        await at.app.run_action("backups")
        await at_rest(at)
        at.app.push_screen(PassphraseCard("desk-2026-11-23T102800+0800.db.sealed"))
        await at_rest(at)
        await shrink_and_grow(at)
