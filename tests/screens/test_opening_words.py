"""What is not well with the desk is said when it opens, and nothing else."""

from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.settings import Settings
from tests.screens.seat import FrozenClock, seat


async def test_a_well_desk_opens_without_a_word(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        assert at.notice == ""


async def test_a_copy_that_could_not_be_made_is_told_on_opening(tmp_path: Path) -> None:
    def open_desk() -> Desk:
        desk = Desk.open(Settings(db=str(tmp_path / "desk.db")), as_name="chen", clock=FrozenClock())
        desk.copy_fault = "The copy of the day could not be made."
        return desk

    async with seat(tmp_path, open_desk=open_desk) as at:
        assert at.notice == "The copy of the day could not be made."


async def test_a_faulty_entry_of_the_store_is_told_on_opening_and_the_desk_serves(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "heat.toml").write_text("[hear.nobody]\nen = 5\n", encoding="utf-8")

    def open_desk() -> Desk:
        settings = Settings(db=str(tmp_path / "desk.db"), playbook_folder=own)
        return Desk.open(settings, as_name="chen", clock=FrozenClock())

    async with seat(tmp_path, open_desk=open_desk) as at:
        assert "playbook" in at.notice.lower()
        assert at.app.desk is not None
