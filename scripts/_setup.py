"""The desk's own environment in `.venv`: made, filled from the lock file, known to be ready.

Standard library only, as on a fresh machine. A stamp tells what is ready: the second time costs nothing.
"""

import errno
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from _sentences import say

ROOT = Path(__file__).resolve().parent.parent
BUILD_LOCK = "requirements-build.txt"
"""What builds the project and the packages that come as source only, so that nothing comes without a hash."""

LOCKS = {"run": "requirements.txt", "test": "requirements-test.txt"}
"""What is installed to run the desk, and to check it; the second holds the first."""

NEEDED_MEGABYTES = 400
_FIRST_PIP_FOR_ANOTHER_PYTHON = (22, 3)


@dataclass(frozen=True)
class House:
    """The folders of one checkout."""

    root: Path = ROOT

    @property
    def venv(self) -> Path:
        """The environment's folder."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The environment's Python."""
        return self.venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

    @property
    def stamp(self) -> Path:
        """What the environment was filled from; absent while it is being filled."""
        return self.venv / "complaint-desk.json"

    @property
    def unfinished(self) -> Path:
        """There from the first change to the environment until pip has ended of itself."""
        return self.venv / "complaint-desk.unfinished"

    @property
    def log(self) -> Path:
        """All that pip said the last time."""
        return self.venv / "complaint-desk.log"


def fingerprint(house: House, kind: str) -> str:
    """What an environment depends on: lock, project file, this folder, and the very Python it stands on.

    Raises FileNotFoundError when the lock file or the environment's Python is not there.
    """
    base = house.python.resolve(strict=True)
    facts = base.stat()
    digest = hashlib.sha256(f"{house.root}\0{base}\0{facts.st_size}\0{facts.st_mtime_ns}".encode())
    for name in (BUILD_LOCK, LOCKS[kind], "pyproject.toml"):
        content = (house.root / name).read_bytes()
        digest.update(b"%d\0%s" % (len(content), content))
    return digest.hexdigest()


def stamped(house: House) -> dict[str, str]:
    """What the stamp says; empty when there is none or it cannot be read."""
    try:
        stamp = json.loads(house.stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def is_ready(house: House, kind: str) -> bool:
    """Whether the environment is exactly what the lock file asks for. Reads three small files."""
    try:
        return stamped(house).get(kind) == fingerprint(house, kind) and not house.unfinished.exists()
    except OSError:
        return False


def why_anew(house: House) -> str | None:
    """Why an environment must be made anew, as the name of a sentence; None when it can be used."""
    if house.unfinished.exists():
        return "interrupted"
    if not house.python.exists():
        return "broken"
    look = (
        "import os, sys, sysconfig;"
        "sys.exit(sys.version_info < (3, 11) or not os.path.isdir(sysconfig.get_path('purelib')))"
    )
    usable = (
        subprocess.run([house.python, "-I", "-c", look], capture_output=True, check=False).returncode == 0
    )
    return None if usable else "broken"


def has(module: str, python: str | Path = sys.executable) -> bool:
    """Whether a Python has this module."""
    found = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"
    return subprocess.run([python, "-c", found, module], capture_output=True, check=False).returncode == 0


def pip_for(house: House) -> list[str]:
    """The command that installs into the environment: its own pip, else the one beside the user's Python.

    Debian's Python comes without ensurepip, so that an environment there may have no pip of its own.
    Raises InstallError when there is neither.
    """
    from _installer import InstallError

    if has("pip", house.python):
        return [str(house.python), "-m", "pip"]
    if has("pip"):
        from importlib.metadata import version

        if tuple(int(part) for part in version("pip").split(".")[:2]) >= _FIRST_PIP_FOR_ANOTHER_PYTHON:
            return [sys.executable, "-m", "pip", "--python", str(house.python)]
    raise InstallError("no_venv")


def make_environment(house: House) -> None:
    """Make an empty environment where there is none that can be used.

    Raises InstallError when this Python cannot, OSError when the folder cannot be written.
    """
    from _installer import InstallError

    if house.venv.exists():
        reason = why_anew(house)
        if reason is None:
            return
        from _sentences import sentence

        say("making_anew", reason=sentence(reason))
        shutil.rmtree(house.venv)
    else:
        say("making")
    if not has("venv"):
        raise InstallError("no_venv")
    house.venv.mkdir()
    house.unfinished.touch()
    options = [] if has("ensurepip") else ["--without-pip"]
    made = subprocess.run(
        [sys.executable, "-m", "venv", *options, str(house.venv)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        raise InstallError("failed", (made.stdout + made.stderr).strip())


def fill_environment(house: House, kind: str) -> None:
    """Install what the locks name and the project itself, so that edits of the sources count at once.

    Raises InstallError when pip does not succeed; pip then has put back what was there.
    """
    from _installer import InstallError, run_pip

    lock = house.root / LOCKS[kind]
    packages = sum(line[:1].isalnum() for line in lock.read_text("utf-8").splitlines())
    install = [*pip_for(house), "install", "--compile", "--no-warn-script-location"]
    install += ["--no-build-isolation", "--use-pep517"]
    house.log.unlink(missing_ok=True)
    house.unfinished.touch()
    house.stamp.unlink(missing_ok=True)
    try:
        say("installing", lock=lock.name, count=packages)
        run_pip([*install, "--require-hashes", "-r", str(house.root / BUILD_LOCK)], house.log)
        run_pip([*install, "--require-hashes", "-r", str(lock)], house.log, packages)
        say("project")
        run_pip([*install, "--no-deps", "--editable", str(house.root)], house.log)
    except InstallError:
        house.unfinished.unlink(missing_ok=True)
        raise


def write_stamp(house: House, kind: str) -> None:
    """Say that the environment is ready: the last thing done, in one step."""
    stamp = {kind: fingerprint(house, kind)}
    if kind == "test":
        stamp["run"] = fingerprint(house, "run")
    beside = house.stamp.with_suffix(".new")
    beside.write_text(json.dumps(stamp, indent=1), "utf-8")
    beside.replace(house.stamp)
    house.unfinished.unlink(missing_ok=True)


def compile_sources(house: House) -> None:
    """Compile the desk's own files that changed: where Python writes none, every start costs 0.6 s more.

    A folder that cannot be written is no fault: the desk opens, only later.
    """
    sources = house.root / "complaint_desk"
    for path in sources.rglob("*.py"):
        changed = path.stat().st_mtime
        compiled = path.parent.joinpath("__pycache__").glob(f"{path.stem}.*.pyc")
        if not any(pyc.stat().st_mtime >= changed for pyc in compiled):
            command = [str(house.python), "-m", "compileall", "-q", "-j", "1", str(sources)]
            subprocess.run(command, capture_output=True, check=False)
            return


def prepare(kind: str, house: House | None = None) -> House:
    """Make sure the environment is ready, setting it up if it is not.

    Ends the program with exit code 1 and a sentence when that cannot be done, 130 when the person stops it.
    """
    house = house or House()
    if not is_ready(house, kind):
        _set_up(house, kind)
    compile_sources(house)
    return house


def _set_up(house: House, kind: str) -> None:
    from _alone import alone
    from _installer import InstallError

    lock = LOCKS[kind]
    for name in (BUILD_LOCK, lock, "pyproject.toml"):
        if not (house.root / name).exists():
            say("lock_missing", lock=name)
            sys.exit(1)
    begun = time.monotonic()
    try:
        with alone(house.root / ".venv.lock", on_wait=lambda: say("waiting")):
            if not is_ready(house, kind):
                make_environment(house)
                fill_environment(house, kind)
                write_stamp(house, kind)
                say("ready", seconds=round(time.monotonic() - begun))
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
    except InstallError as error:
        log = house.log.relative_to(house.root)
        place = {
            "lock": lock,
            "build": BUILD_LOCK,
            "log": log,
            "path": house.root,
            "tail": error.tail,
            "megabytes": NEEDED_MEGABYTES,
        }
        say(error.name, **place)
        say("kept")
        if house.log.exists():
            say("log", log=log)
        sys.exit(1)
    except OSError as error:
        full = error.errno == errno.ENOSPC
        say("disk_full" if full else "not_writable", path=house.root, megabytes=NEEDED_MEGABYTES)
        sys.exit(1)
