"""What the program makes is its account's alone, whatever the account's own habit."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ONE = b'{"what": "milk was sour"}'


@pytest.mark.skipif(sys.platform == "win32", reason="rights are other ones there")
def test_files_and_folders_are_open_to_nobody_else(
    run_program: Callable[..., subprocess.CompletedProcess[bytes]], tmp_path: Path
) -> None:
    file, stick = tmp_path / "own" / "desk.db", tmp_path / "stick"
    file.parent.mkdir(mode=0o755)
    stick.mkdir(mode=0o755)
    before = os.umask(0o022)
    try:
        shared = ("--db", str(file), "--as", "chen", "--lang", "en")
        for command in (
            ("ticket", "add"),
            ("backup",),
            ("backup", str(stick / "mine.db")),
            ("restore", "latest", "--yes"),
            ("salvage", str(stick / "saved.db")),
        ):
            ran = run_program(*shared, *command, stdin=ONE)
            assert ran.returncode == 0, ran.stderr.decode()
    finally:
        os.umask(before)
    made = [*file.parent.rglob("*"), *stick.rglob("*")]
    assert {path.suffix for path in made} >= {".db", ".copies"}
    open_to_others = [path.name for path in made if path.stat().st_mode & 0o077]
    assert open_to_others == []
