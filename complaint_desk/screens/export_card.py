"""Exporting what is on the screen (X): its format, its file, then written beside the work."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import N_, _, n_
from complaint_desk.models.errors import DeskError
from complaint_desk.models.exporting import Chosen, ExportFormat
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain

_FORMATS = (
    (ExportFormat.CSV, N_("CSV, a line a ticket: every spreadsheet reads it")),
    (ExportFormat.XLSX, N_("Excel workbook, a line a ticket, with dates as dates")),
    (ExportFormat.JSONL, N_("JSON, everything: can be brought in at another desk")),
)


class ExportCard(DeskCard[str]):
    """Asks for format and file; gives back what was written, as a sentence."""

    CSS_PATH = ["card.tcss", "export_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012
    AUTO_FOCUS = "#path"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("enter,ctrl+s", "write", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]
    formats = query_one("#formats", PickList)
    path = query_one("#path", LineField)
    said = query_one("#said", Static)

    def __init__(self, chosen: Chosen, about: str, stem: str) -> None:
        """What is written, what it is called on the card, and what its file could be called."""
        super().__init__()
        self._chosen, self._about, self._stem = chosen, about, stem
        self._writing = False
        self._stop = False

    def content(self) -> list[Widget]:
        """What, how, where to, and what the desk has to say."""
        picks = [Pick(form.value, _(words)) for form, words in _FORMATS]
        return [
            Static(Content.assemble((_("Export"), "bold"), "  ", plain(self._about)), id="heading"),
            PickList(picks, id="formats"),
            Static(plain(_("File")), id="label"),
            LineField("path"),
            Static("", id="said"),
        ]

    def keys(self) -> list[KeyHint]:
        """How to choose, write and leave."""
        if self._writing:
            return [KeyHint("Esc", _("Stop"), 0)]
        return [
            KeyHint("↓ ↑", _("Format"), 2),
            KeyHint("Enter", _("Write this file"), 0),
            KeyHint("Esc", _("Back"), 1),
        ]

    def prepare(self) -> None:
        """A name that is not taken, where a person looks for files."""
        self.formats.can_focus = False
        self._offer()

    @work(group="offer", exit_on_error=False)
    async def _offer(self) -> None:
        from complaint_desk.desk.exporting.places import folder, free

        place = await asyncio.to_thread(folder)
        if not self.path.words:
            self.path.words = str(free(place / f"{self._stem}.{ExportFormat.CSV}"))

    @property
    def _format(self) -> ExportFormat:
        return _FORMATS[self.formats.at][0]

    def action_move(self, by: int) -> None:
        """Another format; the file's ending follows it."""
        if self._writing:
            return
        old = f".{self._format}"
        self.formats.action_move(by)
        if self.path.words.lower().endswith(old):
            self.path.words = self.path.words[: -len(old)] + f".{self._format}"

    def action_write(self) -> None:
        """Write the file that is named; what is there already is never overwritten."""
        if not self._writing and self.path.words.strip():
            self._writing, self._stop = True, False
            self.query_one(KeyLine).show(self.keys())
            self._write(Path(self.path.words.strip()), self._format)

    @work(group="write", exit_on_error=False)
    async def _write(self, path: Path, form: ExportFormat) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            done = await asyncio.to_thread(
                desk.export, self._chosen, path, form, passed=self._passed, stop=lambda: self._stop
            )
        except DeskError as error:
            self._ended(str(error))
            return
        except BaseException:
            self._ended("")
            raise
        if done.cancelled:
            self._ended(_("Stopped. Nothing was written."))
            return
        self.dismiss(
            n_(
                "One ticket was written to {file}.", "{count} tickets were written to {file}.", done.tickets
            ).format(count=f"{done.tickets:,}", file=done.path)
        )

    def _passed(self, done: int, count: int) -> None:
        self.app.call_from_thread(self._say, _("{count} written …").format(count=f"{done:,}"), "")

    def _ended(self, sentence: str) -> None:
        self._writing = False
        if self.is_attached:
            self.query_one(KeyLine).show(self.keys())
            self._say(sentence)

    def _say(self, sentence: str, sign: str = "! ") -> None:
        if self.is_attached:
            self.said.update(Content.assemble((sign, "$error"), plain(sentence)) if sentence else "")

    def action_leave(self) -> None:
        """Stop the writing; else leave."""
        if self._writing:
            self._stop = True
        else:
            self.dismiss(None)
