"""The fields of a customer's card, what stands in them, and what was changed in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.cells import cell_len
from textual.geometry import Region

from complaint_desk.locale import N_, _
from complaint_desk.models.customer import LEVELS, Consent, ContactWay, CustomerCard
from complaint_desk.rules.phone import show_phone
from complaint_desk.screens.caller_page import CONSENTS, WAYS
from complaint_desk.widgets.choice_field import Choice, ChoiceField
from complaint_desk.widgets.form import Form, Place
from complaint_desk.widgets.line_field import LineField
from complaint_desk.widgets.text_field import TextField

LABELS = {
    "name": N_("Name"),
    "names": N_("Also"),
    "numbers": N_("Numbers"),
    "address": N_("Address"),
    "contact_way": N_("Prefers"),
    "contact_time": N_("When to ring"),
    "consent": N_("Consent"),
    "level": N_("Level"),
    "notes": N_("Notes"),
}
"""The fields in the order of Tab. `names` and `numbers` hold several, parted by a slash."""
BETWEEN = " / "
CardField = LineField | TextField | ChoiceField


class CustomerForm(Form):
    """Nine fields, each on a line of its own, the notes in what is left."""

    def __init__(self, *, id: str | None = None) -> None:
        self.fields: dict[str, CardField] = {}
        for name in LABELS:
            if name in ("contact_way", "consent", "level"):
                self.fields[name] = ChoiceField(name)
            else:
                self.fields[name] = TextField(name) if name == "notes" else LineField(name)
        super().__init__(self.fields.values(), self._plan, id=id)
        self.before: dict[str, str] = dict.fromkeys(LABELS, "")
        """What stood in each field when the card was read."""
        self.speak()

    def speak(self) -> None:
        """Label everything in the language in use."""
        self._offer("contact_way", [Choice(way.value, _(WAYS[way])) for way in ContactWay])
        self._offer("consent", [Choice(each.value, _(CONSENTS[each])) for each in Consent])
        self._offer("level", [Choice(level, level) for level in LEVELS])
        self.show_labels({name: _(label) for name, label in LABELS.items()})

    def _offer(self, name: str, choices: list[Choice]) -> None:
        field = self.fields[name]
        assert isinstance(field, ChoiceField)
        field.offer(choices)

    def _plan(self, width: int, height: int) -> Mapping[str, Place]:
        label = max(cell_len(words) for words in self.labels.values()) + 3
        room = max(width - label - 2, 8)
        places = {}
        for y, name in enumerate(LABELS):
            lines = max(height - y, 2) if name == "notes" else 1
            places[name] = Place(Region(1 + label, y, room, lines), 1)
        return places

    def put(self, card: CustomerCard, region: str) -> None:
        """Fill every field from the card."""
        words = {
            "name": card.name,
            "names": BETWEEN.join(name for name in card.names if name != card.name),
            "numbers": BETWEEN.join(show_phone(number, region) for number in card.numbers),
            "address": card.address,
            "contact_way": card.contact_way and card.contact_way.value,
            "contact_time": card.contact_time,
            "consent": card.consent and card.consent.value,
            "level": card.level,
            "notes": card.notes,
        }
        for name, field in self.fields.items():
            field.words = words[name] or ""
        self.before = self.words()

    def words(self) -> dict[str, str]:
        """What stands in every field."""
        return {name: field.words for name, field in self.fields.items()}

    def decide(self) -> None:
        """Settle the choice fields, as leaving them would."""
        for field in self.fields.values():
            if isinstance(field, ChoiceField) and field.has_focus:
                field.decide()

    @property
    def changed(self) -> bool:
        """Whether anything differs from the card as it was read."""
        return self.words() != self.before

    def changes(self) -> Iterator[dict[str, str | None]]:
        """What to change on the card, by act: all the fields with one value together with one of each list."""
        now = self.words()
        single: dict[str, str | None] = {
            name: now[name].strip() or None
            for name in LABELS
            if name not in ("names", "numbers") and now[name] != self.before[name]
        }
        listed: list[tuple[str, str]] = []
        for field, kind in (("names", "name"), ("numbers", "number")):
            old, new = (_parted(words[field]) for words in (self.before, now))
            listed += [(f"{kind}_removed", each) for each in old if each not in new]
            listed += [(f"{kind}_added", each) for each in new if each not in old]
        first: dict[str, str | None] = single
        for key, value in listed:
            if key in first:
                yield first
                first = {}
            first[key] = value
        if first:
            yield first


def _parted(words: str) -> list[str]:
    return [part.strip() for part in words.replace("／", "/").split("/") if part.strip()]
