"""Short ways to ask the engine."""

from copy import deepcopy
from datetime import datetime
from typing import Any

from complaint_desk.rules.addends import AddendCode
from complaint_desk.rules.scenario import ClockAnswer, answer, read_scenario

SHANGHAI = "+08:00"
WEEKDAYS = {day: ["09:00-12:00", "13:30-18:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


def scenario(target: str, received_at: str, **changed: Any) -> dict[str, Any]:
    """One clock of kind `solve` in Shanghai, asked about long after; `calendar` and `zone` may be given."""
    return {
        "received_at": received_at,
        "now": "2030-01-01T00:00:00Z",
        "time_zone": changed.pop("zone", "Asia/Shanghai"),
        "calendar": {"hours": deepcopy(WEEKDAYS), **changed.pop("calendar", {})},
        "clocks": [{"kind": "solve", "target": target}],
        **changed,
    }


def ask(target: str, received_at: str, **changed: Any) -> ClockAnswer:
    """The engine's answer to `scenario`."""
    (found,) = answer(read_scenario(scenario(target, received_at, **changed)))
    return found


def due(target: str, received_at: str, **changed: Any) -> datetime:
    """The due time of `scenario`."""
    return ask(target, received_at, **changed).reading.due.at


def at(written: str) -> datetime:
    """An instant."""
    return datetime.fromisoformat(written)


def pause(start: str, end: str | None = None, **changed: Any) -> dict[str, Any]:
    """A pause of the clock `solve`."""
    return {"from": start, "to": end, "clocks": ["solve"], **changed}


def codes(found: ClockAnswer) -> list[AddendCode]:
    """What the due time is made of."""
    return [addend.code for addend in found.reading.due.why]
