"""Which calls need another way: offered from the caller's words and the words that raise a flag, never forced."""

import re
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from complaint_desk.models.enums import Channel, SafetyFlag
from complaint_desk.playbook.spoken_words import SituationWords
from complaint_desk.rules.severity import assess
from complaint_desk.rules.severity_signs import Signs
from complaint_desk.rules.traditional import SIMPLIFIED_FOR

DANGER, FOOD_OR_INJURY = "danger_or_self_harm", "food_safety_or_injury"
ABUSIVE, OUTSIDE, SILENT = "abusive_caller", "media_or_regulator", "silent_caller"
BY_URGENCY: Final = (DANGER, FOOD_OR_INJURY, ABUSIVE, OUTSIDE, SILENT)
"""The playbook's names of the five situations; where several fit, the first goes before."""

READ_LIMIT: Final = 6_000
"""Characters read at most; of a longer text the end."""

_BY_FLAG: Final = {
    SafetyFlag.DANGER: DANGER,
    SafetyFlag.FOOD_SAFETY: FOOD_OR_INJURY,
    SafetyFlag.INJURY: FOOD_OR_INJURY,
    SafetyFlag.MEDIA_OR_REGULATOR: OUTSIDE,
}
_SENTENCE = re.compile(r"[^。！？!?；;\n.]+")


class Offer(NamedTuple):
    """A card worth offering, and the words that brought it to mind; empty where the channel did."""

    situation: str
    words: str


class SituationSigns:
    """The words of the playbook, ready to be looked for; made once."""

    def __init__(self, words: Mapping[str, SituationWords]) -> None:
        self._signs = {
            name: (
                _any(entry.zh_CN, entry.en),
                _any(entry.unless.zh_CN, entry.unless.en) if entry.unless else None,
            )
            for name, entry in words.items()
        }

    def find(self, text: str) -> dict[str, str]:
        """The situations whose words stand in the text, each with the words, by sentence."""
        found: dict[str, str] = {}
        folded = text.translate(SIMPLIFIED_FOR).lower()
        if len(folded) != len(text):
            folded = text
        for sentence in _SENTENCE.finditer(folded):
            begin = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
            words = sentence[0].strip()
            for name, (sign, unless) in self._signs.items():
                if name not in found and (hit := sign.search(words)):
                    if unless is not None and unless.search(words):
                        continue
                    found[name] = text[begin + hit.start() : begin + hit.end()]
        return found


def _any(chinese: Sequence[str], english: Sequence[str]) -> re.Pattern[str]:
    zh, en = "|".join(chinese), "|".join(english)
    return re.compile(rf"(?:{zh})|(?<![a-z0-9])(?:{en})(?![a-z0-9])")


def offered(text: str, channel: Channel | None, severity: Signs, signs: SituationSigns) -> tuple[Offer, ...]:
    """The cards to offer for what was taken down so far, the most urgent first."""
    text = text[-READ_LIMIT:]
    assessed = assess(text, channel, None, severity)
    found = signs.find(text)
    for span in assessed.spans:
        found.setdefault(_BY_FLAG[span.flag], text[span.start : span.end])
    for flag in assessed.flags:
        found.setdefault(_BY_FLAG[flag], "")
    return tuple(Offer(name, found[name]) for name in BY_URGENCY if name in found)
