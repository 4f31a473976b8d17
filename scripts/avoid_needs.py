"""Write what no match of a words-to-avoid pattern can be without, so that it is tried only where it might match.

    .venv/bin/python scripts/avoid_needs.py            writes complaint_desk/playbook/avoid/needs_*.tsv
    .venv/bin/python scripts/avoid_needs.py --check    exits with 1 when the files are not those of the patterns

A pattern that has no line, or another line, is tried everywhere: an old file costs time, never a finding.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from complaint_desk.playbook.avoid_patterns import fingerprint, read_avoid_patterns

ROOT = Path(__file__).resolve().parent.parent
_MOST = 400
_parser: Any = import_module("re._parser")
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}


def needs(expression: str) -> frozenset[str] | None:
    """Strings one of which is in every match; None if there is no such set worth keeping."""
    return _of_sequence(_parser.parse(expression))


def _of_sequence(items: Any) -> frozenset[str] | None:
    found: list[frozenset[str]] = []
    run = ""
    for operation, argument in items:
        if str(operation) == "LITERAL":
            run += chr(argument)
            continue
        if run:
            found.append(frozenset({run}))
            run = ""
        inner = _of_item(str(operation), argument)
        if inner:
            found.append(inner)
    if run:
        found.append(frozenset({run}))
    usable = [each for each in found if len(each) <= _MOST]
    return max(usable, key=_worth, default=None)


def _of_item(operation: str, argument: Any) -> frozenset[str] | None:
    if operation == "SUBPATTERN":
        return _of_sequence(argument[3])
    if operation in _REPEATS and argument[0] >= 1:
        return _of_sequence(argument[2])
    if operation == "BRANCH":
        parts = [_of_sequence(branch) for branch in argument[1]]
        if all(parts):
            return frozenset().union(*(part for part in parts if part))
    if operation == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        return frozenset(chr(sign) for _, sign in argument)
    return None


def _worth(strings: frozenset[str]) -> float:
    """How seldom one of the strings is likely to be there: long ones, few of them."""
    return -sum(
        0.02 ** min(len(string.strip()), 2) * 0.3 ** max(len(string.strip()) - 2, 0) for string in strings
    )


def lines(language: str) -> str:
    """The file's text for a language."""
    rows = [
        "\t".join([fingerprint(pattern.match), *sorted(strings)])
        for pattern in read_avoid_patterns().patterns
        if pattern.language == language and (strings := needs(pattern.match))
    ]
    return "\n".join(rows) + "\n"


def main() -> None:
    """Write or check the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    for language in ("zh", "en"):
        path = ROOT / "complaint_desk" / "playbook" / "avoid" / f"needs_{language}.tsv"
        text = lines(language)
        if check:
            if path.read_text(encoding="utf-8") != text:
                raise SystemExit(f"{path.name} is not that of the patterns: run scripts/avoid_needs.py")
        else:
            path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
