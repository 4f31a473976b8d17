"""Rebuild the shipped weights from the calls and word lists under training/, byte for byte.

    .venv/bin/python scripts/train_classifier.py            writes complaint_desk/playbook/caller_model.json
    .venv/bin/python scripts/train_classifier.py --check    exits with 1 when the shipped file is another

It needs scikit-learn, a development tool that the desk itself does without: pip install "scikit-learn>=1.9,<2".
"""

import argparse
import hashlib
import json
import sys
from base64 import b64encode
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parent.parent)]

try:
    import numpy as np
    import sklearn

    from classifier_data import CAUSES, ROOT, TRAINING, features, phrases, training_calls
    from classifier_fit import (
        Floats,
        best_sharpness,
        fit_causes,
        fit_types,
        held_out,
        type_sharpness,
    )
except ModuleNotFoundError as missing:
    if missing.name not in ("sklearn", "numpy", "scipy", "threadpoolctl"):
        raise
    sys.exit(f'Training needs {missing.name}: install it with  pip install "scikit-learn>=1.9,<2"')

from complaint_desk.playbook.caller_model import phrase_tree  # noqa: E402

SHIPPED = ROOT / "complaint_desk" / "playbook" / "caller_model.json"
CALIBRATION_FOLDS = 8
STEP = 0.002
"""The unit of a written weight, in natural logarithms of odds."""

_TOP = 32767


def digest() -> str:
    """What the weights were made of: a digest of every file under training/ that counts."""
    seen = hashlib.sha256()
    for path in sorted([*TRAINING.glob("*.jsonl"), *TRAINING.glob("*.toml")]):
        seen.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()


def build() -> str:
    """Fit both layers on every call and write them down; how sure they may be comes from held-out personas."""
    calls = training_calls()
    texts = features([call.text for call in calls], phrase_tree(phrases()))
    personas = [call.persona.removeprefix("zh-").removeprefix("en-").partition("-")[0] for call in calls]
    types, causes = fit_types(calls, texts), fit_causes(calls, texts)
    of_cause = [CAUSES.index(call.cause) for call in calls]
    sharp_type = type_sharpness(calls, texts, personas, CALIBRATION_FOLDS)
    sharp_cause = best_sharpness(held_out(calls, texts, personas, CALIBRATION_FOLDS, fit_causes), of_cause)
    if types.rows != causes.rows:
        raise ValueError("both layers learn the same features")
    weights = np.hstack([types.weights * sharp_type, causes.weights * sharp_cause])
    names = sorted(types.rows, key=types.rows.__getitem__)
    return (
        json.dumps(
            {
                "digest": digest(),
                "scikit_learn": sklearn.__version__,
                "calls": len(calls),
                "sharpness": [sharp_type, sharp_cause],
                "step": STEP,
                "cause_base": [round(float(base) * sharp_cause, 4) for base in causes.base],
                "phrases": {
                    idea: "\n".join(" ".join(forms) for forms in wordings)
                    for idea, wordings in phrases().items()
                },
                "features": "\n".join(names),
                "weights": _written(weights),
            },
            ensure_ascii=False,
            indent=1,
        )
        + "\n"
    )


def _written(weights: Floats) -> str:
    """Weights as whole steps in 16 bits, so that the last bits of a machine's arithmetic do not show."""
    steps = np.clip(np.rint(weights / STEP), -_TOP, _TOP).astype("<i2")
    return b64encode(steps.tobytes()).decode("ascii")


def main() -> int:
    """Write the model, or compare it with the shipped one."""
    wanted = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    wanted.add_argument("--check", action="store_true", help="write nothing; exit with 1 when it differs")
    asked = wanted.parse_args()
    built = build()
    if asked.check:
        same = SHIPPED.exists() and SHIPPED.read_text(encoding="utf-8") == built
        print("The shipped model is the one the data gives." if same else "The shipped model is another.")
        return 0 if same else 1
    SHIPPED.write_text(built, encoding="utf-8", newline="\n")
    print(f"{SHIPPED.name}: {len(built.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
