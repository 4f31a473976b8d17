"""The reading of a caller: five probabilities, three causes, and the words that spoke for and against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log, log10
from struct import Struct
from typing import NamedTuple, TypeAlias

from complaint_desk.models.enums import Cause, ComplainantType
from complaint_desk.playbook.caller_model import (
    CAUSES,
    PACKED_NOUGHT,
    PACKED_ROW,
    TYPES,
    WIDTH,
    CallerModel,
)
from complaint_desk.rules.classify.clauses import Clause
from complaint_desk.rules.classify.features import extract
from complaint_desk.rules.classify.pieces import Feature
from complaint_desk.rules.classify.priors import SEED_RANGES, SEED_SHARES
from complaint_desk.rules.classify.questions import compared, next_question
from complaint_desk.rules.classify.text import Token, told_enough

READ_LIMIT = 4_000
"""Characters read at most; of a longer text the end, where the last request stands."""

SURE_SHARE, SURE_LEAD = 0.50, 0.15
"""Below this share, or with a smaller lead over the second type, the desk asks and does not guess."""

ANSWER_POINTS = 7.0
"""Decibans of a strong cue: by so much an answer lifts its type above those it was compared with."""

CAUSES_SHOWN = 3
_REASONS_FOR_LEADER, _REASONS_FOR_SECOND = 5, 3
_LEAST_POINTS = 0.5
_LEAST_SHARE = 1e-9
_LONGEST_QUOTE = 14
_DECIBANS = 10 / log(10)
_PACKED = Struct(f"<{WIDTH}I")
_ONE_WEIGHT = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Reason:
    """Words that spoke for a type (points above nought) or against it.

    `span` counts characters of the text as it was given; `points` are decibans, ten times the common logarithm.
    An answer to a question has the empty span (0, 0) and the question's name for words.
    """

    span: tuple[int, int]
    words: str
    type: ComplainantType
    points: float


@dataclass(frozen=True, slots=True)
class PriorShare:
    """Where the leading type started before a word was said: its share and the same in decibans."""

    type: ComplainantType
    share: float
    points: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the words so far say of the caller: for the agent's manner only, never for remedy or deadline."""

    probabilities: dict[ComplainantType, float]
    causes: tuple[tuple[Cause, float], ...]
    reasons: tuple[Reason, ...]
    prior: PriorShare
    ask: str | None
    unsure: bool
    depends_on_prior: bool

    @property
    def type(self) -> ComplainantType:
        """The leading type, also when the reading is unsure."""
        return self.prior.type

    @property
    def cause(self) -> Cause | None:
        """The likeliest cause; none while nothing was said."""
        return self.causes[0][0] if self.causes else None


def read_caller(
    text: str,
    model: CallerModel,
    answers: Mapping[str, ComplainantType | None] | None = None,
    shares: Mapping[ComplainantType, float] = SEED_SHARES,
) -> Reading:
    """Read the words so far, in Chinese, English or both, with what the answers to the questions showed.

    `answers` maps a question's name to the type its answer spoke for, or None when it told nothing. `shares` are how
    common the types are, the training's figures unless the store has its own. Raises ValueError for an unknown
    question. The same words always give the same reading.
    """
    answers = answers or {}
    skipped = max(0, len(text) - READ_LIMIT)
    features, tokens, clauses = extract(text[skipped:], model.phrases, model.rows)
    segments = _segments(tokens, clauses)
    weighed = _weigh(features, segments, model)
    gained = _gained(weighed, model.step)
    trust = told_enough(tokens)
    scores = [
        _DECIBANS * (trust * gained[k] + log(max(shares[kind], _LEAST_SHARE))) for k, kind in enumerate(TYPES)
    ]
    answered = _hear_answers(scores, answers)
    probabilities = dict(zip(TYPES, _shares_of([s / _DECIBANS for s in scores]), strict=True))
    first, second = sorted(range(len(TYPES)), key=lambda k: -scores[k])[:2]
    leader, runner_up = TYPES[first], TYPES[second]
    unsure = (
        probabilities[leader] < SURE_SHARE or probabilities[leader] - probabilities[runner_up] < SURE_LEAD
    )
    quotes = []
    for k, most in ((first, _REASONS_FOR_LEADER), (second, _REASONS_FOR_SECOND)):
        points = _points(weighed, len(segments), k, trust * model.step)
        quotes += _quotes(text, skipped, segments, points, k, most)
    return Reading(
        probabilities=probabilities,
        causes=_causes(gained[len(TYPES) :], model) if weighed else (),
        reasons=(*answered, *quotes),
        prior=PriorShare(leader, shares[leader], 10 * log10(max(shares[leader], _LEAST_SHARE))),
        ask=next_question(probabilities, tuple(answers)) if unsure else None,
        unsure=unsure,
        depends_on_prior=_depends_on_prior(scores, shares, first),
    )


class _Segment(NamedTuple):
    start: int
    end: int


_Weighed: TypeAlias = dict[float, tuple[list[int], list[int]]]
"""For each value a feature may have: the packed weights of each stretch as one whole number, and their count."""


def _segments(tokens: Sequence[Token], clauses: Sequence[Clause]) -> list[_Segment]:
    """The stretches that can be quoted: clauses, and the pieces of a clause that goes on and on."""
    segments = []
    for clause in clauses:
        words = [token for token in tokens[clause.first : clause.end] if token[1] != "p"]
        for i in range(0, len(words), _LONGEST_QUOTE):
            piece = words[i : i + _LONGEST_QUOTE]
            segments.append(_Segment(piece[0][2], piece[-1][3]))
    return segments


def _weigh(features: Sequence[Feature], segments: Sequence[_Segment], model: CallerModel) -> _Weighed:
    """Add up the weights of what was said in each stretch; empty when the model knows none of it.

    A row's seventeen weights are added as one whole number, which is what makes a long text quick.
    """
    at_character: list[int] = []
    for number, stretch in enumerate(segments):
        at_character += [number] * (stretch.end - len(at_character))
    weighed: _Weighed = {}
    rows, last = model.rows, len(at_character) - 1
    weighing = 0.0
    sums: list[int] = []
    counts: list[int] = []
    for name, start, end, value in features if segments else ():
        if name not in rows:
            continue
        if value != weighing:
            weighing = value
            if value not in weighed:
                weighed[value] = [0] * len(segments), [0] * len(segments)
            sums, counts = weighed[value]
        middle = (start + end) // 2
        place = at_character[middle] if middle < last else at_character[last]
        sums[place] += rows[name]
        counts[place] += 1
    return weighed


def _gained(weighed: _Weighed, step: float) -> list[float]:
    """What the whole text gained for each type and each cause."""
    gained = [0.0] * WIDTH
    for value, (sums, counts) in weighed.items():
        nought = PACKED_NOUGHT * sum(counts)
        totals = _PACKED.unpack(sum(sums).to_bytes(PACKED_ROW, "little"))
        gained = [own + value * step * (more - nought) for own, more in zip(gained, totals, strict=True)]
    return gained


def _points(weighed: _Weighed, stretches: int, k: int, step: float) -> list[float]:
    """What each stretch gained for one type."""
    points = [0.0] * stretches
    shift = 32 * k
    for value, (sums, counts) in weighed.items():
        scale = value * step
        for number, count in enumerate(counts):
            if count:
                steps = (sums[number] >> shift & _ONE_WEIGHT) - PACKED_NOUGHT * count
                points[number] += scale * steps
    return points


def _causes(scores: Sequence[float], model: CallerModel) -> tuple[tuple[Cause, float], ...]:
    totals = [base + score for base, score in zip(model.cause_base, scores, strict=True)]
    ranked = sorted(zip(CAUSES, _shares_of(totals), strict=True), key=lambda pair: -pair[1])
    return tuple(ranked[:CAUSES_SHOWN])


def _hear_answers(scores: list[float], answers: Mapping[str, ComplainantType | None]) -> list[Reason]:
    """Lift the type an answer spoke for above those it was compared with, whatever the words said."""
    heard = []
    for question, shown in answers.items():
        kinds = compared(question)
        if shown is None:
            continue
        if shown not in kinds:
            raise ValueError(question)
        own = TYPES.index(shown)
        best_other = max(scores[TYPES.index(kind)] for kind in kinds if kind != shown)
        points = ANSWER_POINTS + max(0.0, best_other - scores[own])
        scores[own] += points
        heard.append(Reason((0, 0), question, shown, points))
    return heard


def _quotes(
    text: str, skipped: int, segments: Sequence[_Segment], points: Sequence[float], k: int, most: int
) -> list[Reason]:
    strong = [n for n, own in enumerate(points) if abs(own) * _DECIBANS >= _LEAST_POINTS]
    strong.sort(key=lambda n: (-abs(points[n]), n))
    reasons = []
    for n in strong[:most]:
        start, end = segments[n].start + skipped, segments[n].end + skipped
        reasons.append(Reason((start, end), text[start:end], TYPES[k], points[n] * _DECIBANS))
    return reasons


def _depends_on_prior(scores: Sequence[float], shares: Mapping[ComplainantType, float], first: int) -> bool:
    """Whether another type would lead somewhere within the ranges of training text 003."""
    bare = [scores[k] - _DECIBANS * log(max(shares[kind], _LEAST_SHARE)) for k, kind in enumerate(TYPES)]
    at_least = bare[first] + 10 * log10(SEED_RANGES[TYPES[first]][0])
    return any(
        bare[k] + 10 * log10(SEED_RANGES[kind][1]) >= at_least for k, kind in enumerate(TYPES) if k != first
    )


def _shares_of(scores: Sequence[float]) -> list[float]:
    top = max(scores)
    parts = [exp(score - top) for score in scores]
    return [part / sum(parts) for part in parts]
