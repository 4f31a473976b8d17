"""What in a text should not be said: patterns first, then the learned opinion for what no pattern knows."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from complaint_desk.models.enums import Role
from complaint_desk.playbook.avoid_patterns import RULES, AvoidPatterns
from complaint_desk.rules.avoid.features import Concepts
from complaint_desk.rules.avoid.folding import Folded, Folder
from complaint_desk.rules.avoid.needs import NeedsIndex
from complaint_desk.rules.avoid.opinion import opinion
from complaint_desk.rules.avoid.pledges import Pledges
from complaint_desk.rules.avoid.sentences import Sentence, home_of, joined_short, sentences_of
from complaint_desk.rules.avoid.speech import Reported, quoted_spans

Audience = Literal["caller", "internal"]

_LIMITS = {Role.AGENT: 200, Role.SUPERVISOR: 500, Role.MANAGER: 2000, Role.ADMINISTRATOR: 200}
_TRIM = " ,，。.!！?？;；、:：\n\ue000"
_REDEEMABLE = frozenset({"B", "C", "G"})
_MANNERS = frozenset("ABCDEFG")
_CERTAIN = frozenset({"fault"})
_BY_OPINION = 10_000
_ALONE = -1
_NEAR = 80


@dataclass(frozen=True, slots=True)
class Authority:
    """What the speaker may agree alone: the role, and the limit in the store's money."""

    role: Role = Role.AGENT
    limit: Decimal = Decimal(_LIMITS[Role.AGENT])

    @classmethod
    def of(cls, role: Role) -> "Authority":
        """The authority a role has unless the store's policy says otherwise: 200, 500, 2000."""
        return cls(role, Decimal(_LIMITS[role]))


@dataclass(frozen=True, slots=True)
class Found:
    """Words to avoid: the rule, the span in code points of the text, the words, and what to say instead."""

    rule: str
    start: int
    end: int
    words: str
    instead_zh: str
    instead_en: str


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: str
    left: int
    right: int
    rank: int
    redeemable: bool
    instead: tuple[str, str]
    own: bool = False


class Checker:
    """Patterns made ready. It keeps nothing of the texts it is given, so one serves every thread."""

    def __init__(self, given: AvoidPatterns) -> None:
        """Take what the playbook gives; single patterns are compiled when first wanted."""
        self._given = given
        self._folder = Folder(given.respelt, given.typo_targets, given.known_words)
        self._reported = Reported(given.phrases)
        self._pledges = Pledges(given.phrases)
        self._concepts = {
            "zh": Concepts(given.concepts["zh"], by_word=False),
            "en": Concepts(given.concepts["en"], by_word=True),
        }
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._index = {language: NeedsIndex(given.patterns, language) for language in ("zh", "en")}
        self._kind = {language: re.compile(given.phrases[f"kind_{language}"]) for language in ("zh", "en")}
        self._redeemed = {
            language: re.compile(given.phrases[f"redeemed_{language}"]) for language in ("zh", "en")
        }
        self._alternative = {
            language: re.compile(given.phrases[f"alternative_{language}"]) for language in ("zh", "en")
        }

    def read(self, text: str) -> Folded:
        """The text folded, with what is not the agent's own speech out of sight."""
        folded = self._folder.fold(text, quoted_spans(text))
        return folded.hide(self._reported.spans(folded.text))

    def concepts(self, language: str) -> Concepts:
        """How words of one kind are read in that language; the training script reads as this does."""
        return self._concepts[language]

    def find(
        self, text: str, audience: Audience = "caller", authority: Authority | None = None
    ) -> tuple[Found, ...]:
        """Everything to avoid in the text, in the order it stands; spans do not overlap."""
        folded = self.read(text)
        sentences = sentences_of(folded.text)
        internal = audience == "internal"
        hits = self._matched(folded.text, sentences, internal)
        hits += (
            _Hit(rule, left, right, _ALONE, False, self._given.instead[rule])
            for rule, left, right in self._pledges.find(
                folded.text, sentences, (authority or Authority()).limit, internal
            )
        )
        if authority is not None and authority.role is Role.MANAGER:
            hits = [hit for hit in hits if hit.rule != "beyond" or hit.rank < 0]
        hits = [hit for hit in hits if not self._made_good(folded.text, hit, sentences)]
        if not internal:
            hits = self._with_opinion(folded.text, sentences, hits, authority or Authority())
        hits = [hit for hit in hits if hit.own or not self._is_spared(folded.text, hit)]
        return tuple(self._shown(text, folded, hit) for hit in _apart(hits))

    def _is_spared(self, text: str, hit: _Hit) -> bool:
        """Whether the store leaves alone what the finding meets."""
        return any(
            found.end() > hit.left and found.start() < hit.right
            for expression in self._given.spared.get(hit.rule, ())
            for found in self._ready(expression).finditer(text, max(0, hit.left - _NEAR), hit.right + _NEAR)
        )

    def _matched(self, text: str, sentences: list[Sentence], internal: bool) -> list[_Hit]:
        hits: list[_Hit] = []
        for home in sentences:
            kind = self._kind[home.language].search(text, home.start, home.end) is not None
            for rank in self._index[home.language].candidates(text[home.start : home.end]):
                pattern = self._given.patterns[rank]
                if (internal and not pattern.internal) or (
                    kind and pattern.rule in _MANNERS and not pattern.own
                ):
                    continue
                match = self._ready(pattern.match)
                found = [one for one in match.finditer(text, home.start, home.end) if one[0]]
                if not found:
                    continue
                if pattern.unless and self._ready(pattern.unless).search(text, home.start, home.end):
                    continue
                instead = (pattern.instead_zh, pattern.instead_en)
                hits += (
                    _Hit(pattern.rule, one.start(), one.end(), rank, pattern.redeemable, instead, pattern.own)
                    for one in found
                )
        return hits

    def _ready(self, expression: str) -> re.Pattern[str]:
        """The expression compiled, when first wanted: all of them together take half a second."""
        compiled = self._compiled.get(expression)
        if compiled is None:
            compiled = self._compiled[expression] = re.compile(expression)
        return compiled

    def _made_good(self, text: str, hit: _Hit, sentences: list[Sentence]) -> bool:
        """Whether who-does-what-when, or an offer, follows within reach of the phrase."""
        if not hit.redeemable:
            return False
        home = home_of(sentences, hit.left)
        language = home.language if home else "zh"
        reach = min(len(text), hit.right + (80 if language == "zh" else 240))
        start = hit.right
        return bool(
            self._redeemed[language].search(text, start, reach)
            or self._alternative[language].search(text, start, reach)
        )

    def _with_opinion(
        self, text: str, sentences: list[Sentence], hits: list[_Hit], authority: Authority
    ) -> list[_Hit]:
        """The hits less those the learned opinion rules out, and one more for each sentence only it would avoid.

        The sentences before and after have half a say: an offer that follows may turn what sounds like a refusal.
        """
        kept: list[_Hit] = []
        joined = joined_short(sentences)
        for number, sentence in enumerate(joined):
            here = [hit for hit in hits if sentence.start <= hit.left < sentence.end]
            learned = self._given.learned.get(sentence.language)
            if learned is None:
                kept += here
                continue
            concepts = self._concepts[sentence.language]
            held = opinion(text[sentence.start : sentence.end], sentence.language, concepts, learned)
            if len(joined) > 1 and (here or held.margin > learned.threshold):
                first, last = joined[max(0, number - 1)], joined[min(len(joined) - 1, number + 1)]
                around = opinion(text[first.start : last.end], sentence.language, concepts, learned)
                held = replace(held, margin=(held.margin + around.margin) / 2)
            if here:
                kept += (
                    hit
                    for hit in here
                    if hit.rank < 0 or hit.own or hit.rule in _CERTAIN or held.margin > learned.veto
                )
            elif held.rules and held.margin > learned.threshold:
                rule = RULES[held.leading()]
                if self._excused(text, sentence, rule, authority):
                    continue
                left, right = _trimmed(text, sentence.start, sentence.end)
                hit = _Hit(rule, left, left, _BY_OPINION, rule in _REDEEMABLE, self._given.instead[rule])
                if left < right and not self._made_good(text, hit, sentences):
                    kept.append(replace(hit, right=right))
        return kept

    def _excused(self, text: str, sentence: Sentence, rule: str, authority: Authority) -> bool:
        """Whether what can be counted or read for certain speaks against the learned opinion."""
        if rule in _MANNERS:
            return self._kind[sentence.language].search(text, sentence.start, sentence.end) is not None
        if rule == "promise":
            return self._pledges.is_kept(text, sentence)
        if rule == "beyond":
            return authority.role is Role.MANAGER or self._pledges.names_a_sum(text, sentence)
        return rule == "over_apology"

    def _shown(self, text: str, folded: Folded, hit: _Hit) -> Found:
        left, right = _trimmed(folded.text, hit.left, hit.right)
        start, end = folded.original(left, right)
        return Found(hit.rule, start, end, text[start:end], *hit.instead)


def _trimmed(text: str, left: int, right: int) -> tuple[int, int]:
    while right > left and text[right - 1] in _TRIM:
        right -= 1
    while left < right and text[left] in _TRIM:
        left += 1
    return left, right


def _apart(hits: list[_Hit]) -> list[_Hit]:
    """The hits that stay when the longer one wins wherever two lie over each other; in order."""
    kept: list[_Hit] = []
    for hit in sorted(hits, key=lambda hit: (hit.left, hit.left - hit.right, hit.rank)):
        if kept and hit.left < kept[-1].right:
            if hit.rule == kept[-1].rule and hit.right > kept[-1].right:
                kept[-1] = replace(kept[-1], right=hit.right)
            elif hit.right - hit.left > kept[-1].right - kept[-1].left:
                kept[-1] = hit
            continue
        kept.append(hit)
    return kept


@lru_cache(maxsize=4)
def _ready(key: int) -> list[Checker]:
    return []


def checker_of(given: AvoidPatterns) -> Checker:
    """The checker for these patterns, made once for each set of them."""
    kept = _ready(id(given))
    if not kept or kept[0]._given is not given:
        kept[:] = [Checker(given)]
    return kept[0]


def find(
    text: str,
    audience: Audience = "caller",
    authority: Authority | None = None,
    *,
    patterns: AvoidPatterns,
) -> tuple[Found, ...]:
    """Everything to avoid in the text, in order. Without authority the limits of an agent hold."""
    return checker_of(patterns).find(text, audience, authority)
