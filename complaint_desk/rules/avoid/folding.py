"""Text as the patterns read it: one width, one case, Simplified, contractions spelt out, common slips mended.

Every folded character remembers the span of the original it came from, so what is found can be shown where it stands.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from complaint_desk.rules.traditional import SIMPLIFIED_FOR

HIDDEN = "\ue000"
"""Stands for words that are not the agent's own."""

_CJK = "\u3400-\u9fff"
_SPACED = re.compile(rf"(?<=[{_CJK}，。！？、；：{HIDDEN}]) +(?=[{_CJK}，。！？、；：{HIDDEN}])")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_KEPT = frozenset("，。！？；：（）、")
_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc", "Co", "Cs"})
_ASCII_POINTS = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})


@dataclass(slots=True)
class Folded:
    """Folded text; `starts[i]` and `ends[i]` are where its character i stands in the original, in code points."""

    text: str
    starts: list[int]
    ends: list[int]

    def rewritten(
        self, expression: re.Pattern[str], change: Callable[[re.Match[str]], str | None]
    ) -> "Folded":
        """The text with each match changed; None leaves it as it is. The new characters keep the match's span."""
        parts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for found in expression.finditer(self.text):
            new = change(found)
            if new is None:
                continue
            left, right = found.span()
            parts.append(self.text[at:left])
            starts += self.starts[at:left]
            ends += self.ends[at:left]
            if right > left:
                parts.append(new)
                starts += [self.starts[left]] * len(new)
                ends += [self.ends[right - 1]] * len(new)
            at = right
        if not at:
            return self
        parts.append(self.text[at:])
        return Folded("".join(parts), starts + self.starts[at:], ends + self.ends[at:])

    def hide(self, spans: Iterable[tuple[int, int]]) -> "Folded":
        """The text with these folded spans put out of sight, length unchanged."""
        characters = list(self.text)
        for left, right in spans:
            characters[left:right] = HIDDEN * (right - left)
        return Folded("".join(characters), self.starts, self.ends)

    def original(self, left: int, right: int) -> tuple[int, int]:
        """Where this folded span stands in the original."""
        return self.starts[left], max(self.ends[left:right])


def _characters(text: str, hidden: list[tuple[int, int]]) -> Folded:
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    spans = iter([*hidden, (len(text), len(text))])
    left, right = next(spans)
    for at, sign in enumerate(text):
        while at >= right and right < len(text):
            left, right = next(spans)
        if left <= at < right:
            if at == left:
                characters.append(HIDDEN)
                starts.append(at)
                ends.append(right)
            continue
        if sign.isascii():
            folded = sign.lower()
        elif "\u4e00" <= sign <= "\u9fff":
            folded = SIMPLIFIED_FOR.get(ord(sign), sign)
        elif sign in _KEPT:
            folded = sign
        elif unicodedata.category(sign) in _UNSEEN:
            continue
        else:
            folded = unicodedata.normalize("NFKC", sign).lower()
            folded = folded.translate(SIMPLIFIED_FOR)
        characters.append(folded)
        if len(folded) == 1:
            starts.append(at)
            ends.append(at + 1)
        else:
            starts += [at] * len(folded)
            ends += [at + 1] * len(folded)
    return Folded("".join(characters).translate(_ASCII_POINTS), starts, ends)


class Folder:
    """Folds text by the tables it was given: respellings, words worth mending."""

    def __init__(
        self,
        respelt: dict[str, dict[str, str]],
        typo_targets: frozenset[str],
        known_words: frozenset[str],
    ) -> None:
        self._words = respelt["en"]
        self._respelt_zh = respelt["zh"]
        self._slips = re.compile("|".join(sorted(map(re.escape, respelt["zh"]), key=len, reverse=True)))
        self._known = known_words | typo_targets
        self._near: dict[str, str] = {}
        for target in sorted(typo_targets):
            for form in _shortened(target):
                self._near.setdefault(form, target)

    def fold(self, text: str, hidden: list[tuple[int, int]]) -> Folded:
        """Fold the text; `hidden` are spans of it, in order, that are somebody else's words."""
        folded = _characters(text, hidden)
        folded = folded.rewritten(_SPACES, lambda found: _one_space(found[0]))
        folded = folded.rewritten(_SPACED, lambda found: "")
        folded = folded.rewritten(_WORD, self._word)
        return folded.rewritten(self._slips, lambda found: self._respelt_zh[found[0]])

    def _word(self, found: re.Match[str]) -> str | None:
        word = found[0]
        if (new := self._words.get(word)) is not None:
            return new
        if word in self._known:
            return None
        if word.endswith("'s"):
            return None
        return self._mended(word)

    def _mended(self, word: str) -> str | None:
        """A word worth mending that is one slip away: a letter left out, added, changed, or two exchanged."""
        if not 5 <= len(word) <= 16:
            return None
        for form in _shortened(word):
            target = self._near.get(form)
            if target is not None and abs(len(target) - len(word)) <= 1 and _one_slip(word, target):
                return target
        return None


def _one_space(spaces: str) -> str | None:
    if "\n" in spaces:
        return "\n"
    return None if spaces == " " else " "


def _shortened(word: str) -> list[str]:
    """The word itself and the word less each one of its letters."""
    return [word, *(word[:at] + word[at + 1 :] for at in range(len(word)))]


def _one_slip(word: str, target: str) -> bool:
    if word[0] != target[0] or word.startswith(target) or target.startswith(word):
        return False
    if len(word) == len(target):
        wrong = [at for at in range(len(word)) if word[at] != target[at]]
        if len(wrong) == 1:
            return True
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and sorted(word) == sorted(target)
    return True
