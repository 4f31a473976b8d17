"""The engine answers as the slow reference does, whatever the scenario."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from complaint_desk.rules.scenario import answer, read_scenario
from tests.rules.reference_sla import WEEK, reference

QUARTER = timedelta(minutes=15)
PLACES = [
    # zone, country, a local day with something to go wrong soon after
    ("Asia/Shanghai", "CN", date(2026, 2, 12)),
    ("Asia/Shanghai", "CN", date(2026, 9, 18)),
    ("Asia/Shanghai", "CN", date(2026, 12, 29)),
    ("Asia/Shanghai", None, date(2028, 2, 26)),
    ("America/New_York", "US", date(2026, 3, 6)),
    ("America/New_York", "US", date(2026, 10, 30)),
    ("Europe/Berlin", "DE", date(2026, 3, 27)),
    ("Europe/Berlin", None, date(2026, 10, 23)),
    ("Australia/Lord_Howe", None, date(2026, 4, 3)),
    ("Australia/Lord_Howe", "AU", date(2026, 10, 2)),
    ("America/Havana", None, date(2026, 3, 6)),
    ("UTC", "GB", date(2027, 12, 30)),
]
KINDS = ["admit", "own", "solve", "reopened"]


@st.composite
def opening_hours(draw: st.DrawFn) -> list[str]:
    marks = sorted(draw(st.sets(st.integers(0, 24), min_size=2, max_size=6)))
    pairs = zip(marks[::2], marks[1::2], strict=False)
    return [f"{start:02}:00-{end:02}:00" for start, end in pairs]


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    zone_name, country, first = draw(st.sampled_from(PLACES))
    zone = ZoneInfo(zone_name)
    start = datetime.combine(first, time(), zone).astimezone(UTC)
    received = start + draw(st.integers(0, 3 * 96)) * QUARTER

    def moment(earliest: int = -96, latest: int = 8 * 96) -> str:
        rough = st.integers(earliest // 4, latest // 4).map(lambda hours: hours * 4)
        at = received + draw(rough | st.integers(earliest, latest)) * QUARTER
        return at.astimezone(draw(st.sampled_from([UTC, zone]))).isoformat()

    def later(than: str) -> str:
        at = datetime.fromisoformat(than).astimezone(UTC) + draw(st.integers(1, 5 * 96)) * QUARTER
        return at.isoformat()

    days = [(first + timedelta(days=number)).isoformat() for number in range(12)]
    closed = draw(st.sets(st.sampled_from(days), max_size=3))
    opened = draw(st.dictionaries(st.sampled_from(days), opening_hours() | st.just([]), max_size=2))
    hours = draw(st.dictionaries(st.sampled_from(WEEK), opening_hours(), min_size=1))
    if draw(st.booleans()):
        hours = {day: ["09:00-12:00", "13:00-18:00"] for day in WEEK[:5]}
    calendar: dict[str, Any] = {"hours": hours, "closed": sorted(closed - opened.keys()), "open": opened}
    if country:
        calendar["country"] = country
    targets = draw(
        st.lists(
            st.one_of(
                st.integers(1, 60).map(lambda number: f"{number}h"),
                st.integers(1, 5).map(lambda number: f"{number}d"),
                st.integers(1, 24).map(lambda number: f"{number}wh"),
                st.integers(1, 5).map(lambda number: f"{number}wd"),
            ),
            min_size=1,
            max_size=2,
        )
    )
    kinds = KINDS[: len(targets)]
    pauses = []
    for _ in range(draw(st.integers(0, 4))):
        begun = moment()
        pause: dict[str, Any] = {
            "from": begun,
            "to": later(begun) if draw(st.booleans()) else None,
            "clocks": draw(st.lists(st.sampled_from(kinds), unique=True)),
        }
        if draw(st.booleans()):
            pause["expected"] = later(begun)
        pauses.append(pause)
    acts = [{"at": moment(), "meets": draw(st.sampled_from(kinds))} for _ in range(draw(st.integers(0, 2)))]
    scenario = {
        "received_at": received.astimezone(zone).isoformat(),
        "now": moment(0),
        "time_zone": zone_name,
        "calendar": calendar,
        "clocks": [{"kind": kind, "target": target} for kind, target in zip(kinds, targets, strict=True)],
        "pauses": pauses,
        "acts": acts,
    }
    return _aimed(draw, scenario)


def _aimed(draw: st.DrawFn, scenario: dict[str, Any]) -> dict[str, Any]:
    """Now and then begin or end the pauses, act, or look exactly at a due time."""
    if not draw(st.booleans()):
        return scenario
    due = (
        draw(st.sampled_from(reference(scenario)))["due_at"] + draw(st.sampled_from([0, 0, -1, 1])) * QUARTER
    )
    aim = due.isoformat()
    match draw(st.integers(0, 3)):
        case 0 if due >= datetime.fromisoformat(scenario["received_at"]):
            scenario["now"] = aim
        case 1:
            end = (due + draw(st.integers(1, 300)) * QUARTER).isoformat()
            scenario["pauses"].append({"from": aim, "to": end, "clocks": KINDS[:2]})
            scenario["now"] = max(scenario["now"], end, key=datetime.fromisoformat)
        case 2:
            begin = (due - draw(st.integers(1, 300)) * QUARTER).isoformat()
            scenario["pauses"].append({"from": begin, "to": aim, "clocks": KINDS[:2]})
        case 3:
            scenario["acts"].append({"at": aim, "meets": KINDS[0]})
    return scenario


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(scenarios())
def test_the_engine_agrees_with_counting_every_quarter_of_an_hour(scenario: dict[str, Any]) -> None:
    answered = [
        {
            "kind": clock.kind,
            "due_at": clock.reading.due.at,
            "met_at": clock.reading.met_at,
            "state": str(clock.reading.state),
            "breached_at": clock.reading.breached_at,
        }
        for clock in answer(read_scenario(scenario))
    ]
    assert answered == reference(scenario)
