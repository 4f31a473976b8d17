"""Reads one JSON object, over one line or many, or one object a line."""

import json
from collections.abc import Iterator
from io import BytesIO
from typing import BinaryIO, cast

from complaint_desk.cli.json_lines import LONGEST_LINE, Line, read_lines


def read_objects(stream: BinaryIO) -> Iterator[Line]:
    """The objects of the input as they come; a single one may be written over many lines."""
    first = stream.readline(LONGEST_LINE + 2)
    while first and not first.strip().removeprefix(b"\xef\xbb\xbf") and first.endswith(b"\n"):
        first = stream.readline(LONGEST_LINE + 2)
    if first.endswith(b"\n") and not first.rstrip().endswith(b"}"):
        first += stream.read(LONGEST_LINE + 2 - len(first))
        if _is_one_object(first):
            first = b" ".join(first.splitlines())
    return read_lines(cast(BinaryIO, _Continued(first, stream)))


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
