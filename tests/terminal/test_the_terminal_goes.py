"""The terminal is shrunk, put aside, hung up: nothing that was typed is lost, and no process is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

WORDS = "charged twice for two bottles of soy sauce"


def drafts(tmp_path: Path) -> str:
    return "".join(path.read_text("utf-8") for path in (tmp_path / "desk.drafts").glob("*.json"))


def in_mid_call(seat: Any) -> Any:
    terminal = seat("--lang", "en", "--as", "chen")
    terminal.wait_for("Phone")
    terminal.send("\t\t\t\t\t", WORDS)
    terminal.wait_for("soy sauce")
    return terminal


def ended_of_itself(terminal: Any, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not terminal.ended and time.monotonic() < end:
        terminal.read(0.1)
    return bool(terminal.ended)


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_signal_to_go_keeps_the_call(seat: Any, tmp_path: Path, name: str) -> None:
    terminal = in_mid_call(seat)
    os.kill(terminal.process, getattr(signal, name))
    assert ended_of_itself(terminal)
    assert WORDS in drafts(tmp_path)


def test_a_terminal_that_is_closed_keeps_the_call_and_leaves_no_process(seat: Any, tmp_path: Path) -> None:
    terminal = in_mid_call(seat)
    process = terminal.process
    os.close(terminal._descriptor)
    terminal._descriptor = -1
    end = time.monotonic() + 20
    while time.monotonic() < end and not terminal.ended:
        time.sleep(0.05)
    assert terminal.ended, f"{process} is still there"
    assert WORDS in drafts(tmp_path)


def test_put_in_the_background_and_brought_back_the_call_goes_on(seat: Any) -> None:
    terminal = in_mid_call(seat)
    os.kill(terminal.process, signal.SIGTSTP)
    _pid, status = os.waitpid(terminal.process, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    os.kill(terminal.process, signal.SIGCONT)
    terminal.send(" and more")
    terminal.wait_for("and more")
    assert not terminal.ended


ROOMS = {
    "call": (),
    "keys": ("f1",),
    "queue": ("f3",),
    "search": ("f4",),
    "playbook": ("f11",),
    "type": ("f10",),
    "cards": ("ctrl+k",),
    "palette": ("ctrl+p",),
}


@pytest.mark.slow
@pytest.mark.parametrize("room", ROOMS)
def test_every_screen_lives_through_twenty_by_five_and_back(seat: Any, room: str) -> None:
    terminal = in_mid_call(seat)
    terminal.send(*ROOMS[room])
    terminal.settle(0.4)
    for columns, rows in ((20, 5), (80, 24), (1, 1), (120, 40)):
        terminal.resize(columns, rows)
        terminal.settle(0.3)
        assert not terminal.ended, f"fell over at {columns}x{rows}"
    terminal.send("escape", "f2")
    terminal.settle(0.3)
    terminal.send("f2" if room in ("queue", "search") else "escape")
    terminal.resize(80, 24)
    terminal.wait_for("soy sauce")


@pytest.mark.parametrize(
    "command", [("ticket", "add", "--json"), ("queue",), ("check",), ("backup", "--list"), ("doctor",)]
)
def test_a_reader_that_goes_away_leaves_no_traceback_and_a_whole_file(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    environment = {
        **os.environ,
        "COMPLAINT_DESK_SETTINGS": str(tmp_path / "settings.toml"),
        "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
    }
    base = [sys.executable, "-m", "complaint_desk", "--db", str(tmp_path / "desk.db"), "--lang", "en"]
    lines = b'{"what": "milk was sour"}\n' * 30
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run(
        [*base, *command],
        input=lines,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment,
        check=False,
        timeout=60,
    )
    os.close(writing)
    assert b"Traceback" not in ran.stderr
    assert not list(tmp_path.glob("*.reports"))
    assert (
        subprocess.run(
            [*base, "check"], env=environment, check=False, capture_output=True, timeout=60
        ).returncode
        == 0
    )
