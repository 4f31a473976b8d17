"""The first start of an empty desk: language, store, the first supervisor. Offered once; Esc goes on without."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.events import DescendantFocus
from textual.geometry import Region
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Input, Static

from complaint_desk import locale, startup
from complaint_desk.locale import N_, _
from complaint_desk.models.errors import DeskError, FieldRefused
from complaint_desk.screens.at_desk import TellsFaults, at_desk
from complaint_desk.screens.keys_taken import keys_taken
from complaint_desk.widgets.choice_field import Choice, ChoiceField
from complaint_desk.widgets.form import Form, Mark, Place
from complaint_desk.widgets.key_line import KeyHint, KeyLine
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.notice import Notice
from complaint_desk.widgets.pin_field import PinField
from complaint_desk.widgets.plain import plain

if TYPE_CHECKING:
    from complaint_desk.desk.desk import Desk
    from complaint_desk.desk.file.set_up import SetUp

_LABELS = {
    "language": N_("Language"),
    "store_code": N_("Store code"),
    "store_name": N_("Store name"),
    "region": N_("Region"),
    "time_zone": N_("Time zone"),
    "name": N_("Your name"),
    "pin": N_("PIN"),
    "again": N_("PIN again"),
}
_LANGUAGES = (Choice("zh_CN", "中文"), Choice("en", "English"))
_LABEL_CELLS = 16
_FIELD_CELLS = 30


class SetupScreen(TellsFaults, Screen[bool]):
    """Eight lines; what stays empty is left as it is. Gives back whether the desk was set up."""

    CSS_PATH = "sign_in.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012
    holds_the_seat = True
    """Nothing else of the desk can be reached while it stands."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("enter", "next", show=False, priority=True),
        Binding("escape", "skip", show=False, priority=True),
    ]

    form = query_one("#setup-form", Form)
    notice = query_one("#card-notice", Notice)
    key_line = query_one("#card-keys", KeyLine)

    def __init__(self) -> None:
        super().__init__()
        self._fields: Mapping[str, Input] = {
            "language": ChoiceField("language"),
            **{name: LineField(name) for name in ("store_code", "store_name", "region", "time_zone", "name")},
            "pin": PinField("pin"),
            "again": PinField("again"),
        }
        self._busy = False
        self._done = False

    def compose(self) -> ComposeResult:
        """What it is, the form, and after it the recovery code."""
        with Container(id="card"):
            yield Static(id="title")
            yield Static(id="asks")
            yield Form(self._fields.values(), self._plan, id="setup-form")
            yield Static(id="told")
            yield Notice(id="card-notice")
            yield KeyLine(id="card-keys")

    def on_mount(self) -> None:
        """Fill in what can be guessed."""
        self.form.styles.height = len(self._fields)
        self._write("region", startup.quick_value("region") or "CN")
        self._write("time_zone", startup.quick_value("time_zone") or "Asia/Shanghai")
        self._write("store_name", startup.quick_value("store_name") or "")
        self._write("name", at_desk(self).drafts.seat)
        self.speak()
        self._write("language", locale.language())
        self._fields["store_code"].focus()

    def speak(self) -> None:
        """Say everything in the language in use."""
        self.query_one("#title", Static).update(plain(_("Complaint Desk")))
        if not self._done:
            self.query_one("#asks", Static).update(
                plain(_("This desk is new. A minute to set it up, or Esc to start right away."))
            )
        self.form.show_labels({name: _(label) for name, label in _LABELS.items()})
        language = self._fields["language"]
        assert isinstance(language, ChoiceField)
        language.offer(_LANGUAGES)
        self._fields["pin"].placeholder = _("six digits or more, or a passphrase; may stay empty")
        self._write("language", locale.language())
        self._show_keys()

    def _show_keys(self) -> None:
        if self._done:
            self.key_line.show([KeyHint("Enter", _("I have written it down"))])
        else:
            self.key_line.show(
                [
                    KeyHint("^S", _("Set up"), 0),
                    KeyHint("Esc", _("Go on without"), 1),
                    KeyHint("Tab", _("Next field"), 3),
                    KeyHint("F12", "中/EN", 4),
                ]
            )

    def _plan(self, width: int, _height: int) -> Mapping[str, Place]:
        at = min(_LABEL_CELLS, width // 3)
        return {
            name: Place(
                Region(
                    at,
                    line,
                    max(width - at - 1, 8)
                    if name in ("pin", "again", "store_name")
                    else max(min(_FIELD_CELLS, width - at - 1), 8),
                    1,
                ),
                0,
            )
            for line, name in enumerate(self._fields)
        }

    def _write(self, name: str, words: str) -> None:
        field = self._fields[name]
        if isinstance(field, LineField):
            field.words = words

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """The label of the field with the cursor stands apart."""
        self.form.activate(event.widget.name)

    async def action_next(self) -> None:
        """Enter: to the next field; in the last one: set up. After it: the code was written down.

        Before any field sees the key, so that what comes in the same breath belongs to the field after it.
        """
        await keys_taken(self)
        if self._done:
            self.dismiss(True)
        elif self.focused is self._fields["again"]:
            self.action_set_up()
        else:
            self.focus_next()

    # Setting up

    async def action_save(self) -> None:
        """Ctrl+S: set up, once the field has taken what was typed."""
        await keys_taken(self)
        self.action_set_up()

    def action_set_up(self) -> None:
        """Set up with what stands here."""
        if not self._busy and not self._done:
            self._set_up()

    @work(group="setup", exit_on_error=False)
    async def _set_up(self) -> None:
        self._busy = True
        self.form.mark({})
        try:
            told = {name: field.words for name, field in self._fields.items() if isinstance(field, LineField)}
            pin, again = (self._fields[name].value for name in ("pin", "again"))
            if pin != again:
                raise FieldRefused("again", _("The two were not the same. Nothing was changed."))
            desk = await at_desk(self).desk_ready()
            done = await asyncio.to_thread(_set_up, desk, told, pin)
        except FieldRefused as refused:
            name = refused.field_name if refused.field_name in self._fields else "name"
            self.form.mark({name: Mark("!", "missing")})
            self._fields[name].focus()
            self.notice.say(str(refused), "warns")
            return
        except DeskError as error:
            self.notice.say(str(error), "warns")
            return
        finally:
            self._busy = False
        await self._after(desk, done)

    async def _after(self, desk: Desk, done: SetUp) -> None:
        for name in ("pin", "again"):
            self._fields[name].value = ""
        if desk.settings.language != locale.language():
            await at_desk(self).action_language()
        if done.recovery_code is None:
            self.dismiss(True)
            return
        self._done = True
        self.form.display = False
        self.notice.display = False
        self.query_one("#asks", Static).update(
            plain(_("The desk is set up, and {name} sits here.").format(name=desk.as_name))
        )
        self.query_one("#told", Static).update(
            Content("\n").join(
                [
                    plain(
                        _(
                            "The recovery code brings a forgotten PIN back. Write it down and keep it away "
                            "from this PC; it is shown this once:"
                        )
                    ),
                    Content(""),
                    Content.styled(done.recovery_code, "bold $accent"),
                ]
            )
        )
        self._show_keys()
        self.set_focus(None)

    def action_skip(self) -> None:
        """Go on without; it is not offered again."""
        if self._done or self._busy:
            return
        self._skip()
        self.dismiss(False)

    def _skip(self) -> None:
        self.app.run_worker(_sit_down(self), group="setup", exit_on_error=False)


async def _sit_down(screen: SetupScreen) -> None:
    """Whoever goes on without setting up is the first person of the desk, as with the first complaint."""
    try:
        desk = await at_desk(screen).desk_ready()
        await asyncio.to_thread(desk.take_seat)
    except DeskError as error:
        screen.app.log.error(error)


def _set_up(desk: Desk, told: Mapping[str, str], pin: str) -> SetUp:
    from complaint_desk.desk.file.set_up import SETTINGS_ASKED, FirstPerson

    settings = {name: told[name] for name in SETTINGS_ASKED}
    return desk.set_up(settings, FirstPerson(told["name"], pin), file=startup.settings_file())
