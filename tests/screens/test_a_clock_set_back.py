"""The PC's clock is set back while a caller speaks: the call is saved all the same."""

from pathlib import Path

from complaint_desk.screens.saved_card import SavedCard
from tests.screens.seat import MONDAY_MORNING, seat


async def test_a_call_opened_before_the_clock_was_set_back_is_saved(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        await at.go_to("what")
        await at.type("charged twice")
        await at.press("f5")
        at.clock.forward(hours=-1)
        await at.press("ctrl+s")
        await at.press("ctrl+s")
        assert isinstance(at.app.screen, SavedCard), at.notice
        assert at.app.screen.ticket.received_at < MONDAY_MORNING
