"""The card for a call that needs another way (Ctrl+K): what to say and do, whom to call, what to hand over."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _, language
from complaint_desk.models.call_marks import SituationMet
from complaint_desk.screens.card import DeskCard
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.sheet import Block, Heading, Sheet, Told

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.playbook.template import Slots
    from complaint_desk.rules.situations import Offer


class SituationCard(DeskCard[SituationMet]):
    """The five cards, the one that fits best first; gives back the card that was used, None for none."""

    CSS_PATH = ["card.tcss", "situation_card.tcss"]  # type: ignore[assignment]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"choose({number})", show=False, priority=True) for number in range(1, 6)),
        Binding("enter", "use", show=False, priority=True),
        Binding("c,C,ctrl+y", "copy", show=False, priority=True),
        Binding("escape,ctrl+k", "leave", show=False, priority=True),
    ]

    def __init__(
        self,
        playbook: Playbook,
        offers: Sequence[Offer],
        summary: Callable[[str], str],
        clock: Callable[[], datetime],
        slots: Slots,
    ) -> None:
        """`summary` gives what a colleague is to be told, by the situation's name; `clock` the time of use."""
        super().__init__()
        self._playbook = playbook
        self._offers = {offer.situation: offer.words for offer in offers}
        self._summary = summary
        self._clock = clock
        self._slots = slots
        self.names = tuple(playbook.situations)
        """The situations in the order of their digits."""
        self.situation = offers[0].situation if offers else self.names[0]
        """The card that is shown."""

    def content(self) -> list[Widget]:
        """The five names, the card, the summary."""
        return [Static(self._choices(), id="choices"), Sheet(id="situation")]

    def keys(self) -> list[KeyHint]:
        """Choose, use, copy, leave."""
        return [
            KeyHint("Enter", _("Used: keep it on the ticket"), 0),
            KeyHint("1…5", _("Choose"), 2),
            KeyHint("C", _("Copy the summary"), 4),
            KeyHint("↓ ↑", _("Scroll"), 5),
            KeyHint("Esc", _("Leave it"), 1),
        ]

    def on_mount(self) -> None:
        """Show the card that fits best."""
        self._show()

    def speak(self) -> None:
        """The card that is shown, in the language in use."""
        self.show_keys()
        self._show()

    def _choices(self) -> Content:
        lines = []
        for number, name in enumerate(self.names, 1):
            chosen = name == self.situation
            sign = "▸" if chosen else "!" if name in self._offers else " "
            style = "bold" if chosen else "$mark" if name in self._offers else "$quiet"
            title = self._playbook.situations[name].name[language()]
            lines.append(Content.assemble((f"{sign} ", "$mark"), (f"{number} ", "$key-name"), (title, style)))
        return Content("\n").join(lines)

    def _show(self) -> None:
        self.query_one("#choices", Static).update(self._choices())
        sheet = self.query_one("#situation", Sheet)
        sheet.show(self._card())
        sheet.scroll_home(animate=False)
        sheet.focus()

    def _card(self) -> Iterator[Block]:
        from complaint_desk.playbook.template import fill

        speech = language()
        entry = self._playbook.situations[self.situation]
        labels = self._playbook.labels

        def label(name: str) -> str:
            return labels[name][speech]

        at_once = "supervisor_at_once" if entry.supervisor_at_once else "supervisor_on_request"
        yield Told(label("supervisor"), label(at_once), "late" if entry.supervisor_at_once else "")
        if entry.help_lines:
            numbers = "   ".join(f"{line.number} {line.name[speech]}" for line in entry.help_lines)
            yield Told(label("help_lines"), numbers, "strong")
        if words := self._offers.get(self.situation):
            yield Told(_("Because of"), _("“{words}”").format(words=words), "quiet")
        yield Told(label("say"), "\n".join(fill(line, self._slots) for line in entry.say[speech]), "strong")
        yield Told(label("do"), _bullets(entry.do[speech]))
        yield Told(label("dont"), _bullets(entry.dont[speech]))
        yield Heading(_("For the colleague who takes over"))
        yield Told("", self._summary(self.situation))

    def action_choose(self, number: int) -> None:
        """Show another card."""
        self.situation = self.names[number - 1]
        self._show()

    def action_use(self) -> None:
        """Keep on the ticket that this card was used, with the summary."""
        self.dismiss(SituationMet(self.situation, self._clock(), self._summary(self.situation)))

    def action_copy(self) -> None:
        """Send the summary to the terminal's clipboard."""
        self.app.copy_to_clipboard(self._summary(self.situation))

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"· {line}" for line in lines)
