"""At run time the desk opens no socket to anywhere."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCHED = """
import sys
opened = []
def hook(event, arguments):
    if event.startswith("socket.") and event not in ("socket.__new__", "socket.gethostname"):
        opened.append((event, repr(arguments[1:])))
    if event == "socket.__new__" and arguments[1] not in (1,):
        opened.append((event, repr(arguments[1:])))
sys.addaudithook(hook)
"""
COMMANDS = (
    WATCHED
    + """
import io, json
from complaint_desk.cli.main import run
def does(*words, given=b""):
    sys.stdin = io.TextIOWrapper(io.BytesIO(given))
    run(["--db", sys.argv[1], "--as", "chen", "--lang", "en", *words])
told = {"what": "milk was sour", "phone": "13800138000", "when": "last friday"}
does("ticket", "add", given=json.dumps(told).encode())
for words in (["queue"], ["search", "milk"], ["handover"], ["check"], ["doctor"], ["backup"], ["backup", "--list"],
              ["restore", "latest"], ["classify", "-"], ["avoid", "it is not my fault"], ["staff", "list"],
              ["sla", "report"], ["policy", "show"], ["playbook", "search", "milk"]):
    does(*words)
print("OPENED", opened)
"""
)
SCREEN = (
    WATCHED
    + """
import asyncio
from pathlib import Path
from complaint_desk.app import ComplaintDeskApp
from complaint_desk.startup import StartOptions
async def shift():
    app = ComplaintDeskApp(StartOptions(db=sys.argv[1], as_name="chen"))
    async with app.run_test() as pilot:
        await app.desk_ready()
        await pilot.press("tab", "tab", "tab", "tab", "tab", *"milk", "ctrl+s", "ctrl+s")
        await pilot.pause(1)
        await pilot.press("escape", "f3", "f4", "f2", "f11", "escape")
        await app.safety.look()
        await pilot.pause(0.5)
asyncio.run(shift())
print("OPENED", [one for one in opened if "AF_UNIX" not in one[1]])
"""
)


@pytest.mark.parametrize("script", [COMMANDS, SCREEN], ids=["commands", "screen"])
def test_nothing_opens_a_socket(tmp_path: Path, root: Path, script: str) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("COMPLAINT_DESK_")},
        "COMPLAINT_DESK_SETTINGS": str(tmp_path / "settings.toml"),
        "PYTHONPATH": str(root),
    }
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "desk.db")],
        capture_output=True,
        text=True,
        env=environment,
        cwd=tmp_path,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[-1] == "OPENED []"
