"""What the screens need of the app they stand in, so that they need not import it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from textual.worker import Worker, WorkerState

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError

if TYPE_CHECKING:
    from textual.app import App
    from textual.dom import DOMNode

    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.receive import CallDrafts
    from complaint_desk.screens.alarm import SeatAlarm
    from complaint_desk.screens.safety import SeatSafety


class AtDesk(Protocol):
    """The app, as a screen sees it."""

    drafts: CallDrafts
    safety: SeatSafety
    """What keeps the work of this seat safe."""
    alarm: SeatAlarm
    unforeseen: list[BaseException]
    """What went wrong and nobody expected; each was told to the person."""

    async def action_language(self) -> None:
        """Speak the other language from now on, on every screen."""

    @property
    def desk(self) -> Desk | None:
        """The desk, once it is open."""

    @property
    def desk_fault(self) -> DeskError | None:
        """Why it could not be opened."""

    async def desk_ready(self) -> Desk:
        """Wait for the desk; opened anew after a fault. Raises DeskError."""


def at_desk(node: DOMNode) -> AtDesk:
    """The app in which this screen or widget stands."""
    return cast(AtDesk, node.app)


class TellsFaults:
    """A screen whose work in the background may fail in a way nobody foresaw: the person is told, and goes on."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Say that something went wrong, and that what was typed is kept."""
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        app = cast("App[None]", cast("DOMNode", self).app)
        at_desk(app).unforeseen.append(error)
        app.log.error(type(error).__name__)
        at_desk(app).safety.report(error)
        app.notify(
            _("Something went wrong ({fault}). What you typed is kept; try again.").format(
                fault=type(error).__name__
            ),
            severity="error",
            markup=False,
        )
