"""The archive for a PC without a network: what it holds, what its installer refuses, that it really installs."""

import json
import platform
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

Load = Callable[[str], ModuleType]
PYTHON = "{}.{}".format(*sys.version_info[:2])
NO_NETWORK = ("unshare", "--user", "--map-root-user", "--net")
LOCK = """
everywhere==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
windows-only==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:cc
not-on-arm==3.0 ; platform_machine != 'aarch64' and python_full_version < '3.12' \\
    --hash=sha256:dd
"""


def test_an_archive_holds_what_its_own_platform_and_python_need_and_not_what_this_one_does(
    script: Load,
) -> None:
    bundle = script("bundle")

    def names(target: str, python: str) -> list[str]:
        entries = bundle.requirements_for(LOCK, bundle.TARGETS[target], python)
        return [entry.partition("==")[0] for entry in entries]

    assert names("windows-x64", "3.11") == ["everywhere", "windows-only", "not-on-arm"]
    assert names("linux-x64", "3.12") == ["everywhere"]
    assert names("linux-arm64", "3.11") == ["everywhere"]


def test_every_hash_of_the_lock_is_asked_for(script: Load) -> None:
    bundle = script("bundle")
    entry, *_rest = bundle.requirements_for(LOCK, bundle.TARGETS["linux-x64"], "3.11")
    assert entry == "everywhere==1.0 --hash=sha256:aa --hash=sha256:bb"


@pytest.fixture
def unpacked(script: Load, tmp_path: Path) -> Path:
    """An archive with nothing but pip's place in it, unpacked."""
    bundle = script("bundle")
    wheels, archive = tmp_path / "wheels", tmp_path / "archive.zip"
    wheels.mkdir()
    (wheels / "pip-1-py3-none-any.whl").write_bytes(b"not pip")
    about = {"version": "1", "target": "this one", "python": PYTHON}
    about |= {"sys_platform": sys.platform, "machine": platform.machine()}
    bundle.write_archive(wheels, archive, about)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    return tmp_path / "complaint-desk"


def install(folder: Path, into: Path, *before: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*before, sys.executable, folder / "install.py", into],
        capture_output=True,
        encoding="utf-8",
        env={"LANG": "en_GB.UTF-8", "PATH": "/usr/bin:/bin"},
        check=False,
    )


def test_a_file_that_is_not_as_it_was_packed_is_named_and_nothing_is_installed(
    unpacked: Path, tmp_path: Path
) -> None:
    with (unpacked / "wheels" / "pip-1-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"!")
    refused = install(unpacked, tmp_path / "into")
    assert refused.returncode == 1
    assert "wheels/pip-1-py3-none-any.whl is missing or damaged" in refused.stderr
    assert not (tmp_path / "into").exists()


@pytest.mark.parametrize(
    ("other", "told"), [({"python": "3.7"}, "for Python 3.7"), ({"machine": "abacus"}, "another kind")]
)
def test_another_python_or_another_kind_of_pc_is_told_so_before_anything_is_made(
    unpacked: Path, tmp_path: Path, other: dict[str, str], told: str
) -> None:
    about = json.loads((unpacked / "bundle.json").read_text("utf-8"))
    (unpacked / "bundle.json").write_text(json.dumps(about | other), "utf-8")
    refused = install(unpacked, tmp_path / "into")
    assert refused.returncode == 1
    assert told in refused.stderr
    assert not (tmp_path / "into").exists()


def test_a_folder_with_something_else_in_it_is_left_alone(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "into").mkdir()
    (tmp_path / "into" / "letter.txt").write_text("mine")
    refused = install(unpacked, tmp_path / "into")
    assert refused.returncode == 1
    assert "something else" in refused.stderr
    assert [path.name for path in (tmp_path / "into").iterdir()] == ["letter.txt"]


@pytest.mark.slow
def test_the_desk_installs_and_takes_a_complaint_where_there_is_no_network(
    script: Load, tmp_path: Path
) -> None:
    bundle = script("bundle")
    if bundle.this_machine() is None:
        pytest.skip("no archive is made for this kind of machine")
    if not shutil.which("unshare") or subprocess.run([*NO_NETWORK, "true"], check=False).returncode:
        pytest.skip("this system lets nobody make a network namespace without interfaces")
    archive, into = tmp_path / "archive.zip", tmp_path / "into"
    bundle.bundle(bundle.this_machine(), PYTHON, archive, [sys.executable, "-m", "pip"])
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    installed = install(tmp_path / "complaint-desk", into, *NO_NETWORK)
    assert installed.returncode == 0, installed.stderr
    desk = [
        *NO_NETWORK,
        str(into / "bin" / "complaint-desk"),
        "--db",
        str(tmp_path / "desk.db"),
        "--as",
        "陈静",
    ]
    added = subprocess.run(
        [*desk, "ticket", "add", "--json"],
        input='{"what": "多收了38元", "phone": "13800138000"}',
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert added.returncode == 0, added.stderr
    listed = subprocess.run([*desk, "queue"], capture_output=True, encoding="utf-8", check=True)
    assert json.loads(added.stdout)["number"] in listed.stdout
