"""Readings beside their limits, and the table that shows them."""

import statistics
from dataclasses import dataclass


@dataclass(frozen=True)
class Reading:
    """What was measured, the limit measured in the same run, and the budget as their ratio."""

    what: str
    ours: list[float]
    limit: list[float]
    budget: float | None
    unit: str = "ms"
    """How to show a single reading: `ms` from seconds, or `%`."""

    @property
    def ratio(self) -> float:
        """Ours over the limit, at the median."""
        return statistics.median(self.ours) / statistics.median(self.limit)

    @property
    def verdict(self) -> str:
        """Whether the budget is kept; empty where there is none."""
        if self.budget is None:
            return ""
        return "kept" if self.ratio <= self.budget else "MISSED"


def shown(seconds: float, unit: str) -> str:
    """A single reading in its unit."""
    return f"{seconds * 1000:9.2f} ms" if unit == "ms" else f"{seconds:9.2f} {unit} "


def percentile(values: list[float], share: float) -> float:
    """The value that so great a share of the values do not pass."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def line(reading: Reading) -> str:
    """One line of the table."""
    ours, limit = (statistics.median(values) for values in (reading.ours, reading.limit))
    p95 = shown(percentile(reading.ours, 0.95), reading.unit)
    budget = f"≤ {reading.budget:g} ×" if reading.budget is not None else ""
    cells = (
        shown(ours, reading.unit),
        p95,
        shown(limit, reading.unit),
        f"{reading.ratio:6.2f} ×",
        f"{budget:>8}",
    )
    return f"{reading.what:<44} {'  '.join(cells)}  {reading.verdict}"


HEADING = f"{'what':<44} {'median':>12}  {'p95':>12}  {'limit':>12}  {'ratio':>8}  {'budget':>8}"
