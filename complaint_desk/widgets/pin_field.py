"""A field for a PIN or passphrase: nothing typed into it is ever shown."""

from textual import events
from textual.widgets import Input

LONGEST = 128


class PinField(Input):
    """One line of dots; what stands in it is taken out when it is handed over."""

    DEFAULT_CSS = """
    PinField { background: $field; color: $foreground; }
    PinField:focus { background: $field-focus; }
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            name=name,
            id=name,
            password=True,
            compact=True,
            max_length=LONGEST,
            select_on_focus=False,
            validate_on=(),
        )
        self.cursor_blink = False

    def take(self) -> str:
        """What was typed; the field is empty then."""
        typed, self.value = self.value, ""
        return typed

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if lines := event.text.splitlines():
            self.insert_text_at_cursor(lines[0][:LONGEST])
