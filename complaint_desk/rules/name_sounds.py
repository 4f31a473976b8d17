"""How a Chinese name sounds, as clerks type it: 张晓虹 is found by `zhangxiaohong`, `zxh` and `xiaohong`."""

import os
import re
from functools import lru_cache
from itertools import islice, product

from complaint_desk.rules.tokens import fold, legible

_NAME = re.compile(r"[\u3400-\u9fff]+")
_TITLE = re.compile(
    r"(?:先生|女士|小姐|太太|夫人|老师|师傅|经理|店长|主任|医生|大夫|阿姨|叔叔|大爷|大妈|大哥|大姐|奶奶|爷爷)$"
)
DOUBLE_SURNAMES = frozenset(
    (
        *("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "令狐", "慕容"),
        *("司徒", "司空", "端木", "东方", "独孤", "南宫", "西门", "宇文", "长孙", "申屠"),
    )
)
"""Surnames of two characters."""
_LONGEST_NAME = 6
_READINGS = 24
"""At most so many ways to read a name whose characters have several sounds."""


@lru_cache(maxsize=256)
def name_sounds(caller: str) -> tuple[str, ...]:
    """What a name may be typed as: in full, its initials, the surname and the given name alone.

    Every reading of a character counts (单 is shan and dan), ü is v and u. Loads pypinyin where the text holds
    a Chinese name, and nothing else.
    """
    sounds: dict[str, None] = {}
    for found in _NAME.findall(fold(legible(caller))):
        name = _TITLE.sub("", found) or found
        if len(name) <= _LONGEST_NAME:
            surname = 2 if name[:2] in DOUBLE_SURNAMES else 1
            for reading in islice(product(*_readings(name)), _READINGS):
                for part in (reading, reading[:surname], reading[surname:]):
                    sounds["".join(part)] = None
                    if len(part) > 1:
                        sounds["".join(syllable[0] for syllable in part)] = None
    return tuple(sound for sound in sounds if sound)


@lru_cache(maxsize=1_024)
def full_sounds(name: str) -> frozenset[str]:
    """Every way to read a short Chinese name in full; nothing for anything else."""
    if len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        return frozenset()
    return frozenset("".join(reading) for reading in islice(product(*_readings(name)), _READINGS))


def _readings(name: str) -> list[list[str]]:
    # A name is read character by character: the library's phrases would cost 44 MiB and 0.1 s for nothing.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    read = pinyin(name, style=Style.NORMAL, heteronym=True, errors="ignore")
    return [
        [sound for one in signs for sound in dict.fromkeys((one, one.replace("v", "u")))] for signs in read
    ]
