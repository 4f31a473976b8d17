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
    forms, kinds, starts, stops = zip(*tokens, strict=True) if tokens else ((), (), (), ())
    seen = 0
    for i, kind in enumerate(kinds):
        if kind == "p" or i in silent:
            continue
        most = 3 if kind == "h" else 2
        seen += most
        name = forms[i]
        start = starts[i]
        late = i >= last_from
        for j in range(i + 1, min(i + most, count) + 1):
            if known is not None and name not in known:
                break
            if name not in raw:
                raw[name] = start, stops[j - 1]
            if late:
                ending = "end:" + name
                if ending not in raw and (known is None or ending in known):
                    raw[ending] = start, stops[j - 1]
            if j == i + most or j == count:
                break
            after = kinds[j]
            if after == "p" or j in silent or (after == "w") != (kind == "w"):
                break
            name += " " + forms[j] if kind == "w" else forms[j]
        if kind == "w" and len(forms[i]) > 4:
            form = forms[i]
            for k in range(len(form) - 3):
                name = "#" + form[k : k + 4]
                if name not in raw and (known is None or name in known):
                    raw[name] = start, stops[i]
    size = 1.0 / sqrt(max(seen, _SHORTEST))
    return [(name, start, end, size) for name, (start, end) in raw.items()]
