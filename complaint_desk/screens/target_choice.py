"""What a column of a file becomes, chosen from a list."""

from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.importing import ColumnMap
from complaint_desk.screens.bring_in_lines import target_picks
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import PickList
from complaint_desk.widgets.plain import plain


class TargetChoice(DeskCard[str]):
    """Gives back what the column becomes, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, priority=True)]

    def __init__(self, column: ColumnMap) -> None:
        super().__init__()
        self._column = column

    def content(self) -> list[Widget]:
        """The column, and the list."""
        picks = target_picks()
        at = next((place for place, pick in enumerate(picks) if pick.value == self._column.to), 0)
        heading = Content.assemble((_("Becomes"), "bold"), "  ", plain(self._column.heading))
        return [Static(heading), PickList(picks, at, id="targets")]

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        return [KeyHint("↓ ↑", _("Choose")), KeyHint("Enter", _("Take it")), KeyHint("Esc", _("Leave it"))]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        picked.stop()
        self.dismiss(picked.value)

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
