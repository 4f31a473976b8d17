"""The shift sheet on the screen, and into a file on one key: text, or Word where the name ends in .docx."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.desk.exporting.places import free
from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.plain import plain
from complaint_desk.widgets.sheet import Heading, Row, Sheet

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk


class ShiftCard(DeskCard[str]):
    """What the next shift takes on; gives back where it was saved, if it was."""

    CSS_PATH = ["card.tcss", "shift_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012
    AUTO_FOCUS = "#sheet"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,s,S", "save", show=False),
        Binding("enter", "write", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]
    sheet = query_one("#sheet", Sheet)
    path = query_one("#path", LineField)
    said = query_one("#said", Static)

    def __init__(self) -> None:
        super().__init__(classes="-tall")
        self.lines: tuple[str, ...] = ()
        """The sheet, line by line."""
        self._made = ""

    def content(self) -> list[Widget]:
        """The sheet, the file it may be saved to, and what the desk has to say."""
        return [
            Static(Content.styled(_("Shift sheet"), "bold"), id="heading"),
            Sheet(id="sheet"),
            LineField("path"),
            Static("", id="said"),
        ]

    def keys(self) -> list[KeyHint]:
        """How to read on, save and leave."""
        if self.has_class("-saving"):
            return [KeyHint("Enter", _("Write this file"), 0), KeyHint("Esc", _("Back to the sheet"), 1)]
        return [
            KeyHint("↓ ↑", _("Scroll"), 2),
            KeyHint("S ^S", _("Save to a file"), 0),
            KeyHint("Esc", _("Back"), 1),
        ]

    def prepare(self) -> None:
        """Ask the desk."""
        self._make()

    @work(group="sheet", exit_on_error=False)
    async def _make(self) -> None:
        try:
            desk = await at_desk(self).desk_ready()
            self.lines = await asyncio.to_thread(_lines_of, desk)
        except DeskError as error:
            self._say(str(error))
            return
        self._made = f"{desk.clock().astimezone(desk.settings.zone):%Y-%m-%d-%H%M}"
        if self.is_attached:
            self.sheet.show(
                Row(((line, ""),)) if line.startswith("  ") else Heading(line) for line in self.lines if line
            )

    # Into a file

    def action_save(self) -> None:
        """Ask for the file, with a name that is not taken."""
        if not self.lines or self.has_class("-saving"):
            return
        self.path.words = str(free(Path.cwd() / f"shift-{self._made}.txt"))
        self._ask_for_path(True)

    def _ask_for_path(self, asking: bool) -> None:
        self.set_class(asking, "-saving")
        (self.path if asking else self.sheet).focus()
        self.query_one(KeyLine).show(self.keys())

    async def action_write(self) -> None:
        """Write the file that is named; what is there already is never overwritten."""
        if not self.has_class("-saving"):
            self.dismiss(None)
            return
        self._write(Path(self.path.words.strip()).expanduser())

    @work(group="write", exit_on_error=False)
    async def _write(self, path: Path) -> None:
        try:
            if path.suffix.lower() == ".docx":
                desk = await at_desk(self).desk_ready()
                await asyncio.to_thread(_write_docx, desk, path)
            else:
                await asyncio.to_thread(_write_new, path, "\n".join(self.lines) + "\n")
        except DeskError as error:
            self._say(str(error))
        except FileExistsError:
            self._say(_("{file} is there already. Name another file; nothing was written.").format(file=path))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            self._say(
                _("{file} cannot be written: {reason}. The sheet is still here.").format(
                    file=path, reason=reason
                )
            )
        else:
            self.dismiss(str(path))

    def _say(self, sentence: str) -> None:
        if self.is_attached:
            self.said.update(Content.assemble(("! ", "$error"), plain(sentence)) if sentence else "")

    def action_leave(self) -> None:
        """Back to the sheet, and from it to the list."""
        if self.has_class("-saving"):
            self._say("")
            self._ask_for_path(False)
        else:
            self.dismiss(None)


def _lines_of(desk: Desk) -> tuple[str, ...]:
    from complaint_desk.desk.shift.shift_text import shift_text

    return tuple(shift_text(desk.shift_sheet(), desk.playbook, desk.settings.zone))


def _write_docx(desk: Desk, path: Path) -> None:
    from complaint_desk.desk.shift.shift_docx import write_shift_docx

    settings = desk.settings
    write_shift_docx(desk.shift_sheet(), path, settings.letters_folder, desk.playbook, settings.zone)


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8-sig", newline="\r\n") as file:
        file.write(text)
