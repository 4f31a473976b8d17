#!/usr/bin/env python3
"""Fills the README's table of keys from the program: `.venv/bin/python scripts/readme.py [--check]`."""

import sys
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from complaint_desk.screens.bring_in_keys import READING_KEYS  # noqa: E402
from complaint_desk.screens.keys import APP_KEYS, CALL_KEYS, PALETTE, DeskKey  # noqa: E402
from complaint_desk.screens.list_keys import BRING_IN_KEYS, QUEUE_KEYS, SEARCH_KEYS, TICKET_KEYS  # noqa: E402
from complaint_desk.screens.people_keys import PEOPLE_KEYS  # noqa: E402

README = _ROOT / "README.md"
_BEGIN, _END = "<!-- keys: made by scripts/readme.py -->\n", "<!-- end of keys -->\n"
_TABLES = {
    "On the call screen (F2)": CALL_KEYS,
    "In the queue (F3)": QUEUE_KEYS,
    "In the search (F4)": SEARCH_KEYS,
    "On a ticket (Enter)": TICKET_KEYS,
    "Bringing records in (Ctrl+O in the queue)": (*BRING_IN_KEYS, *READING_KEYS),
    "The staff (Ctrl+E in the queue)": PEOPLE_KEYS,
    "Everywhere": (*APP_KEYS, PALETTE),
}


def filled(readme: str) -> str:
    """The README with the keys as the program has them now."""
    head, _, rest = readme.partition(_BEGIN)
    tail = rest.partition(_END)[2]
    return head + _BEGIN + "".join(_lines()) + _END + tail


def _lines() -> Iterator[str]:
    for title, keys in _TABLES.items():
        yield f"\n| {title} | |\n|---|---|\n"
        yield from (f"| {_written(key)} | {key.does} |\n" for key in keys)
    yield "\n"


def _written(key: DeskKey) -> str:
    return ", ".join(f"`{each}`" for each in key.shown.split())


def main() -> None:
    """Fill the README, or with `--check` say whether it is filled."""
    before = README.read_text(encoding="utf-8")
    after = filled(before)
    if "--check" in sys.argv[1:]:
        sys.exit(0 if before == after else "The README's keys are not the program's: run scripts/readme.py.")
    README.write_text(after, encoding="utf-8")


if __name__ == "__main__":
    main()
