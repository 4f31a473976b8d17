"""A store's own words to avoid, put beside the patterns: what it adds, what it leaves alone, what it says instead."""

import re
from collections.abc import Mapping
from dataclasses import replace

from complaint_desk.playbook.avoid_patterns import AvoidPattern, AvoidPatterns, OwnWords
from complaint_desk.rules.avoid.folding import Folder

_GAP = re.compile(r"…+|\.{3,}")
_ENDS = " ,，。.!！?？;；、:：\n"


def with_own_words(given: AvoidPatterns, own: Mapping[str, OwnWords]) -> AvoidPatterns:
    """The patterns as a store's own entries change them, by rule.

    Words the store adds are always found; words it took out of an entry are left alone wherever a finding of that
    rule meets them; what it says instead is said for every finding of the rule.
    """
    if not own:
        return given
    folder = Folder(given.respelt, given.typo_targets, given.known_words)
    instead = given.instead | {rule: words.instead for rule, words in own.items() if words.instead}
    patterns = [_reworded(pattern, own) for pattern in given.patterns]
    spared: dict[str, tuple[str, ...]] = {}
    for rule, words in own.items():
        for language, phrases in words.added.items():
            patterns += [
                AvoidPattern(
                    rule=rule,
                    language=language,
                    match=expression,
                    unless=None,
                    needs=(parts[0],),
                    redeemable=False,
                    internal=False,
                    instead_zh=instead[rule][0],
                    instead_en=instead[rule][1],
                    own=True,
                )
                for parts, expression in _expressions(folder, phrases)
            ]
        left_alone = [
            expression
            for phrases in words.dropped.values()
            for _, expression in _expressions(folder, phrases)
        ]
        if left_alone:
            spared[rule] = tuple(left_alone)
    return replace(given, patterns=tuple(patterns), instead=instead, spared=spared)


def _reworded(pattern: AvoidPattern, own: Mapping[str, OwnWords]) -> AvoidPattern:
    words = own.get(pattern.rule)
    if words is None or words.instead is None:
        return pattern
    return replace(pattern, instead_zh=words.instead[0], instead_en=words.instead[1])


def _expressions(folder: Folder, phrases: tuple[str, ...]) -> list[tuple[list[str], str]]:
    """Each phrase's folded parts and the expression that finds them in folded text; "…" stands for a few words."""
    found = []
    for phrase in phrases:
        folded = [folder.fold(part, []).text.strip(_ENDS) for part in _GAP.split(phrase)]
        parts = [part for part in folded if part]
        if parts:
            run = ".{0,40}?".join(re.escape(part) for part in parts)
            found.append((parts, rf"(?<![a-z0-9]){run}(?![a-z0-9])"))
    return found
