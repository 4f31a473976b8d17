"""Fits the weights: two logistic layers over the same features, one for the wish and one for the cause.

A development tool: it needs scikit-learn, which the desk itself does without.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from classifier_data import CAUSES, TYPES, Call, sayings, trie
from classifier_data import features as features_of
from complaint_desk.rules.classify.pieces import Feature
from complaint_desk.rules.classify.priors import SEED_SHARES

Floats = NDArray[np.float64]

LEAST_CALLS = 2
"""A feature must stand in so many calls to be learned."""

LEAST_CALLS_OF_PAIR = 3
"""Two ideas in one clause must stand together in so many calls."""

TYPE_SCALE = {"idea": 0.5, "standing": 0.5, "pair": 0.2, "cause": 0.0, "slip": 3.0, "end": 6.0, "piece": 10.0}
CAUSE_SCALE = {
    "idea": 0.1,
    "standing": 0.0,
    "pair": 0.0,
    "cause": 1.0,
    "slip": 4.0,
    "end": 0.5,
    "piece": 10.0,
}
"""How far each family of features is trusted: a larger scale is a weaker penalty on its weights."""

TYPE_STRENGTH = 1.0
CAUSE_STRENGTH = 1.0
"""The inverse penalty of each layer; both were chosen by cross-validation that holds whole personas out."""

_USUAL_RARITY = 4.0
_ITERATIONS = 500
_STANDINGS = ("start:", "refused:", "reported:", "done:", "open:", "but:", "request:", "last:")
_PRIOR = np.array([SEED_SHARES[kind] for kind in TYPES])


@dataclass(frozen=True)
class Layer:
    """Fitted weights, one row a feature, and the score of no words at all."""

    rows: dict[str, int]
    weights: Floats
    base: Floats

    def scores(self, texts: Sequence[Sequence[Feature]]) -> Floats:
        """The log-odds scores of each text for each class."""
        found: Floats = table(texts, self.rows, lambda name: 1.0) @ self.weights + self.base
        return found


def family(name: str) -> str:
    """The family of a feature, by how its name begins."""
    if name.startswith("cause."):
        return "cause"
    if name.startswith(_STANDINGS):
        return "standing"
    if name.startswith(("idea.", "scope.", "no request")):
        return "pair" if "+" in name else "idea"
    if name.startswith("#"):
        return "slip"
    return "end" if name.startswith("end:") else "piece"


def learnable(texts: Sequence[Sequence[Feature]]) -> dict[str, int]:
    """The features common enough to learn, in order of name, with their rows."""
    calls: Counter[str] = Counter()
    for features in texts:
        calls.update({feature[0] for feature in features})
    least = {"pair": LEAST_CALLS_OF_PAIR}
    names = sorted(name for name, count in calls.items() if count >= least.get(family(name), LEAST_CALLS))
    return {name: row for row, name in enumerate(names)}


def table(
    texts: Sequence[Sequence[Feature]], rows: dict[str, int], scale: Callable[[str], float]
) -> csr_matrix:
    """One line a text, one column a feature; values times the scale of the feature's family."""
    lines, columns, values = [], [], []
    for number, features in enumerate(texts):
        for name, _, _, value in features:
            if name in rows:
                lines.append(number)
                columns.append(rows[name])
                values.append(value * scale(name))
    return csr_matrix((values, (lines, columns)), shape=(len(texts), len(rows)))


def fit(
    texts: Sequence[Sequence[Feature]],
    labels: Sequence[int],
    rows: dict[str, int],
    scales: dict[str, float],
    strength: float,
    with_base: bool,
) -> Layer:
    """Fit one layer, every class weighing the same, so that how common a type is stays out of the evidence.

    The rarer a feature is, the more it is trusted, within what its family may say.
    """
    plain = table(texts, rows, lambda name: 1.0)
    rarity = np.log(len(texts) / np.maximum(np.bincount(plain.indices, minlength=len(rows)), 1))
    scale = np.array([scales[family(name)] for name in rows]) * rarity / _USUAL_RARITY
    with threadpool_limits(limits=1):
        layer = LogisticRegression(
            C=strength, max_iter=_ITERATIONS, tol=1e-6, class_weight="balanced", fit_intercept=with_base
        )
        layer.fit(plain @ diags(scale), labels)
    weights = layer.coef_.T * scale[:, None]
    base = layer.intercept_ if with_base else np.zeros(weights.shape[1])
    return Layer(rows, weights, base)


@lru_cache(maxsize=1)
def _sayings() -> tuple[list[list[Feature]], list[int]]:
    told = sayings()
    return features_of([words for words, _ in told], trie()), [CAUSES.index(cause) for _, cause in told]


def fit_types(calls: Sequence[Call], texts: Sequence[Sequence[Feature]]) -> Layer:
    """The layer of the five wishes."""
    labels = [TYPES.index(call.type) for call in calls]
    rows = learnable([*texts, *_sayings()[0]])
    return fit(texts, labels, rows, TYPE_SCALE, TYPE_STRENGTH, with_base=False)


def fit_causes(calls: Sequence[Call], texts: Sequence[Sequence[Feature]]) -> Layer:
    """The layer of the twelve causes, which also learns from the sayings of what happened."""
    told, told_causes = _sayings()
    labels = [CAUSES.index(call.cause) for call in calls] + told_causes
    every = [*texts, *told]
    return fit(every, labels, learnable(every), CAUSE_SCALE, CAUSE_STRENGTH, with_base=True)


def shares(scores: Floats, prior: Floats | None = None, sharpness: float = 1.0) -> Floats:
    """Probabilities from scores, each line summing to one."""
    logits = scores * sharpness + (np.log(prior) if prior is not None else 0.0)
    parts = np.exp(logits - logits.max(axis=1, keepdims=True))
    whole: Floats = parts / parts.sum(axis=1, keepdims=True)
    return whole


def held_out(
    calls: Sequence[Call],
    texts: Sequence[Sequence[Feature]],
    groups: Sequence[str],
    folds: int,
    fitter: Callable[[Sequence[Call], Sequence[Sequence[Feature]]], Layer],
) -> Floats:
    """The scores of every call by a layer that saw no call of its group; groups are dealt to folds in order."""
    order = {group: number % folds for number, group in enumerate(sorted(set(groups)))}
    fold_of = [order[group] for group in groups]
    scores: Floats | None = None
    for fold in range(folds):
        inside = [i for i, own in enumerate(fold_of) if own != fold]
        outside = [i for i, own in enumerate(fold_of) if own == fold]
        if not outside:
            continue
        layer = fitter([calls[i] for i in inside], [texts[i] for i in inside])
        found = layer.scores([texts[i] for i in outside])
        if scores is None:
            scores = np.zeros((len(calls), found.shape[1]))
        scores[outside] = found
    if scores is None:
        raise ValueError("no calls")
    return scores


def best_sharpness(scores: Floats, labels: Sequence[int], prior: Floats | None = None) -> float:
    """The factor on the scores under which held-out calls were likeliest: below one for a layer that is too sure."""
    truth = np.array(labels)
    lines = np.arange(len(truth))
    tried = np.round(np.arange(0.40, 2.01, 0.02), 2)
    losses = [-np.log(shares(scores, prior, float(s))[lines, truth] + 1e-12).mean() for s in tried]
    return float(tried[int(np.argmin(losses))])


PRIOR = _PRIOR
"""The shares of training text 003 in the order of the types."""
