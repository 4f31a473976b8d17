"""The small pieces of a text: neighbouring characters and words, and parts of words."""

from collections.abc import Container, Sequence
from math import sqrt
from typing import TypeAlias

from complaint_desk.rules.classify.text import Token

Feature: TypeAlias = tuple[str, int, int, float]
"""One thing seen in the text: its name, start and end in characters, and how much it counts."""

_LAST_TOKENS = 30
_SHORTEST = 12


def pieces(tokens: Sequence[Token], silent: Container[int], known: Container[str] | None) -> list[Feature]:
    """Neighbouring characters (to three), words (to two), and pieces of words, which match despite a slip.

    Whoever knows a piece knows its beginnings, so that a search may stop at the first unknown one.
    """
    raw: dict[str, tuple[int, int]] = {}
    count = len(tokens)
    last_from = count - _LAST_TOKENS if count > _LAST_TOKENS else count
    seen = 0
    for i, (form, kind, start, end) in enumerate(tokens):
        if kind == "p" or i in silent:
            continue
        near = i + (3 if kind == "h" else 2)
        seen += near - i
        name = form
        stop = end
        for j in range(i + 1, min(near, count) + 1):
            if known is not None and name not in known:
                break
            if name not in raw:
                raw[name] = (start, stop)
            if i >= last_from:
                late = "end:" + name
                if late not in raw and (known is None or late in known):
                    raw[late] = (start, stop)
            if j in (near, count):
                break
            after, after_kind, _, stop = tokens[j]
            if after_kind == "p" or j in silent or (after_kind == "w") != (kind == "w"):
                break
            name += " " + after if kind == "w" else after
        if kind == "w" and len(form) > 4:
            for k in range(len(form) - 3):
                name = "#" + form[k : k + 4]
                if name not in raw and (known is None or name in known):
                    raw[name] = (start, end)
    size = 1.0 / sqrt(max(seen, _SHORTEST))
    return [(name, start, end, size) for name, (start, end) in raw.items()]
