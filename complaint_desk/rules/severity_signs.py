"""The word lists of grave matters, written out as patterns, and a glance at a text that most of them pass."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Literal

from complaint_desk.playbook.schema import LIST_NAME, Patterns, SeverityWords

_CLAUSE_GAP = r"[^,.!?;:\n]{0,%d}?"
_SENTENCE_GAP = r"(?:[^.!?;\n]{0,%d}[.!?;\n])?[^.!?;\n]{0,%d}?"
_COUNTS = re.compile(r"<@([a-z_]+)>")

Script = Literal["any", "latin", "other"]
_LATIN, _LETTER = re.compile("[a-z]"), re.compile(r"(?<!\\)[a-zA-Z]")
_ALNUM, _HAN = re.compile(r"(?<!\\)[a-zA-Z0-9]"), re.compile(r"[\u3400-\u9fff]")
_NEVER = r"(?!)"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Each pattern once, and only when a text comes near it: most calls need a few of them."""
    return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern: the words that count, and what must stand before and after them."""

    counts: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Cancel:
    """What takes a flag away: where it must stand, and where it does not serve."""

    reach: str
    words: str
    spares: tuple[str, ...]
    unless: str


def _whole_words(chinese: str, english: str) -> str:
    return rf"(?:(?:{chinese})|(?<![a-z0-9])(?:{english})(?![a-z0-9]))"


class Signs:
    """The word lists of severity, ready to use; made once by `compile_signs`."""

    def __init__(self, words: Mapping[str, SeverityWords], script: Script = "any") -> None:
        """For a text without Latin letters, or one in ASCII, most words need not be looked for: that is `script`."""
        self._lists = words
        self._script = script
        self._written_out: dict[str, str] = {}
        self.signs = {
            key: (entry.flag, entry.severity, tuple(self._signs(entry)))
            for key, entry in words.items()
            if entry.flag is not None and entry.severity is not None
        }
        self.cancels = tuple(self._cancel(entry) for entry in words.values() if entry.reach)
        self.turn = self._list("turn")
        self.suggestion = self._list("suggestion")
        self.trouble = self._list("trouble")

    def may_count(self, text: str) -> bool:
        """False where none of the words that count stands in a folded text, as in most of them."""
        latin = _LATIN.search(text) is not None
        if latin and not text.isascii():
            return True
        words = self._of_latin if latin else self._of_other
        return words is None or words.search(text) is not None

    @cached_property
    def _of_latin(self) -> re.Pattern[str] | None:
        return Signs(self._lists, "latin")._every_core()

    @cached_property
    def _of_other(self) -> re.Pattern[str] | None:
        return Signs(self._lists, "other")._every_core()

    def _every_core(self) -> re.Pattern[str] | None:
        cores = dict.fromkeys(
            sign.counts for _flag, _severity, signs in self.signs.values() for sign in signs
        )
        try:
            return re.compile("|".join(f"(?:{core})" for core in cores))
        except re.error:  # a list of one language only, where an item needs the other
            return None

    def _serves(self, item: str, chinese: bool) -> bool:
        """Whether an item can be met in a text of this script; one that names a list always can."""
        if self._script == "any" or "<" in item.replace("(?<", ""):
            return True
        if chinese:
            return self._script == "other" or _ALNUM.search(item) is not None or _HAN.search(item) is None
        return self._script == "latin" or _LETTER.search(item) is None

    def _expanded(self, text: str, chinese: bool) -> str:
        """The pattern with its lists and gaps written out; a list brings its words of both languages."""
        text = LIST_NAME.sub(lambda found: self._list(found[2]), text)
        near, far = (10, 40) if chinese else (40, 90)
        wide = _SENTENCE_GAP % (far, far)
        return text.replace("……", wide).replace("…", _CLAUSE_GAP % near)

    def _any(self, entry: Patterns) -> str:
        chinese, english = (
            [self._expanded(item, here) for item in items if self._serves(item, here)]
            for here, items in ((True, entry.zh_CN), (False, entry.en))
        )
        return _whole_words("|".join(chinese or [_NEVER]), "|".join(english or [_NEVER]))

    def _list(self, name: str) -> str:
        if name not in self._written_out:
            self._written_out[name] = self._any(self._lists[name])
        return self._written_out[name]

    def _signs(self, entry: SeverityWords) -> Iterator[Sign]:
        for chinese, items in ((True, entry.zh_CN), (False, entry.en)):
            left, right = ("", "") if chinese else ("(?<![a-z0-9])", "(?![a-z0-9])")
            for item in items:
                if not self._serves(item, chinese):
                    continue
                parts = _COUNTS.split(item)
                if len(parts) == 1:
                    yield Sign(f"{left}(?:{self._expanded(item, chinese)}){right}")
                    continue
                before, name, after = parts
                yield Sign(
                    self._list(name),
                    f"{left}(?:{self._expanded(before, chinese)})$" if before else "",
                    f"(?:{self._expanded(after, chinese)}){right}" if after else "",
                )

    def _cancel(self, entry: SeverityWords) -> Cancel:
        assert entry.reach is not None
        if entry.reach in ("just_before", "just_after"):
            items = [self._expanded(item, True) for item in entry.zh_CN]
            words = "|".join(items + [self._expanded(item, False) for item in entry.en])
        else:
            words = self._any(entry)
        return Cancel(entry.reach, words, entry.spares, self._any(entry.unless) if entry.unless else "")


def compile_signs(words: Mapping[str, SeverityWords]) -> Signs:
    """The word lists made ready: once a program; the patterns themselves are compiled as texts need them."""
    return Signs(words)
