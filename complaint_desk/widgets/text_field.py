"""A field of several lines for what the caller tells: pasted lines stay, a megabyte is kept beside it."""

from textual import events
from textual.document._edit import Edit
from textual.widgets import TextArea
from textual.widgets.text_area import EditResult

from complaint_desk.widgets.line_field import Attach
from complaint_desk.widgets.plain import visible
from complaint_desk.widgets.too_long import FIELD_CHARACTERS, LINE_CHARACTERS, fits


class TextField(TextArea):
    """Several lines of at most 2,000 characters, 20,000 in all; what is longer is attached whole."""

    DEFAULT_CSS = """
    TextField { background: $field; color: $foreground; padding: 0; scrollbar-size-vertical: 1; }
    TextField:focus { background: $field-focus; border: none; }
    """

    def __init__(self, name: str, *, attach: Attach | None = None) -> None:
        """`name` is the field's name in the form; `attach` keeps what is too long."""
        super().__init__(
            name=name,
            id=name.replace("_", "-"),
            compact=True,
            tab_behavior="focus",
            highlight_cursor_line=False,
        )
        self.attach = attach
        self.cursor_blink = False

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.text

    @words.setter
    def words(self, words: str) -> None:
        if words != self.text:
            self.load_text(visible(words, lines=True))
            self.move_cursor(self.document.end)

    def edit(self, edit: Edit) -> EditResult:
        """Every change by keyboard or paste passes here: made visible, kept to the limits, attached beyond."""
        if edit.text:
            self._bring_into_limits(edit)
        return super().edit(edit)

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()

    def _bring_into_limits(self, edit: Edit) -> None:
        text = visible(edit.text, lines=True)
        top = min(edit.from_location, edit.to_location)
        if len(text) > 1:
            if not fits(text, len(self.text)) and self.attach is not None:
                text = self.attach(text)
        elif text != "\n":
            if len(self.text) >= FIELD_CHARACTERS and self.attach is not None:
                text = f"{self.attach(self.text)}\n{text}"
                edit.from_location, edit.to_location = (0, 0), self.document.end
            elif len(self.document.get_line(top[0])) >= LINE_CHARACTERS:
                text = "\n" + text
        edit.text = text
