"""What could stand next in a search: its fields, or the values of the field that is being written."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from complaint_desk.desk.finding.search_words import FIELD_NAMES
from complaint_desk.desk.ticket_names import STATUS_NAMES
from complaint_desk.locale import _, language
from complaint_desk.models.enums import Cause, Channel, ComplainantType
from complaint_desk.playbook.loader import Playbook
from complaint_desk.rules.search_fields import field_named
from complaint_desk.rules.tokens import fold, legible


class SearchOffers(NamedTuple):
    """What could stand for the word that is being written."""

    begun: str
    """The search up to that word."""
    choices: tuple[str, ...]
    """Whole words to stand there, those that fit best first."""
    about: str = ""
    """The field whose values they are, as written; empty where they are fields."""


def offers(text: str, playbook: Playbook, staff: Callable[[], Sequence[str]]) -> SearchOffers:
    """What could stand for the last word of a search; `staff` gives the names of those who work at the desk."""
    word = "" if text[-1:].isspace() else (text.split() or [""])[-1]
    begun = text[: len(text) - len(word)]
    sign = word[: len(word) - len(word.lstrip("-－"))]
    word = word[len(sign) :]
    name, colon, value = word.replace("：", ":").partition(":")
    field = field_named(fold(legible(name))) if colon else None
    if field is not None:
        written = f"{sign}{name}:"
        values = (_quoted(each) for each in _values(field, playbook, staff))
        return SearchOffers(begun + written, _fitting(values, value.strip('"“”')), f"{name}:")
    names = [_(shown) for shown in FIELD_NAMES.values()]
    beginning = [shown for shown in names if word and fold(shown).startswith(fold(word))]
    return SearchOffers(begun + sign, tuple(beginning or names))


def completed(offered: SearchOffers) -> str | None:
    """The search with its last word completed, where one choice alone stands out; None where none does."""
    if not offered.choices:
        return None
    choice = offered.choices[0]
    return offered.begun + choice + ("" if choice.endswith(":") else " ")


def _quoted(value: str) -> str:
    return f'"{value}"' if any(sign.isspace() for sign in value) else value


def _fitting(values: Iterable[str], begun: str) -> tuple[str, ...]:
    plain, every = fold(legible(begun)), list(values)
    first = [value for value in every if fold(value).lstrip('"').startswith(plain)]
    return tuple(first + [value for value in every if plain in fold(value) and value not in first])


def _values(field: str, playbook: Playbook, staff: Callable[[], Sequence[str]]) -> Sequence[str]:
    speech = language()
    match field:
        case "type":
            return [playbook.type_short(kind, speech) for kind in ComplainantType]
        case "cause":
            return [f"{cause.code}" for cause in Cause]
        case "channel":
            return [playbook.channel_name(channel, speech) for channel in Channel]
        case "status":
            return [_(word) for word in STATUS_NAMES.values()]
        case "severity":
            return ["4", "3+", "2+", "1"]
        case "late":
            return [_("yes"), _("no")]
        case "owner":
            return [_("me"), *staff()]
        case "after" | "before":
            return [_("today"), _("yesterday"), _("last week"), _("last month")]
        case _:
            return []
