"""The small pieces of a text: neighbouring characters and words, and parts of words."""

from collections.abc import Collection, Container, Sequence
from itertools import compress, pairwise
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
    has = known.__contains__ if known is not None else _is_whole

    def keep(names: Sequence[str], size: int, places: Sequence[int]) -> list[int]:
        """Every known name once, where it first stands, and once more if it stands near the end.

        Returns where the known ones stand, all of them; `places` gives the token at which each name begins.
        """
        held = list(compress(range(len(names)), map(has, names)))
        first = dict(zip(map(names.__getitem__, reversed(held)), reversed(held), strict=True))
        found.extend(
            [(name, starts[places[i]], stops[places[i] + size - 1], scale) for name, i in first.items()]
        )
        late: dict[str, int] = {}
        for i in reversed(held):
            if places[i] < last_from:
                break
            late["end:" + names[i]] = places[i]
        found.extend([(name, starts[i], stops[i + size - 1], scale) for name, i in late.items() if has(name)])
        return held

    everywhere = range(count)
    signs = [_APART if kind in "pw" else form for form, kind in zip(forms, kinds, strict=True)]
    for i in silent:
        signs[i] = _APART
    keep(signs, 1, everywhere)
    pairs = list(map(add, signs, signs[1:]))
    held = keep(pairs, 2, everywhere)
    if held and held[-1] == count - 2:
        held.pop()
    keep([pairs[i] + signs[i + 2] for i in held], 3, held)
    spoken = [i for i, kind in enumerate(kinds) if kind == "w" and i not in silent]
    if spoken:
        keep([forms[i] for i in spoken], 1, spoken)
        joined = [i for i, after in pairwise(spoken) if after == i + 1]
        keep([f"{forms[i]} {forms[i + 1]}" for i in joined], 2, joined)
        parts: dict[str, int] = {}
        for form, i in {forms[i]: i for i in reversed(spoken)}.items():
            if len(form) > 4:
                for k in range(len(form) - 3):
                    name = f"#{form[k : k + 4]}"
                    parts[name] = min(i, parts.get(name, i))
        found += [(name, starts[i], stops[i], scale) for name, i in parts.items() if has(name)]
    return found


def _is_whole(name: str) -> bool:
    """Whether no break runs through this piece: when everything is to be learned, all whole ones are."""
    return _APART not in name
