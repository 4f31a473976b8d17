"""One quiet line for what the desk has to say about what was just done."""

from textual.content import Content
from textual.widget import Widget

from complaint_desk.widgets.fold import cut
from complaint_desk.widgets.plain import visible

SIGNS = {"": "", "good": "✔ ", "asks": "? ", "warns": "! "}


class Notice(Widget):
    """A sentence that stays until another takes its place."""

    DEFAULT_CSS = """
    Notice { height: 1; width: 100%; padding: 0 1; color: $text-muted; }
    Notice.good { color: $text-success; }
    Notice.asks { color: $text-warning; }
    Notice.warns { color: $text-error; }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.sentence = ""
        """What stands in the line."""
        self.tone = ""
        """`good`, `asks`, `warns`, or empty."""

    def say(self, sentence: str, tone: str = "") -> None:
        """Show this sentence, with the sign of its tone."""
        if (sentence, tone) != (self.sentence, self.tone):
            self.sentence, self.tone = sentence, tone
            self.set_classes(tone)
            self.refresh()

    def render(self) -> Content:
        """The sign and the sentence, cut to the width."""
        if not self.sentence:
            return Content("")
        return Content(cut(SIGNS[self.tone] + visible(self.sentence), self.content_size.width))
