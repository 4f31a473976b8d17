"""One quiet line for what the desk has to say about what was just done."""

from textual.content import Content
from textual.widget import Widget

from complaint_desk.widgets.fold import cut, fold
from complaint_desk.widgets.plain import visible

SIGNS = {"": "", "good": "✔ ", "asks": "? ", "warns": "! "}


class Notice(Widget):
    """A sentence that stays until another takes its place."""

    DEFAULT_CSS = """
    Notice { height: auto; min-height: 1; max-height: 2; width: 100%; padding: 0 1; color: $quiet; }
    Notice.good { color: $good; }
    Notice.asks { color: $warn; }
    Notice.warns { color: $bad; }
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
            self.refresh(layout=True)

    def render(self) -> Content:
        """The sign and the sentence, in two lines at most."""
        width = self.content_size.width or max(self.screen.size.width - 2, 10)
        lines = fold(SIGNS[self.tone] + visible(self.sentence), width) if self.sentence else [""]
        if len(lines) > 2:
            lines = [lines[0], cut(lines[1] + " " + lines[2], width)]
        return Content("\n".join(lines))
