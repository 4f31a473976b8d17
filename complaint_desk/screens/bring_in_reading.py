"""How a file on its way in is read: its encoding, the sign between cells, its sheet, the status it does not tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from complaint_desk.desk.importing import words_told
from complaint_desk.locale import _
from complaint_desk.models.enums import TicketStatus
from complaint_desk.models.importing import FileKind, FileLayout, ImportPlan
from complaint_desk.screens.act_words import status_word
from complaint_desk.screens.bring_in_work import BringInWork
from complaint_desk.widgets.pick_list import Pick
from complaint_desk.widgets.plain import visible

ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "cp1252")
DELIMITERS = (",", ";", "\t", "|")
_AS_FOUND = ""


def can_be_said(name: str, layout: FileLayout | None) -> bool:
    """Whether this can be said of a file that is written so, or of one that could not be read."""
    if name == "sheet":
        return layout is not None and len(layout.sheets) > 1
    return layout is None or layout.kind is not FileKind.WORKBOOK


def picks(name: str, layout: FileLayout | None) -> Sequence[Pick]:
    """What can be said."""
    if name == "sheet":
        return [Pick(sheet, visible(sheet)) for sheet in (layout.sheets if layout else ())]
    found = [Pick(_AS_FOUND, _("as the desk finds it"))]
    if name == "encoding":
        return found + [Pick(one, words_told.encoding_name(one)) for one in ENCODINGS]
    return found + [Pick(one, words_told.delimiter_name(one)) for one in DELIMITERS]


def how_it_is_read(plan: ImportPlan, status: TicketStatus) -> str:
    """How the file is read, each part with the key that changes it."""
    layout, parts = plan.layout, []
    if layout.encoding:
        parts.append(_("E encoding: {name}").format(name=words_told.encoding_name(layout.encoding)))
    if layout.delimiter:
        parts.append(_("S separator: {sign}").format(sign=words_told.delimiter_name(layout.delimiter)))
    if layout.sheet:
        parts.append(_("W sheet: {name}").format(name=visible(layout.sheet)))
    if layout.kind is not FileKind.TICKETS:
        parts.append(_("U without a status: {status}").format(status=status_word(status)))
    return " · ".join(parts)


class BringInReading(BringInWork):
    """Asks how the file is read, and looks at it again."""

    def action_encoding(self) -> None:
        """Read the text in another encoding."""
        self._ask("encoding", _("Encoding"))

    def action_delimiter(self) -> None:
        """Cut the lines at another sign."""
        self._ask("delimiter", _("Separator"))

    def action_sheet(self) -> None:
        """Take another sheet."""
        self._ask("sheet", _("Sheet"))

    def _ask(self, name: str, title: str) -> None:
        from complaint_desk.screens.pick_card import PickCard

        if self.file is None or self.done:
            return
        layout = self.plan.layout if self.plan else None
        if not can_be_said(name, layout):
            self.said.say(
                _("This file has one sheet.") if name == "sheet" else _("A workbook tells that itself.")
            )
            return
        chosen = getattr(self.read_as, name) or (layout.sheet if layout and name == "sheet" else _AS_FOUND)
        card = PickCard(title, self.file.name, picks(name, layout), chosen)
        self.app.push_screen(card, lambda said: self._read_again(name, said))

    def _read_again(self, name: str, said: str | None) -> None:
        if said is not None and self.file is not None:
            self.read_as = replace(self.read_as, **{name: said or None})
            self.look_at(self.file)

    def action_status(self) -> None:
        """Say what lines are whose status the file does not tell."""
        from complaint_desk.screens.pick_card import PickCard

        if self.plan is None or self.done:
            return
        if self.plan.layout.kind is FileKind.TICKETS:
            self.said.say(_("Whole tickets tell their status themselves."))
            return
        every = [Pick(status.value, status_word(status)) for status in TicketStatus]
        card = PickCard(_("Status"), self.plan.name, every, self.status.value)
        self.app.push_screen(card, self._status_said)

    def _status_said(self, said: str | None) -> None:
        if said is not None:
            self.status, self.counts = TicketStatus(said), None
            self.show_all()
