"""A field of one line. Lines pasted into it are joined by a blank; nothing is dropped."""

from collections.abc import Callable

from textual import events
from textual.widgets import Input

from complaint_desk.widgets.plain import visible
from complaint_desk.widgets.too_long import LINE_CHARACTERS

Attach = Callable[[str], str]
"""Takes a text that is too long for its field, keeps it, and gives the mark to put in its place."""


class LineField(Input):
    """One line that keeps every word pasted into it."""

    DEFAULT_CSS = """
    LineField { background: $field; color: $foreground; }
    LineField:focus { background: $field-focus; }
    """

    def __init__(self, name: str, *, attach: Attach | None = None) -> None:
        """`name` is the field's name in the form; `attach` keeps what is too long."""
        super().__init__(
            name=name, id=name.replace("_", "-"), compact=True, select_on_focus=False, validate_on=()
        )
        self.attach = attach
        self.cursor_blink = False

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.value

    @words.setter
    def words(self, words: str) -> None:
        self.value = visible(words)
        self.cursor_position = len(self.value)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in place of a range: made visible, in one line, and attached when it is too long."""
        line = visible(" ".join(text.split("\n")) if "\n" in text else text)
        if len(self.value) - abs(end - start) + len(line) > LINE_CHARACTERS:
            if self.attach is None:
                line = line[:LINE_CHARACTERS]
            elif len(line) > 1:
                line = self.attach(visible(text, lines=True))
            else:
                line = self.attach(self.value) + line
                start, end = 0, len(self.value)
        super().replace(line, start, end)

    def insert_text_at_cursor(self, text: str) -> None:
        """Typed and suggested text goes through the same door as pasted text."""
        self.replace(text, self.cursor_position, self.cursor_position)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        text = event.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if text:
            self.replace(text, *self.selection)
