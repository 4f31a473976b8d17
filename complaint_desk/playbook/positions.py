"""On which line of a TOML text a table or key stands, which tomllib does not tell.

The text is cut into statements by asking tomllib itself: lines are gathered until they parse, so this file
knows nothing of TOML's grammar beyond "a header starts with a bracket".
"""

import tomllib
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]


def _paths(value: Any, path: Path) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))


class Positions:
    """The lines of one text that tomllib accepts as a whole."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._statements: dict[Path, tuple[int, int]] = {}
        header: Path = ()
        start = 0
        for end in range(1, len(self._lines) + 1):
            try:
                found = tomllib.loads("\n".join(self._lines[start:end]))
            except tomllib.TOMLDecodeError:
                continue
            is_header = self._lines[start].lstrip().startswith("[")
            if is_header:
                header = ()
            paths = [header + path for path in _paths(found, ())]
            for path in paths:
                self._statements.setdefault(path, (start, end))
            if is_header and paths:
                header = paths[-1]
            start = end

    def line_of(self, path: Path, value: object = None) -> int | None:
        """The line, from 1, of the nearest statement on this path; in a long list, of the value."""
        while path and path not in self._statements:
            path = path[:-1]
        if not path:
            return None
        start, end = self._statements[path]
        if isinstance(value, str) and value:
            for number in range(start, end):
                if any(f"{quote}{value}{quote}" in self._lines[number] for quote in "\"'"):
                    return number + 1
        return start + 1
