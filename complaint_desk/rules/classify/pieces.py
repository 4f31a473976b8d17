"""The small pieces of a text: neighbouring characters and words, and parts of words."""

from collections.abc import Collection, Container, Iterable, Sequence
from itertools import pairwise
from math import sqrt
from operator import add
from typing import TypeAlias

from complaint_desk.rules.classify.text import Token

Feature: TypeAlias = tuple[str, int, int, float]
"""One thing seen in the text: its name, start and end in characters, and how much it counts."""

_LAST_TOKENS = 30
_SHORTEST = 12
_APART = "\n"
"""Stands where a run of neighbours breaks off; no piece has it in its name."""


def pieces(tokens: Sequence[Token], silent: Collection[int], known: Container[str] | None) -> list[Feature]:
    """Neighbouring characters (to three), words (to two), and pieces of words, which match despite a slip.

    Whole runs are joined at once and each piece is looked up once, which is what makes a long Chinese text quick.
    """
    if not tokens:
        return []
    forms, kinds, starts, stops = zip(*tokens, strict=True)
    count = len(tokens)
    last_from = count - _LAST_TOKENS if count > _LAST_TOKENS else count
    scale = 1.0 / sqrt(max(2 * (count - kinds.count("p")) + kinds.count("h"), _SHORTEST))
    found: list[Feature] = []

    def keep(names: Sequence[str], size: int) -> None:
        """Every known name once, where it first stands, and once more if it stands near the end."""
        late = ["end:" + name for name in names[last_from:]]
        for given, offset in ((names, 0), (late, last_from)):
            places = _first_places(given)
            for name in _kept(places, known):
                i = places[name] + offset
                found.append((name, starts[i], stops[i + size - 1], scale))

    signs = [_APART if kind in "pw" else form for form, kind in zip(forms, kinds, strict=True)]
    for i in silent:
        signs[i] = _APART
    keep(signs, 1)
    pairs = list(map(add, signs, signs[1:]))
    keep(pairs, 2)
    keep(list(map(add, pairs, signs[2:])), 3)
    if "w" in kinds:
        words = [form if kind == "w" else _APART for form, kind in zip(forms, kinds, strict=True)]
        for i in silent:
            words[i] = _APART
        keep(words, 1)
        keep([f"{one} {other}" for one, other in pairwise(words)], 2)
        parts: dict[str, int] = {}
        places = _first_places(words)
        for form in dict.fromkeys(words):
            if len(form) > 4:
                i = places[form]
                for k in range(len(form) - 3):
                    parts.setdefault(f"#{form[k : k + 4]}", i)
        found += [(name, starts[parts[name]], stops[parts[name]], scale) for name in _kept(parts, known)]
    return found


def _first_places(names: Sequence[str]) -> dict[str, int]:
    """Each name with the first place it stands at."""
    return dict(zip(reversed(names), range(len(names) - 1, -1, -1), strict=True))


def _kept(names: Iterable[str], known: Container[str] | None) -> list[str]:
    """The names that the model knows, or all that are whole when everything is to be learned."""
    if known is None:
        return [name for name in names if _APART not in name]
    return [name for name in names if name in known]
