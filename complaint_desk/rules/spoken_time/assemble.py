"""From the caller's words to one meaning: find the pieces that tell a time and join those that belong together."""

import re
from dataclasses import replace

from complaint_desk.rules.spoken_time import chinese, digits, english, festivals
from complaint_desk.rules.spoken_time.meaning import Clock, Meaning, Part, Piece
from complaint_desk.rules.spoken_time.plain import has_han

_HAN_RULES = [*digits.RULES, *festivals.RULES[:2], *chinese.RULES]
_LATIN_RULES = [*digits.RULES, *festivals.RULES[2:], *english.RULES]
_ALL_RULES = [*digits.RULES, *festivals.RULES, *chinese.RULES, *english.RULES]

_FURTHEST = 40
"""Characters that may stand between two pieces of one time (上周五…下午三点)."""

_BESIDE = re.compile(
    r"^[ ,的]*(?:at|around|about|on|in|the|by|before|after|like|maybe|or|of)?"
    r"(?: ?(?:about|around|like|the|must have been|it was|i think|probably))? *$|"
    r"^(?:大概|大约|约|差不多|是|在|就|好像|应该)*$"
)
_CORRECTED = re.compile(
    r"不对|不是|错了|说错|记错|哦不|应该是|\bwait\b|\bno\b|\bsorry\b|\bi mean\b|\bactually\b|\brather\b|\bscratch"
)
_DENIED = re.compile(r"(?:(?<!是)不是|并非|\b(?:not|wasn't|isn't)(?: on)?) ?$")
_RANGE = re.compile(r"^ ?(?:到|至|-|to|and|till|until|or) ?$")

_APPOSED = re.compile(r"^[ ,.()是那也]*(?:on |of |the |which was |a |it was )*$")
_DURING = re.compile(r"^[ ,]*(?:期间|假期|长假|放假)?(?:的时候)?[ ,]*$")

_FAMILIES = (
    frozenset(
        ("week", "weekday", "weekdays_back", "year", "years_away", "month", "months_away", "day", "edge")
    ),
    frozenset(("year", "years_away", "festival", "weekday")),
    frozenset(("days", "weekday")),
    frozenset(("days", "moment")),
)
_EXCLUSIVE = (frozenset(("year", "years_away")), frozenset(("month", "months_away")))


def assemble(text: str, *, promised: bool = False) -> tuple[Meaning, tuple[int, int]] | None:
    """The one meaning of a plain text and the stretch of it that tells the time; None when it tells none.

    In a promise "in two hours" needs no company to count.
    """
    pieces = _sure(_pieces(text), text, promised=promised)
    joined: Meaning | None = None
    start = end = 0
    for number, piece in enumerate(pieces):
        between = text[end : piece.start]
        if joined is None:
            if _DENIED.search(text[: piece.start]) and number + 1 < len(pieces):
                continue
            joined, start, end = piece.meaning, piece.start, piece.end
            continue
        if len(between) > _FURTHEST:
            break
        together = _together(joined, piece.meaning, between)
        if together is None:
            break
        joined, end = together, piece.end
    return (joined, (start, end)) if joined is not None else None


def _pieces(text: str) -> list[Piece]:
    """All pieces in their order, none overlapping; where two begin together the earlier rule has it."""
    han = has_han(text)
    latin = re.search(r"[a-z]", text) is not None
    rules = _ALL_RULES if han and latin else _HAN_RULES if han else _LATIN_RULES
    found: list[tuple[int, int, int, Piece]] = []
    for order, (pattern, meaning_of, weak) in enumerate(rules):
        for match in pattern.finditer(text):
            if match.end() > match.start() and (meaning := meaning_of(match)) is not None:
                begin = _begin(match)
                found.append((begin, order, match.end(), Piece(begin, match.end(), meaning, weak)))
    pieces: list[Piece] = []
    for begin, _, _, piece in sorted(found, key=lambda entry: entry[:3]):
        if not pieces or begin >= pieces[-1].end:
            pieces.append(piece)
    return pieces


def _begin(match: re.Match[str]) -> int:
    """Where the time itself begins: after the word that leads to it (by, before, on)."""
    begin = match.end("lead") if match.groupdict().get("lead") else match.start()
    told = match.string[begin : match.end()]
    return match.end() - len(told.lstrip(" ,"))


def _sure(pieces: list[Piece], text: str, *, promised: bool) -> list[Piece]:
    """Drop the weak pieces that stand neither alone nor beside a sure one."""
    kept: list[Piece] = []
    for number, piece in enumerate(pieces):
        if piece.weak and not (promised and piece.meaning.dated()):
            before = pieces[number - 1] if number else None
            after = pieces[number + 1] if number + 1 < len(pieces) else None
            alone = not re.sub(
                r"[\s,.!?吧的了在是就]|\b(?:about|around|like|maybe)\b",
                "",
                text[: piece.start] + text[piece.end :],
            )
            beside = (
                before is not None and not before.weak and _BESIDE.match(text[before.end : piece.start])
            ) or (after is not None and not after.weak and _BESIDE.match(text[piece.end : after.start]))
            if not alone and not beside:
                continue
        kept.append(piece)
    return kept


def _together(said: Meaning, more: Meaning, between: str) -> Meaning | None:
    """Both as one time; None when `more` speaks of another time (a range's end, a later event)."""
    corrected = _CORRECTED.search(between) is not None
    if more.elsewhen or (said.impossible and not corrected):
        return None
    if more.vague:
        return said if said.dated() else said.joined(more)
    if said.dated() == {"moment"} and not said.moment and "moment" in more.dated():
        return more
    if said.festival and more.day and not more.dated() & said.dated() and _DURING.match(between):
        said = said.without_date()
    if _agree(said.dated(), more.dated(), said, more) and not _one_day(said, more, between):
        return None
    if said.week and more.days is not None and re.fullmatch("[ 的]?", between):
        return more.joined(Meaning(days=more.days + 7 * said.week))
    if not _agree(said.dated(), more.dated(), said, more):
        if not corrected:
            return None
        said = Meaning() if more.part or more.clock else said.without_date()
    if said.clock is not None and more.clock is not None and not corrected:
        if _RANGE.match(between):
            return said.joined(Meaning(clock=_half_from_the_end(said.clock, more.clock, said.part)))
        return said if more.dated() else None
    if said.part is not None and more.part is not None and not corrected:
        more = more.without("part")
    return said.joined(more)


def _half_from_the_end(first: Clock, last: Clock, part: Part | None) -> Clock:
    """Between 2 and 4 pm: the beginning takes its half of the day from the end; 11 to 1 pm begins before noon."""
    if first.literal or first.meridiem or part or not last.meridiem:
        return first
    other = "a" if last.meridiem == "p" else "p"
    return replace(first, meridiem=last.meridiem if first.hour % 12 <= last.hour % 12 else other)


def _one_day(said: Meaning, more: Meaning, between: str) -> bool:
    """Whether a weekday belongs to the day said: 20号周五 does, "today and it drops Friday" does not."""
    ours, theirs = said.dated(), more.dated()
    both = ours | theirs
    if (
        not ours
        or not theirs
        or ("weekday" in ours) == ("weekday" in theirs)
        or not both & {"day", "days"}
        or "week" in both
    ):
        return True
    return _APPOSED.match(between) is not None


def _agree(said: frozenset[str], more: frozenset[str], first: Meaning, second: Meaning) -> bool:
    if not said or not more:
        return True
    if said & more:
        return False
    both = said | more
    if any(pair <= both for pair in _EXCLUSIVE):
        return False
    if both == {"days", "moment"}:
        return first.days == 0 or second.days == 0
    return any(both <= family for family in _FAMILIES)
