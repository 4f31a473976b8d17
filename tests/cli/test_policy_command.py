"""`policy show|check|preview|apply`: the store's rules as a file."""

import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Answer, FrozenClock

Run = Callable[..., Answer]


@pytest.fixture
def shown(run_cli: Run) -> str:
    return run_cli("policy", "show").out


@pytest.fixture
def changed(tmp_path: Path, shown: str) -> Callable[..., str]:
    """A file of the rules in force with a text exchanged, or several."""

    def write(*exchanges: tuple[str, str]) -> str:
        text = shown
        for old, new in exchanges:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "rules.toml"
        path.write_text(text, "utf-8")
        return str(path)

    return write


def add(run_cli: Run, **values: str) -> str:
    taken = run_cli("ticket", "add", "--json", stdin=json.dumps({"what": "酱油少了一瓶", **values}))
    return str(taken.object["number"])


def test_what_is_shown_is_a_file_that_can_be_applied(run_cli: Run, shown: str) -> None:
    values = tomllib.loads(shown)
    assert values["version"] == 1
    assert [(rule["kind"], rule["target"]) for rule in values["clocks"]] == [
        ("admit", "24h"),
        ("own", "48h"),
        ("solve", "30d"),
        ("feedback", "off"),
        ("outside", "10wd"),
    ]
    checked = run_cli("policy", "check", "-", stdin=shown)
    assert (checked.code, checked.out) == (0, "The rules can be applied.\n")
    applied = run_cli("policy", "apply", "-", stdin=shown)
    assert applied.out == "Version 2 of the rules is in force. Open tickets keep their times.\n"
    assert tomllib.loads(run_cli("policy", "show").out) == {**values, "version": 2}
    assert run_cli("policy", "show", "--json").object["version"] == 2


def test_a_change_is_previewed_and_then_applied_to_open_tickets(
    run_cli: Run, changed: Callable[..., str], clock: FrozenClock
) -> None:
    number = add(run_cli)
    run_cli("ticket", "act", number, "own", "--text", "x")
    add(run_cli)
    clock.forward(days=25)
    file = changed(('target = "30d"', 'target = "20d"'))
    told = run_cli("policy", "preview", file)
    assert told.out.splitlines()[0] == "2 open complaints move, 2 become late."
    assert run_cli("policy", "preview", file, "--json").object == {
        "open": 2,
        "moved": 2,
        "become_late": 2,
        "earlier": 2,
        "later": 0,
        "already_late": 1,
        "by_kind": {"solve": 2},
    }
    assert (
        run_cli("policy", "apply", file, "--open-too", "--text", "年底提速", "--json").object["version"] == 2
    )
    clocks = run_cli("ticket", "show", number, "--json").object["clocks"]
    assert [(each["kind"], each["state"]) for each in clocks[2:]] == [
        ("solve", "superseded"),
        ("solve", "late"),
    ]
    assert clocks[3]["due_at"] == "2026-12-13T10:28:00+08:00"
    explained = run_cli("sla", "explain", number).out
    assert "another time limit took its place" in explained
    assert "That is the store's rule, version 2." in explained


@pytest.mark.parametrize(
    ("old", "new", "key", "word"),
    [
        ('target = "24h"', 'target = "24"', "clocks[0].target", "no target"),
        ('kind = "admit"', 'kind = "dance"', "clocks[0].kind", "no kind of clock"),
        ('channels = ["consumers_association"]', 'channels = ["fax"]', "clocks[4].channels[0]", "no channel"),
        ('clocks = ["solve", "reopened"]', 'clocks = ["solve", "own"]', "pauses.clocks", "never pauses"),
        ('role = "manager"', 'role = "king"', "escalation[1].role", "no role"),
        ("level = 2", "level = 1", "escalation", "must rise"),
        ('mon = ["09:00-18:00"]', 'mon = ["09:00-18:00", "17:00-19:00"]', "calendars", "overlap"),
        ('country = "CN"', 'country = "XX"', "calendars", "no country"),
        ('[calendars."*"]', '[calendars."南山店"]', "calendars", "missing"),
        ("most = 3", "most = 3\nmore = 4", "pauses.more", "No such key"),
        ("most = 3", 'most = "3"', "pauses.most", "cannot be used"),
    ],
)
def test_a_fault_is_named_by_its_key_and_nothing_is_put_in_force(
    run_cli: Run, changed: Callable[..., str], old: str, new: str, key: str, word: str
) -> None:
    exchanges = [(old, new)]
    if old == '[calendars."*"]':
        exchanges.append(('[calendars."*".hours]', '[calendars."南山店".hours]'))
    file = changed(*exchanges)
    for command in ("check", "preview", "apply"):
        refused = run_cli("policy", command, file)
        assert (refused.code, refused.out) == (2, "")
        assert refused.err.startswith(key), refused.err
        assert word in refused.err
    assert run_cli("policy", "show", "--json").object["version"] == 1


def test_a_calendar_without_working_time_is_refused(run_cli: Run, changed: Callable[..., str]) -> None:
    days = ("mon", "tue", "wed", "thu", "fri")
    file = changed(*((f'{day} = ["09:00-18:00"]', f"{day} = []") for day in days))
    refused = run_cli("policy", "apply", file)
    assert (refused.code, "no working time" in refused.err) == (2, True)


def test_what_is_no_toml_or_not_there_is_refused(run_cli: Run, tmp_path: Path) -> None:
    for given in ("clocks = [", "\x00"):
        assert run_cli("policy", "check", "-", stdin=given).code == 2
    assert run_cli("policy", "check", str(tmp_path / "none.toml")).code == 2
    assert run_cli("policy", "check", "-", stdin=b"\xff\xfe").code == 2


def test_an_agent_may_look_and_try_but_not_change_the_rules(
    run_cli: Run, changed: Callable[..., str]
) -> None:
    run_cli("staff", "add", "李娜")
    file = changed(('target = "30d"', 'target = "20d"'))
    assert run_cli("policy", "preview", file, by="李娜").code == 0
    refused = run_cli("policy", "apply", file, by="李娜")
    assert (refused.code, "supervisor" in refused.err) == (1, True)


def test_the_year_without_its_notice_is_told_where_the_rules_are_shown(
    run_cli: Run, clock: FrozenClock
) -> None:
    clock.forward(days=30)
    assert "holidays of 2027 are not announced yet" in run_cli("policy", "show").err
