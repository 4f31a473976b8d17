"""The bottom line: which keys work here. One widget drawn in one go, never composed anew."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

GAP = 2


class KeyHint(NamedTuple):
    """A key and what it does; the lower the rank, the longer it stays when the line is too short."""

    key: str
    label: str
    rank: int = 5


def fitting(hints: Sequence[KeyHint], width: int) -> list[KeyHint]:
    """The hints that fit into `width` cells, in their order; the highest ranks leave first."""
    kept = list(hints)
    while kept and sum(_width(hint) + GAP for hint in kept) - GAP > width:
        last = max(range(len(kept)), key=lambda index: (kept[index].rank, index))
        del kept[last]
    return kept


def _width(hint: KeyHint) -> int:
    return cell_len(hint.key) + 1 + cell_len(hint.label)


class KeyLine(Widget):
    """A line of keys that fits its width."""

    DEFAULT_CSS = """
    KeyLine { height: 1; width: 100%; padding: 0 1; color: $quiet; }
    """
    can_focus = False

    def __init__(self, hints: Sequence[KeyHint] = (), *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints = tuple(hints)

    def show(self, hints: Sequence[KeyHint]) -> None:
        """Show these keys from now on; draws nothing when they are the same."""
        if tuple(hints) != self._hints:
            self._hints = tuple(hints)
            self.refresh()

    def render(self) -> Content:
        """The keys that fit, each followed by its word."""
        parts = [
            Content.assemble((hint.key, "$key-name"), " ", hint.label)
            for hint in fitting(self._hints, self.content_size.width)
        ]
        return Content(" " * GAP).join(parts)
