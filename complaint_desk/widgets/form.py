"""A form that draws its own labels and readings: a field costs one widget, and every column lines up."""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, cast

from rich.segment import Segment
from rich.style import Style
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.strip import Strip
from textual.widget import Widget

from complaint_desk.widgets.fold import cut, padded
from complaint_desk.widgets.plain import visible


class Place(NamedTuple):
    """Where a field stands, with its label before it and the desk's reading of it beside or under it."""

    field: Region
    label_x: int
    reading: Region | None = None


class Mark(NamedTuple):
    """What is the matter with a field: its sign stands between label and field."""

    sign: str
    kind: str
    """`missing` or `doubt`: the name of a component class."""


class Reading(NamedTuple):
    """What the desk understood of a field."""

    words: str
    doubtful: bool = False


Plan = Callable[[int, int], Mapping[str, Place]]
"""Places every field in so many columns and lines; fields it leaves out are not shown."""


class _FormLayout(Layout):
    name = "form"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        places = cast(Form, parent).places(size)
        return [
            WidgetPlacement(places[child.name or ""].field, NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.name is not None and child.name in places
        ]


_FORM_LAYOUT = _FormLayout()


class Form(Widget):
    """Fields in their places. It scrolls when its plan needs more lines than there are."""

    DEFAULT_CSS = """
    Form { width: 1fr; height: 1fr; overflow-y: auto; overflow-x: hidden; scrollbar-size-vertical: 1; }
    Form > .form--label { color: $quiet; }
    Form > .form--active { color: $mark; text-style: bold; }
    Form > .form--missing { color: $bad; text-style: bold; }
    Form > .form--doubt { color: $warn; text-style: bold; }
    Form > .form--reading { color: $quiet; }
    """
    COMPONENT_CLASSES = {  # noqa: RUF012
        "form--label",
        "form--active",
        "form--missing",
        "form--doubt",
        "form--reading",
    }
    can_focus = False

    def __init__(self, fields: Iterable[Widget], plan: Plan, *, id: str | None = None) -> None:
        super().__init__(*fields, id=id)
        self.plan = plan
        self.labels: Mapping[str, str] = {}
        self._marks: dict[str, Mark] = {}
        self._readings: dict[str, Reading] = {}
        self._active: str | None = None
        self._lines: dict[int, list[tuple[int, str, str]]] | None = None
        self._planned: tuple[Size, Mapping[str, Place]] | None = None

    @property
    def layout(self) -> Layout:
        """The fields stand where the plan says."""
        return _FORM_LAYOUT

    def places(self, size: Size) -> Mapping[str, Place]:
        """Where everything stands in a form of this size."""
        if self._planned is None or self._planned[0] != size:
            self._planned = (size, self.plan(size.width, size.height))
            self._lines = None
        return self._planned[1]

    def show_labels(self, labels: Mapping[str, str]) -> None:
        """Call the fields by these names from now on."""
        if labels != self.labels:
            self.labels = labels
            self.plan_again()

    def plan_again(self) -> None:
        """Place the fields anew: the labels or the fields to show have changed."""
        self._planned = None
        self._redraw()
        self.refresh(layout=True)

    def mark(self, marks: Mapping[str, Mark]) -> None:
        """Show these signs, and no others."""
        if dict(marks) != self._marks:
            self._marks = dict(marks)
            self._redraw()

    def unmark(self, name: str) -> None:
        """Take the sign from this field."""
        if self._marks.pop(name, None):
            self._redraw()

    @property
    def marks(self) -> Mapping[str, Mark]:
        """The signs that stand now."""
        return self._marks

    def read(self, name: str, reading: Reading | None) -> None:
        """Show what the desk understood of this field."""
        if self._readings.get(name) != reading:
            if reading is None:
                del self._readings[name]
            else:
                self._readings[name] = reading
            self._redraw()

    @property
    def readings(self) -> Mapping[str, Reading]:
        """What the desk understood, by field."""
        return self._readings

    def activate(self, name: str | None) -> None:
        """Set the label of the field in which the cursor stands apart from the others."""
        if name != self._active:
            self._active = name
            self._redraw()

    def _redraw(self) -> None:
        self._lines = None
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """The labels scroll with their fields."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The labels, signs and readings of one line; the fields are drawn over it."""
        if self._lines is None:
            self._lines = self._drawn()
        ground = self.rich_style
        width = self.size.width
        segments: list[Segment] = []
        at = 0
        for x, text, kind in sorted(self._lines.get(y + self.scroll_offset.y, ())):
            if x > at:
                segments.append(Segment(" " * (x - at), ground))
            style: Style = ground + self.get_component_rich_style(f"form--{kind}", partial=True)
            strip = Strip([Segment(text, style)])
            segments.extend(strip)
            at = max(at, x) + strip.cell_length
        return Strip(segments).adjust_cell_length(width, ground)

    def _drawn(self) -> dict[int, list[tuple[int, str, str]]]:
        lines: dict[int, list[tuple[int, str, str]]] = {}
        if self._planned is None:
            return lines
        for name, place in self._planned[1].items():
            mark = self._marks.get(name)
            room = place.field.x - place.label_x
            kind = mark.kind if mark else ("active" if name == self._active else "label")
            label = padded(self.labels.get(name, ""), room - 2) + (mark.sign if mark else " ") + " "
            lines.setdefault(place.field.y, []).append((place.label_x, label, kind))
            reading = self._readings.get(name)
            if reading and place.reading:
                words = cut(visible(reading.words), place.reading.width)
                lines.setdefault(place.reading.y, []).append(
                    (place.reading.x, words, "doubt" if reading.doubtful else "reading")
                )
        return lines
