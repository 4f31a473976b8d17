"""Which backups stay: the newest of each of the last hours, days and weeks. Standard library only."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo

AHEAD_KEPT = 2
"""How many backups stay that a clock which ran ahead dated into the future."""


@dataclass(frozen=True, slots=True)
class BackupsKept:
    """Of how many hours, days and weeks one backup each stays; hours, days and weeks without one do not count."""

    hours: int = 8
    days: int = 7
    weeks: int = 4


def to_let_go(made: Iterable[datetime], now: datetime, zone: tzinfo, keep: BackupsKept) -> set[datetime]:
    """The instants of the backups that may go; the newest that is not ahead of `now` always stays.

    A backup dated after `now` never takes the place of one of the past: of those the newest two stay.
    """
    instants = sorted(set(made), reverse=True)
    past = [instant for instant in instants if instant <= now]
    ahead = [instant for instant in instants if instant > now]
    stays = set(past[:1]) | set(ahead[:AHEAD_KEPT])
    for count, period in ((keep.hours, _hour), (keep.days, _day), (keep.weeks, _week)):
        stays |= _newest_of_each(past, count, period, zone)
    return set(instants) - stays


def _newest_of_each(
    newest_first: list[datetime], count: int, period: Callable[[datetime], Hashable], zone: tzinfo
) -> set[datetime]:
    found: dict[Hashable, datetime] = {}
    for instant in newest_first:
        key = period(instant.astimezone(zone))
        if key not in found and len(found) == count:
            break
        found.setdefault(key, instant)
    return set(found.values())


def _hour(local: datetime) -> Hashable:
    return local.date(), local.hour, local.utcoffset()


def _day(local: datetime) -> Hashable:
    return local.date()


def _week(local: datetime) -> Hashable:
    return local.isocalendar()[:2]
