"""The weights that sort a call by the wish and by the cause, as `scripts/train_classifier.py` wrote them."""

import json
from base64 import b64decode
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeAlias

from complaint_desk.models.enums import Cause, ComplainantType

END = ""
"""The key under which a node of the phrase tree keeps the ideas that end there."""

PhraseNode: TypeAlias = dict[str, Any]
"""Token form → the node after it; under `END` the tuple of idea names of the phrase that ends at this node."""

TYPES = tuple(ComplainantType)
CAUSES = tuple(Cause)
WIDTH = len(TYPES) + len(CAUSES)
"""Weights a row: one for each type, then one for each cause."""

PACKED_ROW = 4 * WIDTH
"""Bytes a row of packed weights: four each, the lowest first, so that tens of thousands add up with no carry."""

PACKED_NOUGHT = 0x8000
"""What stands in a packed row for the weight nought; below it are the negative ones."""


_LIFTED = bytes(high ^ 0x80 for high in range(256))


@dataclass(frozen=True, slots=True)
class PhraseTree:
    """The word lists made ready to be found in a text.

    `alone` holds the forms that are a phrase by themselves, `openings` the first two forms of each longer phrase run
    together: where neither stands in a text no phrase begins, which is seen without walking the tree.
    """

    root: PhraseNode
    alone: frozenset[str]
    openings: frozenset[str]


class ModelUnreadable(ValueError):
    """The shipped weights are damaged or of another version."""


@dataclass(frozen=True, slots=True)
class CallerModel:
    """What the training learned.

    `rows` gives a feature's row: seventeen numbers side by side in one whole number, four bytes each, five for the
    types and twelve for the causes, each to be multiplied by `step` once `PACKED_NOUGHT` is taken away. A weight is
    the natural logarithm of odds. `cause_base` is the score of no words at all.
    """

    phrases: PhraseTree
    rows: dict[str, int]
    step: float
    cause_base: tuple[float, ...]
    digest: str


def phrase_tree(phrases: dict[str, list[list[str]]]) -> PhraseTree:
    """The word lists as a tree: idea name → phrases, each a list of token forms."""
    root: PhraseNode = {}
    alone = set()
    openings = set()
    for name, wordings in phrases.items():
        for forms in wordings:
            if len(forms) == 1:
                alone.add(forms[0])
            else:
                openings.add(forms[0] + forms[1])
            node = root
            for form in forms:
                node = node.setdefault(form, {})
            names = node.get(END, ())
            if name not in names:
                node[END] = (*names, name)
    return PhraseTree(root, frozenset(alone), frozenset(openings))


def parse_model(written: str) -> CallerModel:
    """The model from its written form. Raises `ModelUnreadable` when it is damaged."""
    try:
        held = json.loads(written)
        names = held["features"].split("\n")
        model = CallerModel(
            phrases=phrase_tree(
                {
                    name: [phrase.split(" ") for phrase in wordings.split("\n")]
                    for name, wordings in held["phrases"].items()
                }
            ),
            rows=dict(zip(names, _packed(held["weights"], len(names)), strict=True)),
            step=float(held["step"]),
            cause_base=tuple(float(base) for base in held["cause_base"]),
            digest=str(held["digest"]),
        )
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise ModelUnreadable(str(error)) from error
    if len(model.cause_base) != len(CAUSES):
        raise ModelUnreadable("cause_base")
    return model


@lru_cache(maxsize=1)
def load_model() -> CallerModel:
    """The shipped model, read once, when first asked for. Raises `ModelUnreadable` or OSError."""
    return parse_model(files("complaint_desk.playbook").joinpath("caller_model.json").read_text("utf-8"))


def _packed(written: str, rows: int) -> list[int]:
    """The 16-bit weights widened to four bytes each and lifted above nought, a row one number.

    Raises `ModelUnreadable`.
    """
    narrow = b64decode(written, validate=True)
    if len(narrow) != 2 * WIDTH * rows:
        raise ModelUnreadable("weights")
    wide = bytearray(PACKED_ROW * rows)
    wide[0::4] = narrow[0::2]
    wide[1::4] = narrow[1::2].translate(_LIFTED)
    return [int.from_bytes(wide[at : at + PACKED_ROW], "little") for at in range(0, len(wide), PACKED_ROW)]
