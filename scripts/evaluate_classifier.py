"""Report how well callers are read, on calls the fitted layers did not see.

    .venv/bin/python scripts/evaluate_classifier.py [--blind] [--held]

Situations held out: retellings of one event stay together. Personas held out: whole voices at a time, the
honest proxy for strangers. With --blind also the shipped model on tests/data/blind_calls.jsonl, which nobody trains
or tunes on: figures only, never the texts. With --held on tests/data/held_calls.jsonl, by the author of
training/crossed-*.jsonl, and held_calls_later.jsonl, by that of training/callers-*.jsonl: never trained on. Needs
scikit-learn.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

try:
    import numpy as np

    from classifier_data import (
        CAUSES,
        ROOT,
        TRAINING,
        TYPES,
        Call,
        features,
        phrases,
        read_calls,
        training_calls,
    )
    from classifier_fit import (
        PRIOR,
        Floats,
        best_sharpness,
        fit_causes,
        fit_types,
        held_out,
        shares,
        told_by_length,
        type_sharpness,
    )
except ModuleNotFoundError as missing:
    if missing.name not in ("sklearn", "numpy", "scipy", "threadpoolctl"):
        raise
    sys.exit(f'The report needs {missing.name}: install it with  pip install "scikit-learn>=1.9,<2"')

from complaint_desk.models.enums import ComplainantType  # noqa: E402
from complaint_desk.playbook.caller_model import load_model, phrase_tree  # noqa: E402
from complaint_desk.rules.classify import read_caller  # noqa: E402

BLIND = ROOT / "tests" / "data" / "blind_calls.jsonl"
HELD = {
    "Held calls": ROOT / "tests" / "data" / "held_calls.jsonl",
    "Later held calls": ROOT / "tests" / "data" / "held_calls_later.jsonl",
}
GOALS = {"macro-F1": 0.92, "macro-F1 misleading": 0.88, "victim recall": 0.90, "top-1": 0.75, "top-3": 0.92}
HIGHEST_CALIBRATION_ERROR = 0.07
RETOLD = ("dev-retold-zh", "dev-retold-en")
"""Calls that retell the developers' set: left out on both sides, as they would tell each other's answers."""

BINS = 10
FOLDS = 10
STRANGERS_FOLDS = 5


def macro_f1(truth: Sequence[int], guessed: Sequence[int], classes: int) -> float:
    """The mean of the classes' F1; a class that stands in neither does not count."""
    scores = []
    for k in range(classes):
        right = sum(t == k == g for t, g in zip(truth, guessed, strict=True))
        named = sum(t == k for t in truth) + sum(g == k for g in guessed)
        if named:
            scores.append(2 * right / named)
    return sum(scores) / len(scores) if scores else 0.0


def calibration_error(sure: Sequence[float], right: Sequence[bool]) -> float:
    """Expected calibration error in ten bins: how far the share named lies from the share that was right."""
    error = 0.0
    for b in range(BINS):
        inside = [i for i, s in enumerate(sure) if min(int(s * BINS), BINS - 1) == b]
        if inside:
            error += abs(sum(right[i] for i in inside) - sum(sure[i] for i in inside)) / len(sure)
    return error


def report(title: str, calls: Sequence[Call], of_type: Floats, of_cause: Floats) -> None:
    """Print the figures beside their goals; a goal missed says so."""
    truth = [TYPES.index(call.type) for call in calls]
    guessed = [int(k) for k in of_type.argmax(axis=1)]
    sure = [float(s) for s in of_type.max(axis=1)]
    print(f"\n{title}: {len(calls)} calls")

    def part(name: str, inside: Sequence[int], goal: str) -> None:
        if inside:
            found = macro_f1([truth[i] for i in inside], [guessed[i] for i in inside], len(TYPES))
            _line(f"macro-F1 {name} ({len(inside)})", found, GOALS[goal])

    for lang in ("zh", "en"):
        part(lang, [i for i, call in enumerate(calls) if call.lang == lang], "macro-F1")
        hard = [i for i, call in enumerate(calls) if call.lang == lang and call.hard]
        part(f"{lang} misleading", hard, "macro-F1 misleading")
    victims = [i for i, k in enumerate(truth) if TYPES[k] is ComplainantType.VICTIM]
    if victims:
        found = sum(guessed[i] == truth[i] for i in victims) / len(victims)
        _line("recall of victim", found, GOALS["victim recall"])
    error = calibration_error(sure, [t == g for t, g in zip(truth, guessed, strict=True)])
    verdict = "met" if error <= HIGHEST_CALIBRATION_ERROR else "MISSED"
    print(
        f"  {'expected calibration error':34} {error:6.3f}   goal ≤ {HIGHEST_CALIBRATION_ERROR:.2f}  {verdict}"
    )
    ranked = np.argsort(-of_cause, axis=1)
    causes = [CAUSES.index(call.cause) for call in calls]
    first = sum(int(ranked[i, 0]) == k for i, k in enumerate(causes)) / len(calls)
    third = sum(k in ranked[i, :3] for i, k in enumerate(causes)) / len(calls)
    _line("cause, first", first, GOALS["top-1"])
    _line("cause, among three", third, GOALS["top-3"])
    sorted_shares = np.sort(of_type, axis=1)
    unsure = ((sorted_shares[:, -1] < 0.5) | (sorted_shares[:, -1] - sorted_shares[:, -2] < 0.15)).mean()
    print(f"  {'asked first':34} {unsure:6.3f}")
    print("  truth down, read across: " + "  ".join(kind.value[:4] for kind in TYPES))
    for t, kind in enumerate(TYPES):
        row = [sum(truth[i] == t and guessed[i] == g for i in range(len(calls))) for g in range(len(TYPES))]
        print(f"  {kind.value:24} " + " ".join(f"{count:5}" for count in row))


def _line(name: str, found: float, goal: float) -> None:
    print(f"  {name:34} {found:6.3f}   goal ≥ {goal:.2f}  {'met' if found >= goal else 'MISSED'}")


def held_out_report(title: str, calls: Sequence[Call], groups: Sequence[str], folds: int) -> None:
    """Cross-validate with whole groups held out and print the figures."""
    texts = features([call.text for call in calls], phrase_tree(phrases()))
    type_scores = held_out(calls, texts, groups, folds, fit_types)
    cause_scores = held_out(calls, texts, groups, folds, fit_causes)
    type_scores = told_by_length(type_scores, [call.text for call in calls])
    sharp = best_sharpness(type_scores, [TYPES.index(call.type) for call in calls], PRIOR)
    report(title, calls, shares(type_scores, PRIOR, sharp), shares(cause_scores))


def personas_of(files: str) -> set[str]:
    """The personas of one author, by the beginning of the names of their files."""
    return {call.persona for path in TRAINING.glob(f"{files}-*.jsonl") for call in read_calls(path)}


def strangers_report(calls: Sequence[Call]) -> None:
    """Train on the others' calls and read one author's: the developers' set, the later voices, the callers."""
    texts = features([call.text for call in calls], phrase_tree(phrases()))
    for title, own in (
        ("Developers' set unseen", {c.persona for c in calls if c.persona.startswith("dev-")}),
        ("Voices unseen", personas_of("voices")),
        ("Callers unseen", personas_of("callers")),
    ):
        seen = [i for i, call in enumerate(calls) if call.persona not in own]
        unseen = [i for i, call in enumerate(calls) if call.persona in own]
        inside, outside = [calls[i] for i in seen], [texts[i] for i in unseen]
        heard = [texts[i] for i in seen]
        sharp = type_sharpness(inside, heard, [call.persona for call in inside], STRANGERS_FOLDS)
        of_type = fit_types(inside, heard).scores(outside)
        of_type = told_by_length(of_type, [calls[i].text for i in unseen])
        of_cause = fit_causes(inside, heard).scores(outside)
        report(title, [calls[i] for i in unseen], shares(of_type, PRIOR, sharp), shares(of_cause))


def shipped_report(title: str, path: Path) -> None:
    """The shipped model on calls that no training sees."""
    if not path.exists():
        print(f"\n{path.name} is not here.")
        return
    calls = read_calls(path)
    readings = [read_caller(call.text, load_model()) for call in calls]
    of_type = np.array([[reading.probabilities[kind] for kind in TYPES] for reading in readings])
    of_cause = np.zeros((len(calls), len(CAUSES)))
    for i, reading in enumerate(readings):
        for cause, share in reading.causes:
            of_cause[i, CAUSES.index(cause)] = share
    report(title, calls, of_type, of_cause)


def main() -> int:
    """Print the report."""
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("--blind", action="store_true", help="only the shipped model on the blind calls")
    wanted.add_argument("--held", action="store_true", help="only the shipped model on the held calls")
    asked = wanted.parse_args()
    if asked.blind:
        shipped_report("Blind calls, shipped model", BLIND)
    if asked.held:
        for name, path in HELD.items():
            shipped_report(f"{name}, shipped model", path)
    if asked.blind or asked.held:
        return 0
    calls = [call for call in training_calls() if call.persona not in RETOLD]
    situations = [call.situation for call in calls]
    personas = [call.persona.split("-", 1)[1] if call.lang in call.persona[:2] else "dev" for call in calls]
    held_out_report("Situations held out", calls, situations, FOLDS)
    held_out_report("Personas held out, none read by a layer that heard it", calls, personas, FOLDS)
    strangers_report(calls)
    return 0


if __name__ == "__main__":
    sys.exit(main())
