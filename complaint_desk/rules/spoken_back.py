"""Words read aloud: which language they are in, cut where a voice would stop, and a day said in full."""

import re
import unicodedata
from datetime import datetime, tzinfo
from typing import Final

from complaint_desk.models.enums import Precision
from complaint_desk.rules.spoken_time import SpokenTime

ZH, EN = "zh_CN", "en"
SIGNS_A_WORD: Final = 1.7
"""How many Chinese characters weigh as much as one English word."""

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_MARK = re.compile(r"⟦[^⟧]*⟧?")
_SPACES = re.compile(r"\s+")
_CLAUSE = re.compile(r"[^，、；。！？…]+?(?:[，；。！？…]+|(?<!\d),|[,;.!?]+(?=\s|$)|[!?;]+|$)")
_STOPS = " \t,，、;；:：.。!！?？…-–—"
_INNER = re.compile(r"\s*[。！？；!?;]+\s*|\.+(?=\s|$)\s*|…+\s*")
_STARTER = re.compile(
    r"(?<=, )(?:The|An?|He|She|It|They|We|You|My|His|Her|Their|Our|Has|Had|Have|Was|Were|Is|Are|Did|Then|But|And|So"
    r"|When|After|Before|No|Not|Nobody|There|This|That|Told|Said|Still|Also)(?= )"
)
"""Words that are written large only because a sentence begins with them."""


def language_of(*texts: str | None) -> str | None:
    """The language most of the words are in; None where nothing tells."""
    words = " ".join(_MARK.sub(" ", text) for text in texts if text)
    chinese, english = len(_HAN.findall(words)) / SIGNS_A_WORD, len(_WORD.findall(words))
    if not chinese and not english:
        return None
    return ZH if chinese >= english else EN


def sayable(text: str | None) -> str:
    """The text in one line without signs nobody can say: controls, marks of direction, marks of attached texts."""
    kept = (
        " " if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp") else sign
        for sign in _MARK.sub(" ", text or "")
    )
    return _SPACES.sub(" ", "".join(kept)).strip()


def has_more(text: str | None) -> bool:
    """Whether a longer text is attached to this one."""
    return bool(_MARK.search(text or ""))


def as_clause(text: str, language: str) -> str:
    """The text as part of one sentence: what ends a sentence inside it becomes a comma, its last stop goes."""
    comma = "，" if language == ZH else ", "
    joined = _INNER.sub(comma, text.strip(_STOPS))
    if language == EN:
        joined = _STARTER.sub(lambda found: found[0].lower(), joined)
    else:
        joined = re.sub(r"\s*(?<!\d),\s*|\s*,\s*(?!\d)", "，", joined)
    return _SPACES.sub(" ", joined).strip(_STOPS)


def shortened(text: str, cells: int) -> tuple[str, bool]:
    """As many whole clauses as fit into so many cells, and whether any were left out.

    A first clause that is longer is cut at a blank, or in Chinese where the cells end.
    """
    if _cells(text) <= cells:
        return text, False
    kept = ""
    for found in _CLAUSE.finditer(text):
        if _cells(kept + found[0].rstrip(_STOPS)) > cells:
            break
        kept += found[0]
    if kept.strip(_STOPS):
        return kept.strip(_STOPS), True
    head = _head(text, cells)
    blank = head.rfind(" ")
    return (head[:blank] if blank > len(head) // 2 else head).strip(_STOPS), True


def _head(text: str, cells: int) -> str:
    used = 0
    for index, sign in enumerate(text):
        used += _cells(sign)
        if used > cells:
            return text[:index]
    return text


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


# A day said in full

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NAMES_DATE = re.compile(
    r"月\s*(?:初)?[\d一二两三四五六七八九十廿]+\s*[日号號]?|\d{4}-\d|\d/\d"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.? (?:the )?\d"
    r"|\d(?:st|nd|rd|th)? (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_NAMES_WEEKDAY = re.compile(
    r"(?:周|週|星期|礼拜|禮拜)[一二三四五六日天]|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)
_NAMES_MONTH = re.compile(r"[\d一二三四五六七八九十]月|\b(?:" + "|".join(_MONTHS) + r")\b", re.IGNORECASE)
_NAMES_HALF = re.compile(
    r"[上中下]午|早上|早晨|清晨|今早|凌晨|傍晚|晚上|[今昨前当]晚|半夜|夜里|(?<!\d)(?:1[3-9]|2[0-3])[:：点點时]"
    r"|\d\s*[ap]\.?m\b|\bmorning|afternoon|evening|night|\bnoon\b|midday",
    re.IGNORECASE,
)


def day_meant(spoken: SpokenTime, received_at: datetime, zone: tzinfo, language: str) -> str | None:
    """What the words for a time were understood to mean, as far as they do not say it themselves; None if nothing.

    The year is said where it is not that of receipt, the hour where the words leave the half of the day open.
    """
    if spoken.at is None:
        return None
    at, said = spoken.at.astimezone(zone), spoken.said
    other_year = at.year != received_at.astimezone(zone).year
    if spoken.precision is Precision.MONTH:
        if _NAMES_MONTH.search(said) and not other_year:
            return None
        return f"{at.year}年{at.month}月" if language == ZH else f"{_MONTHS[at.month - 1]} {at.year}"
    alien = language_of(said) not in (language, None)
    date = alien or other_year or spoken.doubt is not None or not _NAMES_DATE.search(said)
    weekday = date or not _NAMES_WEEKDAY.search(said)
    exact = spoken.precision in (Precision.MINUTE, Precision.HOUR)
    hour = exact and (alien or not _NAMES_HALF.search(said))
    if spoken.precision is Precision.WEEK:
        day = _day(at, language, date=True, weekday=False, year=other_year)
        return f"{day}那一周" if language == ZH else f"the week of {day}"
    if not (date or weekday or hour):
        return None
    day = _day(at, language, date=date, weekday=weekday, year=other_year)
    if not hour:
        return day or None
    clock = _clock(at, language)
    if language == ZH:
        return day + clock
    return f"{day} at {clock}" if day else clock


def _day(at: datetime, language: str, *, date: bool, weekday: bool, year: bool) -> str:
    if language == ZH:
        said = f"{at.year}年" if date and year else ""
        said += f"{at.month}月{at.day}号" if date else ""
        return said + (f"星期{'一二三四五六日'[at.weekday()]}" if weekday else "")
    parts = [_WEEKDAYS[at.weekday()]] if weekday else []
    if date:
        parts += [str(at.day), _MONTHS[at.month - 1]]
        parts += [str(at.year)] if year else []
    return " ".join(parts)


def _clock(at: datetime, language: str) -> str:
    if language == ZH:
        half = next(name for until, name in _HALVES if at.hour < until)
        minute = {0: "", 30: "半"}.get(at.minute, f"{at.minute:02}分")
        return f"{half}{(at.hour - 1) % 12 + 1 if at.hour else 0}点{minute}"
    if at.minute == 0 and at.hour in (0, 12):
        return "noon" if at.hour else "midnight"
    minute = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minute} {'am' if at.hour < 12 else 'pm'}"


_HALVES = ((5, "凌晨"), (8, "早上"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))
