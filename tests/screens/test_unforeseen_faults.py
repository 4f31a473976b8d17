"""What nobody foresaw is told to the person, and the call goes on."""

from pathlib import Path
from typing import Any

import pytest

from tests.screens.seat import seat


async def test_a_fault_in_the_background_is_told_and_the_words_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with seat(tmp_path) as at:

        def fails(*_: Any) -> None:
            raise ZeroDivisionError

        await at.go_to("what")
        await at.type("charged twice for soy sauce")
        await at.settle()
        assert at.app.desk is not None
        monkeypatch.setattr(type(at.app.desk), "hear", fails)
        at.call._hear()
        while not at.app.unforeseen:
            await at.pilot.pause(0.05)
        told = [notification.message for notification in at.app._notifications]
        assert told
        assert all("ZeroDivisionError" in sentence for sentence in told)
        assert at.words("what") == "charged twice for soy sauce"
        at.app.unforeseen.clear()
