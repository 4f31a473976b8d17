"""A second opinion learned from examples: is this sentence one to avoid, and under which rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from complaint_desk.playbook.avoid_patterns import LearnedWeights
from complaint_desk.rules.avoid.features import Concepts, features


@dataclass(frozen=True, slots=True)
class Opinion:
    """How far a sentence is to be avoided, in log-odds, and how the rules stand if that is above the threshold."""

    margin: float
    rules: tuple[float, ...]

    def leading(self) -> int:
        """The number of the rule that leads."""
        return max(range(len(self.rules)), key=self.rules.__getitem__)


def opinion(sentence: str, language: str, concepts: Concepts, learned: LearnedWeights) -> Opinion:
    """What the model holds of one folded sentence; time grows with its length only."""
    table = learned.weights
    rows = [row for name in features(sentence, language, concepts) if (row := table.get(name)) is not None]
    scale = 1 / (sqrt(sum([row[0] * row[0] for row in rows])) or 1)
    margin = learned.bias[0] + scale * sum([row[1] for row in rows])
    if margin <= learned.threshold:
        return Opinion(margin, ())
    return Opinion(margin, _sums(rows, scale, learned.bias))


def _sums(rows: Sequence[tuple[float, ...]], scale: float, bias: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(
        start + scale * sum(row[number] for row in rows) for number, start in enumerate(bias[1:], start=2)
    )
