"""What was found as it is shown: how much, the lines, the essence of the ticket under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.getters import query_one

from complaint_desk.locale import _, n_
from complaint_desk.models.search import SearchRow
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens import search_lines
from complaint_desk.screens.acting import ActingScreen
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.search_pages import FoundPages
from complaint_desk.screens.time_words import moment_words
from complaint_desk.widgets.columns import TableLine
from complaint_desk.widgets.essence_pane import EssencePane, Told
from complaint_desk.widgets.head_line import HeadLine
from complaint_desk.widgets.plain import visible
from complaint_desk.widgets.virtual_table import VirtualTable

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


class ShowingFound(ActingScreen):
    """The list that was found, and what is above and below it."""

    head = query_one("#head", HeadLine)
    table = query_one("#lines", VirtualTable)
    essence = query_one("#essence", EssencePane)

    def __init__(self) -> None:
        super().__init__()
        self.found = FoundPages()
        """What was found, as far as it was read."""
        self.refusal = ""
        """Why nothing can be looked for, as a sentence."""
        self._widest_number = 0

    @property
    def _desk(self) -> Desk | None:
        return at_desk(self).desk

    @property
    def row(self) -> SearchRow | None:
        """The ticket under the cursor."""
        return self.found.row(self.table.cursor)

    @property
    def number_at_hand(self) -> str | None:
        """Its number."""
        return self.row.number if self.row else None

    def line_at(self, index: int) -> TableLine | None:
        """The line of this index; None while it is not held."""
        row, desk = self.found.row(index), self._desk
        if row is None or desk is None:
            return None
        return search_lines.line(row, desk.clock(), desk.settings.zone, desk.settings.region)

    def name_columns(self) -> None:
        """Name the columns, that of the number as wide as the widest so far."""
        widest = max((len(row.number) for row in self.found.rows), default=0)
        self._widest_number = max(widest, self._widest_number)
        columns = search_lines.columns(self._widest_number)
        self.table.call(search_lines.headings(), columns, self._nothing())

    def _nothing(self) -> str:
        if self.refusal:
            return self.refusal
        if self.found.sought:
            return _("Nothing was found. Try fewer words, or the beginning of one with *.")
        return _(
            "Write what you remember: a word of what was said, in Chinese from one character up, a name by its "
            "characters, pinyin or initials, the last four digits of a number, a ticket's number.\n"
            "Fields narrow it down, and Tab completes them."
        )

    def show_head(self, *, searching: bool = False) -> None:
        """How many were found, for what, and where the cursor stands among them."""
        held = self.found
        count = ""
        if searching:
            count = _("searching…")
        elif held.sought and not self.refusal and not held.rows:
            count = _("nothing found")
        elif held.sought and not self.refusal:
            if held.counted is not None:
                count = n_(
                    "{count} ticket, the best first", "{count} tickets, the best first", held.counted
                ).format(count=f"{held.counted:,}")
            elif held.next_key is not None:
                count = _("many, the newest first")
            else:
                count = n_(
                    "{count} ticket, the newest first", "{count} tickets, the newest first", held.total
                ).format(count=f"{held.total:,}")
        place = ""
        if held.rows and (held.counted is not None or held.next_key is None):
            place = _("{place} of {total}").format(
                place=f"{self.table.cursor + 1:,}", total=f"{held.total:,}"
            )
        elif held.rows:
            place = f"{self.table.cursor + 1:,}"
        if held.asked != held.sought:
            count = _("{count}, for {words}").format(count=count, words=visible(held.asked))
        left = Content("   ").join([Content.styled(_("Search"), "bold"), Content(count)])
        self.head.show(left, Content.styled(place, "$quiet"))

    @on(VirtualTable.Moved)
    def cursor_moved(self) -> None:
        """What is about the ticket follows after the cursor."""
        self.call_after_refresh(self.show_about)

    def show_about(self) -> None:
        """Show how much was found, and the essence of the ticket under the cursor."""
        self.show_head()
        row, desk = self.row, self._desk
        if row is None or desk is None:
            self.essence.show("", ())
            return
        zone, region = desk.settings.zone, desk.settings.region
        received = _("received {moment}").format(moment=moment_words(row.received_at, desk.clock(), zone))
        phone = show_phone(row.phone, region) if row.phone else ""
        who = " ".join(part for part in (row.caller, phone) if part) or _("unknown")
        owner = _("Owner: {owner}").format(owner=row.owner or "—")
        words = search_lines.in_brackets(search_lines.found_words(row, region))
        self.essence.show(
            " · ".join((row.number, who, received, owner)), [Told(search_lines.place_name(row), words, 3)]
        )
