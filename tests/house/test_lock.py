"""The lock files: every package at one version, with hashes, for every platform, naming no host."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

LOCKS = ("requirements-build.txt", "requirements.txt", "requirements-test.txt")


def locked(root: Path, name: str) -> dict[str, tuple[Requirement, int]]:
    """Each requirement of a lock file by its package, with the number of its hashes."""
    entries = (root / name).read_text("utf-8").replace("\\\n", " ").splitlines()
    found: dict[str, tuple[Requirement, int]] = {}
    for entry in entries:
        if entry and not entry.startswith("#"):
            demand, *hashes = entry.split("--hash=sha256:")
            assert all(re.fullmatch(r"[0-9a-f]{64}\s*", value) for value in hashes), entry[:80]
            requirement = Requirement(demand.strip())
            found[canonicalize_name(requirement.name)] = (requirement, len(hashes))
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_locked_at_one_version_with_a_hash(root: Path, name: str) -> None:
    for requirement, hashes in locked(root, name).values():
        assert re.fullmatch(r"==[^*,]+", str(requirement.specifier)), requirement
        assert hashes, requirement


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(root: Path, name: str) -> None:
    text = (root / name).read_text("utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    assert "--trusted-host" not in text


def test_everything_the_project_asks_for_is_locked_at_a_version_it_allows(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    demands = {
        "requirements-build.txt": project["dependency-groups"]["build"],
        "requirements.txt": project["project"]["dependencies"],
        "requirements-test.txt": project["project"]["dependencies"] + project["dependency-groups"]["test"],
    }
    for name, wanted in demands.items():
        lock = locked(root, name)
        for demand in map(Requirement, wanted):
            requirement, _ = lock[canonicalize_name(demand.name)]
            version = str(requirement.specifier).removeprefix("==")
            assert demand.specifier.contains(version), (
                f"{name}: {requirement} is not {demand}: run scripts/lock.py"
            )


def test_the_tool_that_builds_the_project_is_locked(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    assert set(project["build-system"]["requires"]) <= set(project["dependency-groups"]["build"])


def test_what_is_checked_is_what_is_run(root: Path) -> None:
    run, checked = locked(root, "requirements.txt"), locked(root, "requirements-test.txt")
    for name, (requirement, _) in run.items():
        assert checked[name][0].specifier == requirement.specifier, name


def test_what_only_windows_needs_is_locked_for_windows(root: Path) -> None:
    lock = locked(root, "requirements.txt")
    for name in ("colorama", "tzdata"):
        marker = lock[name][0].marker
        assert marker is not None
        assert marker.evaluate({"sys_platform": "win32"})
        assert not marker.evaluate({"sys_platform": "linux"})
