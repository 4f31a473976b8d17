"""The top line of a screen: what it is about to the left, what must not be overlooked to the right."""

from textual.content import Content
from textual.widget import Widget


class HeadLine(Widget):
    """One line with two ends; the left one gives way."""

    DEFAULT_CSS = """
    HeadLine { height: 1; width: 100%; padding: 0 1; background: $panel; color: $foreground; }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.left = Content("")
        """What the screen is about."""
        self.right = Content("")
        """What must not be overlooked."""

    def show(self, left: Content, right: Content) -> None:
        """Show these; draws nothing when they are the same."""
        if not (left.is_same(self.left) and right.is_same(self.right)):
            self.left, self.right = left, right
            self.refresh()

    def render(self) -> Content:
        """Both ends, at least two blanks apart."""
        width = self.content_size.width
        right = self.right.truncate(width, ellipsis=True)
        left = self.left.truncate(max(width - right.cell_length - 2, 0), ellipsis=True)
        gap = max(width - left.cell_length - right.cell_length, 0)
        return Content.assemble(left, " " * gap, right)
