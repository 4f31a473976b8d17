"""What a person may write on a customer's card, checked before it is kept."""

from collections.abc import Mapping

from complaint_desk.locale import _
from complaint_desk.models.customer import CARD_CHOICES, CARD_FIELDS, LEVELS, CustomerCard
from complaint_desk.models.errors import FieldRefused
from complaint_desk.models.forms import LINE_LIMIT, TEXT_LIMIT, can_be_kept
from complaint_desk.rules.customers import LISTED, number_key, told_name
from complaint_desk.rules.masks import COVERED
from complaint_desk.rules.phone import read_phone


def card_changes(
    card: CustomerCard, changes: Mapping[str, str | None], region: str
) -> list[tuple[str, str | None, str | None]]:
    """The field, the old and the new value of each change that makes a difference, in the card's order.

    Besides the card's own fields, `number_added`, `number_removed`, `name_added` and `name_removed` put one value on
    the card or take it off. Raises FieldRefused for a field no card has, or a value it cannot hold.
    """
    for name in changes:
        if name not in (*CARD_FIELDS, *LISTED):
            raise FieldRefused(
                name,
                _("A card has no field {field}. It has: {fields}. Nothing was written.").format(
                    field=name, fields=", ".join((*CARD_FIELDS, *LISTED))
                ),
            )
    found: list[tuple[str, str | None, str | None]] = []
    for name in (*CARD_FIELDS, *LISTED):
        if name not in changes:
            continue
        if name in LISTED:
            found += _listed(card, name, changes[name], region)
        elif (new := _value(name, changes[name])) != (old := getattr(card, name)):
            found.append((name, old, new))
    return found


def _value(name: str, told: str | None) -> str | None:
    value = (told or "").strip()
    if not value:
        return None
    if name == "name" and COVERED in value:
        raise FieldRefused(
            name, _("This is masked. Look at the whole of it first, then correct it. Nothing was written.")
        )
    if name in CARD_CHOICES:
        return _one_of(name, value.lower(), tuple(CARD_CHOICES[name]))
    if name == "level":
        return _one_of(name, value.upper(), LEVELS)
    limit = TEXT_LIMIT if name == "notes" else LINE_LIMIT
    if len(value) > limit or not can_be_kept(value):
        raise FieldRefused(
            name, _("It is too long, or holds a character that is not text. Nothing was written.")
        )
    return value


def _one_of(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise FieldRefused(
            name, _("It can be: {choices}. Nothing was written.").format(choices=", ".join(choices))
        )
    return value


def _listed(
    card: CustomerCard, name: str, told: str | None, region: str
) -> list[tuple[str, str | None, str | None]]:
    kind, _sign, what = name.partition("_")
    value = _value("name", told)
    kept = None
    if value is not None:
        kept = number_key(read_phone(value, region).e164 or value) if kind == "number" else told_name(value)
    if kept is None:
        raise FieldRefused(
            name,
            _("That is no telephone number anybody could be known by. Nothing was written.")
            if kind == "number"
            else _("That is no name. Nothing was written."),
        )
    there = kept in (card.numbers if kind == "number" else card.names)
    if there == (what == "added"):
        return []
    if what == "removed" and kind == "name" and kept == card.name and len(card.names) > 1:
        raise FieldRefused(
            name, _("The card is shown by this name. Choose another one first. Nothing was written.")
        )
    return [(name, None, kept)]
