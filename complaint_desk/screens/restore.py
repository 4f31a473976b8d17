"""The backups: make one, put one back, or save what can be read of a damaged file."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import events, on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.told_card import Told
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.notice import Notice
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.app import ComplaintDeskApp
    from complaint_desk.desk.base import Clock
    from complaint_desk.desk.file.restore import RestoreLook
    from complaint_desk.settings import Settings

_TRIES = 5
"""How often the file is asked for while this seat's own looks at it come to their end."""


class RestoreScreen(DeskCard[None]):
    """The backups, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+n,insert", "back_up", show=False, priority=True),
        Binding("ctrl+s", "salvage", show=False, priority=True),
    ]

    def __init__(self, fault: str = "") -> None:
        """`fault`: why the file cannot be used; letters typed then belong to the call below."""
        super().__init__()
        self.fault = fault
        self._below: Screen[Any] | None = None
        self._busy = False
        self._leaving = False

    def content(self) -> list[Widget]:
        """What is wrong, the backups, what is being done."""
        heading = self.fault or _(
            "Backups of the file, the newest first. Enter shows what putting one back would lose."
        )
        return [Static(plain(heading)), PickList([], id="backups"), Notice(id="card-notice")]

    def keys(self) -> list[KeyHint]:
        """What can be done."""
        if self.fault:
            return [
                KeyHint("Enter", _("Look at it"), 0),
                KeyHint("Ctrl+S", _("Save what can be read"), 2),
                KeyHint("Esc", _("Later"), 1),
            ]
        return [
            KeyHint("Enter", _("Look at it"), 0),
            KeyHint("Ctrl+N", _("Back up now"), 2),
            KeyHint("Esc", _("Back"), 1),
        ]

    @property
    def _notice(self) -> Notice:
        return self.query_one(Notice)

    def prepare(self) -> None:
        """Look for the backups."""
        self._below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        self.look()

    def on_key(self, event: events.Key) -> None:
        """Over a damaged file a letter belongs to the call below: the card goes, and the letter is typed there."""
        if not self.fault or not (event.is_printable or self._leaving) or self._below is None or self._busy:
            return
        event.stop()
        if not self._leaving:
            self._leaving = True
            self.dismiss(None)
        if self._below.focused is not None:
            self._below.focused.post_message(events.Key(event.key, event.character))

    @work(group="backups", exit_on_error=False)
    async def look(self) -> None:
        """List the backups."""
        try:
            picks = await asyncio.to_thread(self._picks)
        except DeskError as error:
            self._notice.say(str(error), "warns")
            return
        self.query_one(PickList).show(picks)
        self.query_one(PickList).focus()
        if not picks:
            self._notice.say(_("There is no backup yet."))

    def _picks(self) -> list[Pick]:
        from complaint_desk.desk.deadlines.explain import moment_in_words
        from complaint_desk.desk.file.backing_up import all_backups
        from complaint_desk.desk.file.file_words import age_in_words, size_in_words
        from complaint_desk.store.whereabouts import whole_path

        settings, _name, clock = self._seat()
        now = clock().astimezone(settings.zone)
        return [
            Pick(
                str(backup.path),
                f"{moment_in_words(backup.made_at, settings.zone)}  {age_in_words(now - backup.made_at)}",
                f"{size_in_words(backup.size)}  {backup.path.name}",
            )
            for backup in all_backups(whole_path(settings.db), settings.backup_folder, now)
        ]

    def _seat(self) -> tuple[Settings, str, Clock]:
        """Settings, name and clock of this seat, whether or not the file can be opened."""
        from complaint_desk import startup
        from complaint_desk.desk.opening import utc_now
        from complaint_desk.settings import load_settings

        app = cast("ComplaintDeskApp", self.app)
        if app.desk is not None:
            return app.desk.settings, app.desk.as_name, app.desk.clock
        return load_settings(app.options), app.options.as_name or startup.account_name(), utc_now

    def action_leave(self) -> None:
        """Back to where one was."""
        if not self._busy:
            self.dismiss(None)

    @work(group="backups", exit_on_error=False)
    async def action_back_up(self) -> None:
        """Make a backup now."""
        desk = at_desk(self).desk
        if desk is None or self._busy:
            return
        self._notice.say(_("Making a backup …"))
        try:
            made = await asyncio.to_thread(desk.back_up_here)
        except DeskError as error:
            self._notice.say(str(error), "warns")
            return
        self._notice.say(
            _("The backup was made and read back.") if made else _("Another desk is making one."), "good"
        )
        self.look()

    @on(PickList.Picked)
    @work(group="backups", exit_on_error=False)
    async def chosen(self, picked: PickList.Picked) -> None:
        """Say what putting this backup back would lose, and ask."""
        if self._busy:
            return
        self._busy = True
        self._notice.say(_("Looking at the backup …"))
        try:
            source = Path(picked.value)
            passphrase, left = await self._passphrase(source)
            if left:
                self._notice.say("")
                return
            look = await asyncio.to_thread(self._look_at, source, passphrase)
            self._notice.say("")
            if await self.app.push_screen_wait(RestoreQuestion(look, self._seat()[0])):
                await self._put_back(source, passphrase)
        except DeskError as error:
            self._notice.say(str(error), "warns")
        finally:
            self._busy = False

    async def _passphrase(self, source: Path) -> tuple[str | None, bool]:
        """The passphrase of a sealed backup, the one that is kept or one that is asked for; whether it was left."""
        from complaint_desk.desk.file.sealing_backups import kept_passphrase, needs_passphrase
        from complaint_desk.screens.passphrase_card import PassphraseCard

        settings = self._seat()[0]
        if not await asyncio.to_thread(needs_passphrase, settings, source):
            return await asyncio.to_thread(kept_passphrase, settings, source), False
        given = await self.app.push_screen_wait(PassphraseCard(source.name))
        return given, given is None

    def _look_at(self, source: Path, passphrase: str | None) -> RestoreLook:
        from complaint_desk.desk.file.restore import restoration

        settings, name, clock = self._seat()
        if (desk := at_desk(self).desk) is not None:
            desk.may_restore()
        with restoration(settings, source, as_name=name, clock=clock, passphrase=passphrase) as ready:
            return ready.look()

    async def _put_back(self, source: Path, passphrase: str | None) -> None:
        from complaint_desk.desk.file.file_words import restored_in_words

        app = cast("ComplaintDeskApp", self.app)
        self._notice.say(_("Putting the backup back …"))
        app.safety.keep_typed()
        kept = await asyncio.to_thread(self._put_back_now, source, passphrase)
        told = [*restored_in_words(kept), _("Open the desk again. What was typed is kept as a draft.")]
        app.exit(message="\n".join(told))

    def _put_back_now(self, source: Path, passphrase: str | None) -> Path | None:
        from complaint_desk.desk.file.restore import restoration
        from complaint_desk.models.errors import StoreFault

        settings, name, clock = self._seat()
        with restoration(settings, source, as_name=name, clock=clock, passphrase=passphrase) as ready:
            ready.look()
            for left in range(_TRIES, 0, -1):
                if (desk := at_desk(self).desk) is not None:
                    desk.close()
                try:
                    return ready.put_back()
                except StoreFault:
                    if left == 1:
                        raise
        raise AssertionError("a try returns or raises")

    @work(group="backups", exit_on_error=False)
    async def action_salvage(self) -> None:
        """Save what can be read of the damaged file into a new one beside it."""
        if self._busy or not self.fault:
            return
        self._busy = True
        self._notice.say(_("Reading what can be read …"))
        try:
            told = await asyncio.to_thread(self._salvage)
            await self.app.push_screen_wait(Told(told))
        except DeskError as error:
            self._notice.say(str(error), "warns")
        finally:
            self._busy = False

    def _salvage(self) -> list[str]:
        from complaint_desk.desk.file.file_words import salvaged_in_words
        from complaint_desk.desk.file.salvage import salvage_file

        settings, name, clock = self._seat()
        return list(salvaged_in_words(salvage_file(settings, None, as_name=name, clock=clock)))


class RestoreQuestion(DeskCard[bool]):
    """What putting the backup back would lose, and whether to do it; Enter alone does nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "answer(True)", show=False, priority=True),
        Binding("escape,enter", "answer(False)", show=False, priority=True),
    ]

    def __init__(self, look: RestoreLook, settings: Settings) -> None:
        super().__init__()
        self._look = look
        self._settings = settings

    def content(self) -> list[Widget]:
        """What the backup holds, and what would be lost."""
        from complaint_desk.desk.file.file_words import look_in_words

        lines = [
            *look_in_words(self._look, self._settings.zone),
            "",
            _("The old file is kept beside the new one."),
        ]
        return [VerticalScroll(Static(plain("\n".join(lines), lines=True)), id="told")]

    def keys(self) -> list[KeyHint]:
        """Yes and no."""
        return [KeyHint("Ctrl+S", _("Put it back")), KeyHint("Esc", _("No"))]

    def action_answer(self, yes: bool) -> None:
        """Give the answer back."""
        self.dismiss(yes)
