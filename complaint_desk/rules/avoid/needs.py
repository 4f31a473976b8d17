"""Which patterns might match a sentence, told by the short runs of characters in it."""

from collections.abc import Sequence

from complaint_desk.playbook.avoid_patterns import AvoidPattern

_RUN = {"zh": 2, "en": 4}


class NeedsIndex:
    """The patterns of a language by the runs they need; time grows with the sentence, not with the patterns."""

    def __init__(self, patterns: Sequence[AvoidPattern], language: str) -> None:
        """Index the patterns; they are spoken of by their place in the sequence."""
        self._longest = _RUN[language]
        self._always: list[int] = []
        by_run: dict[str, list[tuple[int, str]]] = {}
        for rank, pattern in enumerate(patterns):
            if pattern.language != language:
                continue
            if not pattern.needs:
                self._always.append(rank)
            for string in pattern.needs:
                by_run.setdefault(string[: self._longest], []).append((rank, string))
        self._by_run = by_run

    def candidates(self, sentence: str) -> list[int]:
        """The places of the patterns that might match, in order."""
        found = set(self._always)
        known = self._by_run
        runs = set(sentence)
        for size in range(2, self._longest + 1):
            runs.update([sentence[at : at + size] for at in range(len(sentence) - size + 1)])
        for run in known.keys() & runs:
            found.update(rank for rank, string in known[run] if rank not in found and string in sentence)
        return sorted(found)
