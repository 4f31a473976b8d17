"""Proposes what each column of a file becomes, from its heading and from what its cells look like."""

from collections.abc import Mapping, Sequence
from datetime import date

from complaint_desk.models.enums import Channel, Severity, TicketStatus
from complaint_desk.models.importing import CHOSEN, ColumnMap, OrderAsked, Target
from complaint_desk.rules.importing.columns import ColumnSeen
from complaint_desk.rules.importing.date_orders import OrderReason
from complaint_desk.rules.importing.dates import DateOrder
from complaint_desk.rules.importing.heading_words import WORDS
from complaint_desk.rules.importing.value_words import meaning_of
from complaint_desk.rules.importing.words import folded

Names = Mapping[Target, Mapping[str, str]]
"""For closed lists: the folded names that the playbook knows, with what they stand for."""

_EXACT, _HELD, _BY_VALUES = 100.0, 50.0, 20.0
_SURE = 85.0
"""The least score of a heading that is a word of its own."""
_MOSTLY = 0.8
_SINGLE = tuple(target for target in Target if target not in (Target.ASIDE, Target.WHERE, Target.DROPPED))
_NEEDED = (Target.WHAT, Target.RECEIVED)
OTHERWISE: Mapping[Target, str] = {
    Target.STATUS: TicketStatus.OPEN.value,
    Target.CHANNEL: Channel.PHONE.value,
    Target.SEVERITY: str(int(Severity.ORDINARY)),
}
"""What a value stands for that is not known; causes and types stay open then."""


def propose(headings: Sequence[str], seen: Sequence[ColumnSeen], names: Names) -> tuple[ColumnMap, ...]:
    """What each column becomes, the likeliest first come; what is not understood is kept aside."""
    scored = sorted(
        (
            (score, -place, target)
            for place, (heading, column) in enumerate(zip(headings, seen, strict=True))
            for target in (*_SINGLE, Target.WHERE, Target.DROPPED)
            if (score := _score(target, folded(heading), column, names)) > 0
        ),
        reverse=True,
    )
    chosen: dict[int, Target] = {}
    taken: set[Target] = set()
    for _score_of, place, target in scored:
        if -place not in chosen and (target not in taken or target in (Target.WHERE, Target.DROPPED)):
            chosen[-place] = target
            taken.add(target)
    if Target.WHAT not in taken:
        _longest_text(chosen, seen)
    return tuple(
        _column(heading, chosen.get(place, Target.ASIDE), seen[place], names)
        for place, heading in enumerate(headings)
    )


def missing(columns: Sequence[ColumnMap]) -> tuple[Target, ...]:
    """What a ticket cannot do without, and no column becomes."""
    there = {column.to for column in columns}
    return tuple(target for target in _NEEDED if target not in there)


def with_values(column: ColumnMap, seen: ColumnSeen, names: Names) -> ColumnMap:
    """The column with a meaning for every value of a closed list that it holds and that has none yet."""
    if column.to not in CHOSEN:
        return ColumnMap(column.heading, column.to, column.order)
    found = {
        value: meaning
        for value in seen.values
        if (meaning := meaning_of(column.to, value, names.get(column.to, {}))) is not None
    }
    return ColumnMap(column.heading, column.to, None, {**found, **column.values})


def with_orders(
    columns: Sequence[ColumnMap], seen: Sequence[ColumnSeen], latest: date, told: DateOrder | None = None
) -> tuple[tuple[ColumnMap, ...], tuple[OrderAsked, ...]]:
    """The columns with the order of their dates, and those of which a person must tell it."""
    decided: list[ColumnMap] = []
    asked: list[OrderAsked] = []
    for place, (column, of) in enumerate(zip(columns, seen, strict=True)):
        if column.to not in (Target.RECEIVED, Target.WHEN) or column.order or not of.dates.dates:
            decided.append(column)
            continue
        order = of.dates.decide(latest)
        if order.order is None and told is None and column.to is Target.RECEIVED:
            examples = tuple(
                (str(each), cell) for each, cell in zip(order.could_be, order.examples, strict=True)
            )
            asked.append(OrderAsked(place, column.heading, order.reason is OrderReason.BOTH, examples))
        if of.dates.share < _MOSTLY and column.to is Target.WHEN:
            decided.append(column)
            continue
        chosen = order.order or told
        decided.append(ColumnMap(column.heading, column.to, str(chosen) if chosen else None, column.values))
    return tuple(decided), tuple(asked)


def _column(heading: str, target: Target, seen: ColumnSeen, names: Names) -> ColumnMap:
    return with_values(ColumnMap(heading, target), seen, names)


def _score(target: Target, heading: str, seen: ColumnSeen, names: Names) -> float:
    score = _heading_score(target, heading)
    if not seen.cells:
        return score if target is Target.DROPPED else 0.0
    match target:
        case Target.RECEIVED:
            written = (seen.dates.dates - seen.dates.bare) / max(seen.dates.cells, 1)
            if score:
                return score if seen.dates.share >= _MOSTLY else 0.0
            return _BY_VALUES * written if written >= 0.9 else 0.0
        case Target.RECEIVED_TIME:
            return score if seen.share(seen.times) >= _MOSTLY else 0.0
        case Target.RECORD:
            return score if seen.distinct >= 0.99 and seen.length <= 40 else 0.0
        case Target.PHONE:
            phones = seen.share(seen.phones)
            if score:
                return score if phones >= 0.3 or (score >= _SURE and seen.length <= 30) else 0.0
            return _BY_VALUES if phones >= 0.9 and seen.distinct > 0.3 and seen.length >= 8 else 0.0
        case Target.STATUS | Target.CHANNEL | Target.CAUSE | Target.TYPE | Target.SEVERITY:
            known = _known(target, seen, names)
            if score:
                return score if known >= 0.3 else 0.0
            by_values = target in (Target.STATUS, Target.CHANNEL) and known >= 0.9 and len(seen.values) > 1
            return _BY_VALUES if by_values and not _yes_or_no(seen) else 0.0
        case Target.WHERE:
            return score if _known(Target.STATUS, seen, names) < 0.9 else 0.0
        case Target.WHAT:
            told = score >= _SURE or (score and seen.length >= 4)
            return score + min(seen.length, 200) / 10 if told else 0.0
        case Target.CALLER | Target.OWNER | Target.WHO:
            return score if seen.length <= 60 and seen.share(seen.numbers) < 0.5 else 0.0
        case _:
            return score


def _heading_score(target: Target, heading: str) -> float:
    words = WORDS.get(target, ())
    if heading in words:
        return _EXACT - words.index(heading) / 10
    held = [word for word in words if _holds(heading, word)]
    return _HELD + max(map(len, held)) if held else 0.0


def _holds(heading: str, word: str) -> bool:
    if len(word) < 2 or word in _TOO_COMMON:
        return False
    return f" {word} " in f" {heading} " if word.isascii() else word in heading


_TOO_COMMON = frozenset(
    {"id", "no", "number", "from", "name", "via", "how", "who", "what", "市", "省", "区", "内容", "level"}
)


def _known(target: Target, seen: ColumnSeen, names: Names) -> float:
    """The share of cells whose value stands for something known."""
    if not seen.is_a_list:
        return 0.0
    of = names.get(target, {})
    known = sum(count for value, count in seen.values.items() if meaning_of(target, value, of) is not None)
    return known / sum(seen.values.values())


def _yes_or_no(seen: ColumnSeen) -> bool:
    return {folded(value) for value in seen.values} <= {"yes", "no", "y", "n", "是", "否", "true", "false"}


def _longest_text(chosen: dict[int, Target], seen: Sequence[ColumnSeen]) -> None:
    free = [place for place in range(len(seen)) if place not in chosen and seen[place].length >= 10]
    if free:
        chosen[max(free, key=lambda place: seen[place].length)] = Target.WHAT
