"""Decides from all cells of a column in which order its day, month and year stand."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from complaint_desk.rules.importing.dates import (
    DateOrder,
    day_of,
    is_bare_number,
    numbers_of,
    plain,
    read_moment,
)

_TOLERATED = 0.01
"""The share of cells that may speak against an order which others prove: a slip of the pen."""
_MOST_SHAPES = 20_000
"""How many different dates of one column are remembered; 54 years of days."""


class OrderReason(StrEnum):
    """Why a column's order could not be decided."""

    EITHER = "either"
    """Every cell can be read in more than one order."""
    BOTH = "both"
    """Some cells can only be read in one order, others only in another."""


@dataclass(slots=True)
class OrderDecided:
    """The order, or why there is none; with cells that show it."""

    order: DateOrder | None
    reason: OrderReason | None = None
    could_be: tuple[DateOrder, ...] = ()
    examples: tuple[str, ...] = ()
    """One cell for each order it could be: the one that speaks for it, or that may be read either way."""


@dataclass(slots=True)
class DatesSeen:
    """What a column's cells told so far; takes one cell after the other, in constant memory."""

    cells: int = 0
    """Cells that hold anything."""
    dates: int = 0
    """Cells that are a date in some order."""
    bare: int = 0
    """Those of them that are nothing but a number, which may mean anything."""
    timed: int = 0
    """Cells that hold a time of day as well."""
    _numbers: Counter[tuple[int, int, int]] = field(default_factory=Counter)
    _cells: dict[tuple[int, int, int], str] = field(default_factory=dict)

    def add(self, cell: str) -> None:
        """Take a cell in; an empty one tells nothing."""
        if not cell.strip():
            return
        self.cells += 1
        found = next((read for order in DateOrder if (read := read_moment(cell, order))), None)
        if found is None:
            return
        self.dates += 1
        self.bare += is_bare_number(plain(cell))
        self.timed += found.at is not None
        numbers = numbers_of(cell)
        if numbers is not None and (numbers in self._numbers or len(self._numbers) < _MOST_SHAPES):
            self._numbers[numbers] += 1
            self._cells.setdefault(numbers, cell)

    @property
    def share(self) -> float:
        """The share of its cells that are dates."""
        return self.dates / self.cells if self.cells else 0.0

    def decide(self, latest: date) -> OrderDecided:
        """The order that all cells agree on; that no complaint was received after `latest` tells orders apart too."""
        if not self._numbers:
            return OrderDecided(DateOrder.YEAR_FIRST)
        fits = {order: self._fitting(order, None) for order in DateOrder}
        best = max(fits.values())
        orders = [order for order in DateOrder if fits[order] == best]
        if (contrary := self._contrary(orders[0])) is not None:
            both = (orders[0], contrary)
            return OrderDecided(None, OrderReason.BOTH, both, self._examples(both))
        if len(orders) > 1:
            by_day = {order: self._fitting(order, latest) for order in orders}
            orders = [order for order in orders if by_day[order] == max(by_day.values())]
        orders = self._differing(orders)
        if len(orders) == 1:
            return OrderDecided(orders[0])
        either = next(
            (cell for numbers, cell in self._cells.items() if len(self._days(numbers, orders)) > 1), ""
        )
        return OrderDecided(None, OrderReason.EITHER, tuple(orders), (either,) * len(orders))

    def _fitting(self, order: DateOrder, latest: date | None) -> int:
        return sum(
            count
            for numbers, count in self._numbers.items()
            if (day := day_of(numbers, order)) and (latest is None or day <= latest)
        )

    def _contrary(self, order: DateOrder) -> DateOrder | None:
        """Another order that cells prove which cannot be read in this one; more of them than slips of the pen."""
        total = sum(self._numbers.values())
        against = {
            other: sum(
                count
                for numbers, count in self._numbers.items()
                if day_of(numbers, other) and not day_of(numbers, order)
            )
            for other in DateOrder
        }
        other = max(against, key=lambda each: against[each])
        return other if against[other] > total * _TOLERATED else None

    def _differing(self, orders: list[DateOrder]) -> list[DateOrder]:
        """The orders without those that read every cell as another one does."""
        kept: list[DateOrder] = []
        for order in orders:
            if all(
                any(day_of(numbers, order) != day_of(numbers, other) for numbers in self._numbers)
                for other in kept
            ):
                kept.append(order)
        return kept

    @staticmethod
    def _days(numbers: tuple[int, int, int], orders: list[DateOrder]) -> set[date | None]:
        return {day_of(numbers, order) for order in orders}

    def _examples(self, orders: tuple[DateOrder, ...]) -> tuple[str, ...]:
        found = []
        for order in orders:
            others = [other for other in orders if other is not order]
            found.append(
                next(
                    (
                        cell
                        for numbers, cell in self._cells.items()
                        if day_of(numbers, order) and not any(day_of(numbers, other) for other in others)
                    ),
                    "",
                )
            )
        return tuple(found)
