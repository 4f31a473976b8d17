"""Backups from the palette, and the way back from a damaged file; a call goes on meanwhile."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from complaint_desk.screens.palette import DeskCommands
from complaint_desk.screens.passphrase_card import PassphraseCard
from complaint_desk.screens.restore import RestoreQuestion, RestoreScreen
from complaint_desk.screens.told_card import Told
from complaint_desk.settings import Settings
from complaint_desk.store.copies import copies_folder
from complaint_desk.widgets.notice import Notice
from complaint_desk.widgets.pick_list import PickList
from tests.screens.golden import text_of
from tests.screens.seat import FrozenClock, Seat, seat
from tests.support import complaint


def used(folder: Path, clock: FrozenClock, tickets: int = 1) -> None:
    """A file with tickets and a backup of all but the last."""
    from complaint_desk.desk.desk import Desk

    desk = Desk.open(Settings(db=str(folder / "desk.db"), store_code="S01"), as_name="chen", clock=clock)
    for count in range(tickets):
        desk.register(complaint(f"complaint {count}"))
    desk.back_up_here()
    clock.forward(hours=2)
    desk.register(complaint("since the backup"))
    desk.close()


async def open_backups(at: Seat) -> RestoreScreen:
    at.app.action_backups()
    await at.settle()
    assert isinstance(at.app.screen, RestoreScreen)
    return at.app.screen


def said(at: Seat) -> str:
    return at.app.screen.query_one(Notice).sentence


@pytest.fixture
async def at(tmp_path: Path) -> AsyncIterator[Seat]:
    clock = FrozenClock()
    used(tmp_path, clock)
    async with seat(tmp_path, clock=clock) as opened:
        yield opened


async def test_the_backups_are_found_in_the_palette_by_name(at: Seat) -> None:
    found = {hit.text async for hit in DeskCommands(at.call).discover()}
    assert "Backups: make one, put one back." in found


async def test_they_are_listed_with_their_age_and_one_more_is_made(at: Seat) -> None:
    screen = await open_backups(at)
    assert [pick.line.endswith("2 hours ago") for pick in screen.query_one(PickList).picks] == [True]
    at.clock.forward(minutes=1)
    await at.press("ctrl+n")
    assert "read back" in said(at)
    assert len(screen.query_one(PickList).picks) == 2
    await at.press("escape")
    assert at.app.screen is at.call


async def test_what_would_be_lost_is_shown_and_escape_changes_nothing(at: Seat) -> None:
    before = (at.folder / "desk.db").read_bytes()
    await open_backups(at)
    await at.pilot.press("enter")
    await at.until(lambda: isinstance(at.app.screen, RestoreQuestion))
    assert "1 ticket would be gone: S01-261123-002" in text_of(at.app)
    await at.press("escape")
    assert isinstance(at.app.screen, RestoreScreen)
    assert (at.folder / "desk.db").read_bytes() == before
    assert not list(at.folder.glob("desk-replaced-*"))


async def test_a_backup_is_put_back_and_the_call_that_was_typed_is_kept(tmp_path: Path) -> None:
    clock = FrozenClock()
    used(tmp_path, clock)
    async with seat(tmp_path, clock=clock) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await open_backups(at)
        await at.pilot.press("enter")
        await at.until(lambda: isinstance(at.app.screen, RestoreQuestion))
        await at.pilot.press("ctrl+s")
        await at.until(lambda: list(tmp_path.glob("desk-replaced-*.db")))
        await at.until(lambda: at.app._exit)
    assert "charged twice" in next((tmp_path / "desk.drafts").glob("*.json")).read_text()
    async with seat(tmp_path, clock=clock) as at:
        assert at.app.desk is not None
        assert [row.number for row in at.app.desk.queue()] == ["S01-261123-001"]
        assert at.app.desk.check() == []


async def test_a_person_who_may_not_keep_the_file_is_refused(tmp_path: Path) -> None:
    clock = FrozenClock()
    used(tmp_path, clock)
    async with seat(tmp_path, clock=clock, as_name="li") as at:
        await open_backups(at)
        await at.press("enter")
        assert "Only a supervisor" in said(at)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
async def test_over_a_damaged_file_the_backups_open_and_letters_go_on_into_the_call(
    tmp_path: Path, language: str
) -> None:
    clock = FrozenClock()
    used(tmp_path, clock)
    file = tmp_path / "desk.db"
    file.write_bytes(b"\x00" * 4096 + file.read_bytes()[4096:])
    content = file.read_bytes()
    async with seat(tmp_path, clock=clock, language=language) as at:
        card: Any = at.app.screen
        assert isinstance(card, RestoreScreen)
        assert str(file) in card.fault
        assert len(card.query_one(PickList).picks) == 1
        await at.type("1380")
        assert card not in at.app.screen_stack
        assert at.words("phone").replace(" ", "") == "1380"
        assert file.read_bytes() == content


async def test_what_can_be_read_of_a_damaged_file_is_saved_from_the_screen(tmp_path: Path) -> None:
    clock = FrozenClock()
    used(tmp_path, clock)
    file = tmp_path / "desk.db"
    file.write_bytes(b"\x00" * 4096 + file.read_bytes()[4096:])
    async with seat(tmp_path, clock=clock) as at:
        await at.pilot.press("ctrl+s")
        await at.until(lambda: isinstance(at.app.screen, Told))
        assert "2 tickets" in text_of(at.app)
    assert len(list(tmp_path.glob("desk-salvaged-*.db"))) == 1


async def test_an_open_desk_makes_its_backups_beside_the_work(tmp_path: Path) -> None:
    clock = FrozenClock()
    used(tmp_path, clock)
    async with seat(tmp_path, clock=clock) as at:
        before = len(list(copies_folder(tmp_path / "desk.db").glob("*.db")))
        at.app.desk.register(complaint("later"))  # type: ignore[union-attr]
        clock.forward(hours=2)
        await at.app.safety.look()
        assert len(list(copies_folder(tmp_path / "desk.db").glob("*.db"))) == before + 1


async def test_a_page_found_damaged_by_a_backup_is_told_and_the_way_back_is_offered(tmp_path: Path) -> None:
    clock = FrozenClock()
    used(tmp_path, clock, tickets=60)
    async with seat(tmp_path, clock=clock) as at:
        desk: Any = at.app.desk
        desk.register(complaint("later"))
        desk.close()
        file = tmp_path / "desk.db"
        content = bytearray(file.read_bytes())
        middle = len(content) // 4096 // 2 * 4096
        content[middle : middle + 4096] = b"\xff" * 4096
        with file.open("r+b") as same:
            same.write(content)
        clock.forward(hours=2)
        await at.app.safety.look()
        await at.settle()
        assert isinstance(at.app.screen, RestoreScreen)
        assert "damaged" in at.app.screen.fault


async def test_an_old_backup_is_told_quietly_among_the_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = FrozenClock()
    used(tmp_path, clock)
    async with seat(tmp_path, clock=clock) as at:
        clock.forward(days=3)
        monkeypatch.setattr(type(at.app.desk), "keep_backup_if_due", lambda _desk: None)
        await at.app.safety.look()
        await at.press("f1")
        assert "The last good backup is 3 days old." in text_of(at.app)


async def test_a_sealed_backup_asks_for_its_passphrase_and_a_wrong_one_changes_nothing(
    tmp_path: Path,
) -> None:
    clock = FrozenClock()
    used(tmp_path, clock)
    keep_only_a_sealed_one(tmp_path, clock, "a blue kettle")
    before = (tmp_path / "desk.db").read_bytes()
    async with seat(tmp_path, clock=clock) as at:
        await open_backups(at)
        await at.pilot.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PassphraseCard))
        await at.type("a red kettle")
        assert "red" not in text_of(at.app)
        await at.pilot.press("enter")
        await at.until(lambda: "does not open this backup" in said(at))
        await at.pilot.press("enter")
        await at.until(lambda: isinstance(at.app.screen, PassphraseCard))
        await at.type("a blue kettle")
        await at.pilot.press("enter")
        await at.until(lambda: isinstance(at.app.screen, RestoreQuestion))
        assert "It holds 1 ticket" in text_of(at.app)
        await at.press("escape")
    assert (tmp_path / "desk.db").read_bytes() == before


def keep_only_a_sealed_one(folder: Path, clock: FrozenClock, passphrase: str) -> None:
    """In the place of the backup the same one, sealed."""
    from complaint_desk.store.own_backup import make_own_backup

    (unsealed,) = copies_folder(folder / "desk.db").glob("*.db")
    make_own_backup(unsealed, unsealed.with_name(unsealed.name + ".sealed"), passphrase)
    unsealed.unlink()
