"""Where each field of the call form stands, for any width and height: close at 80×24, with air at 120×40."""

from collections.abc import Mapping

from textual.geometry import Region

from complaint_desk.widgets.form import Place

AIRY = 24
"""From so many lines on, groups are parted by blank lines and a reading stands under its field."""
NARROW = 50
"""Under so many columns every field has a line of its own."""
TEXTS = ("what", "how", "remedy_wanted")


def call_plan(width: int, height: int, label: int, received: bool) -> Mapping[str, Place]:
    """Place the fields; `label` is the columns of the widest label, `received` asks for the date received."""
    airy = height >= AIRY
    indent = label + 2
    left, right = 1, width - 1
    places: dict[str, Place] = {}
    y = 0

    def line(name: str, x: int, end: int, lines: int = 1, reading: Region | None = None) -> None:
        places[name] = Place(Region(x + indent, y, max(end - x - indent, 4), lines), x, reading)

    def pair(first: str, second: str) -> None:
        nonlocal y
        if width < NARROW:
            line(first, left, right)
            y += 1
            line(second, left, right)
        else:
            middle = left + (right - left) // 2
            line(first, left, middle - 2)
            line(second, middle, right)
        y += 1

    def read(name: str) -> None:
        nonlocal y
        if airy or width < NARROW:
            line(name, left, right, reading=Region(left + indent, y + 1, max(right - left - indent, 4), 1))
            y += 2
        else:
            middle = left + (right - left) // 2
            line(name, left, middle - 2, reading=Region(middle, y, right - middle, 1))
            y += 1

    pair("phone", "caller")
    y += airy
    read("when")
    for name in ("where", "who"):
        line(name, left, right)
        y += 1
    y += airy

    pairs = 3 if width >= NARROW and not airy else 4 if width >= NARROW else 6
    tail = pairs + received * (2 if airy or width < NARROW else 1)
    room = height - y - tail - (4 if airy else 0)
    for name, lines in zip(TEXTS, _shared(room), strict=True):
        line(name, left, right, lines)
        y += lines + airy

    pair("cause", "channel")
    if received:
        read("received_at")
    pair("store", "extension")
    read("promise")
    return places


def _shared(room: int) -> tuple[int, int, int]:
    """How many lines what, how and the remedy get: the caller's story the most."""
    room = max(room, 4)
    remedy = max(1, room // 5)
    how = max(1, room * 3 // 10)
    return room - how - remedy, how, remedy
