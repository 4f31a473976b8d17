#!/usr/bin/env python3
"""Writes docs/PERMISSIONS.md from the program's own table: `.venv/bin/python scripts/permissions.py [--check]`."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(_ROOT))

from complaint_desk.desk.desk import Desk  # noqa: E402
from complaint_desk.desk.staff import permissions  # noqa: E402
from complaint_desk.desk.staff.guard import public_verbs  # noqa: E402
from complaint_desk.desk.staff.permissions import HOLDERS, VERBS, Right, may  # noqa: E402
from complaint_desk.models.enums import Role  # noqa: E402

PAGE = _ROOT / "docs" / "PERMISSIONS.md"
_HEAD = """# Who may do what

Made by `scripts/permissions.py` from `complaint_desk/desk/staff/permissions.py`; a test calls every verb below as
every role.

The desk itself asks before each verb (`desk/staff/guard.py`), so screens and the command line can do no more than
this. Where nobody has a PIN the roles count all the same, but a name is taken at its word. Where anybody has one,
everything but the verbs that are "open" is refused until somebody has signed in.

"""
_BETWEEN = """
Reassigning, confirming and making less grave are asked for within a verb, where the ticket is known; what a remedy is
worth is a matter of the store's rules (`policy show`).

## What is masked

Who may not see all callers sees the names and numbers of their own, and the first sign and the last four digits of
the others. Within sentences the ticket's own customer is covered wherever erasing would find them: name, pinyin,
王女士, number in any spelling, "last four 8000"; in lists by what the ticket was told, on a ticket and in tables also
by everything the card knows, the address too. Not covered is what only a reader understands: other people who are
named, "her sister", a regular known by their habits, a misspelt name. Looking at the whole is an act in the history.
"""


def page() -> str:
    """The page as the program has it now."""
    return _HEAD + "".join(_lines())


def _lines() -> Iterator[str]:
    yield "## Rights\n\n"
    yield from _table("right", "what it permits", [(right.value, _about(right), right) for right in Right])
    yield _BETWEEN
    yield "\n## Verbs\n\n"
    verbs = [name for name in VERBS if name in set(public_verbs(Desk))]
    yield from _table("verb", "what it does", [(name, _does(name), VERBS[name]) for name in verbs])


def _table(first: str, second: str, rows: list[tuple[str, str, Right]]) -> Iterator[str]:
    yield f"| {first} | {second} | " + " | ".join(Role) + " |\n"
    yield "|---|---|" + "---|" * len(Role) + "\n"
    for name, about, right in rows:
        cells = ["open" if right is Right.ENTER else "yes" if may(role, right) else "" for role in Role]
        yield f"| `{name}` | {about} | " + " | ".join(cells) + " |\n"


def _about(right: Right) -> str:
    """What stands under the right in the source."""
    lines = inspect.getsource(permissions.Right).splitlines()
    at = next(at for at, line in enumerate(lines) if line.strip() == f'{right.name} = "{right.value}"')
    return " ".join(lines[at + 1].strip().strip('"').split())


def _does(verb: str) -> str:
    """The first sentence of what the verb says of itself."""
    about = " ".join((inspect.getdoc(getattr(Desk, verb)) or "").split("\n\n")[0].split())
    return (about.split(". ")[0].rstrip(".") + ".").replace("|", "\\|")


def main() -> None:
    """Write the page, or with `--check` say whether it is up to date."""
    assert set(HOLDERS) == set(Right)
    if "--check" in sys.argv[1:]:
        same = PAGE.exists() and PAGE.read_text("utf-8") == page()
        sys.exit(0 if same else "docs/PERMISSIONS.md is not the program's table: run scripts/permissions.py.")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
