"""Names as callers tell them: which mean the same person on one telephone, and which is the fullest."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from complaint_desk.rules.name_sounds import DOUBLE_SURNAMES, full_sounds
from complaint_desk.rules.tokens import fold, legible

_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_HIS = ("先生", "大叔", "叔叔", "大爷", "爷爷", "大哥")
_HERS = ("女士", "小姐", "太太", "夫人", "阿姨", "大妈", "大姐", "奶奶")
_EITHERS = ("老师", "师傅", "经理", "老板", "店长", "主任", "医生", "大夫", "同学")
_TITLE = re.compile(f"(?:{'|'.join((*_HIS, *_HERS, *_EITHERS))})$")
_FAMILIAR = re.compile(r"^[小老阿](?=[\u3400-\u9fff]$)")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENGLISH_HIS, _ENGLISH_HERS = frozenset({"mr", "sir"}), frozenset({"mrs", "ms", "miss", "madam"})
_ENGLISH_EITHERS = frozenset({"dr", "prof", "professor"})
_ENGLISH_TITLES = _ENGLISH_HIS | _ENGLISH_HERS | _ENGLISH_EITHERS


class TidyName(NamedTuple):
    """A name without its title, in folded signs, and what the title tells."""

    plain: str
    """The name with single spaces between its words; empty where only a title was told."""
    sex: str = ""
    """`m` or `f` where the title tells it."""
    only_surname: bool = False
    """A surname with a title, as in 王女士, 小王, Mrs Smith: anybody of that surname may be meant."""


@lru_cache(maxsize=4_096)
def tidy_name(told: str) -> TidyName:
    """What a name comes to; never raises."""
    plain = " ".join(fold(legible(told)).split())
    chinese = plain.replace(" ", "")
    if _CHINESE.fullmatch(chinese):
        return _chinese(chinese)
    words = _WORD.findall(plain)
    titles = [word for word in words if word in _ENGLISH_TITLES]
    left = [word for word in words if word not in _ENGLISH_TITLES]
    sex = "m" if _ENGLISH_HIS.intersection(titles) else "f" if _ENGLISH_HERS.intersection(titles) else ""
    return TidyName(" ".join(left) or plain, sex, bool(titles) and len(left) == 1)


def _chinese(name: str) -> TidyName:
    found = _TITLE.search(name)
    title = found.group() if found and found.start() else ""
    sex = "m" if title in _HIS else "f" if title in _HERS else ""
    left = name[: len(name) - len(title)] if title else name
    if not title and _FAMILIAR.match(left):
        return TidyName(left[1:], "", True)
    return TidyName(left, sex, bool(title) and len(left) <= 2 and not _is_whole(left))


def _is_whole(left: str) -> bool:
    """Whether two characters are surname and given name, not a surname of two characters."""
    return len(left) == 2 and left not in DOUBLE_SURNAMES


def same_person(one: str, other: str) -> bool:
    """Whether two names told from the same telephone may well be one person's.

    They are where they are written or sound alike (张晓红, 张晓虹), where one is the other's surname with a title
    (王女士, 王芳) or fewer of its words (Smith, John Smith); never where the titles contradict each other.
    """
    a, b = tidy_name(one), tidy_name(other)
    if not a.plain or not b.plain or (a.sex and b.sex and a.sex != b.sex):
        return False
    if a.plain == b.plain:
        return True
    if a.only_surname or b.only_surname:
        return _of_one_surname(a, b)
    if _CHINESE.search(a.plain) or _CHINESE.search(b.plain):
        return sounds_alike(a.plain, b.plain)
    return _words_alike(a.plain.split(), b.plain.split())


def sounds_alike(one: str, other: str) -> bool:
    """Whether two Chinese names are read alike, or one is the other in pinyin."""
    if not one.isascii() and not other.isascii():
        return len(one) == len(other) and bool(full_sounds(one) & full_sounds(other))
    chinese, latin = (one, other) if other.isascii() else (other, one)
    return re.sub(r"[^a-z]", "", latin) in full_sounds(chinese)


def _of_one_surname(a: TidyName, b: TidyName) -> bool:
    short, long = (a, b) if a.only_surname else (b, a)
    if _CHINESE.search(short.plain):
        surname = long.plain[:2] if long.plain[:2] in DOUBLE_SURNAMES else long.plain[:1]
        return surname == short.plain
    return short.plain in (long.plain.split()[-1], long.plain.split()[0])


def _words_alike(a: list[str], b: list[str]) -> bool:
    """Whether one name's words stand in the other, in any order; an initial stands for its word."""
    few, many = sorted((a, b), key=len)
    if all(len(word) == 1 for word in few):
        return False
    left = list(many)
    for word in sorted(few, key=len, reverse=True):
        fits = next((w for w in left if w == word or (1 in (len(w), len(word)) and w[0] == word[0])), None)
        if fits is None:
            return False
        left.remove(fits)
    return True


def fullest(names: Iterable[str]) -> str | None:
    """The name that tells most: no mere surname, then the most words or characters; the same of the same names."""

    def rank(name: str) -> tuple[bool, int, int, str]:
        tidy = tidy_name(name)
        return (not tidy.only_surname and bool(tidy.plain), len(tidy.plain[:40]), -len(name), name)

    return max(names, key=rank, default=None)
