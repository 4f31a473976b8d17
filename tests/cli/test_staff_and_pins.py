"""Staff on the command line: roles, PINs from the environment or a descriptor and never from an argument."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import Answer

Run = Callable[..., Answer]
PIN, OTHER = "482913", "blue kettle on the shelf"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2 hashes that cost little."""
    from argon2 import PasswordHasher

    from complaint_desk.desk.staff import secrets

    monkeypatch.setattr(secrets, "_hasher", lambda: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def with_pin(run_cli: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Answer]:
    """Runs a command as somebody whose PIN stands in the environment."""

    def run(*arguments: str, by: str = "陈静", pin: str = PIN, **variables: str) -> Answer:
        for name, value in {"PIN": pin, **variables}.items():
            monkeypatch.setenv(f"COMPLAINT_DESK_{name}", value)
        answer = run_cli(*arguments, by=by)
        for name in ("PIN", *variables):
            monkeypatch.delenv(f"COMPLAINT_DESK_{name}", raising=False)
        return answer

    return run


@pytest.fixture
def code(run_cli: Run, with_pin: Callable[..., Answer]) -> str:
    """The recovery code of a desk where 陈静 has set the first PIN and 李娜 is an agent."""
    run_cli("staff", "add", "李娜")
    answer = with_pin("staff", "pin", NEW_PIN=PIN)
    assert answer.code == 0
    found = re.search(r"^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$", answer.out, re.MULTILINE)
    assert found
    return found[0]


def own_pin(with_pin: Callable[..., Answer], name: str, pin: str) -> None:
    given = with_pin("staff", "reset", name).out.strip()
    assert with_pin("staff", "pin", by=name, pin=given, NEW_PIN=pin).code == 0


def test_without_pins_every_command_works_unattended(run_cli: Run) -> None:
    assert run_cli("ticket", "add", stdin='{"what": "x"}').code == 0
    assert run_cli("queue", by="李娜").code == 0
    assert run_cli("staff", "list").out == "陈静\tsupervisor\n"


def test_with_pins_a_command_without_one_is_refused_and_does_nothing(
    code: str, run_cli: Run, with_pin: Callable[..., Answer]
) -> None:
    for command in (("queue",), ("search", "x"), ("handover",), ("staff", "add", "x")):
        answer = run_cli(*command)
        assert (answer.code, answer.out) == (1, "")
        assert "asks for a PIN" in answer.err
    assert run_cli("ticket", "add", stdin='{"what": "x"}').code == 1
    assert with_pin("queue").code == 0
    assert with_pin("queue", pin="482914").code == 1
    assert "not the PIN" in with_pin("queue", pin="482914").err


def test_what_shows_nothing_of_a_customer_needs_no_pin(code: str, run_cli: Run) -> None:
    for command in (("db", "check"), ("db", "path"), ("staff", "list"), ("playbook", "show", "heat")):
        assert run_cli(*command).code == 0, command


def test_the_pin_may_come_from_a_descriptor_line_by_line(code: str, run_cli: Run) -> None:
    def lines(*given: str) -> str:
        reading, writing = os.pipe()
        os.write(writing, "".join(f"{line}\n" for line in given).encode())
        os.close(writing)
        return str(reading)

    assert run_cli("--pin-fd", lines(PIN), "queue").code == 0
    assert run_cli("staff", "pin", "--pin-fd", lines(PIN, OTHER)).code == 0
    assert run_cli("queue", f"--pin-fd={lines(OTHER)}").code == 0
    assert run_cli("--pin-fd", "987", "queue").code == 2


def test_no_option_takes_a_pin(code: str, run_cli: Run) -> None:
    for command in (
        ("--help",),
        ("staff", "pin", "--help"),
        ("staff", "reset", "--help"),
        ("setup", "--help"),
    ):
        options = set(re.findall(r"--[a-z-]+", run_cli(*command).out))
        assert not {name for name in options if "pin" in name} - {"--pin-fd"}


def test_the_pin_is_taken_out_of_the_environment(
    code: str, run_cli: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COMPLAINT_DESK_PIN", PIN)
    assert run_cli("queue").code == 0
    assert "COMPLAINT_DESK_PIN" not in os.environ


def test_a_one_time_pin_only_serves_to_choose_ones_own(code: str, with_pin: Callable[..., Answer]) -> None:
    given = with_pin("staff", "reset", "李娜").out.strip()
    assert re.fullmatch(r"\d{8}", given)
    refused = with_pin("queue", by="李娜", pin=given)
    assert (refused.code, refused.out) == (1, "")
    assert "staff pin" in refused.err
    assert with_pin("staff", "pin", by="李娜", pin=given, NEW_PIN="123456").code == 2
    assert with_pin("staff", "pin", by="李娜", pin=given, NEW_PIN=OTHER).code == 0
    assert with_pin("queue", by="李娜", pin=OTHER).code == 0


def test_a_new_person_at_a_desk_with_pins_gets_a_one_time_pin(
    code: str, with_pin: Callable[..., Answer]
) -> None:
    answer = with_pin("staff", "add", "赵强")
    name, given = answer.out.splitlines()
    assert name == "赵强\tagent"
    assert with_pin("staff", "pin", by="赵强", pin=given, NEW_PIN=OTHER).code == 0
    listed = with_pin("staff", "list").out
    assert listed == "李娜\tagent\tno PIN\n赵强\tagent\tPIN\n陈静\tsupervisor\tPIN\n"


def test_the_recovery_code_sets_a_forgotten_pin_anew(
    code: str, run_cli: Run, with_pin: Callable[..., Answer]
) -> None:
    answer = with_pin("staff", "reset", "陈静", "--recovery", RECOVERY_CODE=code, NEW_PIN=OTHER)
    assert answer.code == 0
    assert answer.out.splitlines()[-1] != code
    assert with_pin("queue", pin=OTHER).code == 0
    assert with_pin("staff", "reset", "陈静", "--recovery", RECOVERY_CODE=code, NEW_PIN=PIN).code == 1


def test_roles_change_and_people_leave(code: str, with_pin: Callable[..., Answer]) -> None:
    assert with_pin("staff", "role", "李娜", "supervisor").out == "李娜\tsupervisor\n"
    assert with_pin("staff", "role", "李娜", "queen").code == 2
    assert with_pin("staff", "leave", "李娜").code == 0
    assert "李娜" not in with_pin("staff", "list").out
    assert "李娜\tsupervisor\tleft" in with_pin("staff", "list", "--all").out
    assert with_pin("staff", "leave", "陈静").code == 1


def test_an_agent_may_not_lead(code: str, with_pin: Callable[..., Answer]) -> None:
    own_pin(with_pin, "李娜", OTHER)
    for command in (
        ("staff", "add", "x"),
        ("staff", "role", "李娜", "manager"),
        ("staff", "reset", "陈静"),
        ("staff", "recovery"),
        ("staff", "pin", "--off"),
    ):
        answer = with_pin(*command, by="李娜", pin=OTHER)
        assert (answer.code, answer.out) == (1, ""), command
        assert "Only a supervisor" in answer.err


def test_the_log_tells_what_the_staff_did_and_who_looked_at_a_masked_caller(
    code: str, with_pin: Callable[..., Answer]
) -> None:
    own_pin(with_pin, "李娜", OTHER)
    with_pin("staff", "role", "李娜", "supervisor")
    with_pin("staff", "role", "李娜", "agent")
    lines = [line.split("\t")[1:] for line in with_pin("staff", "log").out.splitlines()]
    assert lines[:4] == [
        ["陈静", "changed a role", "李娜 agent"],
        ["陈静", "changed a role", "李娜 supervisor"],
        ["李娜", "set a PIN", "李娜"],
        ["陈静", "gave a one-time PIN", "李娜"],
    ]
    assert with_pin("staff", "log", by="李娜", pin=OTHER).code == 1
    assert len(with_pin("staff", "log", "--json", "--limit", "2").objects) == 2


def test_pins_are_given_up_with_one_command(code: str, run_cli: Run, with_pin: Callable[..., Answer]) -> None:
    assert with_pin("staff", "pin", "--off").code == 0
    assert run_cli("queue", by="李娜").code == 0


def test_the_program_itself_takes_a_pin_from_the_environment(
    run_program: Callable[..., object], tmp_path: Path
) -> None:
    def run(*arguments: str, **variables: str) -> str:
        answer = run_program("--db", "d.db", "--as", "Chen", "--lang", "en", *arguments, **variables)
        return str(getattr(answer, "stdout", b"").decode())

    assert "has a PIN" in run("staff", "pin", COMPLAINT_DESK_NEW_PIN=PIN)
    assert run("staff", "add", "Li") == ""
    assert run("staff", "add", "Li", COMPLAINT_DESK_PIN=PIN).startswith("Li\tagent\n")
