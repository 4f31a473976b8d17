"""A real terminal for the whole program."""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

if sys.platform == "win32":
    collect_ignore_glob = ["*"]
else:
    from _terminal import Terminal

    Seat = Callable[..., Terminal]

    @pytest.fixture
    def seat(tmp_path: Path) -> Iterator[Seat]:
        """Opens the desk in a terminal of its own, on a file that is gone after the test."""
        opened: list[Terminal] = []

        def open_seat(*flags: str, size: tuple[int, int] = (80, 24), **environment: Any) -> Terminal:
            command = (sys.executable, "-m", "complaint_desk", "--db", str(tmp_path / "desk.db"), *flags)
            own = {
                "COMPLAINT_DESK_SETTINGS": str(tmp_path / "settings.toml"),
                "COMPLAINT_DESK_STORE_CODE": "S01",
                "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
                **environment,
            }
            opened.append(Terminal(command, size, own))
            return opened[-1]

        yield open_seat
        for terminal in opened:
            terminal.kill()
