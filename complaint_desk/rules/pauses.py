"""When a clock stands still: pauses as they are recorded, and the stretches of time they take out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from complaint_desk.rules.addends import Addend, AddendCode


@dataclass(frozen=True, slots=True)
class Pause:
    """One pause as recorded. Without an end it lasts to its expected return, at which it ends by itself.

    Raises ValueError for an end, or without one an expected return, that is not after the start.
    """

    start: datetime
    end: datetime | None = None
    expected: datetime | None = None

    def __post_init__(self) -> None:
        last = self.end or self.expected
        if last is not None and last.astimezone(UTC) <= self.start.astimezone(UTC):
            raise ValueError(last)

    def to_its_return(self) -> "Pause":
        """The same pause as if it lasted to its expected return: what a stored due time assumes."""
        return self if self.end is not None else replace(self, end=self.expected)


@dataclass(frozen=True, slots=True)
class Standstill:
    """A stretch in which the clock stands, in UTC, half-open: it stands at `start`, no longer at `end`."""

    start: datetime
    end: datetime
    still_open: bool = False
    """Whether it ends only because nothing later than now is known: the due time is as if resumed now."""


def standstills(
    pauses: Iterable[Pause], received_at: datetime, now: datetime, met_at: datetime | None = None
) -> tuple[Standstill, ...]:
    """The stretches these pauses of one clock take out, by their start; they may overlap.

    They count from receipt and up to the moment the clock was met. A pause beginning after `now` is ignored;
    one without an end runs to the earlier of its expected return and now; an end holds, also one after now.
    """
    received, present = received_at.astimezone(UTC), now.astimezone(UTC)
    found: list[Standstill] = []
    for pause in pauses:
        start = pause.start.astimezone(UTC)
        if start > present:
            continue
        still_open = False
        if pause.end is not None:
            end = pause.end.astimezone(UTC)
        elif pause.expected is not None and pause.expected.astimezone(UTC) <= present:
            end = pause.expected.astimezone(UTC)
        else:
            end, still_open = present, True
        if met_at is not None and met_at.astimezone(UTC) <= end:
            end, still_open = met_at.astimezone(UTC), False
        start = max(start, received)
        if start < end:
            found.append(Standstill(start, end, still_open))
    return tuple(sorted(found, key=lambda stretch: (stretch.start, stretch.end)))


@dataclass(frozen=True, slots=True)
class _Share:
    """What one standstill takes out beyond those that began before it; empty where `start` is `end`."""

    standstill: Standstill
    start: datetime
    end: datetime


def _shares(stretches: Sequence[Standstill]) -> list[_Share]:
    """Each standstill's own share, disjoint and in order, so that overlapping ones count once."""
    found: list[_Share] = []
    covered: datetime | None = None
    for stretch in stretches:
        start = stretch.start if covered is None else max(stretch.start, covered)
        found.append(_Share(stretch, min(start, stretch.end), stretch.end))
        covered = stretch.end if covered is None else max(covered, stretch.end)
    return found


class PauseLedger:
    """The standstills of one clock, walked along in time, and what each of them took out.

    Expects them as `standstills` returns them, and its own methods to be called forward in time only.
    """

    def __init__(self, stretches: Sequence[Standstill]) -> None:
        self._shares = _shares(stretches)
        self._time = [timedelta(0)] * len(self._shares)
        self._days = [0] * len(self._shares)
        self._next = 0

    def move(self, due: datetime) -> datetime:
        """A due time by elapsed time, moved by each standstill that begins before it as moved so far."""
        for position, share in enumerate(self._shares):
            if share.standstill.start >= due:
                break
            self._time[position] = share.end - share.start
            due += self._time[position]
        return due

    def running(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The parts of this stretch of working time in which the clock runs, in order.

        Only what is passed on the way is taken out: leave off at the due time, and the rest counts nothing.
        """
        if start >= end:
            return
        self._pass_over(start)
        for position in range(self._next, len(self._shares)):
            share = self._shares[position]
            if share.start >= end:
                break
            if share.start >= share.end:
                continue
            if start < share.start:
                yield start, share.start
                start = share.start
            reached = min(share.end, end)
            self._time[position] += reached - start
            start = reached
        if start < end:
            yield start, end

    def takes_day(self, close: datetime, *, last: bool) -> bool:
        """Whether the clock stands at the close of a working day, so that the day does not count.

        `last`: whether this close would be the due time; a standstill that begins at it then moves nothing.
        """
        self._pass_over(close)
        if self._next == len(self._shares):
            return False
        share = self._shares[self._next]
        if share.start > close or (last and share.standstill.start == close):
            return False
        self._days[self._next] += 1
        return True

    def addends(self, due: datetime, *, in_days: bool = False) -> list[Addend]:
        """What each standstill took out, in time or in working days, told against the due time."""
        found: list[Addend] = []
        for share, length, days in zip(self._shares, self._time, self._days, strict=True):
            start, end = share.standstill.start, share.standstill.end
            if start >= due:
                found.append(Addend(AddendCode.PAUSE_TOO_LATE, at=start))
                continue
            if in_days:
                found.append(Addend(AddendCode.PAUSE_DAYS, at=start, until=end, number=days))
            else:
                found.append(Addend(AddendCode.PAUSE, at=start, until=end, length=length))
            if share.standstill.still_open:
                found.append(Addend(AddendCode.PAUSE_OPEN, at=start, until=end))
        return found

    def _pass_over(self, instant: datetime) -> None:
        while self._next < len(self._shares) and self._shares[self._next].end <= instant:
            self._next += 1
