"""For the tests of the screens: what a person sees, as plain text, and the files it is held against.

`COMPLAINT_DESK_GOLDEN=update` writes the files anew; look at the difference before it is committed.
"""

import html
import os
import re
from pathlib import Path

from rich.cells import cell_len
from textual.app import App

FOLDER = Path(__file__).parent.parent / "golden"
_CELL = 12.2
_TEXT = re.compile(r'<text [^>]*?x="([\d.]+)" y="([\d.]+)"[^>]*clip-path[^>]*>(.*?)</text>', re.DOTALL)


def text_of(app: App[object] | App[None]) -> str:
    """The screen's text, taken from the picture that the toolkit exports."""
    lines: dict[float, str] = {}
    for x, y, words in _TEXT.findall(app.export_screenshot(simplify=True)):
        at = float(y)
        column = round(float(x) / _CELL)
        line = lines.get(at, "")
        text = html.unescape(re.sub(r"<[^>]+>", "", words)).replace("\xa0", " ")
        lines[at] = line + " " * (column - cell_len(line)) + text
    return "\n".join(lines[y].rstrip() for y in sorted(lines)) + "\n"


def compare(app: App[object] | App[None], name: str) -> None:
    """Hold the screen against its file, or write the file where that is asked for."""
    path = FOLDER / f"{name}.txt"
    seen = text_of(app)
    if os.environ.get("COMPLAINT_DESK_GOLDEN") == "update":
        path.parent.mkdir(exist_ok=True)
        path.write_text(seen, "utf-8")
    assert path.exists(), f"{path.name} is not there: run with COMPLAINT_DESK_GOLDEN=update and look at it"
    assert seen == path.read_text("utf-8")
