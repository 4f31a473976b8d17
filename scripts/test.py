"""Check the whole project, setting up the tools first where that is needed: `python3 scripts/test.py`.

Needs Python 3.11 or newer and pip, nothing else. Words after `--` go to pytest. The last line counts the
tests, and each other check as one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

import _python  # noqa: F401 - before anything an older Python could not read
from _setup import House, prepare

TEST_PROCESSES = 2


def checks(house: House) -> dict[str, list[str]]:
    """The checks besides pytest, by name, in the order of the quickest."""
    python = str(house.python)
    return {
        "format": [python, "-m", "ruff", "format", "--check", "."],
        "lint": [python, "-m", "ruff", "check", "--output-format", "concise", "."],
        "imports": [python, "-c", "from importlinter.cli import lint_imports_command as main; main()"],
        "catalogues": [python, "scripts/catalogue.py", "check"],
        "types": [python, "-m", "mypy"],
    }


def run_check(name: str, command: list[str], house: House) -> bool:
    """Run one check; say its name, result and time, and what it said if it failed."""
    begun = time.monotonic()
    done = subprocess.run(
        command,
        cwd=house.root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        print(done.stdout.rstrip())
    report(name, done.returncode == 0, begun)
    return done.returncode == 0


def report(name: str, passed: bool, begun: float) -> None:
    """One line for a check that has ended."""
    print(f"{'ok    ' if passed else 'FAILED'} {name:<11}{time.monotonic() - begun:6.1f} s", flush=True)


def run_tests(house: House, quick: bool, words: list[str]) -> tuple[int, int, int]:
    """Run pytest with its own output. Returns how many passed, failed and were skipped."""
    from xml.etree import ElementTree

    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        results = os.path.join(folder, "results.xml")  # noqa: PTH118
        spread = ["-n", str(min(TEST_PROCESSES, os.cpu_count() or 1)), "--dist", "loadfile"]
        chosen = ["-m", "not slow"] if quick else []
        command = [str(house.python), "-m", "pytest", *spread, *chosen, f"--junit-xml={results}", *words]
        code = subprocess.run(command, cwd=house.root, check=False).returncode
        try:
            suites = ElementTree.parse(results).getroot().iter("testsuite")
            counts = [[int(s.get(k, 0)) for k in ("tests", "failures", "errors", "skipped")] for s in suites]
        except (OSError, ElementTree.ParseError):
            counts = []
    tests, failures, errors, skipped = (sum(column) for column in zip([0] * 4, *counts, strict=True))
    failed = max(failures + errors, int(code != 0))
    report("tests", code == 0, begun)
    return max(tests - failures - errors - skipped, 0), failed, skipped


def main() -> int:
    """Do every check asked for; 0 when all passed, 1 otherwise."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="leave out the tests marked slow")
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        choices=["format", "lint", "imports", "catalogues", "types", "tests"],
        help="only this check (again for another): %(choices)s",
    )
    cut = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    asked, words = parser.parse_args(sys.argv[1:cut]), sys.argv[cut + 1 :]

    house = prepare("test")
    results = {
        name: run_check(name, command, house)
        for name, command in checks(house).items()
        if not asked.only or name in asked.only
    }
    passed, failed, skipped = 0, 0, 0
    if not asked.only or "tests" in asked.only:
        passed, failed, skipped = run_tests(house, asked.quick, words)
    wrong = [name for name, ok in results.items() if not ok] + ["tests"] * bool(failed)
    if wrong:
        print(f"Failed: {', '.join(wrong)}")
    passed += sum(results.values())
    failed += len(results) - sum(results.values())
    aside = f", {skipped} skipped" if skipped else ""
    print(f"{passed} passed, {failed} failed{aside}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
