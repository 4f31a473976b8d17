"""What the learned opinion looks at: runs of words or characters, with words of one kind read as one sign.

"That is the warehouse's fault" and "that is the courier's fault" then share nearly all their features.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

_FIRST_SIGN = 0xE100
_DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_MARKS = re.compile(r"[^\w\s?!？！，,\ue000-\ue1ff]+")
_TOKEN = re.compile(r"[a-z]+|0|[?!]|[\ue000-\ue1ff]|[\u3400-\u9fff]")


class Concepts:
    """Reads words of one kind as one sign, the longest first."""

    def __init__(self, kinds: Mapping[str, tuple[str, ...]], *, by_word: bool) -> None:
        """`kinds` lists the words of each kind; `by_word` for languages that part their words by spaces."""
        self._by_word = by_word
        self._starting: dict[str, list[tuple[str, int, str]]] = {}
        for number, words in enumerate(kinds.values()):
            sign = chr(_FIRST_SIGN + number)
            for word in words:
                start = word.split()[0] if by_word else word[0]
                size = len(word.split()) if by_word else len(word)
                self._starting.setdefault(start, []).append((word, size, sign))
        for listed in self._starting.values():
            listed.sort(key=lambda entry: -entry[1])

    def read(self, tokens: list[str]) -> list[str]:
        """The tokens with each word of a kind replaced by the kind's sign."""
        read: list[str] = []
        at = 0
        glue = " " if self._by_word else ""
        while at < len(tokens):
            for word, size, sign in self._starting.get(tokens[at], ()):
                if size == 1 or glue.join(tokens[at : at + size]) == word:
                    read.append(sign)
                    at += size
                    break
            else:
                read.append(tokens[at])
                at += 1
        return read


def features(folded: str, language: str, concepts: Concepts) -> set[str]:
    """The features of one folded sentence in that language ("zh" or "en")."""
    text = _MARKS.sub(" ", _DIGITS.sub("0", folded))
    if language == "en":
        raw = _TOKEN.findall(text)
        read = ["^", *concepts.read(raw), "$"]
        found = {f"r{one} {two}" for one, two in pairwise(raw)}
        found.update(raw)
        found.update(read)
        found.update(f"{one} {two}" for one, two in pairwise(read))
        found.update(f"{one} _ {two}" for one, two in zip(read, read[2:], strict=False))
        found.update(f"{a} {b} {c}" for a, b, c in zip(read, read[1:], read[2:], strict=False))
        return found
    raw = [sign for sign in text if not sign.isspace()]
    read = ["^", *concepts.read(raw), "$"]
    found = set(read)
    for size in (2, 3):
        found.update("".join(read[at : at + size]) for at in range(len(read) - size + 1))
    for size in (2, 3):
        found.update("r" + "".join(raw[at : at + size]) for at in range(len(raw) - size + 1))
    return found
