"""Waiting until a field has taken the keys that were pressed before now: a screen's own keys overtake them else."""

import asyncio
from contextlib import suppress
from typing import Any

from textual.screen import Screen

_LONGEST_SECONDS = 1.0


async def keys_taken(screen: Screen[Any]) -> None:
    """Wait until the widget with the cursor has taken every key that was pressed before now."""
    if (field := screen.focused) is not None:
        taken = asyncio.Event()
        field.call_later(taken.set)
        with suppress(TimeoutError):
            await asyncio.wait_for(taken.wait(), _LONGEST_SECONDS)
