"""Measure the words-to-avoid checker on sentences with known rules: recall, right letter, false alarms.

    python scripts/evaluate_avoid.py FILE.jsonl... [--batch N] [--misses]

Each line holds `text`, and `rule` (or `label`, `expected`, `letter`): one of the rules, or nothing, "good" or "ok".
Figures only; `--misses` adds the texts that went wrong.
"""

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from complaint_desk.playbook.avoid_patterns import RULES, avoid_patterns
from complaint_desk.rules.avoid import Found, checker_of, language_of

GOOD = {"", "good", "ok", "none", "clean", "null", "fine", "false", "no"}
RULE_KEYS = (
    "rule",
    "letter",
    "expected",
    "expect",
    "label",
    "rules",
    "labels",
    "category",
    "avoid",
    "found",
    "kind",
)


def expected_rules(entry: dict[str, Any]) -> set[str]:
    """The rules an entry names under any of the usual keys; none for a good sentence."""
    named: set[str] = set()
    for key in RULE_KEYS:
        value = entry.get(key)
        listed = value if isinstance(value, list) else [value]
        for item in listed:
            word = str(item.get("rule", "") if isinstance(item, dict) else item if item is not None else "")
            for rule in RULES:
                if word.strip().lower().replace("-", "_").replace(" ", "_") == rule.lower():
                    named.add(rule)
    return named


def is_good(entry: dict[str, Any]) -> bool:
    """Whether the entry is a sentence to leave alone."""
    return not expected_rules(entry)


def entries(paths: list[Path], batch: int | None) -> Iterator[dict[str, Any]]:
    """The entries of the files, of one batch if asked."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                entry = json.loads(line)
                if batch is None or entry.get("batch") == batch:
                    yield entry


def audience(entry: dict[str, Any]) -> str:
    """Internal for a note, else caller."""
    return "internal" if entry.get("internal") or entry.get("audience") == "internal" else "caller"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    checker = checker_of(avoid_patterns())
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    keys: set[str] = set()
    for entry in entries(chosen.files, chosen.batch):
        keys |= set(entry)
        text = str(entry.get("text") or entry.get("sentence") or entry.get("line") or "")
        language = str(entry.get("language") or entry.get("lang") or language_of(text.lower()))[:2]
        wanted = expected_rules(entry)
        found: tuple[Found, ...] = checker.find(
            text, "internal" if audience(entry) == "internal" else "caller"
        )
        rules = [one.rule for one in found]
        if not wanted:
            tally[language]["good"] += 1
            tally[language]["alarms"] += bool(rules)
            wrong = bool(rules)
        else:
            name = f"{language} {min(wanted)}"
            for place in (language, name):
                tally[place]["bad"] += 1
                tally[place]["found"] += bool(rules)
                tally[place]["right"] += bool(wanted & set(rules))
                tally[place]["first"] += bool(rules) and rules[0] in wanted
            wrong = not wanted & set(rules)
        if wrong and chosen.misses:
            print(
                language, sorted(wanted) or "good", "->", [(one.rule, one.words) for one in found], "|", text
            )
    print("keys:", " ".join(sorted(keys)))
    for place in sorted(tally):
        count = tally[place]
        parts = [place.ljust(16)]
        if count["bad"]:
            share = count["right"] / (count["found"] or 1)
            parts.append(
                f"bad {count['bad']:4} found {count['found'] / count['bad']:6.1%} right letter {share:6.1%}"
                f" (first {count['first'] / (count['found'] or 1):6.1%})"
            )
        if count["good"]:
            parts.append(f"good {count['good']:4} false alarms {count['alarms'] / count['good']:5.1%}")
        print("  ".join(parts))


if __name__ == "__main__":
    main()
