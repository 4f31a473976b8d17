"""What a person has put on a card, held while the card is said anew in the other language."""

from __future__ import annotations

from typing import Any, NamedTuple

from textual.screen import Screen
from textual.widget import Widget

from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.pick_list import PickList
from complaint_desk.widgets.text_field import TextField


class Held(NamedTuple):
    """The words of every field, the line each list stands on, and where the cursor is; all by the widgets' ids."""

    words: dict[str, str]
    lines: dict[str, int]
    focused: str | None
    cursors: dict[str, int | tuple[int, int]]

    def put_back(self, screen: Screen[Any]) -> None:
        """Into the fields that stand there now."""
        for field in _fields(screen):
            if field.id in self.words and field.words != self.words[field.id]:
                field.words = self.words[field.id]
        for field in _fields(screen):
            at = self.cursors.get(field.id or "")
            if isinstance(field, TextField) and isinstance(at, tuple):
                field.move_cursor(at)
            elif isinstance(field, LineField) and isinstance(at, int):
                field.cursor_position = at
        for picks in screen.query(PickList):
            picks.at = min(self.lines.get(picks.id or "", 0), max(len(picks.picks) - 1, 0))
        if self.focused and (there := screen.query(f"#{self.focused}")):
            screen.set_focus(there.first(Widget))


def hold(screen: Screen[Any]) -> Held:
    """What stands on the screen now."""
    fields = _fields(screen)
    return Held(
        {field.id: field.words for field in fields if field.id},
        {picks.id: picks.at for picks in screen.query(PickList) if picks.id},
        screen.focused.id if screen.focused else None,
        {
            field.id: field.cursor_location if isinstance(field, TextField) else field.cursor_position
            for field in fields
            if field.id
        },
    )


def _fields(screen: Screen[Any]) -> list[TextField | LineField]:
    return [field for field in screen.query(Widget) if isinstance(field, TextField | LineField)]
