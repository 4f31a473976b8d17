"""The house holds: arrows run one way, rules are pure, rooms are small, nothing names where it was built."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

LONGEST_ROOM = 300
SQL = {"sqlalchemy", "sqlmodel", "sqlite3", "alembic"}
SLOW_TO_LOAD = {
    "alembic",
    "dateparser",
    "holidays",
    "jionlp_time",
    "phonenumbers",
    "pydantic",
    "pydantic_settings",
    "pypinyin",
    "regex",
    "snowballstemmer",
    "sqlalchemy",
    "sqlmodel",
    "typer",
}
READS_A_CLOCK_OR_A_FILE = {
    "now",
    "today",
    "utcnow",
    "time_ns",
    "monotonic",
    "perf_counter",
    "open",
    "read_text",
    "read_bytes",
    "write_text",
    "write_bytes",
}

LOADED_BY = """
import importlib, json, sys
before = set(sys.modules)
loaded = {}
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
    loaded[name] = sorted({module.partition(".")[0] for module in set(sys.modules) - before})
print(json.dumps(loaded))
"""


def modules_of(root: Path, *rooms: str) -> list[str]:
    """The modules of these rooms (or single files) that are there."""
    found = []
    for room in rooms:
        place = root / "complaint_desk" / room
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]:
            if path.exists():
                parts = path.relative_to(root).with_suffix("").parts
                found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def loaded_by(root: Path, names: list[str]) -> dict[str, set[str]]:
    """Which packages are in memory after each of these modules was imported, one after the other."""
    command = [sys.executable, "-c", LOADED_BY, json.dumps(names)]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return {name: set(packages) for name, packages in json.loads(answer.stdout).items()}


def tracked(root: Path) -> list[Path]:
    """The files that belong to the project."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False)
    if answer.returncode:
        pytest.skip("not a git checkout: which files belong to the project is not known")
    return [root / name for name in answer.stdout.split("\0") if name and (root / name).is_file()]


def test_arrows_between_rooms_run_one_way(root: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as main; main()",
        "--no-cache",
    ]
    answer = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_desk_hands_a_connection_on_and_writes_no_sql(root: Path) -> None:
    for path in sorted((root / "complaint_desk" / "desk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and node.module == "sqlalchemy":
                assert {name.name for name in node.names} <= {"Connection"}, path.relative_to(root)
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = (
                    [name.name for name in node.names]
                    if isinstance(node, ast.Import)
                    else [node.module or ""]
                )
                assert not {name.partition(".")[0] for name in names} & SQL, path.relative_to(root)


def test_no_rule_loads_sql_or_the_screen(root: Path) -> None:
    for name, packages in loaded_by(root, modules_of(root, "rules")).items():
        assert not packages & (SQL | {"textual", "typer", "rich"}), name


def test_no_rule_reads_a_clock_or_a_file(root: Path) -> None:
    for path in sorted((root / "complaint_desk" / "rules").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                assert name not in READS_A_CLOCK_OR_A_FILE, (
                    f"{path.relative_to(root)}:{node.lineno} calls {name}()"
                )


def test_the_closed_lists_stand_on_the_standard_library_alone(root: Path) -> None:
    packages = loaded_by(root, ["complaint_desk.models.enums"])["complaint_desk.models.enums"]
    assert packages - {"complaint_desk"} <= set(sys.stdlib_module_names)


def test_a_form_is_read_without_loading_sql(root: Path) -> None:
    for name, packages in loaded_by(root, modules_of(root, "models/forms")).items():
        assert not packages & SQL, name


def test_the_first_screen_is_painted_before_anything_slow_is_loaded(root: Path) -> None:
    for name, packages in loaded_by(root, modules_of(root, "__main__", "app", "screens", "widgets")).items():
        assert not packages & SLOW_TO_LOAD, f"{name} loads {sorted(packages & SLOW_TO_LOAD)}"


def test_no_room_passes_three_hundred_lines(root: Path) -> None:
    lengths = {
        str(path.relative_to(root)): len(path.read_text("utf-8").splitlines())
        for folder in ("complaint_desk", "scripts")
        for path in (root / folder).rglob("*.py")
    }
    assert not {name: length for name, length in lengths.items() if length > LONGEST_ROOM}


def test_no_file_names_a_package_host_or_a_place_on_somebodys_machine(root: Path) -> None:
    hosts = r"pypi\.org|pythonhosted\.org|conda\.anaconda\.org|simple/?\s*--trusted-host|index-url\s*="
    places = r"(?<![\w.])/(?:work|root|home/\w+|Users/\w+)/|\b[A-Z]:\\+Users\\+"
    faults = []
    for path in tracked(root):
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            if re.search(f"{hosts}|{places}", line):
                faults.append(f"{path.relative_to(root)}:{number}: {line.strip()[:100]}")
    assert not faults
