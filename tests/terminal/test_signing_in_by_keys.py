"""Setting up, locking and signing in through a real terminal, typed without waiting."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def _run(tmp_path: Path, *arguments: str, **variables: str) -> str:
    environment = {**os.environ, "COMPLAINT_DESK_SETTINGS": str(tmp_path / "settings.toml"), **variables}
    command = (sys.executable, "-m", "complaint_desk", "--db", str(tmp_path / "desk.db"), *arguments)
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout


def test_a_desk_is_set_up_locked_and_opened_again_by_keys_alone(seat: Any, tmp_path: Path) -> None:
    terminal = seat("--lang", "en", "--as", "chen", COMPLAINT_DESK_STORE_CODE="")
    terminal.wait_for("This desk is new")
    terminal.send("s01\tNanshan\t\t\t\t482913\r482913\x13")
    terminal.wait_for("Write it down")
    terminal.send("enter")
    terminal.wait_for("Phone")
    terminal.send("13800138000")
    terminal.wait_for("13800138000")
    terminal.send("ctrl+u")
    terminal.wait_for("chen")
    terminal.send("0")
    terminal.wait_for("Locked")
    assert "13800138000" not in terminal.text
    terminal.send("482913\r")
    terminal.wait_for("13800138000")
    assert "482913" not in terminal.text


def test_another_person_sits_down_in_two_keys_typed_in_one_breath(seat: Any, tmp_path: Path) -> None:
    _run(tmp_path, "--as", "chen", "staff", "add", "li")
    terminal = seat("--lang", "en", "--as", "chen")
    terminal.wait_for("Phone")
    terminal.send("13800138000")
    terminal.wait_for("13800138000")
    terminal.send("\x152")
    terminal.wait_for("li sits here now")
    terminal.wait_for("13800138000")


def test_a_command_asks_for_the_pin_at_the_terminal_and_shows_nothing_of_it(
    seat: Any, tmp_path: Path
) -> None:
    _run(tmp_path, "--as", "chen", "staff", "pin", COMPLAINT_DESK_NEW_PIN="482913")
    terminal = seat("--lang", "en", "--as", "chen", "staff", "add", "li")
    terminal.wait_for("PIN of chen")
    terminal.send("482913\r")
    terminal.wait_for("one-time PIN")
    assert "482913" not in terminal.text
    assert "li\tagent\tone-time PIN" in _run(tmp_path, "--as", "chen", "--lang", "en", "staff", "list")
