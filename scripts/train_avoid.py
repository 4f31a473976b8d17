"""Rebuild the learned weights of the words-to-avoid checker from the sentences under tests/data.

    .venv/bin/python scripts/train_avoid.py             writes complaint_desk/playbook/avoid/weights_*.tsv
    .venv/bin/python scripts/train_avoid.py --batches 1 trains on some batches only, to measure on another
    .venv/bin/python scripts/train_avoid.py --cross     measures rules and weights together, ten folds

It needs scikit-learn, a development tool that the desk itself does without: pip install "scikit-learn>=1.9,<2".
"""

import argparse
import json
import sys
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from complaint_desk.playbook.avoid_patterns import RULES, AvoidPatterns, LearnedWeights, read_avoid_patterns
from complaint_desk.rules.avoid import Checker
from complaint_desk.rules.avoid.features import features

ROOT = Path(__file__).resolve().parent.parent
FALSE_ALARMS = {"zh": 0.025, "en": 0.035}
"""The share of good sentences full of traps, by an author not trained on, that the weights alone may call bad.

More in English, where `voices4` holds more traps than agents say.
"""

LOST = 0.08
"""The share of bad sentences, of an author not trained on, that the veto may pass over."""

Rows = list[dict[str, Any]]


STRENGTH = 5.0
"""The inverse penalty on the weights, chosen on an author who was not trained on."""

OTHER_AUTHOR = 3.0
"""What one sentence by an author other than the patterns' weighs against one by the patterns' author."""


def sentences(language: str) -> Rows:
    """The hand-written sentences of a language; those without a batch are by another author than the patterns."""
    folder = ROOT / "tests" / "data"
    paths = [
        folder / f"agent_sentences_{name}_{language}.jsonl"
        for name in ("dev", "voices", "voices2", "voices3", "voices4")
    ]
    return [
        json.loads(line) | {"file": path.stem}
        for path in paths
        if path.exists()
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def read_features(rows: Rows, language: str, checker: Checker) -> list[set[str]]:
    """What the model sees of each sentence."""
    concepts = checker.concepts(language)
    return [features(checker.read(row["text"]).text, language, concepts) for row in rows]


def _matrix(seen: list[set[str]], names: dict[str, int], rarity: NDArray[np.floating]) -> csr_matrix:
    """One line a sentence, each of length one; the rarer a feature, the more it counts."""
    data, columns, starts = [], [], [0]
    for found in seen:
        known = sorted(names[name] for name in found if name in names)
        length = sqrt(sum(rarity[at] ** 2 for at in known)) or 1
        columns += known
        data += [rarity[at] / length for at in known]
        starts.append(len(columns))
    return csr_matrix((data, columns, starts), shape=(len(seen), len(names)))


def fit(seen: list[set[str]], rows: Rows, targets: tuple[str | None, ...] = (None, *RULES)) -> LearnedWeights:
    """Fit "to avoid" (None) against the rest, and each rule among those to avoid; the threshold is left at nought."""
    count: dict[str, int] = {}
    for found in seen:
        for name in found:
            count[name] = count.get(name, 0) + 1
    names = {name: at for at, name in enumerate(sorted(name for name, times in count.items() if times >= 2))}
    rarity = np.log(len(rows) / np.array([count[name] for name in names], dtype=np.float64)).round(2)
    matrix = _matrix(seen, names, rarity)
    bad = np.array([row["rule"] is not None for row in rows])
    columns = []
    bias = []
    weight = np.array([1.0 if "batch" in row else OTHER_AUTHOR for row in rows])
    for target in targets:
        wanted = bad if target is None else np.array([row["rule"] == target for row in rows])
        chosen = np.ones(len(rows), bool) if target is None else bad
        model = LogisticRegression(C=STRENGTH, max_iter=400)
        model.fit(matrix[chosen], wanted[chosen], sample_weight=weight[chosen])
        columns.append(model.coef_[0])
        bias.append(float(model.intercept_[0]))
    table = np.round(np.column_stack([rarity, np.array(columns).T * rarity[:, None]]), 2)
    weights = {name: tuple(table[at].tolist()) for name, at in names.items()}
    return LearnedWeights(tuple(round(value, 2) for value in bias), 0.0, 0.0, weights)


def margins(seen: list[set[str]], learned: LearnedWeights) -> list[float]:
    """How far each sentence is to be avoided."""
    held = []
    for found in seen:
        known = [learned.weights[name] for name in found if name in learned.weights]
        length = sqrt(sum(row[0] ** 2 for row in known)) or 1
        held.append(learned.bias[0] + sum(row[1] for row in known) / length)
    return held


def strangers_margins(seen: list[set[str]], rows: Rows) -> list[float]:
    """The margin of each sentence by weights that have seen nothing of its file, which is to say of its author."""
    held = [0.0] * len(rows)
    for file in sorted({row["file"] for row in rows}):
        others = [at for at, row in enumerate(rows) if row["file"] != file]
        own = [at for at, row in enumerate(rows) if row["file"] == file]
        learned = fit([seen[at] for at in others], [rows[at] for at in others], (None,))
        for at, margin in zip(own, margins([seen[at] for at in own], learned), strict=True):
            held[at] = margin
    return held


def limits(held: list[float], rows: Rows, language: str) -> tuple[float, float]:
    """The threshold that keeps the false alarms allowed, and the veto that loses no more than allowed.

    Both are told by the other authors' sentences where there are any: the patterns were written for the rest.
    """
    known = list(zip(held, rows, strict=True))
    known = [one for one in known if "batch" not in one[1]] or known
    good = sorted((margin for margin, row in known if row["rule"] is None), reverse=True)
    bad = sorted(margin for margin, row in known if row["rule"] is not None)
    return round(good[int(len(good) * FALSE_ALARMS[language])] + 0.01, 2), round(bad[int(len(bad) * LOST)], 2)


def train(rows: Rows, language: str, given: AvoidPatterns) -> LearnedWeights:
    """Weights from these sentences, with threshold and veto found by leaving one author after another out."""
    seen = read_features(rows, language, Checker(given))
    threshold, veto = limits(strangers_margins(seen, rows), rows, language)
    return replace(fit(seen, rows), threshold=threshold, veto=veto)


def cross(rows: Rows, language: str, given: AvoidPatterns, folds: int = 10) -> None:
    """Print how patterns and weights do together on sentences that the weights have not seen."""
    found = right = alarms = 0
    for fold in range(folds):
        learned = train([rows[at] for at in range(len(rows)) if at % folds != fold], language, given)
        checker = Checker(replace(given, learned={language: learned}))
        for at in range(fold, len(rows), folds):
            rules = {one.rule for one in checker.find(rows[at]["text"])}
            if rows[at]["rule"] is None:
                alarms += bool(rules)
            else:
                found += bool(rules)
                right += rows[at]["rule"] in rules
    bad = sum(row["rule"] is not None for row in rows)
    print(
        f"{language} found {found / bad:.1%} right {right / found:.1%} alarms {alarms / (len(rows) - bad):.1%}"
    )


def write(learned: LearnedWeights, path: Path) -> None:
    """Write the weights as hundredths, parted by tabs, features in order."""

    def line(name: str, values: tuple[float, ...]) -> str:
        return "\t".join([name, *(str(round(value * 100) or "") for value in values)])

    lines = [line("bias", learned.bias), line("limits", (learned.threshold, learned.veto))]
    lines += [line(name, learned.weights[name]) for name in sorted(learned.weights)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def main() -> None:
    """Train, or measure across folds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--batches", type=int, nargs="*")
    parser.add_argument("--cross", action="store_true")
    chosen = parser.parse_args()
    given = replace(read_avoid_patterns(), learned={})
    for language in ("zh", "en"):
        rows = [
            row for row in sentences(language) if not chosen.batches or row.get("batch") in chosen.batches
        ]
        if chosen.cross:
            cross(rows, language, given)
            continue
        learned = train(rows, language, given)
        write(learned, ROOT / "complaint_desk" / "playbook" / "avoid" / f"weights_{language}.tsv")
        print(
            f"{language} {len(learned.weights)} features, threshold {learned.threshold}, veto {learned.veto}"
        )


if __name__ == "__main__":
    main()
