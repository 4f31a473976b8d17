"""Repeats: whether recent complaints name the same, and whether an open one is the same complaint once more.

Every finding says what it rests on. What is ordinary stays unsaid: goods that many customers buy are named when they
are complained about more than usual, or when somebody was hurt.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from complaint_desk.models.enums import SafetyFlag
from complaint_desk.models.radar import Alike, Duplicate, Echo, SeenTicket, SignKind
from complaint_desk.rules.customer_names import tidy_name
from complaint_desk.rules.phone_tails import SHORTEST_NUMBER, digits_of
from complaint_desk.rules.radar_signs import RadarSign
from complaint_desk.rules.tokens import STEM_SIGN, tokens

DAYS: Mapping[SignKind, int] = {
    SignKind.BATCH: 30,
    SignKind.CODE: 30,
    SignKind.PERSON: 30,
    SignKind.TILL: 7,
    SignKind.PRODUCT: 7,
}
"""So many days back each kind is looked for: the span in which a bad batch or a bad week shows."""
FEWEST: Mapping[SignKind, int] = {
    SignKind.BATCH: 1,
    SignKind.CODE: 1,
    SignKind.PERSON: 1,
    SignKind.TILL: 2,
    SignKind.PRODUCT: 2,
}
"""So many other complaints it takes to say a word."""
MOST_SEEN = 200
"""So many complaints are read for one sign."""
USUAL_DAYS = 28
"""The days before, in which is counted how often goods are complained about as a rule."""
UNUSUAL = 2
"""So many times the usual is worth a word."""
SAME_CALLER_DAYS, SAME_NAME_DAYS, SAME_WORDS_DAYS = 30, 14, 3
"""How old an open ticket may be to be the same: from the same number, of the same name, by its words alone."""
MOST_DUPLICATES = 3
_READ_LIMIT = 4_000
_FEWEST_WORDS = 4
_WEIGHTS: Mapping[Alike, float] = {
    Alike.NUMBER: 0.55,
    Alike.NAME: 0.35,
    Alike.NAMED: 0.2,
    Alike.TIME: 0.1,
}
_ENOUGH = 0.75
_LIKE_ENOUGH = 0.3


class ToldNow(NamedTuple):
    """What the complaint itself tells."""

    received_at: datetime
    number: str | None = None
    """Its ticket, where it is one already."""
    caller: str | None = None
    phone: str | None = None
    """E.164 where it is a telephone number."""
    what: str = ""
    when_at: datetime | None = None


def echo_of(sign: RadarSign, told: ToldNow, seen: Sequence[SeenTicket], usual: float) -> Echo | None:
    """What is worth saying about one sign; `usual` is how many name it in as many days as a rule."""
    days = DAYS[sign.kind]
    since = told.received_at - timedelta(days=days)
    others = [one for one in seen if one.number != told.number and one.received_at >= since]
    injuries = sum(SafetyFlag.INJURY in one.safety for one in others)
    food = sum(SafetyFlag.FOOD_SAFETY in one.safety for one in others)
    if len(others) < (1 if injuries else FEWEST[sign.kind]):
        return None
    if sign.kind is SignKind.PRODUCT and not injuries and len(others) + 1 < UNUSUAL * usual:
        return None
    numbers = tuple(one.number for one in others[:5])
    return Echo(sign.kind, sign.said, len(others), days, injuries, food, numbers, len(seen) >= MOST_SEEN)


def gravest_first(echoes: Iterable[Echo]) -> tuple[Echo, ...]:
    """Echoes with injuries before others, then food safety, then the most telling kind, then the most."""
    kinds = list(SignKind)
    return tuple(
        sorted(
            echoes,
            key=lambda echo: (-echo.injuries, -echo.food_safety, kinds.index(echo.kind), -echo.others),
        )
    )


def duplicates_of(
    told: ToldNow, seen: Iterable[SeenTicket], naming_the_same: Collection[str]
) -> tuple[Duplicate, ...]:
    """The open tickets that may be this complaint once more, the likeliest first.

    `naming_the_same` are the numbers of those that name the same product, batch, till or person.
    """
    words = _words(told.what)
    found: list[tuple[float, Duplicate]] = []
    for one in {one.number: one for one in seen if one.is_open and one.number != told.number}.values():
        likeness = _likeness(words, _words(one.what))
        alike = [reason for reason in _WEIGHTS if _holds(reason, told, one, naming_the_same)]
        weight = likeness + sum(_WEIGHTS[reason] for reason in alike)
        if likeness >= _LIKE_ENOUGH:
            alike.insert(sum(reason in (Alike.NUMBER, Alike.NAME) for reason in alike), Alike.WORDS)
        if weight >= _ENOUGH and abs(told.received_at - one.received_at) <= _reach(alike):
            found.append(
                (
                    weight,
                    Duplicate(
                        one.number,
                        one.received_at,
                        one.caller,
                        one.phone,
                        one.owner,
                        one.what[:200],
                        tuple(alike),
                        round(likeness, 2),
                    ),
                )
            )
    found.sort(key=lambda each: (-each[0], each[1].number))
    return tuple(duplicate for _, duplicate in found[:MOST_DUPLICATES])


def _reach(alike: Collection[Alike]) -> timedelta:
    if Alike.NUMBER in alike:
        return timedelta(days=SAME_CALLER_DAYS)
    return timedelta(days=SAME_NAME_DAYS if Alike.NAME in alike else SAME_WORDS_DAYS)


def _holds(reason: Alike, told: ToldNow, one: SeenTicket, naming_the_same: Collection[str]) -> bool:
    match reason:
        case Alike.NUMBER:
            return _same_number(told.phone, one.phone)
        case Alike.NAME:
            return _same_name(told.caller, one.caller)
        case Alike.NAMED:
            return one.number in naming_the_same
        case _:
            both = told.when_at is not None and one.when_at is not None
            return both and abs(told.when_at - one.when_at) <= timedelta(hours=12)  # type: ignore[operator]


def _same_number(one: str | None, other: str | None) -> bool:
    first, second = (digits_of(number or "").lstrip("0") for number in (one, other))
    short, long = sorted((first, second), key=len)
    return len(short) >= SHORTEST_NUMBER and long.endswith(short)


def _same_name(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    first, second = tidy_name(one), tidy_name(other)
    return (
        bool(first.plain) and first.plain == second.plain and not (first.only_surname or second.only_surname)
    )


def _words(text: str) -> frozenset[str]:
    """What a text is compared by: stems, pairs of Chinese signs, longer numbers."""
    return frozenset(
        token
        for token in tokens(text[:_READ_LIMIT])
        if token.startswith(STEM_SIGN)
        or (len(token) > 1 and not token.isascii())
        or (len(token) > 2 and token.isdigit())
    )


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= _FEWEST_WORDS else 0.0
