"""Promises without owner or time, sums beyond the authority, and apologies in place of an act."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from complaint_desk.rules.avoid.amounts import amount
from complaint_desk.rules.avoid.sentences import Sentence

_APOLOGIES_TOO_MANY = 3


class Pledges:
    """Reads what is promised, offered and apologised for in folded text."""

    def __init__(self, phrases: dict[str, str]) -> None:
        """Compile the phrases of both languages."""
        self._phrases = {name: re.compile(expression) for name, expression in phrases.items()}

    def find(
        self, text: str, sentences: Sequence[Sentence], limit: Decimal, internal: bool
    ) -> list[tuple[str, int, int]]:
        """Rule and folded span of each; over-apologising matters to a caller only."""
        found: list[tuple[str, int, int]] = []
        for sentence in sentences:
            found += self._promises(text, sentence)
            found += self._sums(text, sentence, limit)
        if not internal:
            found += self._apologies(text, sentences)
        return found

    def _promises(self, text: str, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
        phrase = self._phrases
        language = sentence.language
        said = phrase[f"surely_{language}"].search(text, sentence.start, sentence.end)
        if said is None or phrase[f"not_surely_{language}"].search(text, sentence.start, sentence.end):
            return
        if language == "en" and not phrase["surely_commits_en"].search(text, sentence.start, sentence.end):
            return
        if not self.is_kept(text, sentence):
            yield "promise", said.start(), said.end()

    def is_kept(self, text: str, sentence: Sentence) -> bool:
        """Whether a promise has what it needs: somebody who will do it, and a time."""
        return all(
            self._phrases[f"{part}_{sentence.language}"].search(text, sentence.start, sentence.end)
            for part in ("owner", "when")
        )

    def names_a_sum(self, text: str, sentence: Sentence) -> bool:
        """Whether the sentence names a sum of money, which `find` has then held against the limit."""
        found = self._phrases[f"amount_{sentence.language}"].search(text, sentence.start, sentence.end)
        return found is not None

    def _sums(self, text: str, sentence: Sentence, limit: Decimal) -> Iterator[tuple[str, int, int]]:
        phrase = self._phrases
        language = sentence.language
        if phrase[f"not_offer_{language}"].search(text, sentence.start, sentence.end):
            return
        offer = phrase[f"offer_{language}"].search(text, sentence.start, sentence.end)
        if offer is None:
            return
        for said in phrase[f"amount_{language}"].finditer(text, sentence.start, sentence.end):
            value = amount(said)
            if value is not None and value > limit:
                yield "beyond", min(offer.start(), said.start()), max(said.end(), offer.end())
                return

    def _apologies(self, text: str, sentences: Sequence[Sentence]) -> Iterator[tuple[str, int, int]]:
        said: list[re.Match[str]] = []
        for sentence in sentences:
            said += self._phrases[f"sorry_{sentence.language}"].finditer(text, sentence.start, sentence.end)
        if len(said) < _APOLOGIES_TOO_MANY:
            return
        languages = {sentence.language for sentence in sentences}
        if any(self._phrases[f"sorry_action_{language}"].search(text) for language in languages):
            return
        yield "over_apology", said[0].start(), said[-1].end()
