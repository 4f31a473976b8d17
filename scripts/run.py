"""Open the complaint desk, set up first where needed: `python3 scripts/run.py [arguments of the desk]`.

Needs Python 3.11 or newer and pip, nothing else.
"""

import os
import sys

import _python  # noqa: F401 - before anything an older Python could not read
from _setup import prepare


def open_desk(arguments: list[str]) -> int:
    """Become the desk, with these arguments. Returns only on Windows: there the desk's exit code."""
    python = str(prepare("run").python)
    command = [python, "-P", "-m", "complaint_desk", *arguments]
    if os.name != "nt":
        os.execv(python, command)
    import signal
    import subprocess

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(open_desk(sys.argv[1:]))
