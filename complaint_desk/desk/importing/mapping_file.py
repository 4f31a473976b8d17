"""A mapping as TOML: what each column of a file becomes, to be edited and kept."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from complaint_desk.desk.importing.text_files import named, unreadable
from complaint_desk.locale import _
from complaint_desk.models.enums import Cause, Channel, ComplainantType, Severity, TicketStatus
from complaint_desk.models.errors import FileRefused
from complaint_desk.models.importing import CHOSEN, ColumnMap, Target
from complaint_desk.rules.importing.dates import DateOrder
from complaint_desk.rules.importing.words import folded

_LONGEST = 1_000_000
MEANINGS: Mapping[Target, frozenset[str]] = {
    Target.STATUS: frozenset(TicketStatus),
    Target.CHANNEL: frozenset(Channel),
    Target.CAUSE: frozenset(Cause),
    Target.TYPE: frozenset(ComplainantType),
    Target.SEVERITY: frozenset(str(int(each)) for each in Severity),
}
"""What the values of a closed list may stand for."""


def mapping_toml(columns: Sequence[ColumnMap], name: str) -> str:
    """The mapping of a file as TOML, with the words it may hold."""
    return "\n".join(_lines(columns, name)) + "\n"


def read_mapping(path: Path) -> tuple[ColumnMap, ...]:
    """The columns that a mapping names. Raises FileRefused, naming entry and fault."""
    try:
        if path.stat().st_size > _LONGEST:
            raise FileRefused(_("{file} is too long for a mapping.").format(file=named(path)))
        told = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeError) as error:
        raise unreadable(path, error) from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused(
            _("{file} is no mapping in TOML: {reason}. Nothing was written.").format(
                file=named(path), reason=error
            )
        ) from error
    found = told.get("column")
    if not isinstance(found, list) or not found or set(told) - {"column"}:
        raise FileRefused(
            _(
                "{file} is no mapping: it holds [[column]] tables and nothing else. Nothing was written."
            ).format(file=named(path))
        )
    return tuple(_column(entry, place, path) for place, entry in enumerate(found, 1))


def applied(headings: Sequence[str], told: Sequence[ColumnMap]) -> tuple[ColumnMap, ...]:
    """The mapping on a file's own columns, by heading, those of one name in order; others are kept aside.

    Raises FileRefused where the file lacks a column the mapping names.
    """
    waiting: dict[str, list[ColumnMap]] = {}
    for column in told:
        waiting.setdefault(folded(column.heading), []).append(column)
    columns = []
    for heading in headings:
        mine = waiting.get(folded(heading))
        columns.append(replace(mine.pop(0), heading=heading) if mine else ColumnMap(heading, Target.ASIDE))
    left = [column.heading for of in waiting.values() for column in of if column.to is not Target.DROPPED]
    if left:
        raise FileRefused(
            _("The file has no column {columns}, which the mapping names. Nothing was written.").format(
                columns=", ".join(f"“{heading}”" for heading in left)
            )
        )
    return tuple(columns)


def _lines(columns: Sequence[ColumnMap], name: str) -> Iterator[str]:
    yield "# " + " ".join(_("What each column of {file} becomes.").format(file=name).split())
    yield "# to = " + " | ".join(Target)
    yield "# order = " + " | ".join(DateOrder)
    for target in (Target.STATUS, Target.CHANNEL):
        yield f"# {target} = " + " | ".join(sorted(MEANINGS[target]))
    for column in columns:
        yield ""
        yield "[[column]]"
        yield f"heading = {_text(column.heading)}"
        yield f"to = {_text(column.to)}"
        if column.order:
            yield f"order = {_text(column.order)}"
        if column.values:
            yield "[column.values]"
            for value, meaning in column.values.items():
                yield f"{_text(value)} = {_text(meaning)}"


def _text(text: str) -> str:
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _column(entry: Any, place: int, path: Path) -> ColumnMap:
    def refused(sentence: str) -> FileRefused:
        return FileRefused(
            _("{file}, column {place}: {fault} Nothing was written.").format(
                file=named(path), place=place, fault=sentence
            )
        )

    if not isinstance(entry, dict) or not isinstance(entry.get("heading"), str):
        raise refused(_("it has no heading."))
    if unknown := set(entry) - {"heading", "to", "order", "values"}:
        raise refused(_("{name} is not known.").format(name=", ".join(sorted(unknown))))
    to, order, values = entry.get("to", Target.ASIDE), entry.get("order"), entry.get("values", {})
    if to not in set(Target):
        raise refused(_("“to” must be one of {words}.").format(words=", ".join(Target)))
    if order is not None and order not in set(DateOrder):
        raise refused(_("“order” must be one of {words}.").format(words=", ".join(DateOrder)))
    if not isinstance(values, dict) or (values and Target(to) not in CHOSEN):
        raise refused(_("only columns of a closed list have values."))
    allowed = MEANINGS.get(Target(to), frozenset())
    for value, meaning in values.items():
        if str(meaning) not in allowed:
            raise refused(
                _("“{value}” must stand for one of {words}.").format(
                    value=value, words=", ".join(sorted(allowed))
                )
            )
    return ColumnMap(
        entry["heading"], Target(to), order, {value: str(meaning) for value, meaning in values.items()}
    )
