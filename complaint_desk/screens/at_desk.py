"""What the screens need of the app they stand in, so that they need not import it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from complaint_desk.models.errors import DeskError

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.receive import CallDrafts


class AtDesk(Protocol):
    """The app, as a screen sees it."""

    drafts: CallDrafts

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
