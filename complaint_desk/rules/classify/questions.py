"""The question to ask next: the one whose answer would tell most about which kind of caller this is."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import log

from complaint_desk.models.enums import ComplainantType

FIRST_QUESTION = "first"
"""What the caller would most like to come of it: the question that may be answered for any of the five."""

MOST_QUESTIONS = 2
"""More than two questions would be an interrogation."""

_TYPES = tuple(ComplainantType)
_PAIRS = {f"{a}-{b}": (a, b) for a, b in combinations(_TYPES, 2)}
QUESTION_IDS = (FIRST_QUESTION, *_PAIRS)
"""The playbook's names of the questions: `first`, and each pair in the order of the five."""

_FIRST_RIGHT = 0.7
_PAIR_RIGHT, _PAIR_WRONG = 0.8, 0.07
_PAIR_OTHER = 0.2


def compared(question: str) -> tuple[ComplainantType, ...]:
    """The types a question tells apart. Raises ValueError for a question the playbook does not have."""
    if question == FIRST_QUESTION:
        return _TYPES
    if question not in _PAIRS:
        raise ValueError(question)
    return _PAIRS[question]


def next_question(probabilities: Mapping[ComplainantType, float], asked: Sequence[str] = ()) -> str | None:
    """The unasked question with the largest expected fall in uncertainty; none after two were asked."""
    if len(asked) >= MOST_QUESTIONS:
        return None
    now = _uncertainty([probabilities[kind] for kind in _TYPES])
    best, best_fall = None, 0.0
    for question in QUESTION_IDS:
        if question in asked:
            continue
        fall = now - _expected_uncertainty(question, probabilities)
        if fall > best_fall + 1e-12:
            best, best_fall = question, fall
    return best


def _expected_uncertainty(question: str, probabilities: Mapping[ComplainantType, float]) -> float:
    expected = 0.0
    for chances in _answers(question):
        joint = [probabilities[kind] * chances[kind] for kind in _TYPES]
        total = sum(joint)
        if total > 0:
            expected += total * _uncertainty([part / total for part in joint])
    return expected


def _answers(question: str) -> list[dict[ComplainantType, float]]:
    """For each way to answer: how likely a caller of each type gives it."""
    kinds = compared(question)
    if question == FIRST_QUESTION:
        wrong = (1 - _FIRST_RIGHT) / (len(_TYPES) - 1)
        return [{kind: _FIRST_RIGHT if kind == shown else wrong for kind in _TYPES} for shown in kinds]
    heard = []
    for shown in kinds:
        chances = dict.fromkeys(_TYPES, _PAIR_OTHER)
        chances.update(dict.fromkeys(kinds, _PAIR_WRONG))
        chances[shown] = _PAIR_RIGHT
        heard.append(chances)
    return [*heard, {kind: 1 - sum(chances[kind] for chances in heard) for kind in _TYPES}]


def _uncertainty(shares: Sequence[float]) -> float:
    return -sum(share * log(share) for share in shares if share > 0)
