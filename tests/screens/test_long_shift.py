"""A shift is long: nothing may grow with it."""

import gc
from pathlib import Path

from textual.widget import Widget

from tests.screens.seat import seat


def living_widgets() -> int:
    gc.collect()
    return sum(isinstance(thing, Widget) for thing in gc.get_objects())


async def test_five_hundred_tabs_leave_no_widget_behind(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:
        for _tab in range(26):
            await at.pilot.press("tab")
        before, shown = living_widgets(), len(at.app.screen.query("*"))
        for _tab in range(500):
            await at.pilot.press("tab")
        assert len(at.app.screen.query("*")) == shown
        assert living_widgets() == before


async def test_many_calls_and_their_cards_leave_no_widget_behind(tmp_path: Path) -> None:
    async with seat(tmp_path) as at:

        async def one_call() -> None:
            await at.go_to("what")
            await at.type("x")
            await at.press("f10", "2", "f1", "escape", "ctrl+s", "ctrl+s", "enter")

        await one_call()
        await one_call()
        before = living_widgets()
        for _call in range(10):
            await one_call()
        assert living_widgets() <= before + 2
