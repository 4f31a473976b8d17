"""The coach: the step, what to say now, what to ask next. Quiet until asked; the rest unfolds on a key."""

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from complaint_desk.widgets.fold import cut, fold, padded
from complaint_desk.widgets.plain import visible

TALL = 16
"""From so many lines on, each part stands under its own heading."""


class StepMark(NamedTuple):
    """One HEAT step and how it stands."""

    key: str
    name: str
    hotkey: str = ""
    done: str | None = None
    """Its time since the call began, when it is done."""
    current: bool = False


class Part(NamedTuple):
    """One thing the coach says, under its heading; the caller of attention among them is `first`."""

    heading: str
    lines: tuple[str, ...]
    first: bool = False
    short: tuple[str, ...] | None = None
    """What to show instead where there is little room."""


class CoachView(NamedTuple):
    """All that the coach shows at this moment."""

    steps: tuple[StepMark, ...] = ()
    parts: tuple[Part, ...] = ()


class CoachPanel(Widget):
    """The coach's words, in one widget, drawn when they change."""

    DEFAULT_CSS = """
    CoachPanel { width: 100%; height: 100%; color: $foreground; }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.view = CoachView()
        """What the coach shows."""

    def show(self, view: CoachView) -> None:
        """Show this; draws nothing when it is the same."""
        if view != self.view:
            self.view = view
            self.refresh()

    def render(self) -> Content:
        """The steps, then the parts, as far as the room goes."""
        width, height = self.content_size
        if width < 4 or height < 1:
            return Content("")
        if height >= TALL:
            lines = [*self._step_list(), *self._tall(width)]
        else:
            lines = [self._steps(width), *self._short(width)]
        return Content("\n").join(lines[:height])

    def _step_list(self) -> Iterator[Content]:
        names = max((cell_len(step.name) for step in self.view.steps), default=0)
        for step in self.view.steps:
            sign, kind = self._sign(step)
            name_style = "bold" if step.current else "$quiet"
            yield Content.assemble(
                (sign + " ", kind),
                (padded(visible(step.name), names + 2), name_style),
                (padded(step.hotkey, 4), "$key-name"),
                (step.done or "", "$quiet"),
            )

    def _steps(self, width: int) -> Content:
        line = Content("")
        for detail in (2, 1, 0):
            for gap in ("   ", "  ", " "):
                line = Content(gap).join([self._step(step, detail) for step in self.view.steps])
                if line.cell_length <= width:
                    return line
        return line.truncate(width, ellipsis=True)

    @staticmethod
    def _sign(step: StepMark) -> tuple[str, str]:
        if step.done is not None:
            return "✔", "$good"
        return ("▶", "$mark") if step.current else ("·", "$quiet")

    def _step(self, step: StepMark, detail: int) -> Content:
        """A step in a row: with its time and key where there is room."""
        sign, kind = self._sign(step)
        name = visible(step.name)
        if step.done is not None:
            return Content.assemble((sign, kind), (f"{name} {step.done}" if detail > 1 else name, "$quiet"))
        hotkey = f"{step.hotkey} " if detail and step.hotkey else ""
        return Content.assemble(
            (sign, kind), (hotkey, "$key-name"), (name, "bold" if step.current else "$quiet")
        )

    def _tall(self, width: int) -> Iterator[Content]:
        for part in self.view.parts:
            yield Content("")
            yield Content.styled(visible(part.heading), "$quiet")
            for text in part.lines:
                for line in fold(visible(text), width - 2):
                    yield Content.styled("  " + line, "bold $say" if part.first else "")

    def _short(self, width: int) -> Iterator[Content]:
        heads = max((cell_len(part.heading) for part in self.view.parts), default=0) + 2
        for part in self.view.parts:
            head = padded(visible(part.heading), heads)
            for text in part.short if part.short is not None else part.lines[:1]:
                lines = fold(visible(text), width - heads)
                if not part.first and len(lines) > 1 and part.short is None:
                    lines = [cut(visible(text), width - heads)]
                for line in lines:
                    yield Content.assemble((head, "$quiet"), (line, "bold $say" if part.first else ""))
                    head = " " * heads
