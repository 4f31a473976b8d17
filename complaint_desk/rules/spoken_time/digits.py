"""Times written in figures, the same in both languages: dates, ISO instants, clocks."""

import re
from collections.abc import Callable
from datetime import datetime

from complaint_desk.rules.spoken_time.meaning import Clock, Meaning

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], Meaning | None], bool]
"""A pattern, what a match of it means (None: nothing after all), and whether it is weak."""

IMPOSSIBLE = Meaning(impossible=True)
MERIDIEM = r"(?P<ap>[ap])(?:\.? ?m\b\.?)"
_TIME = r"(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?"
_OF_MONEY = r"(?!\d|\.\d| ?(?:[%元块折斤倍米克升万个件公千年]|kg|km|cm|ml|dollars|yuan|rmb|euros?|pounds))"


def rule(
    pattern: str, meaning: Callable[[re.Match[str]], Meaning | None] | Meaning, *, weak: bool = False
) -> Rule:
    """A rule whose letters, digits and word borders are ASCII, so that 昨天3pm has a border before the 3."""
    compiled = re.compile(pattern, re.ASCII)
    if isinstance(meaning, Meaning):
        fixed = meaning
        return compiled, lambda _: fixed, weak
    return compiled, meaning, weak


def whole_year(said: str) -> int:
    """A year of two figures is of this century."""
    return int(said) + 2000 if len(said) == 2 else int(said)


def clock(hour: int, minute: int | None = None, second: int = 0, meridiem: str | None = None) -> Clock | None:
    """A clock reading; None for one that no clock shows."""
    if hour > 24 or (minute or 0) > 59 or second > 59 or (hour == 24 and (minute or second)):
        return None
    return Clock(hour, minute, second, meridiem if hour <= 12 else None, literal=hour > 12 or hour == 0)


def _instant(found: re.Match[str]) -> Meaning:
    try:
        return Meaning(instant=datetime.fromisoformat(found[0].replace(" ", "T", 1).replace(" ", "").upper()))
    except ValueError:
        return IMPOSSIBLE


def _year_first(found: re.Match[str]) -> Meaning:
    return Meaning(year=int(found["y"]), month=int(found["m"]), day=int(found["d"]))


def _written_out(found: re.Match[str]) -> Meaning:
    """A date of figures with a clock behind it: nobody says 3:30 so for the afternoon."""
    shown = clock(int(found["h"]), int(found["min"]), int(found["s"] or 0), found["ap"])
    if shown is None:
        return IMPOSSIBLE
    if found["ap"] is None:
        shown = Clock(shown.hour, shown.minute, shown.second, literal=True)
    return Meaning(year=int(found["y"]), month=int(found["m"]), day=int(found["d"]), clock=shown)


def _year_last(found: re.Match[str]) -> Meaning:
    first, second, year = int(found["a"]), int(found["b"]), whole_year(found["y"])
    if second > 12:
        return Meaning(year=year, month=first, day=second)
    return Meaning(year=year, month=second, day=first, swappable=first <= 12 and first != second)


def _no_year(found: re.Match[str]) -> Meaning | None:
    first, second = int(found["a"]), int(found["b"])
    if first > 12:
        first, second = second, first
    if not (1 <= first <= 12 and 1 <= second <= 31):
        return None
    swappable = second <= 12 and first != second and "/" in found[0]
    return Meaning(month=first, day=second, swappable=swappable)


def _colon_clock(found: re.Match[str]) -> Meaning:
    shown = clock(int(found["h"]), int(found["min"]), int(found["s"] or 0), found["ap"])
    if shown is None:
        return IMPOSSIBLE
    if found["ap"] is None and (found["h"].startswith("0") or found["h"] == "12" or found["s"]):
        shown = Clock(shown.hour, shown.minute, shown.second, literal=True)
    return Meaning(clock=shown)


def _figures_clock(found: re.Match[str]) -> Meaning:
    shown = clock(int(found["h"]), int(found["min"]))
    return Meaning(clock=shown) if shown else IMPOSSIBLE


_NO_SPAN = (
    r"(?![点时天周小星礼分号日]| ?(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|nights?)\b|"
    r" ?o'?clock| ?[ap]\.?m\b)"
)

RULES: list[Rule] = [
    rule(
        r"(?<!\d)\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)? ?(?:z\b|[+-]\d{2}:?\d{2}(?!\d))",
        _instant,
    ),
    rule(
        rf"(?<!\d)(?P<y>\d{{4}})([-/.])(?P<m>\d{{1,2}})\2(?P<d>\d{{1,2}})(?:[t,] ?| )"
        rf"(?<!\d){_TIME} ?(?:{MERIDIEM})?(?![\d:])",
        _written_out,
    ),
    rule(r"(?<!\d)(?P<y>\d{4}) ?([-/.]) ?(?P<m>\d{1,2}) ?\2 ?(?P<d>\d{1,2})(?!\d)", _year_first),
    rule(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)", _year_first),
    rule(r"(?<![\d.])(?P<a>\d{1,2})([-/.])(?P<b>\d{1,2})\2(?P<y>(?:19|20)\d\d|[2-9]\d)(?!\d)", _year_last),
    rule(rf"(?<![\d:]){_TIME} ?(?:{MERIDIEM})?(?![\d:])", _colon_clock),
    rule(r"(?<![\d:.])(?P<h>[01]\d|2[0-4])(?P<min>[0-5]\d) ?(?:hours|hrs|h)\b", _figures_clock),
    rule(r"(?<![\d:.])(?P<h>\d{1,2})h(?P<min>[0-5]\d)(?!\d)", _figures_clock),
    rule(rf"(?<![\d./-])(?P<a>\d{{1,2}})/(?P<b>\d{{1,2}})(?![\d/]){_OF_MONEY}{_NO_SPAN}", _no_year),
    rule(
        rf"(?:(?<=^)|(?<=[在是于]))(?P<a>\d{{1,2}})[-.](?P<b>\d{{1,2}})(?![-.]){_OF_MONEY}{_NO_SPAN}",
        _no_year,
    ),
]
