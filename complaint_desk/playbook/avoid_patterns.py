"""The words an agent should not use, as data: patterns, what to say instead, spellings, and the learned weights.

They stand in the folder `avoid` beside this file: one TOML file of patterns a language, `words.toml`, and the
weights that `scripts/train_avoid.py` writes.
"""

import hashlib
import re
import tomllib
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any

RULES = ("A", "B", "C", "D", "E", "F", "G", "promise", "beyond", "fault", "over_apology")
"""The seven things to avoid of training text 001, then the four that concern promises, liability and apologies."""

_MACRO = re.compile(r"<([a-z_]+)>")


@dataclass(frozen=True)
class AvoidPattern:
    """One way of breaking a rule.

    `match` and `unless` are regular expressions over folded text; a match counts unless `unless` is found in the same
    sentence. Each match holds one of `needs`, if any are given. `redeemable` tells that who-does-what-when after it
    makes it good; `internal`, that it counts in notes too.
    """

    rule: str
    language: str
    match: str
    unless: str | None
    needs: tuple[str, ...]
    redeemable: bool
    internal: bool
    instead_zh: str
    instead_en: str
    own: bool = False
    """Whether the store itself asks for it: then it counts whatever the learned opinion holds."""


@dataclass(frozen=True)
class OwnWords:
    """A store's own words for one rule, by language ("zh" or "en").

    `added` are the phrases its entry has and the built-in one has not, `dropped` the other way round; `instead` is
    what it says in both languages, None where it keeps ours.
    """

    added: dict[str, tuple[str, ...]]
    dropped: dict[str, tuple[str, ...]]
    instead: tuple[str, str] | None


@dataclass(frozen=True)
class LearnedWeights:
    """A linear model: for each feature how rare it is, one weight for "to avoid" and one for every rule.

    The bias is the same without the rarity. A sentence's weights are added up and divided by the length of the vector
    of its features' rarities, so that what every sentence has says little.
    A sentence above `threshold` is found though no pattern matched; below `veto` a pattern's match does not count.
    """

    bias: tuple[float, ...]
    threshold: float
    veto: float
    weights: dict[str, tuple[float, ...]]


@dataclass(frozen=True)
class AvoidPatterns:
    """All that `rules.avoid` must be given. `phrases` are single expressions by name, macros filled in."""

    patterns: tuple[AvoidPattern, ...]
    phrases: dict[str, str]
    instead: dict[str, tuple[str, str]]
    respelt: dict[str, dict[str, str]]
    typo_targets: frozenset[str]
    known_words: frozenset[str]
    concepts: dict[str, dict[str, tuple[str, ...]]]
    learned: dict[str, LearnedWeights] = field(default_factory=dict)
    spared: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For each rule, expressions of what the store leaves alone."""


def _folder() -> Any:
    return resources.files("complaint_desk.playbook") / "avoid"


def _read(name: str) -> str:
    text: str = (_folder() / name).read_text(encoding="utf-8")
    return text


def _filled(expression: str, macros: dict[str, str]) -> str:
    """The expression with every `<name>` replaced; macros may name earlier macros. KeyError for an unknown name."""
    return _MACRO.sub(lambda found: f"(?:{macros[found[1]]})", expression)


def _macros(given: dict[str, str]) -> dict[str, str]:
    filled: dict[str, str] = {}
    for name, expression in given.items():
        filled[name] = _filled(expression, filled)
    return filled


def fingerprint(expression: str) -> str:
    """A short name for a pattern's expression, by which `needs_*.tsv` speaks of it."""
    return hashlib.sha256(expression.encode()).hexdigest()[:12]


def _needs(language: str) -> dict[str, tuple[str, ...]]:
    source = _folder() / f"needs_{language}.tsv"
    if not source.is_file():
        return {}
    rows = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines())
    return {name: tuple(strings) for name, *strings in rows}


def _weights(language: str) -> LearnedWeights | None:
    """The weights file: a line of bias, one of threshold and veto, then feature, rarity and weights in hundredths."""
    source = _folder() / f"weights_{language}.tsv"
    if not source.is_file():
        return None
    lines = source.read_text(encoding="utf-8").splitlines()

    def row(line: str) -> tuple[str, tuple[float, ...]]:
        name, *values = line.split("\t")
        return name, tuple(int(value or 0) / 100 for value in values)

    threshold, veto = row(lines[1])[1]
    return LearnedWeights(row(lines[0])[1], threshold, veto, dict(row(line) for line in lines[2:]))


def read_avoid_patterns() -> AvoidPatterns:
    """Read the folder. Raises KeyError or ValueError where the built-in files are at fault; a test reads them all."""
    words = tomllib.loads(_read("words.toml"))
    instead = {rule: (words["instead"][rule]["zh"], words["instead"][rule]["en"]) for rule in RULES}
    patterns: list[AvoidPattern] = []
    phrases: dict[str, str] = {}
    concepts: dict[str, dict[str, tuple[str, ...]]] = {}
    learned: dict[str, LearnedWeights] = {}
    for language in ("zh", "en"):
        data = tomllib.loads(_read(f"patterns_{language}.toml"))
        macros = _macros(data["concepts"] | data["macros"])
        needs = _needs(language)
        for name, expression in data["phrases"].items():
            phrases[f"{name}_{language}"] = _filled(expression, macros)
        concepts[language] = {name: tuple(listed.split("|")) for name, listed in data["concepts"].items()}
        for group in data["pattern"]:
            zh, en = instead[group["rule"]]
            unless = group.get("unless")
            for expression in group["match"]:
                match = _filled(expression, macros)
                patterns.append(
                    AvoidPattern(
                        rule=group["rule"],
                        language=language,
                        match=match,
                        unless=_filled(unless, macros) if unless else None,
                        needs=needs.get(fingerprint(match), ()),
                        redeemable=group.get("redeemable", False),
                        internal=group.get("internal", False),
                        instead_zh=group.get("instead_zh", zh),
                        instead_en=group.get("instead_en", en),
                    )
                )
        if (found := _weights(language)) is not None:
            learned[language] = found
    return AvoidPatterns(
        patterns=tuple(patterns),
        phrases=phrases,
        instead=instead,
        respelt=words["respelt"],
        typo_targets=frozenset(words["typo_targets"]["words"].split()),
        known_words=frozenset(words["known_words"]["words"].split()),
        concepts=concepts,
        learned=learned,
    )


@lru_cache(maxsize=1)
def avoid_patterns() -> AvoidPatterns:
    """The built-in patterns, read once."""
    return read_avoid_patterns()
