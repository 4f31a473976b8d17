"""What the desk has to say about what was just done: one quiet line, and up to three where it must explain."""

from textual.content import Content

from complaint_desk.widgets.fold import cut, fold
from complaint_desk.widgets.notice import SIGNS, Notice
from complaint_desk.widgets.plain import visible

MOST_LINES = 3


class SaidLine(Notice):
    """A sentence that stays until another takes its place; a longer one takes the room it needs."""

    DEFAULT_CSS = """
    SaidLine { height: auto; max-height: 3; min-height: 1; }
    """

    def say(self, sentence: str, tone: str = "") -> None:
        """Show this sentence, with the sign of its tone."""
        before = len(self._folded(self.content_size.width))
        super().say(sentence, tone)
        if len(self._folded(self.content_size.width)) != before:
            self.refresh(layout=True)

    def _folded(self, width: int) -> list[str]:
        if not self.sentence or width < 2:
            return [""]
        lines = fold(SIGNS[self.tone] + visible(self.sentence), width)
        if len(lines) > MOST_LINES:
            lines = [*lines[: MOST_LINES - 1], cut(" ".join(lines[MOST_LINES - 1 :]), width)]
        return lines

    def render(self) -> Content:
        """The sign and the sentence, folded to the width."""
        return Content("\n".join(self._folded(self.content_size.width or self.app.size.width - 2)))
