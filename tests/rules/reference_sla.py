"""A second, slow reading of the rules for clocks, written from their text alone: it counts quarter hours.

Nothing here is shared with the desk. Every instant of a scenario must lie on a whole quarter of an hour.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import holidays

STEP = timedelta(minutes=15)
FURTHEST = timedelta(days=200)
WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Stretch = tuple[datetime, datetime]


def reference(scenario: dict[str, Any]) -> list[dict[str, Any]]:
    """What `sla try` must answer, without the reasons; instants in UTC."""
    _HOURS_OF.clear()
    return [_clock(scenario, clock["kind"], clock["target"]) for clock in scenario["clocks"]]


def _clock(scenario: dict[str, Any], kind: str, target: str) -> dict[str, Any]:
    received, now = _instant(scenario["received_at"]), _instant(scenario["now"])
    acts = [_instant(act["at"]) for act in scenario.get("acts", []) if act["meets"] == kind]
    met = min([at for at in acts if received <= at <= now], default=None)
    pauses = []
    for pause in scenario.get("pauses", []):
        start = _instant(pause["from"])
        if kind not in pause["clocks"] or start > now:
            continue
        if pause.get("to"):
            end = _instant(pause["to"])
        elif pause.get("expected"):
            end = min(_instant(pause["expected"]), now)
        else:
            end = now
        if met is not None:
            end = min(end, met)
        start = max(start, received)
        if start < end:
            pauses.append((start, end))
    due = _due(scenario, target, received, [])
    taken: list[Stretch] = []
    for pause in sorted(pauses):
        if pause[0] >= due:
            break
        taken.append(pause)
        due = _due(scenario, target, received, taken)
    late = (met or now) > due
    state = "met" if met else "late" if late else "running"
    return {"kind": kind, "due_at": due, "met_at": met, "state": state, "breached_at": due if late else None}


def _due(scenario: dict[str, Any], target: str, received: datetime, pauses: list[Stretch]) -> datetime:
    if target.endswith("wh"):
        return _after_working_hours(scenario, int(target[:-2]), received, pauses)
    if target.endswith("wd"):
        return _after_working_days(scenario, int(target[:-2]), received, pauses)
    if target.endswith("h"):
        return _after(timedelta(hours=int(target[:-1])), received, pauses)
    zone = ZoneInfo(scenario["time_zone"])
    wanted = received.astimezone(zone).replace(tzinfo=None) + timedelta(days=int(target[:-1]))
    return _after(_first_shown(wanted, received, zone) - received, received, pauses)


def _after(length: timedelta, received: datetime, pauses: list[Stretch]) -> datetime:
    run = timedelta(0)
    for at in _steps(received):
        if run == length:
            return at
        if not _paused(at, pauses):
            run += STEP
    raise AssertionError("too far")


def _first_shown(wanted: datetime, received: datetime, zone: ZoneInfo) -> datetime:
    """The first instant after receipt at which the clocks of the zone show this, or pass over it."""
    expected = received.astimezone(zone).replace(tzinfo=None, fold=0)
    for at in _steps(received):
        shown = at.astimezone(zone).replace(tzinfo=None, fold=0)
        if shown == wanted:
            return at
        if expected <= wanted < shown:
            gap = shown - expected
            return _first_shown(wanted + gap, at, zone)
        expected = shown + STEP
    raise AssertionError("too far")


def _after_working_hours(
    scenario: dict[str, Any], hours: int, received: datetime, pauses: list[Stretch]
) -> datetime:
    left, zone = hours * 4, ZoneInfo(scenario["time_zone"])
    for at in _steps(received):
        if _open(scenario, at.astimezone(zone)) and not _paused(at, pauses):
            left -= 1
            if left == 0:
                return at + STEP
    raise AssertionError("too far")


def _after_working_days(
    scenario: dict[str, Any], days: int, received: datetime, pauses: list[Stretch]
) -> datetime:
    zone = ZoneInfo(scenario["time_zone"])
    last_open: dict[date, datetime] = {}
    receipt_day = received.astimezone(zone).date()
    for at in _steps(received):
        local = at.astimezone(zone)
        day = local.date()
        for earlier in [earlier for earlier in last_open if earlier < day]:
            close = last_open.pop(earlier)
            if not _paused(close, pauses):
                days -= 1
                if days == 0:
                    return close
        if day > receipt_day and _open(scenario, local):
            last_open[day] = at + STEP
    raise AssertionError("too far")


def _steps(received: datetime) -> Iterator[datetime]:
    at = received
    while at < received + FURTHEST:
        yield at
        at += STEP


def _paused(at: datetime, pauses: list[Stretch]) -> bool:
    return any(start <= at < end for start, end in pauses)


def _open(scenario: dict[str, Any], local: datetime) -> bool:
    day = local.date()
    if day not in _HOURS_OF:
        _HOURS_OF[day] = hours_of(scenario["calendar"], day)
    if not _HOURS_OF[day]:
        return False
    shown = f"{local.hour:02}:{local.minute:02}"
    return any(span[:5] <= shown < span[6:] for span in _HOURS_OF[day])


_HOURS_OF: dict[date, list[str]] = {}


def hours_of(calendar: dict[str, Any], day: date) -> list[str]:
    """The opening hours of a day, straight from the text."""
    written = day.isoformat()
    if written in calendar.get("open", {}):
        return list(calendar["open"][written])
    if written in calendar.get("closed", []):
        return []
    weekly = calendar["hours"]
    country = calendar.get("country")
    if country is not None:
        known = _country(country)
        known.get(day)  # looking a day up makes the library learn its year
        make_up = {other for other in known.weekend_workdays if other.year == day.year}
        if day in make_up:
            return list(next((weekly[name] for name in WEEK if weekly.get(name)), []))
        if day in known and (make_up or country != "CN"):
            return []
    return list(weekly.get(WEEK[day.weekday()], []))


_LEARNT: dict[str, holidays.HolidayBase] = {}


def _country(code: str) -> holidays.HolidayBase:
    return _LEARNT.setdefault(code, holidays.country_holidays(code))


def _instant(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)
