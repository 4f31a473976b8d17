"""How English callers say which day: the common spoken core. The rarer sayings are the library's."""

import re
from datetime import timedelta

from complaint_desk.models.enums import Precision
from complaint_desk.rules.spoken_time.digits import IMPOSSIBLE, Rule, rule, whole_year
from complaint_desk.rules.spoken_time.english_clock import RULES as CLOCK_RULES
from complaint_desk.rules.spoken_time.festivals import ENGLISH_FESTIVALS
from complaint_desk.rules.spoken_time.meaning import Meaning, Part
from complaint_desk.rules.spoken_time.numbers import ORDINALS, WORDS, alternatives, english_number

_N = rf"(?:\d{{1,4}}|{alternatives(WORDS)})"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_MONTHS = {
    m: n
    for n, m in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}
_WD_SHORT = r"(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)"
_WD_FULL = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAYS = {d: n for n, d in enumerate(["mon", "tue", "wed", "thu", "fri", "sat", "sun"])}
_DAY_PARTS = {
    "morning": Part.MORNING, "afternoon": Part.AFTERNOON, "evening": Part.EVENING, "night": Part.EVENING,
    "noon": Part.NOON, "midday": Part.NOON, "lunchtime": Part.NOON, "dawn": Part.DAWN, "dusk": Part.DUSK,
}  # fmt: skip
_STEP = {"last": -1, "this": 0, "next": 1}
_NOW = Meaning(moment=timedelta(0), moment_precision=Precision.MINUTE)
_PART = r"(?P<part>morning|afternoon|evening|night|noon|midday|lunch ?time|dawn|dusk)"
_BARE_ORDINAL = rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)\b|(?<=the )(?P<dw>{alternatives(ORDINALS)})\b)"
_DAY = rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?|(?P<dw>{alternatives(ORDINALS)})\b)"
_YEAR = r"(?:(?P<y>(?:19|20)\d\d)(?!\d)|'(?P<yy>\d\d)\b|(?P<ya>last|this|next) year\b)"
_UNTIL = r"(?: ?(?:-|to|and|&|till|until|through|or) ?(?:the )?\d{1,2}(?:st|nd|rd|th)?)?"
_AFTER_A_DAY = (
    r"(?= ?(?:$|[,.;!?)-]|(?:at|around|about|in|on|of|i|we|when|between|from|and|to|till|until|or|my|the|she|he|it|"
    r"they|there|your|you|was|is|morning|afternoon|evening|night|last|this|by|before|because|but|so|not|no)\b|"
    r"\d|[\u4e00-\u9fff]))"
)


def _part_of(word: str) -> Part:
    return _DAY_PARTS[word.replace(" ", "")]


def _weekday(said: str) -> int:
    return _WEEKDAYS[said[:3]]


def _ago(found: re.Match[str]) -> Meaning | None:
    """Three days ago, an hour and a half ago, in two hours, two Fridays ago."""
    words = found["n"].removeprefix("a ").strip() if "quarter" in found["n"] else found["n"].strip()
    if words.startswith(("half", "quarter", "three quarters")) and found["unit"].startswith(
        ("h", "year", "month")
    ):
        share = 0.5 if words.startswith("half") else 0.25 if words.startswith("quarter") else 0.75
        amounts = [share]
    else:
        amounts = [_amount(words) + (0.5 if found["half"] or found["half2"] else 0)]
    if found["n2"]:
        amounts.append(_amount(found["n2"]))
    past = found["ago"] is not None
    amount, sign = (max(amounts), -1) if past else (amounts[-1], 1)
    unit = found["unit"]
    if unit[:3] in _WEEKDAYS and unit.endswith(("day", "days")) and unit not in ("day", "days"):
        return Meaning(weekday=_weekday(unit), weekdays_back=int(amount)) if past else None
    if unit.startswith(("min", "h")):
        minutes = int(amount * (1 if unit.startswith("min") else 60))
        exact = unit.startswith("min") or amount != int(amount)
        return Meaning(
            moment=timedelta(minutes=sign * minutes),
            moment_precision=Precision.MINUTE if exact else Precision.HOUR,
        )
    if unit.startswith(("year", "yr")):
        half_years = int(amount * 12) * sign
        return (
            Meaning(years_away=half_years // 12) if half_years % 12 == 0 else Meaning(months_away=half_years)
        )
    if unit.startswith("month"):
        if amount == 0.5:
            return Meaning(days=15 * sign, loose=past)
        return Meaning(months_away=-int(amount)) if past else Meaning(days=int(30 * amount))
    if unit.startswith(("week", "wk", "fortnight")):
        weeks = int(amount) * (2 if unit.startswith("f") else 1)
        return Meaning(week=-weeks) if past else Meaning(days=7 * weeks)
    if unit.startswith(tuple(_DAY_PARTS)):
        return Meaning(days=sign * int(amount), part=_part_of(unit.rstrip("s")))
    return Meaning(days=sign * int(amount))


def _amount(words: str) -> int:
    if re.match(r"(?:a |the )?couple", words):
        return 2
    return 1 if words in ("a", "an", "the") else english_number(words)


def _date(found: re.Match[str]) -> Meaning:
    said = found.groupdict()
    day = int(said["d"]) if said.get("d") else english_number(said["dw"]) if said.get("dw") else None
    if day is not None and not 1 <= day <= 31:
        return IMPOSSIBLE
    month = _MONTHS[said["m"][:3]] if said.get("m") else None
    meaning = Meaning(month=month, day=day)
    if said.get("y") or said.get("yy"):
        meaning = meaning.joined(Meaning(year=whole_year(said.get("y") or said["yy"])))
    elif said.get("ya"):
        meaning = meaning.joined(Meaning(years_away=_STEP[said["ya"]]))
    return meaning


def _edge(found: re.Match[str]) -> Meaning:
    word = found["edge"]
    edge = (
        "start" if word in ("start", "beginning", "early") else "middle" if word.startswith("mid") else "end"
    )
    meaning = Meaning(edge="late" if word == "late" else edge)
    if found["m"]:
        return meaning.joined(_date(found))
    if found["away"]:
        return meaning.joined(Meaning(months_away=_STEP[found["away"]]))
    return meaning


def _named_weekday(found: re.Match[str]) -> Meaning:
    modifier = (found["mod"] or "").strip()
    weekday = _weekday(found["wd"])
    said = found.groupdict()
    if said.get("plural") or modifier in ("every", "each", "a"):
        return Meaning(vague=True)
    if said.get("before_last"):
        return Meaning(week=-2, weekday=weekday)
    if modifier in ("coming", "this coming"):
        return Meaning(weekday=weekday, coming=True)
    week = {"last": -1, "this": 0, "next": 1}.get(modifier)
    return Meaning(week=week, weekday=weekday)


def _day_part(found: re.Match[str]) -> Meaning:
    word = _part_of(found["part"])
    if found["which"] == "this":
        return Meaning(days=0, part=word)
    if found["which"] == "last":
        return Meaning(days=-1, part=Part.LAST_NIGHT if found["part"] == "night" else word)
    return Meaning(days=1, part=word) if found["which"] == "next" else Meaning(vague=True)


def _month_after_a_word(found: re.Match[str]) -> Meaning:
    meaning = _date(found)
    if found["lead"] == "last":
        return meaning.joined(Meaning(not_this=True))
    return meaning.joined(Meaning(years_away=0)) if found["lead"] == "this" else meaning


_SHARE = "(?:half an?|(?:a )?quarter of an|three quarters of an)"
_UNITS = (
    r"minutes?|mins?|hours?|hrs?|h|days?|weeks?|wks?|fortnights?|months?|years?|yrs?|nights?|mornings?|"
    r"afternoons?|evenings?|" + _WD_FULL + "s?"
)
_VAGUE = (
    r"\b(?:(?:a )?few|several|some|many|a number of|lots of) (?:\w+ )?"
    r"(?:minutes|hours|days|weeks|months|years|nights)"
    r"(?: ago| back| earlier)?|\ba (?:long )?(?:while|time) (?:ago|back)|\bages ago|"
    r"\bthe other (?:day|week|night|evening|morning|afternoon|month)|\brecently|\blately|\b(?:one|some) day\b|"
    r"\b(?:every|each) (?:day|week|month|time|night|morning|afternoon|evening|weekend)|\bdaily\b|\bweekly\b|"
    r"\bthat (?:day|week|month|morning|afternoon|evening|night|time)\b|\blast time\b|\bsome ?time ago|\bonce\b|"
    r"\bthe same (?:day|morning|afternoon|evening|night)\b"
)
_BEFORE_MONTH = "(?:in|last|since|during|of|for|this|next|by|around|about|until)"

RULES: list[Rule] = [
    rule(r"\b(?:the )?day before yesterday\b", Meaning(days=-2)),
    rule(r"\b(?:the )?day after tomorrow\b", Meaning(days=2)),
    rule(
        rf"\b(?:the )?day (?P<way>before|after) (?=(?:the )?(?:\d|{_MONTH}|{_WD_FULL}|{ENGLISH_FESTIVALS}))",
        lambda found: Meaning(shift=-1 if found["way"] == "before" else 1),
    ),
    rule(r"\b(?:the )?night before last\b", Meaning(days=-2, part=Part.LAST_NIGHT)),
    rule(r"\b(?:the )?week before last\b", Meaning(week=-2)),
    rule(r"\b(?:the )?week after next\b", Meaning(week=2)),
    rule(r"\b(?:the )?month before last\b", Meaning(months_away=-2)),
    rule(r"\b(?:the )?weekend before last\b", Meaning(week=-2, weekday=5)),
    rule(
        r"\b(?:the )?(?:next|following) (?:day|morning|afternoon|evening)\b|\b(?:a|the) (?:day|week) later\b|"
        r"\b(?:days|weeks) later\b",
        Meaning(elsewhen=True),
    ),
    rule(_VAGUE, Meaning(vague=True)),
    rule(
        rf"(?<![\d.:])\b(?P<n>{_SHARE}|half|(?:a |the )?couple(?: of)?|an?|{_N})"
        rf"(?: ?(?:-|to|or) ?(?P<n2>{_N}))? ?(?P<half>and a half )?(?P<unit>{_UNITS})(?P<half2> and a half)?"
        r"(?: or so)? (?P<ago>ago|back|earlier|before now|prior)\b",
        _ago,
    ),
    rule(
        r"\b(?:in|within)(?: the)?(?: next)? "
        rf"(?P<n>{_SHARE}|(?:a )?couple(?: of)?|an?|the|{_N})"
        rf"(?: ?(?:-|to|or) ?(?P<n2>{_N}))? ?(?P<half>and a half )?(?P<unit>minutes?|mins?|hours?|hrs?|days?|"
        r"weeks?|wks?|fortnights?|months?)(?P<half2> and a half)?\b(?P<ago>(?!))?",
        _ago,
        weak=True,
    ),
    rule(
        rf"\b(?P<n>half an?|(?:a )?couple(?: of)?|an?|{_N})(?: ?(?:-|to|or) ?(?P<n2>{_N}))? ?(?P<half>and a half )?"
        r"(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|months?)(?P<half2> and a half)? from (?:now|today)\b"
        r"(?P<ago>(?!))?",
        _ago,
    ),
    rule(r"\bjust now\b|\ba (?:moment|minute|second) ago\b", _NOW),
    rule(r"\b(?:right )?now\b", _NOW, weak=True),
    rule(
        rf"(?<![\d.:/])\b(?:the )?{_DAY}{_UNTIL}(?:-| of |[ ,]*)(?P<m>{_MONTH})(?:[ ,-]*{_YEAR})?"
        r"(?! ?\d{1,2}(?:st|nd|rd|th)\b)",
        _date,
    ),
    rule(
        rf"\b(?P<m>{_MONTH})[ -]?(?:the )?{_DAY}"
        rf"(?![\d:]|\.\d| ?[ap]\.?m\b| ?o'?clock| people| times)(?:[ ,-]*{_YEAR})?",
        _date,
    ),
    rule(
        rf"\b(?P<edge>start|beginning|early|mid|middle|end|late)(?: in| of|-)? ?(?:the )?(?:(?P<m>{_MONTH})|"
        rf"(?:(?P<away>last|this|next) )?month\b)(?:[ ,]*{_YEAR})?",
        _edge,
    ),
    rule(rf"\b(?P<m>{_MONTH}),?(?: of)? {_YEAR}", _date),
    rule(rf"\b(?P<lead>{_BEFORE_MONTH}) (?!may|mar)(?P<m>{_MONTH})", _month_after_a_word),
    rule(r"\b(?P<lead>in|last|since|of|during) (?P<m>may|march|mar)\b", _month_after_a_word),
    rule(rf"^(?P<m>{_MONTH})(?=$|[,;])", _date),
    rule(
        r"\b(?:(?P<lead>(?:on|by|since|before|until|from) )the |(?:the )?(?!(?:first|second|third)\b(?! of )))"
        rf"{_BARE_ORDINAL}{_UNTIL}{_AFTER_A_DAY}",
        _date,
    ),
    rule(
        rf"\b(?P<mod>(?:this past|this coming|last|past|this|coming|next|every|each|a) )?"
        rf"(?P<wd>{_WD_FULL})(?P<plural>s)?\b"
        r"(?!'s manager)(?P<before_last> before last\b)?",
        _named_weekday,
    ),
    rule(
        rf"(?:\b(?P<mod>last|past|this|next) |(?P<lead>^|\b(?:on|from|since|by|before|until) |, ?))"
        rf"(?P<wd>{_WD_SHORT})\b\.?"
        + _AFTER_A_DAY,
        _named_weekday,
    ),
    rule(r"\b(?P<w>last|this|next) week\b", lambda f: Meaning(week=_STEP[f["w"]])),
    rule(r"\b(?P<w>last|this|next) weekend\b", lambda f: Meaning(week=_STEP[f["w"]], weekday=5)),
    rule(r"\bweekend\b", Meaning(weekday=5)),
    rule(r"\b(?P<w>last|this|next) month\b", lambda f: Meaning(months_away=_STEP[f["w"]])),
    rule(r"\b(?P<w>last|this|next) year\b", lambda f: Meaning(years_away=_STEP[f["w"]])),
    rule(rf"\b(?P<which>this|last|next|that) {_PART}\b(?! shift)", _day_part),
    rule(r"\btonight\b", Meaning(days=0, part=Part.EVENING)),
    rule(r"\bovernight\b", Meaning(part=Part.LAST_NIGHT)),
    rule(r"\byesterday\b", Meaning(days=-1)),
    rule(r"\btoday\b", Meaning(days=0)),
    rule(r"\b(?:tomorrow|tmrw|tmr)\b", Meaning(days=1)),
    *CLOCK_RULES,
    rule(r"\b(?:early|small|wee) hours\b", Meaning(part=Part.DAWN)),
    rule(r"\blate at night\b|\bmiddle of the night\b", Meaning(part=Part.DEEP_NIGHT)),
    rule(
        rf"(?<!good )(?<!nice )(?<!lovely )(?<!whole )(?<!entire )(?<!all )(?<!one )(?<!every )"
        rf"\b{_PART}\b(?! shift| market| staff| manager| cream| bus| tea| guard)",
        lambda found: Meaning(part=_part_of(found["part"])),
    ),
]  # fmt: skip
