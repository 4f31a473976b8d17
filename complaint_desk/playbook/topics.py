"""The topics of the playbook: one data file each, the shape of its entries, and how deep its keys go."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter

from complaint_desk.playbook.schema import (
    AvoidEntry,
    CauseEntry,
    ChannelEntry,
    ClockEntry,
    Entry,
    Figure,
    HeatLines,
    Label,
    Named,
    Question,
    SeverityWords,
    Situation,
    Spoken,
    TypeEntry,
)
from complaint_desk.playbook.spoken_words import AskEntry, RadarWords, ReadBackPart, SituationWords

DATA: Final = Path(__file__).parent / "data"


class Topic(NamedTuple):
    """A data file: the model of its entries, and depth 2 where a key is two tables deep (`[hear.victim]`)."""

    model: type[Entry]
    depth: int = 1


TOPICS: Final[Mapping[str, Topic]] = {
    "call": Topic(Spoken),
    "heat": Topic(HeatLines, 2),
    "avoid": Topic(AvoidEntry),
    "types": Topic(TypeEntry),
    "questions": Topic(Question),
    "asking": Topic(AskEntry, 2),
    "read_back": Topic(ReadBackPart),
    "causes": Topic(CauseEntry),
    "origins": Topic(Named),
    "rater": Topic(Named),
    "channels": Topic(ChannelEntry),
    "remedies": Topic(Named),
    "clocks": Topic(ClockEntry),
    "situations": Topic(Situation),
    "needs": Topic(Named),
    "heat_steps": Topic(Named),
    "seven_steps": Topic(Named),
    "principles": Topic(Named),
    "pledge": Topic(Named),
    "system": Topic(Named),
    "habits": Topic(Named),
    "loyalty": Topic(Named),
    "figures": Topic(Figure),
    "decisions": Topic(Named),
    "severity": Topic(SeverityWords),
    "situation_words": Topic(SituationWords),
    "radar": Topic(RadarWords),
    "topics": Topic(Named),
    "labels": Topic(Label),
}
"""In the order a reader meets them. `topics` and `labels` name the topics and the parts of an entry."""

RawEntry = dict[str, Any]


def entries_of(parsed: Mapping[str, Any], depth: int) -> dict[str, Any]:
    """The entries of a parsed file by dotted key; what is not a table where one is due stays as it is."""
    if depth == 1:
        return dict(parsed)
    found: dict[str, Any] = {}
    for first, inner in parsed.items():
        if isinstance(inner, dict):
            found.update({f"{first}.{second}": entry for second, entry in inner.items()})
        else:
            found[first] = inner
    return found


@cache
def built_in(topic: str) -> Mapping[str, RawEntry]:
    """The desk's own entries of a topic, parsed and not yet validated."""
    with (DATA / f"{topic}.toml").open("rb") as file:
        return entries_of(tomllib.load(file), TOPICS[topic].depth)


@cache
def adapter(topic: str) -> TypeAdapter[dict[str, Entry]]:
    """What validates all entries of a topic at once."""
    return TypeAdapter(dict[str, TOPICS[topic].model])  # type: ignore[arg-type,misc]


def as_written(topic: str, key: str) -> str:
    """A built-in entry as it stands in its data file, for a store to copy and reword; empty when there is none."""
    kept: list[str] = []
    inside = False
    for line in (DATA / f"{topic}.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            inside = f"{line.strip('[]')}.".startswith(f"{key}.")
        if inside:
            kept.append(line)
    return "\n".join(kept).strip()
