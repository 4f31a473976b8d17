"""The call form: its fields, what stands in them, and what is too long kept beside them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.widget import Widget

from complaint_desk.locale import _, language
from complaint_desk.models.draft import FORM_FIELDS
from complaint_desk.models.enums import Cause, Channel
from complaint_desk.screens.call_plan import TEXTS, call_plan
from complaint_desk.screens.names import channel_name, field_names
from complaint_desk.widgets.choice_field import Choice, ChoiceField
from complaint_desk.widgets.form import Form, Place
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.text_field import TextField
from complaint_desk.widgets.too_long import marks

if TYPE_CHECKING:
    from complaint_desk.playbook.loader import Playbook

Field = LineField | TextField | ChoiceField
CHOICES = ("cause", "channel")


class CallForm(Form):
    """Thirteen fields, made in the order of Tab, wherever they are drawn."""

    def __init__(self, *, id: str | None = None) -> None:
        self.fields: dict[str, Field] = {}
        self.attached: dict[str, str] = {}
        """What was too long for its field, whole, by the name in its mark."""
        self.asks_received = False
        for name in FORM_FIELDS:
            attach = partial(self._keep_beside, name)
            if name in CHOICES:
                self.fields[name] = ChoiceField(name)
            else:
                self.fields[name] = (TextField if name in TEXTS else LineField)(name, attach=attach)
        self.fields["received_at"].display = False
        super().__init__(self.fields.values(), self._plan, id=id)
        self.speak()

    def _plan(self, width: int, height: int) -> Mapping[str, Place]:
        label = max(cell_len(self.labels[name]) for name in FORM_FIELDS if name != "received_at")
        if self.asks_received:
            label = max(label, cell_len(self.labels["received_at"]))
        return call_plan(width, height, label, self.asks_received)

    def speak(self) -> None:
        """Label everything in the language in use; what was typed stays."""
        channel = self.fields["channel"]
        assert isinstance(channel, ChoiceField)
        channel.offer([Choice(each.value, channel_name(each)) for each in Channel])
        self.show_labels(field_names())

    def offer_causes(self, causes: list[Choice]) -> None:
        """The causes that can be chosen, once the playbook is there."""
        cause = self.fields["cause"]
        assert isinstance(cause, ChoiceField)
        cause.offer(causes)

    def ask_received(self, ask: bool) -> None:
        """Ask for the date received, or no longer."""
        if ask != self.asks_received:
            self.asks_received = ask
            self.fields["received_at"].display = ask
            self.plan_again()

    def words(self) -> dict[str, str]:
        """What stands in every field."""
        return {name: field.words for name, field in self.fields.items()}

    def put(self, words: Mapping[str, str], attached: Mapping[str, str]) -> None:
        """Fill every field; one that is not named becomes empty."""
        self.attached = dict(attached)
        for name, field in self.fields.items():
            field.words = words.get(name, "")

    def decide(self) -> None:
        """Settle the choice fields, as leaving them would."""
        for name in CHOICES:
            field = self.fields[name]
            assert isinstance(field, ChoiceField)
            if field.has_focus:
                field.decide()

    @property
    def undecided(self) -> list[str]:
        """The choice fields that hold words which are none of their choices."""
        return [
            name
            for name in CHOICES
            if isinstance(field := self.fields[name], ChoiceField) and field.undecided
        ]

    def attached_in_use(self) -> dict[str, str]:
        """The attached texts whose marks still stand in their fields."""
        standing: frozenset[str] = frozenset().union(*(marks(field.words) for field in self.fields.values()))
        return {name: text for name, text in self.attached.items() if name in standing}

    def focused_name(self) -> str | None:
        """The field in which the cursor stands."""
        focused: Widget | None = self.screen.focused
        return focused.name if isinstance(focused, (LineField, TextField)) else None

    def _keep_beside(self, name: str, text: str) -> str:
        number = 1 + sum(key.startswith(f"{name}-") for key in self.attached)
        key = f"{name}-{number}"
        self.attached[key] = text
        return "⟦" + key + _(": {count} characters, kept whole").format(count=f"{len(text):,}") + "⟧"


def cause_choices(playbook: Playbook) -> list[Choice]:
    """The twelve causes by their names in the language in use, found by those of the other as well."""
    other = "en" if language() == "zh_CN" else "zh_CN"
    return [
        Choice(
            cause.value,
            playbook.cause_name(cause, language()),
            cause.code,
            (playbook.cause_name(cause, other),),
        )
        for cause in Cause
    ]
