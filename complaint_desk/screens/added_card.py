"""The card after a call was added to an open ticket: what now, and one key to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.desk.deadlines.countdown import countdown_words
from complaint_desk.locale import _
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.names import clock_name
from complaint_desk.widgets.fold import fold
from complaint_desk.widgets.key_line import KeyHint

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


class AddedCard(DeskCard[bool]):
    """Tells that the call is on the ticket; gives back True where it is to be taken back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,escape,ctrl+n,space", "leave", show=False, priority=True),
        Binding("u,U,1", "take_back", show=False, priority=True),
    ]

    def __init__(self, ticket: Ticket, desk: Desk) -> None:
        super().__init__()
        self.ticket = ticket
        """The ticket with the note."""
        self._desk = desk

    def content(self) -> list[Widget]:
        """The number, the next clock, and a sentence for the caller."""
        lines = [Content.assemble((_("Added to "), "$quiet"), (self.ticket.number, "bold $good"))]
        if clock := self.ticket.next_clock:
            left = countdown_words(clock.due_at, self._desk.clock())
            lines.append(Content(f"{clock_name(clock.kind)}: {left}"))
        said = _("“I have added this to {number}; whoever is in charge of it sees it at once.”").format(
            number=self.ticket.number
        )
        lines += [Content(""), Content.styled(_("Read to the caller:"), "$quiet")]
        lines += [Content.styled(line, "bold") for line in fold(said, self.inner_width)]
        return [Static(Content("\n").join(lines))]

    def keys(self) -> list[KeyHint]:
        """Onward, or back."""
        return [KeyHint("Enter", _("Next call"), 0), KeyHint("U 1", _("Take it back"), 1)]

    def action_leave(self) -> None:
        """On to the next call."""
        self.dismiss(False)

    def action_take_back(self) -> None:
        """The note is taken back, and the call stands in the form again."""
        self.dismiss(True)
