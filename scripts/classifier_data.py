"""The labelled calls and the word lists under training/, and the features they give: shared by training and evaluation."""

import json
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from complaint_desk.models.enums import Cause, ComplainantType
from complaint_desk.rules.classify.features import Feature, Trie, build_trie, extract

ROOT = Path(__file__).resolve().parent.parent
TRAINING = ROOT / "training"
TYPES = tuple(ComplainantType)
CAUSES = tuple(Cause)


@dataclass(frozen=True)
class Call:
    """One labelled call. `situation` is shared by retellings of the same event, which stay in one fold."""

    id: str
    lang: str
    text: str
    type: ComplainantType
    cause: Cause
    hard: bool
    persona: str
    situation: str


def read_calls(path: Path) -> list[Call]:
    """The calls of one file of JSON objects, one a line; fields that only training needs may be missing."""
    calls = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            continue
        row = json.loads(line)
        calls.append(
            Call(
                id=row["id"],
                lang=row["lang"],
                text=row["text"],
                type=ComplainantType(row.get("label") or row["type"]),
                cause=Cause(row["cause"]),
                hard=bool(row.get("hard")),
                persona=row.get("persona", path.stem),
                situation=row.get("situation", row["id"]),
            )
        )
    return calls


def training_calls() -> list[Call]:
    """Every call under training/, in the order of file names and lines."""
    return [call for path in sorted(TRAINING.glob("*.jsonl")) for call in read_calls(path)]


def concepts() -> dict[str, list[str]]:
    """The word lists as idea name → phrases, Chinese parted by spaces and English by commas."""
    lists: dict[str, list[str]] = {}
    for group, ideas in tomllib.loads((TRAINING / "concepts.toml").read_text(encoding="utf-8")).items():
        for idea, words in ideas.items():
            phrases = words["zh"].split() + [phrase.strip() for phrase in words["en"].split(",")]
            lists[f"{group}.{idea}"] = list(dict.fromkeys(phrase for phrase in phrases if phrase))
    return lists


def trie() -> Trie:
    """The word lists as the tree that reading uses."""
    return build_trie(concepts())


def features(texts: Iterable[str], tree: Trie) -> list[list[Feature]]:
    """The features of each text."""
    return [extract(text, tree) for text in texts]


def groups(calls: Sequence[Call], by: str) -> list[str]:
    """The group of each call: its situation or its persona."""
    return [call.situation if by == "situation" else call.persona for call in calls]
