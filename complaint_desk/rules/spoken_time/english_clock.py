"""How English callers read the clock: 3pm, half past three, quarter to five, around 8, between 2 and 4 pm."""

import re

from complaint_desk.rules.spoken_time.digits import IMPOSSIBLE, MERIDIEM, Rule, clock, rule
from complaint_desk.rules.spoken_time.meaning import Clock, Meaning, Part
from complaint_desk.rules.spoken_time.numbers import WORDS, alternatives, english_number

_HOUR_WORDS = {word: value for word, value in WORDS.items() if value <= 12}
_H = rf"(?P<h>\d{{1,2}}|{alternatives(_HOUR_WORDS)})"
_H2 = rf"(?P<h2>\d{{1,2}}|{alternatives(_HOUR_WORDS)})"
_MINUTE_WORDS = {word: value for word, value in WORDS.items() if 10 <= value <= 59}
_SPELLED = rf"(?P<spelled>{alternatives(_MINUTE_WORDS)}|(?:oh|o)[ -](?:{alternatives(_HOUR_WORDS)}))"
_TO = r" ?(?:-|to|and|or|till|until|through) ?"
_ABOUT = r"(?:(?:about|around|roughly|approximately|maybe|like|say|some) )*"
_FOLLOWED = (
    r"(?= ?(?:$|[,;!?)]|[.-](?!\d)|(?:yesterday|today|tomorrow|tonight|this|last|on|in the|at|when|and|or|to|till|"
    r"until|i|we|he|she|they|the|my|it|for|because|but|there|that|so|was|sharp|"
    r"(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?)\b(?! a half)|"
    r"[\u4e00-\u9fff]))"
)


def _minute(said: str) -> int:
    said = said.replace("-", " ")
    if said.startswith("o"):
        return english_number(said.split(" ", 1)[1])
    return int(said) if said.isdigit() else english_number(said)


def _shown(found: re.Match[str]) -> Meaning | None:
    said = found.groupdict()
    spelled = said.get("min") or said.get("spelled")
    minute = _minute(spelled) if spelled else None
    if minute is None and said.get("sharp"):
        minute = 0
    shown = clock(english_number(said["h"]), minute, 0, said.get("ap"))
    if shown is None:
        return IMPOSSIBLE if said.get("ap") else None
    return Meaning(clock=shown)


def _relative(found: re.Match[str]) -> Meaning | None:
    """Ten past nine, quarter to five."""
    said = found.groupdict()
    by = 15 if said.get("quarter") else english_number(said["by"])
    hour = english_number(said["h"])
    if not 1 <= hour <= 12 or by > 59:
        return None
    ap = said.get("ap")
    if said.get("rel") in ("past", "after", None):
        return Meaning(clock=Clock(hour, by, meridiem=ap))
    if hour == 12 and ap == "p":
        return Meaning(clock=Clock(11, 60 - by, meridiem="a"))
    return Meaning(clock=Clock(12 if hour == 1 else hour - 1, 60 - by, meridiem=ap))


def _half_past(found: re.Match[str]) -> Meaning | None:
    """Half past three; "half three" is the same to a British ear."""
    hour = english_number(found["h"])
    return Meaning(clock=Clock(hour, 30, meridiem=found.groupdict().get("ap"))) if 1 <= hour <= 12 else None


def _range(found: re.Match[str]) -> Meaning | None:
    """The beginning of a range; it takes the half of the day from the end: 2 to 4 pm, but 11 to 1 pm."""
    first, last, said = english_number(found["h"]), english_number(found["h2"]), found.groupdict()
    half = said.get("ap1") or said.get("ap")
    if half and not said.get("ap1") and first % 12 > last % 12:
        half = "a" if half == "p" else "p"
    shown = clock(first, _minute(found["min"]) if said.get("min") else None, 0, half)
    return Meaning(clock=shown) if shown and last <= 24 else None


_NO_FIGURE_BEFORE = r"(?<![\d:./$£€¥#-])"

_LOOSE_HOUR = rf"{_H}(?:[:. ](?P<min>[0-5]\d)|[ -]{_SPELLED})?(?: ?-?ish)?\b(?P<sharp> sharp)?{_FOLLOWED}"

RULES: list[Rule] = [
    rule(r"\b12(?::00)? noon\b|\btwelve noon\b", Meaning(clock=Clock(12, literal=True))),
    rule(r"\b(?:12 |twelve )?midnight\b", Meaning(clock=Clock(12), part=Part.EVENING)),
    rule(
        rf"{_NO_FIGURE_BEFORE}\b{_H}(?:[:.](?P<min>[0-5]\d))? ?(?:(?P<ap1>[ap])\.? ?m\b\.?)?{_TO}"
        rf"{_H2}(?:[:.][0-5]\d)? ?{MERIDIEM}",
        _range,
    ),
    rule(
        rf"\b(?:between|from) {_H}(?:[:.](?P<min>[0-5]\d))?(?: and | to | ?- ?| till | until ){_H2}\b{_FOLLOWED}",
        _range,
    ),
    rule(rf"{_NO_FIGURE_BEFORE}\b{_H}(?:[:. ](?P<min>[0-5]\d)|[ -]{_SPELLED})? ?{MERIDIEM}", _shown),
    rule(rf"\bhalf(?: |-)?(?:past(?: |-)){_H}\b(?: ?{MERIDIEM})?", _half_past),
    rule(rf"\bhalf {_H}\b{_FOLLOWED}", _half_past),
    rule(
        rf"\b(?P<quarter>quarter) (?P<rel>past|after|to|of|before|till|til) {_H}\b(?: ?{MERIDIEM})?",
        _relative,
    ),
    rule(
        rf"\b(?P<by>\d{{1,2}}|{alternatives(WORDS)})(?: min(?:ute)?s?)? (?P<rel>past|after) {_H}\b(?: ?{MERIDIEM})?",
        _relative,
    ),
    rule(
        rf"(?<!from )(?<!between )\b(?P<by>(?:five|ten|twenty(?:[ -]five)?)(?! min)|"
        rf"(?:\d{{1,2}}|{alternatives(WORDS)})"
        rf"(?= min))(?: min(?:ute)?s?)? (?P<rel>to|of|before|till|til) {_H}\b(?: ?{MERIDIEM})?",
        _relative,
    ),
    rule(rf"{_NO_FIGURE_BEFORE}\b{_H}(?: ?-?ish)? ?o'? ?clock\b(?P<sharp> sharp)?", _shown),
    rule(
        rf"(?P<lead>(?:\b(?:at|around|by|before|after|since|(?<!at )till|until)|@) ?{_ABOUT})"
        rf"{_LOOSE_HOUR}",
        _shown,
    ),
    rule(
        rf"{_NO_FIGURE_BEFORE}\b(?P<lead>{_ABOUT}){_LOOSE_HOUR}",
        _shown,
        weak=True,
    ),
]
