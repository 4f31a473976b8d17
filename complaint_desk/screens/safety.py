"""What keeps a seat's work safe beside the screens: backups in the background, signals, crashes, and the way back."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from complaint_desk import startup
from complaint_desk.crash import write_report
from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError, FileDamaged, FileUnusable, StoreFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from complaint_desk.app import ComplaintDeskApp

FIRST_LOOK_SECONDS = 5.0
"""How long after the first screen it is looked whether a backup is due."""
LOOK_SECONDS = 60.0
"""How often it is looked again."""
LAST_SECONDS = 3.0
"""How long the desk may take to close when its terminal has gone."""


class SeatSafety:
    """The safety of one app."""

    def __init__(self, app: ComplaintDeskApp) -> None:
        self._app = app
        self._backing_up = False
        self._told = ""
        self._hook_before: Callable[[threading.ExceptHookArgs], object] | None = None
        self.backup_words = ""
        """That the last good backup is old, when it is."""
        self._leaving = False

    def begin(self) -> None:
        """Listen for the terminal going, look for backups that are due, and offer a way back from a damaged file."""
        self._listen()
        self._app.set_timer(FIRST_LOOK_SECONDS, self.look)
        self._app.set_interval(LOOK_SECONDS, self.look)

    # Backups

    async def look(self) -> None:
        """Make a backup in a thread where one is due; a fault is told once."""
        desk = self._app.desk
        if self._backing_up or desk is None:
            return
        self._backing_up = True
        try:
            await asyncio.to_thread(desk.keep_backup_if_due)
            self._told = ""
        except FileDamaged as fault:
            self._tell(fault)
            self.offer_rescue(fault)
        except StoreFault as fault:
            self._tell(fault)
        finally:
            self._backing_up = False
        with suppress(DeskError):
            self.backup_words = await asyncio.to_thread(desk.backup_words)

    def _tell(self, fault: DeskError) -> None:
        if str(fault) != self._told:
            self._told = str(fault)
            self._app.notify(self._told, severity="warning", markup=False, timeout=20)

    def offer_rescue(self, fault: DeskError | None) -> None:
        """Show the backups where the file cannot be used; what is typed meanwhile goes on into the call."""
        from complaint_desk.screens.restore import RestoreScreen

        shown = any(isinstance(screen, RestoreScreen) for screen in self._app.screen_stack)
        if isinstance(fault, FileUnusable) and not shown and not self._app.seat.held:
            self._app.push_screen(RestoreScreen(str(fault)))

    # The terminal has gone

    def _listen(self) -> None:
        if sys.platform == "win32" or self._app.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM"):
            with suppress(ValueError, RuntimeError, NotImplementedError):
                loop.add_signal_handler(getattr(signal, name), self.terminal_gone)
        before = threading.excepthook

        def hook(told: threading.ExceptHookArgs) -> None:
            if told.thread is not None and told.thread.name == "textual-output":
                loop.call_soon_threadsafe(self.terminal_gone)
            else:
                before(told)

        self._hook_before, threading.excepthook = before, hook

    def end(self) -> None:
        """Listen no more."""
        if self._hook_before is not None:
            threading.excepthook = self._hook_before
            self._hook_before = None

    def terminal_gone(self) -> None:
        """Keep what was typed, then leave; a screen that cannot be drawn any more holds nobody up."""
        if self._leaving:
            return
        self._leaving = True
        last = threading.Timer(LAST_SECONDS, os._exit, (1,))
        last.daemon = True
        last.start()
        self.keep_typed()
        self._app.exit(return_code=1)

    def keep_typed(self) -> None:
        """Write every call that stands on a screen as a draft, now."""
        for screen in self._app.all_screens():
            if callable(keep := getattr(screen, "keep_now", None)):
                with suppress(Exception):
                    keep()
        with suppress(Exception):
            self._app.drafts.flush(2.0)

    # Crashes

    def report(self, error: BaseException) -> Path | None:
        """Write a report without customers' words; the calls on the screens stand as drafts by then."""
        self.keep_typed()
        return write_report(error, startup.reports_folder(startup.database_from(self._app.options)))

    @staticmethod
    def crash_words(report: Path | None) -> str:
        """What the person is told after a crash."""
        kept = _(
            "The desk stopped by a fault of its own. What was typed is kept as a draft; open the desk again."
        )
        if report is None:
            return kept
        return f"{kept}\n" + _("A report without customers' words lies in {file}").format(file=report)
