"""Bringing records of another program in: the file, what its columns become, a trial, then the writing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.screens import bring_in_lines as lines
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.bring_in_keys import READING_KEYS
from complaint_desk.screens.bring_in_reading import BringInReading, can_be_said, how_it_is_read
from complaint_desk.screens.keys import APP_KEYS, bindings, hints
from complaint_desk.screens.list_keys import BRING_IN_KEYS
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.pick_list import PickList
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.said_line import SaidLine

if TYPE_CHECKING:
    from textual.binding import BindingType


_OF_FILE = frozenset({"encoding", "delimiter", "sheet"})
"""What can be said of a file that could not be read, too."""
_IN_COLUMNS = frozenset({"turn", "choose", "order", "clocks", "try_it", "go", "keep", "status"})
"""What keys do while the cursor is among the columns; in the line of the file letters are letters."""


class BringInScreen(BringInReading):
    """One file on its way in; gives back what became of it, as a sentence."""

    CSS_PATH = "bring_in.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings((*BRING_IN_KEYS, *READING_KEYS)),
        Binding("tab,shift+tab", "other_part", show=False, priority=True),
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
    ]
    head = query_one("#head", HeadLine)
    path = query_one("#path", LineField)
    key_line = query_one("#key-line", KeyLine)

    def compose(self) -> ComposeResult:
        """The file, its columns, its first lines, what a trial told, the keys."""
        yield HeadLine(id="head")
        with Horizontal(id="file"):
            yield Static(id="label")
            yield LineField("path")
        yield Static(id="about")
        yield PickList([], id="columns")
        yield Static(id="samples")
        yield Static(id="report")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """The cursor stands in the line of the file."""
        self.speak()

    def on_resize(self) -> None:
        """The columns take what room there is."""
        self.show_all()

    def speak(self) -> None:
        """Say everything in the language in use."""
        self.query_one("#label", Static).update(plain(_("File")))
        self.path.placeholder = _("path of a CSV, TSV, XLSX or JSON file; Enter looks at it")
        self.show_all()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Letters are text in the line of the file, and nothing is changed while the desk works."""
        if action in _IN_COLUMNS | _OF_FILE and (self.focused is self.path or self.working):
            return False
        if (action in _IN_COLUMNS and self.plan is None) or (action in _OF_FILE and self.file is None):
            return False
        return super().check_action(action, parameters)

    # Showing

    def show_all(self) -> None:
        """The head, the file, its columns and first lines, what a trial told, the keys."""
        if not self.is_mounted:
            return
        plan = self.plan
        where = lines.state(self.start_clocks, self.done) if plan else ""
        self.head.show(Content.styled(_("Bring in records"), "bold"), Content.styled(where, "$quiet"))
        about = [lines.about(plan), how_it_is_read(plan, self.status)] if plan else []
        self.query_one("#about", Static).update(plain("\n".join(about), lines=True))
        width = max(self.size.width - 4, 40)
        self.columns.show(lines.picks(plan, width) if plan else [])
        desk = at_desk(self).desk
        report = (
            lines.report(self.counts, desk.settings.zone, written=self.done) if self.counts and desk else []
        )
        self.query_one("#report", Static).update(plain("\n".join(report), lines=True))
        self._show_samples()
        self.key_line.show([*self._keys(), *(hint for hint in hints(APP_KEYS) if hint.key == "F1")])

    def _show_samples(self) -> None:
        told = lines.samples(self.plan, self.columns.at, self.size.width - 4) if self.plan else []
        self.query_one("#samples", Static).update(Content("\n").join(told))

    def _keys(self) -> list[KeyHint]:
        if self.working:
            return [KeyHint("Esc", _("Stop"), 0)]
        if self.done:
            return [KeyHint("Enter", _("Back to the queue"), 0)]
        layout = self.plan.layout if self.plan else None
        reading = hints([key for key in READING_KEYS if can_be_said(key.action, layout)])
        if self.focused is self.path:
            how = [KeyHint("Tab", _("How it is read"), 2)] if self.file and self.plan is None else []
            return [KeyHint("Enter", _("Look at it"), 0), KeyHint("Esc", _("Back"), 1), *how]
        if self.plan is None:
            said = [hint for hint in reading if hint.key != "U"]
            return [*said, KeyHint("Tab", _("File"), 1), KeyHint("Esc", _("Back"), 1)]
        return [
            KeyHint("← →", _("Becomes"), 1),
            KeyHint("Enter", _("Choose"), 3),
            *hints(BRING_IN_KEYS),
            *reading,
            KeyHint("Tab", _("File"), 4),
        ]

    # Moving

    def action_enter(self) -> None:
        """Look at the file; among the columns: choose what one becomes; at the end: leave."""
        if self.done:
            self.action_leave()
        elif self.focused is self.path:
            if self.path.words.strip() and not self.working:
                self.look_at(Path(self.path.words.strip()))
        elif not self.working and self.plan is not None and self.plan.columns:
            self.action_choose()

    def action_other_part(self) -> None:
        """Between the line of the file and the columns."""
        if self.file is not None and not self.working:
            (self.columns if self.focused is self.path else self.path).focus()
            self.show_all()

    def on_descendant_focus(self) -> None:
        """The keys follow the cursor."""
        self.call_after_refresh(self.show_all)

    @on(PickList.Moved)
    def moved(self) -> None:
        """The first lines follow the column under the bar."""
        self._show_samples()

    def action_leave(self) -> None:
        """Stop what is going on; else back, with nothing written unless it was."""
        if self.working:
            self._stop = True
            self.said.say(_("Stopping after the batch at hand …"))
        else:
            told = lines.report(self.counts, None, written=True)[:1] if self.counts and self.done else []
            self.dismiss(told[0] if told else None)

    # The mapping

    def action_turn(self, by: int) -> None:
        """Let the column under the bar become something else."""
        if self.plan is not None and not self.done:
            self._change(lines.turned(self.plan, self.columns.at, by))

    def action_choose(self) -> None:
        """Choose from a list what the column under the bar becomes."""
        from complaint_desk.screens.pick_card import PickCard

        if self.plan is not None and not self.done:
            at = self.columns.at
            column = self.plan.columns[at]
            card = PickCard(_("Becomes"), column.heading, lines.target_picks(), column.to)
            self.app.push_screen(card, lambda to: self._chosen(at, to))

    def _chosen(self, at: int, to: str | None) -> None:
        if to is not None and self.plan is not None:
            self._change(lines.becoming(self.plan, at, to))

    def action_order(self) -> None:
        """Read the dates of the column under the bar in another order."""
        if self.plan is not None and not self.done:
            changed = lines.reordered(self.plan, self.columns.at)
            if changed is None:
                self.said.say(_("This column is not read as dates."))
            else:
                self._change(changed)

    def action_clocks(self) -> None:
        """Start our clocks for open tickets, or none."""
        self.start_clocks = not self.start_clocks
        self.show_all()

    def _change(self, columns: tuple[Any, ...]) -> None:
        if self._look is not None:
            self.plan = self._look.plan(columns, in_place=True)
            self.counts = None
            self.show_all()
            self._say_what_is_missing()
