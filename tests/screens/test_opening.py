"""The form takes keys before the desk is open, and whatever keeps the desk from opening."""

import subprocess
import sys
import threading
from pathlib import Path

from complaint_desk.desk.desk import Desk
from complaint_desk.models.errors import StoreFault
from complaint_desk.screens.saved_card import SavedCard
from complaint_desk.settings import Settings
from tests.screens.golden import text_of
from tests.screens.seat import FrozenClock, seat


async def test_a_save_pressed_before_the_desk_is_open_waits_for_it_with_a_word(tmp_path: Path) -> None:
    clock, gate = FrozenClock(), threading.Event()

    def open_slowly() -> Desk:
        gate.wait(20)
        return Desk.open(Settings(db=str(tmp_path / "desk.db")), as_name="chen", clock=clock)

    from complaint_desk.app import ComplaintDeskApp
    from complaint_desk.desk.receive import CallDrafts
    from tests.screens.seat import Seat

    app = ComplaintDeskApp(open_desk=open_slowly, drafts=CallDrafts(tmp_path / "d", "chen", clock=clock))
    async with app.run_test(notifications=True, tooltips=True) as pilot:
        at = Seat(app, pilot, clock, tmp_path)
        at.call.form.fields["what"].focus()
        await pilot.pause()
        await at.type("charged twice")
        await pilot.press("ctrl+s", "ctrl+s")
        await at.until(lambda: "Opening the desk" in at.notice)
        gate.set()
        await at.settle()
        assert isinstance(app.screen, SavedCard)
        assert app.screen.ticket.what == "charged twice"


async def test_a_desk_that_cannot_be_opened_says_why_keeps_the_text_and_is_tried_again(
    tmp_path: Path,
) -> None:
    clock = FrozenClock()
    faults = [StoreFault("The file is locked by another program."), RuntimeError("[/] boom")]

    def open_at_last() -> Desk:
        if faults:
            raise faults.pop(0)
        return Desk.open(Settings(db=str(tmp_path / "desk.db")), as_name="chen", clock=clock)

    async with seat(tmp_path, clock=clock, open_desk=open_at_last) as at:
        assert at.notice == "The file is locked by another program."
        await at.go_to("what")
        await at.type("charged twice")
        await at.press("ctrl+s", "ctrl+s")
        assert "RuntimeError: [/] boom" in at.notice
        assert "charged twice" in text_of(at.app)
        await at.press("ctrl+s")
        assert isinstance(at.app.screen, SavedCard)


async def test_the_queue_and_back_leave_the_call_as_it_was(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.press("f3")
        assert at.app.current_mode == "queue"
        await at.press("f2")
        assert at.words("what") == "charged twice"
        assert at.app.focused is at.call.form.fields["what"]


async def test_every_action_can_be_found_in_the_palette_in_both_languages(tmp_path: Path) -> None:
    from complaint_desk.locale import _
    from complaint_desk.screens.keys import APP_KEYS, CALL_KEYS
    from complaint_desk.screens.palette import DeskCommands

    async with seat(tmp_path) as at:
        for _language in range(2):
            await at.press("f12")
            provider = DeskCommands(at.call)
            found = {hit.text async for hit in provider.discover()}
            assert {_(key.does) for key in (*CALL_KEYS, *APP_KEYS)} <= found


def test_before_the_first_paint_only_the_toolkit_is_loaded() -> None:
    script = (
        "import sys, complaint_desk.app;"
        "heavy = {'pydantic', 'sqlmodel', 'sqlalchemy', 'sqlite3', 'typer', 'dateparser', 'phonenumbers', 'alembic'};"
        "print(*heavy & set(sys.modules)); sys.exit(bool(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
