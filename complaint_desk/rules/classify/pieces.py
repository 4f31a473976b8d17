"""The small pieces of a text: neighbouring characters and words, and parts of words."""

from collections.abc import Collection, Container, Sequence
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

    Whole runs are joined at once, which is what makes a long Chinese text quick.
    """
    if not tokens:
        return []
    forms, kinds, starts, stops = zip(*tokens, strict=True)
    count = len(tokens)
    last_from = count - _LAST_TOKENS if count > _LAST_TOKENS else count
    raw: dict[str, tuple[int, int]] = {}

    def keep(names: Sequence[str], size: int) -> list[int]:
        kept = _kept(names, known)
        for i in kept:
            name = names[i]
            if name not in raw:
                raw[name] = starts[i], stops[i + size - 1]
        late = ["end:" + name for name in names[last_from:]]
        for i in _kept(late, known):
            raw.setdefault(late[i], (starts[last_from + i], stops[last_from + i + size - 1]))
        return kept

    signs = [_APART if kind in "pw" else form for form, kind in zip(forms, kinds, strict=True)]
    for i in silent:
        signs[i] = _APART
    keep(signs, 1)
    pairs = list(map(add, signs, signs[1:]))
    triples = [_APART] * (count - 2)
    for i in keep(pairs, 2):
        if i < count - 2:
            triples[i] = pairs[i] + signs[i + 2]
    keep(triples, 3)
    if "w" in kinds:
        words = [form if kind == "w" else _APART for form, kind in zip(forms, kinds, strict=True)]
        for i in silent:
            words[i] = _APART
        keep(words, 1)
        keep([f"{one} {other}" for one, other in pairwise(words)], 2)
        for form in dict.fromkeys(words):
            if len(form) > 4:
                i = words.index(form)
                parts = ["#" + form[k : k + 4] for k in range(len(form) - 3)]
                for k in _kept(parts, known):
                    raw.setdefault(parts[k], (starts[i], stops[i]))
    scale = 1.0 / sqrt(max(2 * (count - kinds.count("p")) + kinds.count("h"), _SHORTEST))
    return [(name, start, end, scale) for name, (start, end) in raw.items()]


def _kept(names: Sequence[str], known: Container[str] | None) -> list[int]:
    """The places of the names that the model knows, or of all that are whole when everything is to be learned."""
    if known is None:
        return [i for i, name in enumerate(names) if _APART not in name]
    return [i for i, name in enumerate(names) if name in known]
