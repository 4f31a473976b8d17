"""The queue (F3): every open ticket, the flagged first, then by the next clock that is not met; whole or by views."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from complaint_desk.desk.view_names import nothing_in
from complaint_desk.locale import _, listed, n_
from complaint_desk.models.queue_view import QueueView
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.deeds import Deed
from complaint_desk.screens.keys import APP_KEYS, bindings, hints
from complaint_desk.screens.list_keys import QUEUE_KEYS
from complaint_desk.screens.queue_head import VIEWS, about_lines, head_of
from complaint_desk.screens.queue_in_out import QueueInAndOut
from complaint_desk.screens.queue_lines import QueueLines, columns, headings
from complaint_desk.screens.settling_acts import SettlingScreen
from complaint_desk.widgets.columns import TableLine
from complaint_desk.widgets.essence_pane import EssencePane
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.said_line import SaidLine
from complaint_desk.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from textual.binding import BindingType

    from complaint_desk.desk.desk import Desk

_WRITTEN = frozenset(
    {key.action.partition("(")[0] for key in QUEUE_KEYS if key.id != "queue.open"} | {"view", "next_view"}
)
"""What keys of the list do not do while the filter is being written: letters and digits are text there."""


class QueueScreen(SettlingScreen, QueueInAndOut):
    """The list, its views above, the essence of the ticket under the cursor below."""

    CSS_PATH = "queue.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-full"), (32, "-tall")]  # noqa: RUF012
    AUTO_FOCUS = "#lines"
    MENU = tuple(key for key in QUEUE_KEYS if key.id != "list.menu")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(QUEUE_KEYS),
        *(
            Binding(str(digit), f"view({digit})", show=False, priority=True)
            for digit in range(1, len(VIEWS) + 1)
        ),
        Binding("left", "next_view(-1)", show=False),
        Binding("right", "next_view(1)", show=False),
        Binding("escape", "calm", show=False),
    ]

    head = query_one("#head", HeadLine)
    table = query_one("#lines", VirtualTable)
    essence = query_one("#essence", EssencePane)
    key_line = query_one("#key-line", KeyLine)

    def __init__(self) -> None:
        super().__init__()
        self._lines: QueueLines | None = None
        self._widest_number = 0

    def compose(self) -> ComposeResult:
        """The counts, the filter, the list, the essence, what the desk says, the keys."""
        yield HeadLine(id="head")
        with Horizontal(id="filter-line"):
            yield Static("", id="filter-label")
            yield LineField("filter")
            yield Static("", id="filter-said")
        yield VirtualTable(columns(None, 0), id="lines")
        yield EssencePane(id="essence")
        yield SaidLine(id="said")
        yield KeyLine(id="key-line")

    def on_mount(self) -> None:
        """One timer ticks; it rests while the screen is not seen."""
        self.speak()
        self._ticking = self.set_interval(1.0, self.tick)

    def on_resize(self) -> None:
        """The views above take what room there is."""
        self._show_head()

    def speak(self) -> None:
        """Say everything in the language in use."""
        playbook = self._desk.playbook if self._desk else None
        self.table.call(headings(), columns(playbook, self._widest_number), self._nothing())
        elsewhere = [key for key in APP_KEYS if key.id != "desk.queue"]
        self.key_line.show([*hints(QUEUE_KEYS), KeyHint("F2", _("Call"), 3), *hints(elsewhere)])
        self.query_one("#filter-label", Static).update(plain(_("Filter")))
        self.field.placeholder = _("a number, a name, last digits, any words; Enter goes to the list")
        self.show_window()

    @property
    def _desk(self) -> Desk | None:
        return at_desk(self).desk

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the filter is being written, letters and digits are text."""
        if action in _WRITTEN and self.focused is not None and self.focused.id == "filter":
            return False
        return super().check_action(action, parameters)

    # Reading and showing

    def can_read(self, desk: Desk) -> None:
        """The desk is there: its words stand in the list."""
        if self._lines is None:
            self._lines = QueueLines(desk.playbook, desk.warning_marks)
            self.speak()
        elif self.said.tone == "warns" and not self.window.rows:
            self.said.say("")

    def taken_in(self, desk: Desk) -> None:
        """Other lines are held."""
        widest = max((cell_len(row.number) for row in self.window.rows), default=0)
        if widest > self._widest_number:
            self._widest_number = widest
        self.table.call(headings(), columns(desk.playbook, self._widest_number), self._nothing())
        self.show_window()

    def cannot_read(self) -> None:
        """Say why; the lines that are held stay."""
        if self.refusal:
            self.query_one("#filter-said", Static).update(Content.styled("? " + self.refusal, "$warning"))
            return
        self.table.call(headings(), columns(None, 0), self._nothing())
        self.said.say(self.fault if self.window.rows else "", "warns")

    def newly_warned(self, numbers: list[str], late: bool) -> None:
        """Say which clocks have come to a mark since this seat was told last."""
        count = len(numbers)
        words = (
            n_("{number} ticket is late now: {names}", "{number} tickets are late now: {names}", count)
            if late
            else n_(
                "{number} ticket will be late soon: {names}",
                "{number} tickets will be late soon: {names}",
                count,
            )
        )
        names = listed(numbers[:3]) + (" …" if count > 3 else "")
        sentence = words.format(number=count, names=names)
        if self._alarm_said and self.said.sentence == self._alarm_said:
            self.said.say(f"{self._alarm_said}\n{sentence}", "warns")
        else:
            self.said.say(sentence, "warns" if late else "asks")

    def tick_lines(self) -> None:
        """The countdowns of the lines in sight."""
        self.table.update_lines()
        self._show_head()

    def show_window(self) -> None:
        """Show the lines held, the cursor on its ticket and on the same line of the screen."""
        table = self.table
        at = table.cursor
        if self.cursor_row is not None:
            at = self.window.places.get(self.cursor_row.number, at)
        top = table.top if table.top == 0 else table.top + at - table.cursor
        table.show(self.window.total, self._line, cursor=at, top=max(top, 0))
        self.cursor_row = self.window.row(table.cursor)
        self._show_about()

    def _line(self, index: int) -> TableLine | None:
        row, desk = self.window.row(index), self._desk
        if row is None or desk is None or self._lines is None:
            return None
        return self._lines.line(row, desk.clock(), self.mark_of(row.number))

    def head_changed(self) -> None:
        """Tell the view that was chosen."""
        self._show_head()

    def _nothing(self) -> str:
        if self.fault:
            return self.fault
        if self._lines is None:
            return _("Opening the desk…")
        if self.text:
            return _("No ticket of this view fits the filter. Esc takes it away.")
        if self.choice.view is not QueueView.ALL:
            return nothing_in(self.choice.view)
        return _("No ticket is open: everything is settled. F2 takes the next call.")

    def _show_head(self) -> None:
        if self.window.seen < 0:
            self.head.show(Content.styled(_("Queue"), "bold"), Content(""))
            return
        window = self.window
        right = about_lines(
            self.table.cursor + 1 if window.total else 0,
            window.total,
            len(self.marks),
            window.more,
            self.size.width,
        )
        soon = sum(not each.is_late for each in self.warned)
        room = self.size.width - 4 - right.cell_length
        self.head.show(head_of(window.counts, self.choice, soon, room), right)
        if self.has_class("-filtering") and not self.refusal:
            self.query_one("#filter-said", Static).update("")

    @on(VirtualTable.Moved)
    def cursor_moved(self, moved: VirtualTable.Moved) -> None:
        """The cursor has another ticket, or takes it when it comes; what is about it follows after the cursor."""
        self.cursor_row = self.window.row(moved.index)
        self.call_after_refresh(self._show_about)

    def _show_about(self) -> None:
        """Show the counts, the place in the queue, and the essence of the ticket under the cursor."""
        self._show_head()
        self.show_essence()

    def marked(self, *, moves: bool = True) -> None:
        """Show the marks; after marking a single line the cursor goes on."""
        self.table.update_lines()
        if moves:
            self.table.action_move(1)
        self._show_about()

    # Acting

    def settled(self, after: Ticket) -> None:
        """The line has moved, or is gone."""
        self.look()

    def action_remedy(self) -> None:
        """Decide on the remedies of the marked tickets that wait, or on what the ticket at hand needs."""
        if self.marks:
            self.ask_for(Deed.APPROVE, tuple(self.marks))
        else:
            super().action_remedy()

    @property
    def number_at_hand(self) -> str | None:
        """The ticket under the cursor."""
        return self.cursor_row.number if self.cursor_row else None

    @on(VirtualTable.Chosen)
    def action_open(self) -> None:
        """Open the ticket under the cursor, Esc comes back to the same line; in the filter: go to the list."""
        if self.field.has_focus:
            self.table.focus()
        elif self.number_at_hand is not None:
            from complaint_desk.screens.ticket import TicketScreen

            self.app.push_screen(TicketScreen(self.number_at_hand))

    def action_shift_sheet(self) -> None:
        """Show the shift sheet."""
        from complaint_desk.screens.shift_card import ShiftCard

        self.app.push_screen(ShiftCard(), self._shift_saved)

    def _shift_saved(self, path: str | None) -> None:
        if path is not None:
            self.said.say(_("The shift sheet is in {file}.").format(file=path), "good")
