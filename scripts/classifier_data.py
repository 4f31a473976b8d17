"""The labelled calls and the word lists under training/, for training and evaluation alike."""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from complaint_desk.models.enums import Cause, ComplainantType
from complaint_desk.playbook.caller_model import PhraseTree, phrase_tree
from complaint_desk.rules.classify.features import extract
from complaint_desk.rules.classify.pieces import Feature
from complaint_desk.rules.classify.text import parts

ROOT = Path(__file__).resolve().parent.parent
TRAINING = ROOT / "training"
TYPES = tuple(ComplainantType)
CAUSES = tuple(Cause)
_MARK = re.compile(r"(?<=[。！？!?.,，；;\n])")
_HEARD_SO_FAR = (0.34, 0.6)


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


def sayings() -> list[tuple[str, Cause]]:
    """What happened and nothing else, in both languages: for the layer of causes, as these sayings hold no wish."""
    held = tomllib.loads((TRAINING / "causes.toml").read_text(encoding="utf-8"))
    return [
        (line, Cause(cause))
        for cause, languages in held.items()
        for told in languages.values()
        for line in told.splitlines()
        if line.strip()
    ]


def phrases() -> dict[str, list[list[str]]]:
    """The word lists as idea name → phrases, each a list of token forms.

    In the file Chinese phrases are parted by spaces and English ones by commas.
    """
    lists: dict[str, list[list[str]]] = {}
    for group, ideas in tomllib.loads((TRAINING / "concepts.toml").read_text(encoding="utf-8")).items():
        for idea, words in ideas.items():
            wordings = words["zh"].split() + words["en"].split(",")
            forms = {" ".join(parts(wording)) for wording in wordings}
            lists[f"{group}.{idea}"] = [form.split(" ") for form in sorted(forms) if form]
    return lists


def beginnings(text: str) -> list[str]:
    """A third and three fifths of a call, cut at its marks: what the desk has heard while the caller still talks."""
    parts = [part for part in _MARK.split(text) if part.strip()]
    if len(parts) < 2:
        return []
    return ["".join(parts[: max(1, int(len(parts) * share))]) for share in _HEARD_SO_FAR]


def features(texts: Iterable[str], tree: PhraseTree) -> list[list[Feature]]:
    """The features of each text."""
    return [extract(text, tree)[0] for text in texts]


def trie() -> PhraseTree:
    """The word lists as the tree that reading uses."""
    return phrase_tree(phrases())
