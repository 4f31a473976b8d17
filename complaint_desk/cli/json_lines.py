"""One JSON object a line, read strictly: each line stands or falls alone, and none can exhaust the memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from complaint_desk.locale import _
from complaint_desk.rules.plain_text import plain

LONGEST_LINE = 1_000_000
"""Bytes of a line without its end; a longer one is refused unread."""

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the input, counted from 1: the object it holds, or the sentence that refuses it."""

    number: int
    keys: dict[str, Any] | None = None
    refused: str = ""


class _Refused(ValueError):
    """`str(error)` is the sentence."""


def read_lines(stream: BinaryIO, passed: int = 0) -> Iterator[Line]:
    """The lines as they come, blank ones passed over; each is read only when the one before is dealt with.

    `passed` is how many lines of the input came before the stream's first.
    """
    number = passed
    while raw := stream.readline(LONGEST_LINE + 2):
        number += 1
        body = raw.rstrip(b"\r\n")
        unended = len(raw) == LONGEST_LINE + 2 and not raw.endswith(b"\n")
        if len(body) > LONGEST_LINE or unended:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(LONGEST_LINE)
            yield Line(number, refused=_("It is longer than a million bytes."))
            continue
        if number == 1:
            body = body.removeprefix(BYTE_ORDER_MARK)
        if not body.strip():
            continue
        try:
            yield Line(number, _object(body))
        except _Refused as refused:
            yield Line(number, refused=str(refused))


def _object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(
            body.decode("utf-8"), object_pairs_hook=_each_key_once, parse_constant=_no_constant
        )
    except _Refused:
        raise
    except UnicodeDecodeError as error:
        raise _Refused(
            _("It is not text in UTF-8: byte {number} cannot be read.").format(number=error.start + 1)
        ) from error
    except json.JSONDecodeError as error:
        raise _Refused(_("It is not JSON: sign {number} does not fit.").format(number=error.colno)) from error
    except RecursionError as error:
        raise _Refused(_("It is nested too deeply.")) from error
    except ValueError as error:
        raise _Refused(_("It holds a number that is too long.")) from error
    if b"\\u" in body and not _is_text(found):
        raise _Refused(_("It holds half of a character (a lone surrogate)."))
    if not isinstance(found, dict):
        raise _Refused(_("It is not a JSON object in braces."))
    return found


def _is_text(found: Any) -> bool:
    """Whether all its texts can be written: an escape in JSON can spell half of a character."""
    try:
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Refused(_("The key “{key}” stands there twice.").format(key=plain(key)))
        found[key] = value
    return found


def _no_constant(name: str) -> Any:
    raise _Refused(_("{name} is not a JSON value.").format(name=name))
