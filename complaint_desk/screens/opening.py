"""Opening the desk beside the first screen: in a thread, once, and again after a fault."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError, StoreFault

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.startup import StartOptions

SHORT_TURN_SECONDS = 0.001
"""How long the opening desk may keep the interpreter from the keys at a time."""


def open_as_told(options: StartOptions) -> Desk:
    """Open the desk that the flags and the settings name; backups are made beside the work. Raises DeskError."""
    from complaint_desk.desk.desk import Desk
    from complaint_desk.settings import load_settings

    return Desk.open(load_settings(options), as_name=options.as_name, back_up=False)


class OpeningDesk:
    """The desk, or why it is not open."""

    def __init__(self, open_desk: Callable[[], Desk]) -> None:
        self.desk: Desk | None = None
        self.fault: DeskError | None = None
        self._open_desk = open_desk
        self._one_at_a_time = asyncio.Lock()

    async def ready(self) -> Desk:
        """Wait until the desk is open; after a fault, try again. Raises DeskError."""
        async with self._one_at_a_time:
            if self.desk is None:
                turn = sys.getswitchinterval()
                sys.setswitchinterval(SHORT_TURN_SECONDS)
                try:
                    self.desk = await asyncio.to_thread(self._open)
                    self.fault = None
                except DeskError as fault:
                    self.fault = fault
                    raise
                except Exception as error:
                    said = _("The desk could not be opened ({fault}). What you type is kept as a draft.")
                    self.fault = StoreFault(said.format(fault=f"{type(error).__name__}: {error}"))
                    raise self.fault from error
                finally:
                    sys.setswitchinterval(turn)
            return self.desk

    def _open(self) -> Desk:
        desk = self._open_desk()
        desk.playbook.types  # noqa: B018  read in this thread, so that no key waits for it
        return desk
