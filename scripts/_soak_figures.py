"""The figures of a soak: counted part by part, kept as JSON lines, added up over runs, told in a line or two."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Figures:
    """What one part tried in one run, or in several."""

    part: str
    counts: Counter[str] = field(default_factory=Counter)
    worst_share: float = 1.0
    """The least share of events that was saved of any torn file."""
    wrong: list[str] = field(default_factory=list)
    """What was lost or went wrong, a line each."""
    seeds: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: "Figures") -> None:
        """Count another run of this part in."""
        self.counts += other.counts
        self.worst_share = min(self.worst_share, other.worst_share)
        self.wrong += other.wrong
        self.seeds += other.seeds
        self.seconds += other.seconds

    def lines(self) -> list[str]:
        """What was tried, and what was wrong."""
        return [
            *_TOLD[self.part](self),
            f"lost or wrong: {len(self.wrong)}",
            *map("wrong: {}".format, self.wrong),
        ]


def keep(figures: Figures, ledger: Path) -> None:
    """Write the figures of a run at the end of a file."""
    with ledger.open("a", encoding="utf-8") as file:
        file.write(json.dumps(vars(figures), ensure_ascii=False, default=dict) + "\n")


def totals(ledger: Path) -> dict[str, Figures]:
    """What all runs of a file come to, part by part."""
    found: dict[str, Figures] = {}
    for line in ledger.read_text(encoding="utf-8").splitlines():
        values = json.loads(line)
        run = Figures(**{**values, "counts": Counter(values["counts"])})
        found.setdefault(run.part, Figures(run.part)).add(run)
    return found


def _kills(figures: Figures) -> Iterable[str]:
    counts = figures.counts
    killed = _under(counts, "killed ")
    yield f"{sum(killed.values()):,} processes killed while they worked ({_each(killed)})"
    yield (
        f"{counts['finished']:,} had ended before; {counts['answers']:,} answers had left them all; "
        f"{counts['files']:,} files proved whole"
    )


def _desks(figures: Figures) -> Iterable[str]:
    for desks in (2, 8):
        done = _under(figures.counts, f"{desks} desks ")
        seconds, refused = done.pop("seconds", 0), done.pop("told that somebody was first", 0)
        if seconds:
            acts = f"{sum(done.values()):,} acts ({_each(done)})"
            yield f"{desks} desks for {seconds / 60:.1f} minutes: {acts}, {refused:,} told that somebody was first"


def _words(figures: Figures) -> Iterable[str]:
    counts = figures.counts
    yield f"{counts['cases']:,} cases of words ({counts['kept']:,} kept as given, the rest refused by name)"
    yield f"{counts['commands']:,} commands with them; {counts['files']:,} hostile files"


def _torn(figures: Figures) -> Iterable[str]:
    counts = figures.counts
    pages = counts["pages"] // max(counts["files"], 1)
    yield f"{counts['files']:,} files of {pages} pages with one to forty of them torn"
    share = counts["saved events"] / max(counts["events"], 1)
    yield f"{counts['whole']:,} saved whole; events saved: {share:.1%} on average, {figures.worst_share:.1%} at worst"


def _lock(figures: Figures) -> Iterable[str]:
    counts = figures.counts
    yield (
        f"{counts['holds']:,} times locked for {counts['seconds'] // max(counts['holds'], 1)} seconds: "
        f"{counts['refused']:,} writings refused in a sentence, {counts['read']:,} readings served meanwhile, "
        f"{counts['kept']:,} writings done after"
    )


_TOLD = {"kills": _kills, "desks": _desks, "words": _words, "salvage": _torn, "lock": _lock}


def _under(counts: Counter[str], beginning: str) -> Counter[str]:
    return Counter(
        {name.removeprefix(beginning): count for name, count in counts.items() if name.startswith(beginning)}
    )


def _each(counted: Counter[str]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counted.items()))
