"""Reads rows straight from the pages of a SQLite file, for tables whose way to their rows is damaged.

The form of pages, cells and records is SQLite's published file format. Which table a row belongs to is not told here:
whoever asks proves it by what the row holds.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

_LEAF = 13
_FILE_HEADING = 100
_MOST_OVERFLOW = 100_000


def rows_on_leaves(path: Path, columns: int) -> Iterator[tuple[Any, ...]]:
    """Every row of so many columns on any page that holds rows of a table; what makes no sense is passed over."""
    content = path.read_bytes()
    size = int.from_bytes(content[16:18], "big")
    size = 65_536 if size == 1 else size
    if size < 512 or size & (size - 1):
        size = 4_096
    usable = size - (content[20] if len(content) > 20 and content[20] < 32 else 0)
    for start in range(0, len(content) - size + 1, size):
        page = content[start : start + size]
        heading = _FILE_HEADING if start == 0 else 0
        if page[heading] != _LEAF:
            continue
        cells = int.from_bytes(page[heading + 3 : heading + 5], "big")
        for cell in range(min(cells, size // 4)):
            at = heading + 8 + 2 * cell
            try:
                record = _payload(content, page, int.from_bytes(page[at : at + 2], "big"), size, usable)
                row = _record(record)
            except (IndexError, ValueError, OverflowError):
                continue
            if len(row) == columns:
                yield row


def _payload(content: bytes, page: bytes, at: int, size: int, usable: int) -> bytes:
    length, at = _varint(page, at)
    _rowid, at = _varint(page, at)
    if length <= usable - 35:
        return _whole(page[at : at + length], length)
    least = (usable - 12) * 32 // 255 - 23
    here = least + (length - least) % (usable - 4)
    here = here if here <= usable - 35 else least
    parts, missing = [page[at : at + here]], length - here
    following = int.from_bytes(page[at + here : at + here + 4], "big")
    for _page in range(_MOST_OVERFLOW):
        if missing <= 0 or not following:
            break
        start = (following - 1) * size
        piece = content[start + 4 : start + usable][:missing]
        parts.append(piece)
        missing -= len(piece)
        following = int.from_bytes(content[start : start + 4], "big")
        if not piece:
            break
    return _whole(b"".join(parts), length)


def _whole(payload: bytes, length: int) -> bytes:
    if len(payload) != length:
        raise ValueError(length)
    return payload


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[at + count]
        if count == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    raise ValueError(at)


def _record(payload: bytes) -> tuple[Any, ...]:
    heading, at = _varint(payload, 0)
    kinds = []
    while at < heading:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, at = _value(payload, kind, at)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, kind: int, at: int) -> tuple[Any, int]:
    if kind in (0, 8, 9):
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind == 7 or kind in (10, 11):
        raise ValueError(kind)
    length = (kind - 12) // 2 if kind >= 12 else {5: 6, 6: 8}.get(kind, kind)
    raw = payload[at : at + length]
    if len(raw) != length:
        raise ValueError(kind)
    if kind < 12:
        return int.from_bytes(raw, "big", signed=True), at + length
    return (raw.decode("utf-8") if kind % 2 else raw), at + length
