"""Make one archive with which the desk installs on a PC that has Python and no network.

`python3 scripts/bundle.py [--for TARGET] [--python 3.11] [-o FILE]`. It holds a wheel of every locked package for
the named platform and Python, each checked against its locked hash, the desk's own wheel, pip, an installer in plain
Python, and the checksum of every file. The same inputs give the same wheels in the same order.
"""

import argparse
import ensurepip
import hashlib
import json
import platform
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import _python  # noqa: F401 - before anything an older Python could not read
from _installer import InstallError, run_pip
from _sentences import say, sentence
from _setup import LOCKS, ROOT, prepare

_INSTALLER = Path(__file__).with_name("_bundle_install.py")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Target:
    """A kind of PC: how wheels name it, and what the markers of the lock file ask about it."""

    tags: tuple[str, ...]
    """Platform tags of wheels that run there, as `pip download --platform` takes them."""
    sys_platform: str
    system: str
    machine: str
    os_name: str = "posix"


def _linux(machine: str) -> Target:
    glibc = [f"manylinux_2_{minor}_{machine}" for minor in range(28, 16, -1)]
    old = [f"manylinux2014_{machine}", f"manylinux2010_{machine}", f"manylinux1_{machine}"]
    return Target((*glibc, *old), "linux", "Linux", machine)


def _mac(machine: str) -> Target:
    versions = [f"{major}_0" for major in range(14, 10, -1)] + (
        [] if machine == "arm64" else ["10_13", "10_9"]
    )
    tags = [f"macosx_{version}_{kind}" for version in versions for kind in (machine, "universal2")]
    return Target((*tags, "macosx_10_9_universal2"), "darwin", "Darwin", machine)


TARGETS = {
    "windows-x64": Target(("win_amd64",), "win32", "Windows", "AMD64", "nt"),
    "linux-x64": _linux("x86_64"),
    "linux-arm64": _linux("aarch64"),
    "macos-arm64": _mac("arm64"),
    "macos-x64": _mac("x86_64"),
}


def this_machine() -> str | None:
    """The target this PC is, or None for a kind that no archive is made for."""
    here = (sys.platform, platform.machine().lower())
    return next((name for name, of in TARGETS.items() if (of.sys_platform, of.machine.lower()) == here), None)


def requirements_for(lock: str, target: Target, python: str) -> list[str]:
    """The entries of a lock file that hold for this platform and Python, their markers left out."""
    from packaging.markers import Marker

    asked = {
        "sys_platform": target.sys_platform,
        "platform_system": target.system,
        "platform_machine": target.machine,
        "os_name": target.os_name,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    entries = []
    for entry in lock.replace("\\\n", " ").splitlines():
        if not entry[:1].isalnum():
            continue
        named, *hashes = entry.split("--hash=")
        name, _, marker = named.partition(";")
        if not marker.strip() or Marker(marker).evaluate(asked):
            entries.append(" ".join([name.strip(), *(f"--hash={one.strip()}" for one in hashes)]))
    return entries


def fetch_wheels(
    pip: Sequence[str], entries: Sequence[str], target: Target, python: str, folder: Path
) -> None:
    """Download a wheel for each entry; what comes as source only is built here, where that runs anywhere.

    Raises InstallError where something cannot be fetched, or comes as source that only its own platform can build.
    """
    log, wanted = folder / "pip.log", folder / "wanted.txt"
    platform_options = [word for tag in target.tags for word in ("--platform", tag)]
    options = ["--no-deps", "--require-hashes", "--only-binary=:all:", "--python-version", python]
    options += ["--implementation", "cp", *platform_options, "-d", str(folder), "-r", str(wanted)]
    without_wheel: list[str] = []
    while True:
        chosen = [entry for entry in entries if entry not in without_wheel]
        wanted.write_text("\n".join(chosen), "utf-8")
        log.write_text("", "utf-8")
        try:
            run_pip([*pip, "download", *options], log, len(chosen))
            break
        except InstallError:
            missing = _without_wheel(log.read_text("utf-8"), chosen)
            if missing is None:
                raise
            without_wheel.append(missing)
    for entry in without_wheel:
        wanted.write_text(entry, "utf-8")
        build = [
            "--no-deps",
            "--require-hashes",
            "--no-build-isolation",
            "-w",
            str(folder),
            "-r",
            str(wanted),
        ]
        run_pip([*pip, "wheel", *build], log)
        name = entry.partition("==")[0].replace("-", "_").lower()
        built = [wheel for wheel in folder.glob("*.whl") if wheel.name.lower().startswith(f"{name}-")]
        if not built or not built[0].name.endswith("-none-any.whl"):
            raise InstallError("no_compiler", entry.split()[0])
    for leftover in (log, wanted):
        leftover.unlink()


def _without_wheel(said: str, entries: Sequence[str]) -> str | None:
    """The entry pip found no wheel of, read from what it said; None where it failed for another reason."""
    missing = "No matching distribution found for "
    for line in said.splitlines():
        if missing in line:
            name = line.partition(missing)[2].split()[0]
            return next((entry for entry in entries if entry.split()[0] == name), None)
    return None


def build_own_wheel(pip: Sequence[str], folder: Path) -> None:
    """The desk's own wheel, from this checkout."""
    log = folder / "pip.log"
    options = ["--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(ROOT)]
    run_pip([*pip, "wheel", *options], log)
    log.unlink()


def add_pip(folder: Path) -> None:
    """pip itself, as Python brings it, for systems whose Python comes without it."""
    bundled = sorted((Path(ensurepip.__file__).parent / "_bundled").glob("pip-*.whl"))
    if not bundled:
        raise InstallError("no_venv")
    shutil.copyfile(bundled[-1], folder / bundled[-1].name)


def write_archive(wheels: Path, archive: Path, about: dict[str, str]) -> None:
    """Put wheels, installer, checksums and a word about it all into one archive, complete or not at all."""
    files = {f"wheels/{wheel.name}": wheel.read_bytes() for wheel in sorted(wheels.glob("*.whl"))}
    files["install.py"] = _INSTALLER.read_bytes()
    files["bundle.json"] = json.dumps(about, indent=1).encode()
    files["README.txt"] = sentence_pair("bundle_readme", **about).encode()
    sums = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    files["SHA256SUMS"] = "".join(sums).encode()
    aside = archive.with_name(f".{archive.name}.new")
    try:
        with zipfile.ZipFile(aside, "w", zipfile.ZIP_STORED) as packed:
            for name, content in sorted(files.items()):
                entry = zipfile.ZipInfo(f"complaint-desk/{name}", _LONG_AGO)
                entry.external_attr = 0o644 << 16
                packed.writestr(entry, content)
        aside.replace(archive)
    finally:
        aside.unlink(missing_ok=True)


def sentence_pair(name: str, **values: object) -> str:
    """A text of the set-up in both languages, for a file that anybody may read."""
    from _sentences import SENTENCES

    return "\n\n".join(text.format(**values) for text in SENTENCES[name]) + "\n"


def bundle(target_name: str, python: str, archive: Path, pip: Sequence[str]) -> int:
    """Make the archive; returns how many wheels it holds. Raises InstallError or OSError.

    `pip` is the command of a pip beside which the packages of `requirements-build.txt` are installed.
    """
    target = TARGETS[target_name]
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    entries = requirements_for((ROOT / LOCKS["run"]).read_text("utf-8"), target, python)
    with tempfile.TemporaryDirectory() as name:
        wheels = Path(name)
        fetch_wheels(pip, entries, target, python, wheels)
        build_own_wheel(pip, wheels)
        add_pip(wheels)
        about = {"version": version, "target": target_name, "python": python}
        about |= {"sys_platform": target.sys_platform, "machine": target.machine}
        write_archive(wheels, archive, about)
        return len(list(wheels.glob("*.whl")))


def _lines(error: InstallError) -> Iterator[str]:
    yield sentence("bundle_failed")
    yield error.tail


def main() -> int:
    """Make the archive and say where it is; 1 where it could not be made."""
    here = this_machine()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--for", dest="target", choices=sorted(TARGETS), default=here, required=here is None)
    parser.add_argument("--python", default="{}.{}".format(*sys.version_info[:2]), help="such as 3.11")
    parser.add_argument("-o", dest="archive", type=Path, metavar="FILE", help="where to write it")
    parser.add_argument("--lang", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    archive = asked.archive or Path(f"complaint-desk-{asked.target}-python{asked.python}.zip")
    try:
        pip = [str(prepare("test").python), "-m", "pip"]
        count = bundle(asked.target, asked.python, archive, pip)
    except InstallError as error:
        print(*_lines(error), sep="\n", file=sys.stderr)
        return 1
    except OSError as error:
        say("bundle_not_written", file=archive, reason=error.strerror)
        return 1
    except subprocess.SubprocessError as error:
        print(*_lines(InstallError("failed", str(error))), sep="\n", file=sys.stderr)
        return 1
    say("bundle_made", file=archive, count=count, megabytes=round(archive.stat().st_size / 1e6))
    return 0


if __name__ == "__main__":
    sys.exit(main())
