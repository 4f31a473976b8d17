"""Write the lock files: every package the desk needs, at one version, with the hash of each of its files.

They hold for every platform and Python from 3.11 on, by environment markers, and name no host. Versions
already locked stay unless `--upgrade` is given. uv works it out, installed for the moment into a throw-away
environment; it asks the package index that its own settings name (UV_DEFAULT_INDEX and the like).
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import _python  # noqa: F401 - before anything an older Python could not read
from _setup import BUILD_LOCK, LOCKS, ROOT

RESOLVER = "uv==0.13.9"
OLDEST_PYTHON = "3.11"
OPTIONS = ["--quiet", "--universal", "--generate-hashes", "--python-version", OLDEST_PYTHON]
OPTIONS += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
CONTENTS: dict[str, tuple[str, list[str]]] = {
    BUILD_LOCK: ("what builds the project and what comes as source only", ["--group", "build"]),
    LOCKS["run"]: ("what the desk needs to run", ["pyproject.toml"]),
    LOCKS["test"]: ("what the desk needs to run and to be checked", ["pyproject.toml", "--group", "test"]),
}


def resolver(folder: Path) -> Path:
    """Install uv into an environment in this folder; returns its program."""
    subprocess.run([sys.executable, "-m", "venv", str(folder / "env")], check=True)
    scripts = folder / "env" / ("Scripts" if sys.platform == "win32" else "bin")
    subprocess.run([scripts / "python", "-m", "pip", "install", "-q", RESOLVER], check=True)
    return scripts / "uv"


def lock(uv: Path, name: str, folder: Path, upgrade: bool) -> str:
    """The text of one lock file; what the locks before it hold is held here at the same version.

    Raises subprocess.CalledProcessError when the index cannot be asked or the demands contradict each other.
    """
    what, inputs = CONTENTS[name]
    constraints = [word for path in sorted(folder.glob("*.txt")) for word in ("--constraint", str(path))]
    written = folder / name
    if (ROOT / name).exists() and not upgrade:
        written.write_bytes((ROOT / name).read_bytes())
    command = [str(uv), "pip", "compile", *OPTIONS, *inputs, *constraints, "--output-file", str(written)]
    subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    head = f"# Written by scripts/lock.py from pyproject.toml: {what}. Do not edit.\n"
    text = head + written.read_text("utf-8")
    written.write_text(text, "utf-8")
    return text


def main() -> int:
    """Write the files; with `--check` write nothing and return 1 if they would change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions the project allows")
    parser.add_argument("--check", action="store_true", help="only tell whether the files are up to date")
    asked = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory() as folder:
            uv = resolver(Path(folder))
            texts = {name: lock(uv, name, Path(folder), asked.upgrade) for name in CONTENTS}
    except subprocess.CalledProcessError as error:
        print(f"Nothing was written: {error.cmd[0]} ended with {error.returncode}.", file=sys.stderr)
        return 1
    old = {name: (ROOT / name).read_text("utf-8") if (ROOT / name).exists() else "" for name in texts}
    changed = [name for name in texts if texts[name] != old[name]]
    if not asked.check:
        for name in changed:
            (ROOT / name).write_text(texts[name], "utf-8", newline="\n")
    print(
        f"{'Out of date' if asked.check else 'Written'}: {', '.join(changed)}" if changed else "Up to date."
    )
    return 1 if asked.check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
