"""`ticket amend`: what was misheard is corrected, and the old value stays in the history."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import EVERY_WORD, Answer, FrozenClock

Run = Callable[..., Answer]
Amend = Callable[..., Answer]


@pytest.fixture
def number(run_cli: Run) -> str:
    return str(run_cli("ticket", "add", "--json", stdin=json.dumps(EVERY_WORD)).object["number"])


@pytest.fixture
def amend(run_cli: Run, number: str) -> Amend:
    def correct(**changes: Any) -> Answer:
        return run_cli("ticket", "amend", number, "--json", stdin=json.dumps(changes))

    return correct


def corrections(answer: Answer) -> list[tuple[str, str | None, str | None]]:
    return [
        (line["field"], line["old"], line["new"])
        for line in answer.object["history"]
        if line["act"] == "amended"
    ]


def test_each_changed_field_is_an_event_with_its_old_and_new_value(amend: Amend) -> None:
    answer = amend(caller="王芬", cause="price_higher", where="福田店", channel="phone", type="victim")
    assert answer.code == 0
    assert sorted(corrections(answer)) == [
        ("caller", "王芳", "王芬"),
        ("cause", "cashier_error", "price_higher"),
        ("channel", "in_store", "phone"),
        ("type", "rational", "victim"),
        ("where", "南山店 收银台2号", "福田店"),
    ]
    ticket = answer.object
    assert (ticket["caller"], ticket["cause"], ticket["type"]) == ("王芬", "price_higher", "victim")
    assert ticket["version"] > 1
    assert {line["by"] for line in ticket["history"]} == {"陈静"}


def test_every_field_can_be_corrected(amend: Amend) -> None:
    new = {
        **{name: f"{value}!" for name, value in EVERY_WORD.items()},
        "phone": "021-62345678",
        "when": "三天前",
        "cause": "goods_quality",
        "channel": "media",
        "type": "victim",
    }
    answer = amend(**new)
    assert answer.code == 0
    assert {field for field, _old, _new in corrections(answer)} == set(EVERY_WORD)


@pytest.mark.parametrize("blank", [None, "", "  "])
def test_null_or_blank_clears_a_field_and_it_is_missing_again(amend: Amend, blank: str | None) -> None:
    answer = amend(**dict.fromkeys(("phone", "extension", "caller", "when", "who", "cause", "type"), blank))
    ticket = answer.object
    assert ticket["missing"] == ["phone", "caller", "when", "who", "cause"]
    for name in ("phone", "extension", "caller", "when", "who", "cause", "type"):
        assert ticket[name] is None
    assert ("caller", "王芳", None) in corrections(answer)


def test_a_missing_field_told_later_is_missing_no_more(run_cli: Run) -> None:
    number = run_cli("ticket", "add", "--json", stdin='{"what": "x"}').object["number"]
    ticket = run_cli("ticket", "amend", number, "--json", stdin='{"who": "小李", "phone": "匿名"}').object
    assert ticket["missing"] == ["caller", "when", "where", "how", "remedy_wanted", "cause"]


@pytest.mark.parametrize("name", ["what", "channel", "store"])
@pytest.mark.parametrize("blank", [None, " "])
def test_what_a_ticket_cannot_be_without_cannot_be_cleared(
    amend: Amend, run_cli: Run, number: str, name: str, blank: str | None
) -> None:
    answer = amend(**{name: blank, "caller": "王芬"})
    assert answer.code == 2
    assert answer.err.startswith(f"{name}: ")
    assert len(run_cli("ticket", "show", number, "--json").object["history"]) == 1


@pytest.mark.parametrize(
    "name", ["number", "id", "status", "version", "received_at", "owner", "clocks", "colour", "\x1b[2J", ""]
)
def test_a_field_that_is_none_or_not_the_callers_is_refused(amend: Amend, name: str) -> None:
    answer = amend(**{name: "x"})
    assert answer.code == 2
    assert answer.err
    assert "\x1b" not in answer.err


@pytest.mark.parametrize(
    "changes", [{"what": 5}, {"caller": True}, {"when": {"said": "x"}}, {"cause": "A1"}, {"type": "x"}]
)
def test_a_value_that_cannot_be_is_refused_with_its_field(amend: Amend, changes: dict[str, Any]) -> None:
    answer = amend(**changes)
    assert answer.code == 2
    assert answer.err.startswith(f"{next(iter(changes))}: ")


@pytest.mark.parametrize(
    "text", ["", "[]", "x", '{"caller": "a"}\n{"caller": "b"}', '{"caller": "a", "caller": "b"}']
)
def test_anything_but_one_object_is_refused(run_cli: Run, number: str, text: str) -> None:
    answer = run_cli("ticket", "amend", number, stdin=text)
    assert answer.code == 2
    assert answer.err
    assert len(run_cli("ticket", "show", number, "--json").object["history"]) == 1


def test_what_changes_nothing_leaves_no_event(amend: Amend) -> None:
    for unchanged in ({}, EVERY_WORD, {"phone": "+86 138-0013-8000"}, {"phone": "13800138000"}):
        answer = amend(**unchanged)
        assert answer.code == 0
        assert (answer.object["version"], len(answer.object["history"])) == (1, 1)


def test_when_it_happened_is_read_again_relative_to_receipt(amend: Amend, clock: FrozenClock) -> None:
    clock.forward(days=9)
    when = amend(when="前天上午").object["when"]
    assert when == {
        "said": "前天上午",
        "at": "2026-11-21T05:00:00+08:00",
        "precision": "part",
        "doubt": None,
    } or (when["said"] == "前天上午" and when["at"].startswith("2026-11-21"))
    assert amend(when="12月1日").object["when"]["at"] != "2026-12-01T00:00:00+08:00"


def test_a_corrected_number_is_kept_as_a_number_and_brings_its_own_extension(amend: Amend) -> None:
    ticket = amend(phone="021-6234 5678 转802").object
    assert (ticket["phone"], ticket["extension"]) == ("+862162345678", "802")


def test_an_extension_goes_with_its_number(amend: Amend) -> None:
    assert amend(phone="13900139000").object["extension"] is None
    ticket = amend(phone="13900139001", extension="7").object
    assert (ticket["phone"], ticket["extension"]) == ("+8613900139001", "7")


def test_a_file_with_the_changes_is_read(run_cli: Run, number: str, tmp_path: Path) -> None:
    (tmp_path / "changes.json").write_text('{\n  "caller": "王芬"\n}\n', "utf-8")
    answer = run_cli("ticket", "amend", number, str(tmp_path / "changes.json"), "--json")
    assert answer.object["caller"] == "王芬"


def test_a_resolved_ticket_can_be_corrected_and_its_clocks_stay(
    run_cli: Run, number: str, amend: Amend
) -> None:
    before = run_cli("ticket", "act", number, "resolve", "--text", "x", "--json").object
    after = amend(caller="王芬").object
    assert (after["clocks"], after["status"]) == (before["clocks"], "resolved")


def test_a_ticket_that_is_not_there_cannot_be_corrected(run_cli: Run) -> None:
    assert run_cli("ticket", "amend", "S01-261123-099", stdin='{"caller": "x"}').code == 1


def test_the_plain_answer_tells_old_and_new(run_cli: Run, number: str) -> None:
    answer = run_cli("ticket", "amend", number, stdin='{"caller": "王芬"}')
    assert "王芳 → 王芬" in answer.out
