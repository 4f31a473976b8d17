"""Reads one JSON object, over one line or several, or one object a line."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, cast

from complaint_desk.cli.json_lines import BYTE_ORDER_MARK, LONGEST_LINE, Line, read_lines

_MOST_LINES = 200
"""Lines over which one object may be written; a complaint has fifteen keys."""


def read_objects(stream: BinaryIO) -> Iterator[Line]:
    """The objects of the input as they come; the first one may be written over several lines.

    No line is read before it is needed, so that a program that waits for each answer gets it.
    """
    passed = 0
    while (raw := stream.readline(LONGEST_LINE + 2)) and not raw.removeprefix(BYTE_ORDER_MARK).strip():
        passed += 1
    begun = [raw]
    while (
        len(begun) < _MOST_LINES
        and _is_unfinished(b"".join(begun))
        and (raw := stream.readline(LONGEST_LINE + 2))
    ):
        begun.append(raw)
    whole = b"".join(begun)
    if len(begun) > 1 and _is_one_object(whole):
        yield from read_lines(BytesIO(b" ".join(whole.splitlines())), passed)
        passed += len(begun)
        whole = b""
    yield from read_lines(cast(BinaryIO, _Continued(whole, stream)), passed)


def _is_unfinished(body: bytes) -> bool:
    """Whether more lines could complete the object: it is right as far as it goes."""
    if len(body) > LONGEST_LINE:
        return False
    try:
        text = body.decode("utf-8-sig").strip()
        json.loads(text)
    except json.JSONDecodeError as error:
        return text.startswith("{") and error.pos >= len(text)
    except (ValueError, RecursionError):
        return False
    return False


def _is_one_object(body: bytes) -> bool:
    if len(body) > LONGEST_LINE:
        return False
    try:
        return isinstance(json.loads(body.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False


class _Continued:
    """What was read already, then the rest, line by line."""

    def __init__(self, read: bytes, rest: BinaryIO) -> None:
        self._read = BytesIO(read)
        self._rest = rest

    def readline(self, limit: int = -1) -> bytes:
        line = self._read.readline(limit)
        if line.endswith(b"\n") or (0 <= limit <= len(line)):
            return line
        return line + self._rest.readline(limit - len(line) if limit >= 0 else -1)
