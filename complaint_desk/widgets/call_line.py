"""The top line: who is calling, how long the call has run, what is still missing, whether the draft is safe."""

from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from complaint_desk.widgets.fold import cut
from complaint_desk.widgets.plain import visible


def clock_face(seconds: float) -> str:
    """A running time as `4:32` or `1:04:32`."""
    whole = max(0, int(seconds))
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


_LEAST_CALLER = 16
"""Cells that number and name keep, whatever else is known."""


class CallFacts(NamedTuple):
    """What the line shows."""

    heading: str
    running: str
    caller: str
    five_w: str
    """How many of the 5W are there."""
    have: int
    of: int
    state: str
    """Where the text is kept, in words."""
    trouble: bool = False
    """The text is not on the disk."""
    waiting: str = ""
    """How many other calls wait, and the key to them."""
    known: tuple[str, ...] = ()
    """What is known about the caller, and the key to more: the same in several lengths, the longest first."""
    alarm: str = ""
    """A grave matter has come in meanwhile; it gives way to nothing but trouble."""


class CallLine(Widget):
    """One line over the form; it is drawn anew when a fact in it changes."""

    DEFAULT_CSS = """
    CallLine { height: 1; width: 100%; padding: 0 1; background: $panel; color: $foreground; }
    """
    can_focus = False

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.facts: CallFacts | None = None
        """What stands in the line."""

    def show(self, facts: CallFacts) -> None:
        """Show these facts; draws nothing when they are the same."""
        if facts != self.facts:
            self.facts = facts
            self.refresh()

    def render(self) -> Content:
        """The caller to the left, the state of the record to the right; the caller's name gives way first."""
        facts = self.facts
        if facts is None:
            return Content("")
        width = self.content_size.width
        full = facts.have == facts.of
        dots = "●" * facts.have + "○" * (facts.of - facts.have)
        right = [
            Content.styled(facts.alarm, "bold $bad"),
            Content.styled(facts.waiting, "$mark"),
            Content.assemble(
                facts.five_w,
                " ",
                (f"{dots} {facts.have}/{facts.of}", "$good" if full else "$quiet"),
            ),
            Content.styled(facts.state, "$bad" if facts.trouble else "$quiet"),
        ]
        tail = Content("   ").join(part for part in right if part.plain)
        if tail.cell_length + 12 > width:
            tail = right[3] if facts.trouble else right[0] if facts.alarm else right[2]
        head = f"{facts.heading} {facts.running}"
        room = width - tail.cell_length - cell_len(head) - 3
        about, least = "", min(cell_len(visible(facts.caller)), _LEAST_CALLER)
        if facts.known:
            forms = [f" · {visible(form)}" for form in facts.known]
            if cell_len(forms[-1]) + least + 1 > room:
                short = Content.assemble(facts.five_w, " ", (f"{facts.have}/{facts.of}", "$quiet"))
                tail = Content("   ").join(
                    part for part in (right[0], right[1], short, right[3]) if part.plain
                )
                room = width - tail.cell_length - cell_len(head) - 3
            fitting = (form for form in forms if cell_len(form) + least + 1 <= room)
            about = next(fitting, cut(forms[-1], max(room - least - 1, 0)))
        caller = cut(visible(facts.caller), max(room - 1 - cell_len(about), 0))
        left = Content.assemble((head, "$quiet"), "  ", (caller, "bold"), (about, "$mark"))
        gap = max(1, width - left.cell_length - tail.cell_length)
        return Content.assemble(left, " " * gap, tail)
