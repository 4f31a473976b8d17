"""How a customer's card follows from the acts on it and from what was told in the tickets linked to it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from complaint_desk.models.customer import CardLine, Consent, ContactWay, CustomerCard, Hold, LinkedBy
from complaint_desk.models.enums import Act
from complaint_desk.models.event import Event
from complaint_desk.rules.customer_names import fullest, same_person, tidy_name
from complaint_desk.rules.erased_words import as_erased
from complaint_desk.rules.phone_tails import LONGEST_NUMBER, SHORTEST_NUMBER, digits_of

CARD_ACTS = frozenset(
    {
        Act.CUSTOMER_CHANGED,
        Act.CUSTOMER_MERGED,
        Act.CUSTOMER_UNDONE,
        Act.CUSTOMER_HELD,
        Act.CUSTOMER_RELEASED,
        Act.CUSTOMER_ERASED,
        Act.WORDS_ERASED,
    }
)
"""Acts on a card; they belong to no ticket."""
UNDOABLE_ON_CARD = frozenset({Act.CUSTOMER_CHANGED, Act.CUSTOMER_MERGED})
"""What can be taken back; a hold is released, and nothing undoes an erasure."""
LISTED = ("number_added", "number_removed", "name_added", "name_removed")
"""Changes to the names and numbers of a card, besides those that tickets tell."""

_E164 = re.compile(r"^\+[1-9]\d{5,14}$")
_NOT_TOLD = frozenset(
    (
        *("匿名", "不详", "未知", "无名", "保密", "不愿透露", "不愿说", "无", "没说", "先生", "女士", "小姐"),
        *("匿名来电", "匿名顾客", "不愿留名", "拒绝透露", "某", "顾客", "客人", "客户", "女顾客", "男顾客"),
        *("anonymous", "unknown", "withheld", "none", "n/a", "na", "not given", "no name", "private"),
    )
)


def number_key(phone: str | None) -> str | None:
    """A telephone number as cards keep it; None where it is hidden, or no number anybody could be known by."""
    if not phone:
        return None
    if _E164.match(phone):
        return phone
    digits = digits_of(phone)
    if not SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER or len(set(digits)) == 1:
        return None
    return digits


def told_name(caller: str | None) -> str | None:
    """The name as a card keeps it; None where the caller gave none (匿名, unknown)."""
    if not caller or not (plain := tidy_name(caller).plain):
        return None
    return None if plain in _NOT_TOLD else " ".join(caller.split())


class Told(NamedTuple):
    """Caller and telephone as they stand on a ticket."""

    caller: str | None
    phone: str | None


class Known(NamedTuple):
    """A card that has the number asked for."""

    id: str
    names: tuple[str, ...]


class Match(NamedTuple):
    """Whose a ticket is; no id where it is somebody new."""

    customer_id: str | None
    by: LinkedBy


def whose(name: str | None, number: str | None, on_number: Sequence[Known]) -> Match | None:
    """Who is calling, from number and name as cards keep them; None where neither was told.

    The same number and a name that may be the same person's is the same person. A name alone never is: there are too
    many of each. `on_number` are the cards that have this number.
    """
    if number is None or not on_number:
        return Match(None, LinkedBy.NEW) if name or number else None
    nameless = [known for known in on_number if not known.names]
    if name is None:
        if nameless or len(on_number) == 1:
            return Match((nameless or on_number)[0].id, LinkedBy.NUMBER)
        return Match(None, LinkedBy.NEW_ON_NUMBER)
    plain = tidy_name(name).plain
    exact = [known for known in on_number if any(tidy_name(one).plain == plain for one in known.names)]
    alike = [known for known in on_number if any(same_person(name, one) for one in known.names)]
    for found in (_never_against(name, exact), alike):
        if len(found) == 1:
            return Match(found[0].id, LinkedBy.NUMBER_AND_NAME)
    if not alike and nameless:
        return Match(nameless[0].id, LinkedBy.NUMBER)
    return Match(None, LinkedBy.NEW_ON_NUMBER)


def _never_against(name: str, exact: Sequence[Known]) -> list[Known]:
    """王先生 is not 王女士, though both are 王."""
    return [known for known in exact if any(same_person(name, one) for one in known.names)]


@dataclass(slots=True)
class OwnActs:
    """What the acts on one customer say by themselves, whatever card it stands on."""

    values: dict[str, str | None] = field(default_factory=dict)
    listed: dict[tuple[str, str], bool] = field(default_factory=dict)
    """Names and numbers that were put on the card (true) or taken off it."""
    merged_into: str | None = None
    holds: list[tuple[str, Hold]] = field(default_factory=list)
    erased_at: datetime | None = None
    history: list[CardLine] = field(default_factory=list)


def own_acts(customer_id: str, events: Iterable[Event], names: Mapping[str, str]) -> OwnActs:
    """What these acts, in their order, come to; `names` gives staff by id."""
    events = as_erased(list(events))
    undone = {event.fields["undoes"] for event in events if event.act is Act.CUSTOMER_UNDONE}
    own = OwnActs()
    for event in events:
        own.history.append(_line(event, names, event.id in undone))
        if event.id not in undone:
            _apply(own, customer_id, event, names)
    return own


def _apply(own: OwnActs, customer_id: str, event: Event, names: Mapping[str, str]) -> None:
    fields, words = event.fields, event.words or {}
    match event.act:
        case Act.CUSTOMER_CHANGED if event.words is not None:
            name = fields["field"]
            if name in LISTED:
                kind, _, what = name.partition("_")
                own.listed[kind, words["new"]] = what == "added"
            else:
                own.values[name] = words["new"]
        case Act.CUSTOMER_MERGED if fields["merged"] == customer_id:
            own.merged_into = fields["customer"]
        case Act.CUSTOMER_MERGED:
            own.values.update(words.get("values", {}))
        case Act.CUSTOMER_HELD:
            hold = Hold(words.get("text", ""), names.get(event.by, ""), event.happened_at)
            own.holds.append((event.id, hold))
        case Act.CUSTOMER_RELEASED:
            own.holds.clear()
        case Act.CUSTOMER_ERASED:
            own.values.clear()
            own.listed.clear()
            own.erased_at = event.happened_at


def _line(event: Event, names: Mapping[str, str], undone: bool) -> CardLine:
    words = event.words or {}
    return CardLine(
        event_id=event.id,
        act=event.act,
        by=names.get(event.by, ""),
        at=event.happened_at,
        field_name=event.fields.get("field"),
        old=words.get("old"),
        new=words.get("new"),
        text=words.get("text"),
        other=event.fields.get("merged"),
        undone=undone,
    )


def card_of(
    card_id: str, acts: Mapping[str, OwnActs], told: Iterable[Told], last_at: datetime | None
) -> CustomerCard:
    """The card of a customer with all who were merged into it.

    `acts` holds the acts of each of them, its own among them, `told` what stands on their tickets, `last_at` when the
    last of these was received.
    """
    own = acts[card_id]
    told = list(told)
    names = {name for one in told if (name := told_name(one.caller))}
    numbers = {number for one in told if (number := number_key(one.phone))}
    for member in (*(acts[one] for one in sorted(acts) if one != card_id), own):
        for (kind, value), there in member.listed.items():
            among = names if kind == "name" else numbers
            (among.add if there else among.discard)(value)
    shown = own.values.get("name")
    if shown:
        names.add(shown)
    first = shown or fullest(names)
    holds = [hold for member in acts.values() for _, hold in member.holds]
    values: dict[str, Any] = {
        name: own.values.get(name) for name in ("address", "contact_time", "level", "notes")
    }
    return CustomerCard(
        id=card_id,
        name=first,
        names=tuple(sorted(names, key=lambda name: (name != first, name))),
        numbers=tuple(sorted(numbers)),
        contact_way=_chosen(ContactWay, own.values.get("contact_way")),
        consent=_chosen(Consent, own.values.get("consent")),
        members=tuple(sorted(acts)),
        hold=min(holds, key=lambda hold: hold.at, default=None),
        last_at=last_at,
        erased_at=own.erased_at,
        history=tuple(
            sorted(
                {line.event_id: line for member in acts.values() for line in member.history}.values(),
                key=lambda line: line.event_id,
            )
        ),
        **values,
    )


def groups(pointers: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Customers by the card they stand on; `pointers` tell into whom each was merged."""
    cards: dict[str, list[str]] = {}
    for one in pointers:
        top, seen = one, {one}
        while (above := pointers.get(top)) is not None and above not in seen:
            top = above
            seen.add(top)
        cards.setdefault(top, []).append(one)
    return cards


def _chosen(kind: Any, value: str | None) -> Any:
    return kind(value) if value else None
