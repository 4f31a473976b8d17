"""The card on which something is told and then recorded; whatever goes wrong is said on it, and the text stays."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import ClassVar, TypeVar
from weakref import WeakKeyDictionary

from textual import work
from textual.app import App
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import N_, _
from complaint_desk.models.errors import ChangedMeanwhile, DeskError, FieldRefused
from complaint_desk.models.ticket import Ticket
from complaint_desk.screens.act_words import meanwhile
from complaint_desk.screens.at_desk import at_desk
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.choice_field import ChoiceField
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.plain import plain

READ_AFTER_SECONDS = 0.3
"""How long after the last key what was typed is read."""

Done = TypeVar("Done")
Place = tuple[type[StrEnum], str, str]

_kept: WeakKeyDictionary[App[object], dict[Place, dict[str, str]]] = WeakKeyDictionary()
"""What was typed and not recorded, by deed and ticket, as long as the desk is open."""


class TellingCard(DeskCard[Done]):
    """Asks for what a deed needs and records it, once; a subclass gives the fields and the deed itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "record", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]
    FAULT: ClassVar[str] = N_("Not done ({fault}); the text is kept. Press Enter again.")
    """What is said of a fault that nobody foresaw."""

    said = query_one("#said", Static)

    def __init__(self, deed: StrEnum, number: str, ticket: Ticket | None = None) -> None:
        """What is typed waits under `deed` and `number`; `ticket` is the ticket as the person sees it."""
        super().__init__()
        self.ticket = ticket
        """The ticket as it was last seen here: another desk's change after it is told before anything is written."""
        self.number = number
        """The ticket's number; another word where there are several, or none yet."""
        self.running = False
        """It is being recorded."""
        self._place: Place = (type(deed), deed.value, number)
        self._said = ""

    def keys(self) -> list[KeyHint]:
        """Do it or leave."""
        return [
            KeyHint("Enter", _("Next; then do it"), 0),
            KeyHint("Tab", _("Next field"), 2),
            KeyHint("Esc", _("Leave, the text is kept"), 1),
        ]

    # What a subclass gives

    def typed(self) -> dict[str, str]:
        """What stands in the fields, by name."""
        raise NotImplementedError

    def worth_keeping(self, typed: dict[str, str]) -> bool:
        """Whether what was typed must wait for the next time."""
        return any(part.strip() for part in typed.values())

    def missing(self) -> Widget | None:
        """The field that must be told and is not."""
        return None

    def field_at_fault(self, name: str) -> Widget:
        """The field that a refusal is about."""
        raise NotImplementedError

    async def record(self) -> None:
        """Do it and leave with what was done."""
        raise NotImplementedError

    def go_on_with(self, ticket: Ticket) -> None:
        """Another desk has changed the ticket; the next Enter is about it as it is now."""
        self.ticket = ticket

    # Recording

    async def action_record(self) -> None:
        """Go to what is still to be told, then record it, once however often Enter is pressed."""
        if self.running:
            return
        here = self.focused
        if isinstance(here, ChoiceField):
            here.decide()
        if (missing := self.missing()) is not None:
            if missing is here:
                self.say(_("This is still to be told. Nothing was done yet."))
            missing.focus()
            return
        self.running = True
        self._record()

    @work(group="record", exit_on_error=False)
    async def _record(self) -> None:
        try:
            await self.record()
        except ChangedMeanwhile:
            await self._look_again()
        except FieldRefused as error:
            self.say(str(error))
            self.field_at_fault(error.field_name).focus()
        except DeskError as error:
            self.say(str(error))
        except Exception as error:
            self.log.error(error)
            self.say(_(self.FAULT).format(fault=type(error).__name__))
        finally:
            self.running = False

    async def _look_again(self) -> None:
        """Say what another desk did meanwhile; Enter then records it on the ticket as it is now."""
        seen = self.ticket
        try:
            desk = await at_desk(self).desk_ready()
            now = await asyncio.to_thread(desk.ticket, self.number)
        except DeskError as error:
            self.say(str(error))
            return
        self.go_on_with(now)
        changes = meanwhile(seen, now) if seen else ""
        self.say(
            _(
                "The ticket has changed meanwhile: {changes}. Nothing was written yet; Enter records it all the same."
            ).format(changes=changes)
        )

    def say(self, sentence: str) -> None:
        """Say on the card what went wrong; empty for nothing."""
        self._said = sentence
        if self.is_attached:
            self.said.update(Content.assemble(("! ", "$error"), plain(sentence)) if sentence else "")

    # What waits for the next time

    def kept(self) -> dict[str, str]:
        """What was typed here before and not recorded, by field."""
        return self._drawer().get(self._place, {})

    def leave_with(self, done: Done) -> None:
        """It was recorded: what was typed need not wait any more."""
        self._drawer().pop(self._place, None)
        self.dismiss(done)

    def action_leave(self) -> None:
        """Record nothing; what was typed waits for the next time."""
        typed = self.typed()
        if self.worth_keeping(typed):
            self._drawer()[self._place] = typed
        else:
            self._drawer().pop(self._place, None)
        self.dismiss(None)

    def _drawer(self) -> dict[Place, dict[str, str]]:
        return _kept.setdefault(self.app, {})
