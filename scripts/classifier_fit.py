"""Fits the weights: two logistic layers over the same features, one for the wish and one for the cause.

A development tool: it needs scikit-learn, which the desk itself does without.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, vstack
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from classifier_data import CAUSES, TYPES, Call, beginnings, sayings, trie
from classifier_data import features as features_of
from complaint_desk.rules.classify.pieces import Feature
from complaint_desk.rules.classify.priors import SEED_SHARES
from complaint_desk.rules.classify.text import tokenize, told_enough

Floats = NDArray[np.float64]

LEAST_CALLS = 2
LEAST_CALLS_HAN, LEAST_CALLS_HAN_TRIPLE = 3, 4
"""A feature must stand in so many calls to be learned; Chinese characters by twos and threes are many and chancy."""

WISHLESS = 0.4
"""What a saying that holds no wish counts for the layer of wishes, shared evenly among the five."""

TYPE_SCALE = {
    "idea": 0.5,
    "asked": 1.0,
    "standing": 0.5,
    "pair": 0.2,
    "class": 0.5,
    "word": 0.5,
    "cause": 0.0,
    "slip": 3.0,
    "end": 5.0,
    "piece": 7.0,
    "han end": 6.0,
    "han piece": 10.0,
}
CAUSE_SCALE = {
    "idea": 0.1,
    "asked": 0.0,
    "standing": 0.0,
    "pair": 0.0,
    "class": 0.0,
    "word": 0.0,
    "cause": 1.0,
    "slip": 4.0,
    "end": 0.5,
    "piece": 10.0,
    "han end": 0.5,
    "han piece": 10.0,
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
    if name.startswith(("class:", "word:")):
        return "class" if name[0] == "c" else "word"
    if name.startswith("asked"):
        return "asked"
    if name.startswith(_STANDINGS):
        return "standing"
    if name.startswith(("idea.", "scope.", "no request")):
        return "pair" if "+" in name else "idea"
    if name.startswith("#"):
        return "slip"
    piece = name.removeprefix("end:")
    kind = "end" if piece != name else "piece"
    return "han " + kind if is_han(piece) else kind


def is_han(piece: str) -> bool:
    """Whether a piece of a text is of Chinese characters."""
    return "\u3400" <= piece[:1] <= "\u9fff"


def learnable(texts: Sequence[Sequence[Feature]]) -> dict[str, int]:
    """The features common enough to learn, in order of name, with their rows."""
    calls: Counter[str] = Counter()
    for features in texts:
        calls.update({feature[0] for feature in features})
    names = sorted(name for name, count in calls.items() if count >= _least(name))
    return {name: row for row, name in enumerate(names)}


def _least(name: str) -> int:
    piece = name.removeprefix("end:")
    if not is_han(piece):
        return LEAST_CALLS
    return LEAST_CALLS_HAN_TRIPLE if len(piece) > 2 else LEAST_CALLS_HAN


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
    wishless: Sequence[Sequence[Feature]] = (),
) -> Layer:
    """Fit one layer, every class weighing the same, so that how common a type is stays out of the evidence.

    The rarer a feature is, the more it is trusted, within what its family may say. `wishless` texts speak for every
    class alike, which teaches that what they tell speaks for none.
    """
    plain = table([*texts, *wishless], rows, lambda name: 1.0)
    rarity = np.log(len(texts) / np.maximum(np.bincount(plain.indices, minlength=len(rows)), 1))
    classes = sorted(set(labels))
    told = plain[len(texts) :]
    plain = vstack([plain[: len(texts)], *[told for _ in classes]])
    counts = [1.0] * len(texts) + [WISHLESS / len(classes)] * len(wishless) * len(classes)
    every_label = [*labels, *(k for k in classes for _ in wishless)]
    scale = np.array([scales[family(name)] for name in rows]) * rarity / _USUAL_RARITY
    with threadpool_limits(limits=1):
        layer = LogisticRegression(
            C=strength, max_iter=_ITERATIONS, tol=1e-6, class_weight="balanced", fit_intercept=with_base
        )
        layer.fit(plain @ diags(scale), every_label, sample_weight=counts)
    weights = layer.coef_.T * scale[:, None]
    base = layer.intercept_ if with_base else np.zeros(weights.shape[1])
    return Layer(rows, weights, base)


@lru_cache(maxsize=1)
def _sayings() -> tuple[list[list[Feature]], list[int]]:
    told = sayings()
    return features_of([words for words, _ in told], trie()), [CAUSES.index(cause) for _, cause in told]


def fit_types(calls: Sequence[Call], texts: Sequence[Sequence[Feature]]) -> Layer:
    """The layer of the five wishes, which learns from the sayings what speaks for none of them."""
    labels = [TYPES.index(call.type) for call in calls]
    told = _sayings()[0]
    rows = learnable([*texts, *told])
    return fit(texts, labels, rows, TYPE_SCALE, TYPE_STRENGTH, with_base=False, wishless=told)


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
    read: Sequence[tuple[int, Sequence[Feature]]] | None = None,
) -> Floats:
    """The scores of every call by a layer that saw no call of its group; groups are dealt to folds in order.

    With `read` given, the scores of those texts in place of the calls'; each says of which call it is.
    """
    order = {group: number % folds for number, group in enumerate(sorted(set(groups)))}
    fold_of = [order[group] for group in groups]
    asked = list(enumerate(texts)) if read is None else read
    scores: Floats | None = None
    for fold in range(folds):
        inside = [i for i, own in enumerate(fold_of) if own != fold]
        outside = [n for n, (i, _) in enumerate(asked) if fold_of[i] == fold]
        if not outside:
            continue
        layer = fitter([calls[i] for i in inside], [texts[i] for i in inside])
        found = layer.scores([asked[n][1] for n in outside])
        if scores is None:
            scores = np.zeros((len(asked), found.shape[1]))
        scores[outside] = found
    if scores is None:
        raise ValueError("no calls")
    return scores


def best_sharpness(
    scores: Floats, labels: Sequence[int], prior: Floats | None = None, counts: Floats | None = None
) -> float:
    """The factor on the scores under which held-out calls were likeliest: below one for a layer that is too sure.

    `counts` says how much each line counts, all alike unless told.
    """
    truth = np.array(labels)
    lines = np.arange(len(truth))
    tried = np.round(np.arange(0.40, 3.01, 0.02), 2)
    losses = [
        np.average(-np.log(shares(scores, prior, float(s))[lines, truth] + 1e-12), weights=counts)
        for s in tried
    ]
    return float(tried[int(np.argmin(losses))])


def told_by_length(scores: Floats, texts: Sequence[str]) -> Floats:
    """The scores as reading scales them: little can be sure after a few words."""
    scaled: Floats = scores * np.array([told_enough(tokenize(text)) for text in texts])[:, None]
    return scaled


def type_sharpness(
    calls: Sequence[Call], texts: Sequence[Sequence[Feature]], groups: Sequence[str], folds: int
) -> float:
    """How sure of a wish held-out calls allow, whole ones and, counting half, their beginnings."""
    labels = [TYPES.index(call.type) for call in calls]
    parts = [(i, part) for i, call in enumerate(calls) for part in beginnings(call.text)]
    heard = features_of([part for _, part in parts], trie())
    read = [*enumerate(texts), *((i, found) for (i, _), found in zip(parts, heard, strict=True))]
    scores = held_out(calls, texts, groups, folds, fit_types, read)
    scores = told_by_length(scores, [*(call.text for call in calls), *(part for _, part in parts)])
    counts = np.array([1.0] * len(calls) + [BEGINNING] * len(parts))
    return best_sharpness(scores, [labels[i] for i, _ in read], _PRIOR, counts)


BEGINNING = 0.5
"""What the beginning of a call counts when it is settled how sure a reading may be."""

PRIOR = _PRIOR
"""The shares of training text 003 in the order of the types."""
