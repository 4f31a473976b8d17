"""The days that callers name instead of a date (国庆, 双十一, Christmas), as functions of the year."""

from collections.abc import Callable
from datetime import date, timedelta

from complaint_desk.rules.spoken_time.digits import Rule, rule
from complaint_desk.rules.spoken_time.meaning import Meaning

_FIXED = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "三八节": (3, 8),
    "五一": (5, 1), "劳动节": (5, 1), "儿童节": (6, 1),
    "六一": (6, 1), "六一八": (6, 18), "618": (6, 18), "教师节": (9, 10), "国庆": (10, 1), "十一": (10, 1),
    "万圣节": (10, 31), "光棍节": (11, 11), "双十一": (11, 11), "双11": (11, 11),
    "双十二": (12, 12), "双12": (12, 12),
    "平安夜": (12, 24), "圣诞": (12, 25), "跨年": (12, 31),
    "new year's day": (1, 1), "valentine's day": (2, 14), "valentine's": (2, 14), "halloween": (10, 31),
    "christmas eve": (12, 24), "xmas eve": (12, 24), "christmas day": (12, 25),
    "christmas": (12, 25), "xmas": (12, 25),
    "boxing day": (12, 26), "new year's eve": (12, 31), "national day": (10, 1), "singles' day": (11, 11),
    "singles day": (11, 11), "labour day": (5, 1), "may day": (5, 1),
}  # fmt: skip
_LUNAR = {
    "春节": "春节", "大年初一": "春节", "过年": "春节", "元宵": "元宵节", "清明": "清明节",
    "端午": "端午节", "七夕": "七夕节", "中秋": "中秋节",
    "重阳": "重阳节", "腊八": "腊八节", "spring festival": "春节", "chinese new year": "春节",
    "lunar new year": "春节",
    "lantern festival": "元宵节", "dragon boat festival": "端午节", "mid-autumn festival": "中秋节",
}  # fmt: skip


def _lunar(name: str) -> Callable[[int], date | None]:
    def on(year: int) -> date | None:
        from complaint_desk.rules.spoken_time.library import chinese_day

        return chinese_day(f"{year}年{name}") if 1900 < year < 2100 else None

    return on


def _eve_of_spring_festival(year: int) -> date | None:
    first = _lunar("春节")(year)
    return first - timedelta(days=1) if first else None


def _easter(year: int) -> date:
    from dateutil.easter import easter

    sunday: date = easter(year)
    return sunday


def _thanksgiving(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta(days=(3 - first.weekday()) % 7 + 21)


_MOVING: dict[str, Callable[[int], date | None]] = {
    "除夕": _eve_of_spring_festival, "年三十": _eve_of_spring_festival, "大年三十": _eve_of_spring_festival,
    "good friday": lambda year: _easter(year) - timedelta(days=2),
    "easter monday": lambda year: _easter(year) + timedelta(days=1),
    "easter sunday": _easter, "easter": _easter, "thanksgiving": _thanksgiving,
    "black friday": lambda year: _thanksgiving(year) + timedelta(days=1),
}  # fmt: skip


def festival_day(name: str, year: int) -> date | None:
    """The day of that festival in that year; None where the calendar at hand does not reach."""
    if name in _FIXED:
        month, day = _FIXED[name]
        return date(year, month, day)
    return _MOVING[name](year) if name in _MOVING else _lunar(_LUNAR[name])(year)


def _names(names: list[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True))


_ALL = [*_FIXED, *_LUNAR, *_MOVING]
_HAN_NAMES = _names(
    [name for name in _ALL if not name.isascii() and name not in ("十一", "五一", "六一", "过年")]
)
ENGLISH_FESTIVALS = _names([name for name in _ALL if name.isascii() and not name.isdigit()])

RULES: list[Rule] = [
    rule(
        r"(?<![一二三四五六七八九十双\d月])(?P<name>十一|五一|六一|618|过年)"
        r"(?=$|[ ,.]|节|那|当|期间|假|长假|黄金周|的时|时|放|前|后|晚上|早上|下午|上午|中午|我|去|在)",
        lambda found: Meaning(festival=found["name"]),
    ),
    rule(rf"(?P<name>{_HAN_NAMES})(?:节|日)?", lambda found: Meaning(festival=found["name"])),
    rule(
        rf"\b(?:last )?(?P<name>{ENGLISH_FESTIVALS})(?![a-z])", lambda found: Meaning(festival=found["name"])
    ),
]
