"""Headings and values in one form, so that spellings meet: half width, simplified, small letters, single spaces."""

import re
from functools import lru_cache

from complaint_desk.rules.tokens import fold, legible

_BETWEEN = re.compile(r"[^\w#]+|_+")


@lru_cache(maxsize=4_096)
def folded(text: str) -> str:
    """The text as it is compared."""
    plain = fold(legible(text[:200]))
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text[:200]) if text.isascii() else ""
    return _BETWEEN.sub(" ", split.lower() or plain).strip()
