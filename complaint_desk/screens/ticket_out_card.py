"""A ticket out of the desk (X on a ticket): copied, or saved to a file, as text, Markdown or JSON."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import N_, _
from complaint_desk.models.errors import DeskError
from complaint_desk.models.exporting import PageFormat
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain

_WAYS = (
    ("copy", PageFormat.TEXT, N_("Copy it as text")),
    ("copy", PageFormat.MARKDOWN, N_("Copy it as Markdown")),
    ("copy", PageFormat.JSON, N_("Copy it as JSON")),
    ("save", PageFormat.TEXT, N_("Save it to a file as text")),
    ("save", PageFormat.MARKDOWN, N_("Save it to a file as Markdown")),
    ("save", PageFormat.JSON, N_("Save it to a file as JSON")),
)


class TicketOutCard(DeskCard[str]):
    """Copies or saves a ticket; gives back what was done, as a sentence."""

    CSS_PATH = ["card.tcss", "export_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012
    AUTO_FOCUS = "#ways"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"choose({digit})", show=False) for digit in range(1, len(_WAYS) + 1)),
        Binding("enter", "go_on", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]
    ways = query_one("#ways", PickList)
    path = query_one("#path", LineField)
    said = query_one("#said", Static)

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        """The ticket's number."""
        self._form = PageFormat.TEXT

    def content(self) -> list[Widget]:
        """The ways, the file, and what the desk has to say."""
        picks = [Pick(str(digit), f"{digit}  {_(words)}") for digit, (_a, _b, words) in enumerate(_WAYS, 1)]
        return [
            Static(Content.styled(self.number, "bold"), id="heading"),
            PickList(picks, id="ways"),
            Static(plain(_("File")), id="label"),
            LineField("path"),
            Static("", id="said"),
        ]

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        if self.has_class("-saving"):
            return [KeyHint("Enter", _("Write this file"), 0), KeyHint("Esc", _("Back"), 1)]
        return [KeyHint(f"1…{len(_WAYS)}", _("Choose"), 0), KeyHint("Esc", _("Leave it"), 1)]

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self.action_choose(int(picked.value))

    def action_go_on(self) -> None:
        """Take the line with the bar, or write the file."""
        if self.has_class("-saving"):
            self._save(Path(self.path.words.strip()))
        else:
            self.ways.action_pick()

    def action_choose(self, digit: int) -> None:
        """A digit."""
        way, self._form, _words = _WAYS[digit - 1]
        if way == "copy":
            self._copy()
        else:
            self._ask()

    @work(group="out", exit_on_error=False)
    async def _copy(self) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            text = await asyncio.to_thread(desk.ticket_page, self.number, self._form)
        except DeskError as error:
            self._say(str(error))
            return
        self.app.copy_to_clipboard(text)
        self.dismiss(
            _("{number} was sent to the clipboard. Where the terminal takes none, save it to a file.").format(
                number=self.number
            )
        )

    @work(group="out", exit_on_error=False)
    async def _ask(self) -> None:
        from complaint_desk.desk.exporting.places import folder, free

        place = await asyncio.to_thread(folder)
        self.path.words = str(free(place / f"{self.number}.{self._form}"))
        self.set_class(True, "-saving")
        self.path.focus()
        self.query_one(KeyLine).show(self.keys())

    @work(group="out", exit_on_error=False)
    async def _save(self, path: Path) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            written = await asyncio.to_thread(desk.save_ticket, self.number, path, self._form)
        except DeskError as error:
            self._say(str(error))
            return
        self.dismiss(_("The ticket is in {file}.").format(file=written))

    def _say(self, sentence: str) -> None:
        if self.is_attached:
            self.said.update(Content.assemble(("! ", "$error"), plain(sentence)) if sentence else "")

    def action_leave(self) -> None:
        """Back to the ways, and from them to the ticket."""
        if not self.has_class("-saving"):
            self.dismiss(None)
            return
        self._say("")
        self.set_class(False, "-saving")
        self.ways.focus()
        self.query_one(KeyLine).show(self.keys())
