"""Saying what kind of caller this is: one digit; the reading with its bars, and its reasons on the same key again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from complaint_desk.locale import _, language
from complaint_desk.models.enums import ComplainantType
from complaint_desk.screens.card import DeskCard
from complaint_desk.screens.names import type_name
from complaint_desk.screens.type_words import ask_line, bar, percent, reason_lines
from complaint_desk.widgets.fold import cut, padded
from complaint_desk.widgets.key_line import KeyHint
from complaint_desk.widgets.pick_list import Pick, PickList
from complaint_desk.widgets.plain import plain, visible

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook
    from complaint_desk.rules.classify import Reading

ANSWER = "answer"
"""Before the value that stands for an answer to the separating question: `answer:question:type`."""


class TypeChoice(DeskCard[str]):
    """The five types of training text 003.

    Gives back the type chosen, an empty text for none, `answer:…` for what the caller answered, None for no change.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(number), f"choose({number})", show=False) for number in range(1, 10)),
        Binding("0,delete,backspace", "forget", show=False),
        Binding("f10,ctrl+l", "reasons", show=False, priority=True),
        Binding("escape", "leave", show=False, priority=True),
    ]

    def __init__(
        self, chosen: ComplainantType | None, playbook: Playbook | None, reading: Reading | None = None
    ) -> None:
        """`reading` is what the desk makes of the words so far."""
        super().__init__()
        self._chosen = chosen
        self._playbook = playbook
        self._reading = reading
        self.unfolded = False
        """Whether the reasons are shown."""
        self._picks = self._made()

    def content(self) -> list[Widget]:
        """Each type with its bar and what the caller wishes for; the question while unsure; the reasons."""
        sure = self._reading and not self._reading.unsure
        leading = self._chosen or (self._reading.type if self._reading and sure else None)
        at = list(ComplainantType).index(leading) if leading else 0
        return [
            Static(self._asked(), id="asked"),
            PickList(self._picks, at, id="types"),
            Static(self._why(), id="why"),
        ]

    def _asked(self) -> Content:
        return plain(_("What does this caller wish for?"))

    def speak(self) -> None:
        """The question, the types and the reasons in the language in use; the bar stays where it is."""
        self.show_keys()
        self._picks = self._made()
        self.query_one("#asked", Static).update(self._asked())
        self.query_one("#types", PickList).show(self._picks)
        self.query_one("#why", Static).update(self._why())

    def keys(self) -> list[KeyHint]:
        """How to choose."""
        keys = [
            KeyHint("1…5", _("Choose"), 1),
            KeyHint("Enter", _("Accept"), 2),
            KeyHint("0", _("Not known"), 4),
        ]
        if self._reading is not None:
            keys.append(KeyHint("F10", _("Why"), 3))
        return [*keys, KeyHint("Esc", _("Leave it"), 0)]

    def _made(self) -> list[Pick]:
        names = {
            kind: self._playbook.type_name(kind, language()) if self._playbook else type_name(kind)
            for kind in ComplainantType
        }
        room = max(cell_len(name) for name in names.values()) + 1
        picks = []
        for number, kind in enumerate(ComplainantType, 1):
            line = f"{number}  {padded(names[kind], room)}"
            if self._reading is not None:
                share = self._reading.probabilities[kind]
                line += f"{bar(share)} {percent(share):>2} %  "
            if self._playbook is not None:
                line += self._playbook.type_wish(kind, language())
            picks.append(Pick(kind.value, line))
        return [*picks, *self._answers()]

    def _answers(self) -> list[Pick]:
        """What the caller may answer to the question worth asking."""
        if self._playbook is None or self._reading is None or self._reading.ask is None:
            return []
        question = self._reading.ask
        picks = [
            Pick(f"{ANSWER}:{question}:{answer.speaks_for.value}", answer.heard[language()])
            for answer in self._playbook.questions[question].answers
        ]
        picks.append(Pick(f"{ANSWER}:{question}:", _("asked, and it told nothing")))
        return [
            Pick(
                pick.value,
                f"{number if number < 10 else ' '}  " + _("heard: {answer}").format(answer=pick.line),
            )
            for number, pick in enumerate(picks, len(ComplainantType) + 1)
        ]

    def _why(self) -> Content:
        reading, playbook = self._reading, self._playbook
        if reading is None or playbook is None:
            return Content("")
        lines: list[Content] = []
        if question := ask_line(reading, playbook):
            lines += [
                Content(""),
                Content.assemble((_("Not sure yet: ask"), "$quiet"), "  ", (question, "bold $say")),
            ]
        if self.unfolded:
            lines.append(Content(""))
            width = min(self.app.size.width, 76) - 6
            shorts = {kind: playbook.type_short(kind, language()) for kind in ComplainantType}
            room = max(cell_len(short) for short in shorts.values()) + 2
            for points, words, kind_name in reason_lines(reading, playbook):
                said = cut(visible(words), width - 8 - room)
                lines.append(Content.assemble((f"{points:>6}  ", "$key-name"), padded(kind_name, room), said))
        return Content("\n").join(lines)

    @on(PickList.Picked)
    def picked(self, picked: PickList.Picked) -> None:
        """Enter on a line."""
        self.dismiss(picked.value)

    def action_choose(self, number: int) -> None:
        """A digit: a type, or an answer to the question."""
        if number <= len(self._picks):
            self.dismiss(self._picks[number - 1].value)

    def action_forget(self) -> None:
        """The type is not known."""
        self.dismiss("")

    def action_reasons(self) -> None:
        """The key that opened the card, again: show the reasons, or fold them."""
        self.unfolded = not self.unfolded
        self.query_one("#why", Static).update(self._why())

    def action_leave(self) -> None:
        """Change nothing."""
        self.dismiss(None)
