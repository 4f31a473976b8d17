"""How the clocks were kept: met or missed, and how long it took, in sum and by what complaints have in common."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from complaint_desk.models.enums import ClockKind

GROUPED_BY = ("store", "cause", "type", "owner")


@dataclass(frozen=True, slots=True)
class ClockFact:
    """One clock as it stands, and what its ticket is counted under (None: not told)."""

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    met_at: datetime | None
    disputed: bool
    broken: bool
    """A promise of which it was said that it is not kept."""
    groups: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class ClockSums:
    """The sums of one kind of clock."""

    met_in_time: int
    met_late: int
    """Met after the due time, or by an act that is disputed."""
    late: int
    """Not met, and past the due time; or a promise that was broken."""
    running: int
    median: timedelta | None
    """The middle time from start to the act that met it; None where none was met."""
    percentile_90: timedelta | None
    """Nine of ten were met within this time (nearest rank)."""

    @property
    def count(self) -> int:
        """How many clocks there were."""
        return self.met_in_time + self.met_late + self.late + self.running

    @property
    def kept(self) -> float | None:
        """The share met in time of those that are decided; None where none is."""
        decided = self.count - self.running
        return self.met_in_time / decided if decided else None


Sums = Mapping[ClockKind, ClockSums]


@dataclass(frozen=True, slots=True)
class ClockReport:
    """The sums of all clocks, and by each name of each grouping."""

    clocks: Sums
    by: Mapping[str, Mapping[str | None, Sums]]


def clock_report(facts: Iterable[ClockFact], now: datetime) -> ClockReport:
    """The report of these clocks as they stand at `now`."""
    every = list(facts)
    by: dict[str, Mapping[str | None, Sums]] = {}
    for group in GROUPED_BY:
        of_name: dict[str | None, list[ClockFact]] = defaultdict(list)
        for fact in every:
            of_name[fact.groups[group]].append(fact)
        names = sorted(of_name, key=lambda name: (name is None, name or ""))
        by[group] = {name: _sums(of_name[name], now) for name in names}
    return ClockReport(_sums(every, now), by)


def _sums(facts: Iterable[ClockFact], now: datetime) -> Sums:
    of_kind: dict[ClockKind, list[ClockFact]] = defaultdict(list)
    for fact in facts:
        of_kind[fact.kind].append(fact)
    return {kind: _of_one_kind(of_kind[kind], now) for kind in ClockKind if kind in of_kind}


def _of_one_kind(facts: list[ClockFact], now: datetime) -> ClockSums:
    met = [fact for fact in facts if fact.met_at is not None]
    in_time = [fact for fact in met if not fact.disputed and fact.met_at and fact.met_at <= fact.due_at]
    late = [fact for fact in facts if fact.met_at is None and (fact.broken or now > fact.due_at)]
    took = sorted(fact.met_at - fact.started_at for fact in met if fact.met_at)
    return ClockSums(
        met_in_time=len(in_time),
        met_late=len(met) - len(in_time),
        late=len(late),
        running=len(facts) - len(met) - len(late),
        median=timedelta(seconds=median(time.total_seconds() for time in took)) if took else None,
        percentile_90=took[-(-9 * len(took) // 10) - 1] if took else None,
    )
