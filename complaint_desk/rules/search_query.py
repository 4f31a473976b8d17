"""Reads what a person types into a search: words, "phrases", -exclusions, beginnings*, and fields such as late:yes.

Nothing typed can break it: what makes no sense is refused with a code, all else becomes tokens and facts.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from complaint_desk.models.search import SearchQuery, Term
from complaint_desk.rules.local_time import instant_of
from complaint_desk.rules.search_document import fact
from complaint_desk.rules.search_fields import CLOSED_FIELDS, DATES, NO, TEXT_FIELDS, YES, field_named
from complaint_desk.rules.search_terms import join_numbers, term
from complaint_desk.rules.spoken_time import read_future_time, read_spoken_time
from complaint_desk.rules.tokens import fold, legible

LONGEST = 500
"""Characters of a search."""
MOST_ITEMS = 24
"""Words, phrases and fields of a search."""

_ITEM = re.compile(
    r"(?P<minus>[-－]+(?=\S))?(?:(?P<field>[A-Za-z_]+|[\u4e00-\u9fff]{1,4})[:：](?!//))?"
    r"(?:[\"“”＂「『](?P<phrase>[^\"“”＂」』]*)[\"“”＂」』]?|(?P<word>[^\s\"“”＂「」『』]+))?"
)
_STARS = "*＊"


class QueryFault(StrEnum):
    """Why a search cannot be made."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    UNKNOWN_FIELD = "unknown_field"
    EMPTY_FIELD = "empty_field"
    UNKNOWN_VALUE = "unknown_value"
    UNREADABLE_DATE = "unreadable_date"
    NOT_EXCLUDABLE = "not_excludable"


class QueryRefused(ValueError):
    """A search that makes no sense: the fault, the field and the value it is about, and what could stand there."""

    def __init__(
        self, fault: QueryFault, field_name: str = "", value: str = "", choices: tuple[str, ...] = ()
    ) -> None:
        super().__init__(fault)
        self.fault, self.field_name, self.value, self.choices = fault, field_name, value, choices


def _nothing(_field: str) -> Mapping[str, str]:
    return {}


def _nobody() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class QueryContext:
    """What the reading of a search depends on besides its words."""

    now: datetime
    zone: ZoneInfo
    names_of: Callable[[str], Mapping[str, str]] = _nothing
    """For a closed field, further names of its values, folded; asked only where a value is none of its own."""
    owners: Callable[[], Mapping[str, str]] = _nobody
    """Ids of the staff by folded name; asked only where an owner is named."""


class _Item(NamedTuple):
    minus: bool
    field: str | None
    text: str
    quoted: bool


def read_query(text: str, context: QueryContext) -> SearchQuery:
    """What a person asks for. Raises QueryRefused, and nothing else, whatever the text is."""
    if len(text) > LONGEST:
        raise QueryRefused(QueryFault.TOO_LONG)
    query, wanted, unwanted = SearchQuery(), list[Term](), list[Term]()
    facts: dict[str, tuple[str, ...]] = {}
    for position, item in enumerate(_items(legible(text)), start=1):
        if position > MOST_ITEMS:
            raise QueryRefused(QueryFault.TOO_MANY)
        if item.field is None or item.field in TEXT_FIELDS:
            column = TEXT_FIELDS[item.field] if item.field else None
            found = term(item.text.rstrip(_STARS), column, item.quoted, item.text[-1:] in tuple(_STARS))
            if found is not None:
                (unwanted if item.minus else wanted).append(found)
            elif item.field:
                raise QueryRefused(QueryFault.EMPTY_FIELD, item.field)
        elif item.field in DATES:
            query = _dated(query, item, context)
        elif item.field == "late":
            query = replace(query, late=_yes_or_no(item) is not item.minus)
        else:
            named = _facts(item, context)
            if item.minus:
                query = replace(query, unwanted_facts=(*query.unwanted_facts, *named))
            else:
                facts[item.field] = (*facts.get(item.field, ()), *named)
    query = replace(query, wanted=join_numbers(wanted), unwanted=tuple(unwanted), facts=tuple(facts.values()))
    if query == SearchQuery():
        raise QueryRefused(QueryFault.EMPTY)
    return query


def _items(text: str) -> Iterator[_Item]:
    """The items of a search; a sign that opens nothing is passed over."""
    at = 0
    while at < len(text):
        found = _ITEM.match(text, at)
        if found is None or not found.group():
            at += 1
            continue
        at = found.end()
        name = found["field"]
        said = found["phrase"] if found["phrase"] is not None else found["word"] or ""
        if name is not None:
            known = field_named(fold(name))
            if known is None and name.isascii():
                raise QueryRefused(QueryFault.UNKNOWN_FIELD, value=name)
            if known is None:
                said = f"{name}:{said}"
            elif not said.strip():
                raise QueryRefused(QueryFault.EMPTY_FIELD, known)
            name = known
        yield _Item(bool(found["minus"]), name, said.strip(), found["phrase"] is not None)


def _dated(query: SearchQuery, item: _Item, context: QueryContext) -> SearchQuery:
    if item.minus:
        raise QueryRefused(QueryFault.NOT_EXCLUDABLE, item.field or "")
    at = _day(item.text, context)
    if item.field == "after":
        return replace(query, after=max(at, query.after or at))
    return replace(query, before=min(at, query.before or at))


def _day(said: str, context: QueryContext) -> datetime:
    """The beginning of the day, week or month that is meant."""
    try:
        day = date.fromisoformat(fold(said).replace("/", "-").replace(".", "-"))
        return instant_of(datetime(day.year, day.month, day.day), context.zone)  # noqa: DTZ001
    except (ValueError, ArithmeticError):
        pass
    try:
        read = read_spoken_time(said, context.now, context.zone)
        future = read.doubt == "after_receipt"
        at = read_future_time(said, context.now, context.zone).at if future else read.at
    except (ValueError, ArithmeticError):
        at = None
    if at is None:
        raise QueryRefused(QueryFault.UNREADABLE_DATE, value=said)
    return at


def _yes_or_no(item: _Item) -> bool:
    said = fold(item.text)
    if said not in YES and said not in NO:
        raise QueryRefused(QueryFault.UNKNOWN_VALUE, item.field or "", item.text, ("yes", "no"))
    return said in YES


def _facts(item: _Item, context: QueryContext) -> tuple[str, ...]:
    """The facts of which one must be true."""
    name, said = item.field or "", fold(item.text)
    if name == "store":
        return (fact(name, item.text),)
    if name == "owner":
        ids = _owners(said, owners := context.owners())
        if not ids:
            raise QueryRefused(QueryFault.UNKNOWN_VALUE, name, item.text, tuple(owners))
        return tuple(fact(name, one.replace("-", "")) for one in ids)
    choices = CLOSED_FIELDS[name]
    if name == "severity" and said.endswith("+") and said[:-1] in choices:
        return tuple(fact(name, value) for value in choices if value >= said[:-1])
    value = said.replace(" ", "_").replace("-", "_")
    if value not in choices:
        value = context.names_of(name).get(said, value)
    if value not in choices:
        raise QueryRefused(QueryFault.UNKNOWN_VALUE, name, item.text, choices)
    return (fact(name, value),)


def _owners(said: str, owners: Mapping[str, str]) -> tuple[str, ...]:
    if said in owners:
        return (owners[said],)
    return tuple(dict.fromkeys(of for name, of in owners.items() if said in name))
