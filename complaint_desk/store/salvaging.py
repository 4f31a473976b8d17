"""Reads what can be read of a damaged file, row by row, into a new one. The damaged file is only read, in a copy."""

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from complaint_desk.locale import _
from complaint_desk.models.errors import FileDamaged, StoreFault
from complaint_desk.store.chain import event_hash, words_digest
from complaint_desk.store.checking import HASHED
from complaint_desk.store.copies import folder_to_disk, to_disk
from complaint_desk.store.faults import as_store_faults
from complaint_desk.store.leaf_pages import rows_on_leaves

KEPT = ("origin", "staff", "counter", "event", "erasure", "said", "sign_in", "recovery")
"""The tables that do not follow from others, each after those it names; the rest is made anew from the history."""
_NAMES = {"said": ("event", "event_id"), "sign_in": ("staff", "staff_id"), "erasure": ("event", "event_id")}
"""Whose row must be there for a row to be of use."""
_PROVEN = frozenset({"event", "said"})
"""Tables whose rows prove themselves by a hash, so that they can be told on any page."""
_ERASED = "SELECT 1 FROM erasure WHERE event_id = ?"
_ROWS_AT_ONCE = 200
_LAST_ROW = 2**63 - 1


@dataclass
class TableRead:
    """How much of a table could be read."""

    name: str
    rows: int = 0
    gaps: int = 0
    """Stretches of rows that could not be read."""
    refused: list[dict[str, Any]] = field(default_factory=list)
    """Rows that were read and cannot be trusted, or fit nowhere."""


def copy_as_it_lies(path: Path, folder: Path) -> Path:
    """Copy a file and its journal byte by byte, to be read without touching them. Raises StoreFault."""
    copy = folder / "damaged.db"
    with as_store_faults(str(path)):
        for ending in ("", "-wal"):
            lying = path.with_name(path.name + ending)
            if lying.exists():
                target = copy.with_name(copy.name + ending)
                os.close(os.open(target, os.O_CREAT | os.O_WRONLY, 0o600))
                shutil.copyfile(lying, target)
    with suppress(sqlite3.Error), closing(sqlite3.connect(copy)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy


def read_over(damaged: Path, new: Path) -> list[TableRead]:
    """Write every row that can still be read, and trusted, into the tables of the new file.

    Events go in as they were, so that the chain shows what is missing; one whose hash does not prove it, and words
    that do not fit their digest, stay out. Raises FileDamaged where no event can be read.
    """
    with (
        as_store_faults(str(new)),
        closing(sqlite3.connect(new, isolation_level=None)) as target,
        closing(sqlite3.connect(damaged)) as source,
    ):
        source.text_factory = _text
        held = _tables_of_damaged(source)
        target.execute("PRAGMA foreign_keys=OFF")
        target.execute("BEGIN IMMEDIATE")
        done = []
        for name in KEPT:
            if name == "sign_in":
                _bring_people_back(target)
            table = _read_table(source, target, name) if name in held else TableRead(name, gaps=1)
            if table.gaps and name in _PROVEN:
                _read_leaves(damaged, target, table)
            done.append(table)
        if not any(table.rows for table in done if table.name == "event"):
            raise FileDamaged(
                _(
                    "Nothing of the file can be read. It was left as it is. "
                    "Put back the last good backup (`restore latest`)."
                )
            )
        _fill_in_whom_events_name(target)
        target.execute("COMMIT")
        return done


def _read_leaves(damaged: Path, target: sqlite3.Connection, table: TableRead) -> None:
    """Add the rows that the way through the table no longer reaches and that their hash proves to be of it."""
    columns = _columns(target, table.name)
    insert = f"INSERT INTO {table.name} ({', '.join(map(_quoted, columns))}) VALUES ({', '.join('?' * len(columns))})"
    for row in rows_on_leaves(damaged, len(columns)):
        with suppress(sqlite3.IntegrityError, sqlite3.InterfaceError, ValueError, TypeError, OverflowError):
            if _can_be_trusted(target, table.name, dict(zip(columns, row, strict=True))):
                target.execute(insert, row)
                table.rows += 1


def rows_of(damaged: Path, table: str) -> Iterator[dict[str, Any]]:
    """Every row of a table that can still be read, as values by column; none where the table is gone."""
    with closing(sqlite3.connect(damaged)) as source:
        source.text_factory = _text
        try:
            columns = _columns(source, table)
        except sqlite3.DatabaseError:
            return
        if columns:
            listed = ", ".join(_quoted(column) for column in columns)
            for row in _rows(source, f"SELECT rowid, {listed} FROM {_quoted(table)}", TableRead(table)):
                yield dict(zip(columns, row[1:], strict=True))


def _text(content: bytes) -> str:
    """Text as it was; bytes that are none show as such, and fail the proof of their row."""
    return content.decode("utf-8", "replace")


def _tables_of_damaged(source: sqlite3.Connection) -> set[str]:
    try:
        return {str(row[0]) for row in source.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.DatabaseError:
        return set()


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [str(row[1]) for row in connection.execute(f"PRAGMA table_info({_quoted(table)})")]


def _read_table(source: sqlite3.Connection, target: sqlite3.Connection, name: str) -> TableRead:
    table = TableRead(name)
    theirs = set(_columns(source, name))
    columns = [column for column in _columns(target, name) if column in theirs]
    listed = ", ".join(_quoted(column) for column in columns)
    insert = f"INSERT INTO {_quoted(name)} ({listed}) VALUES ({', '.join('?' * len(columns))})"
    for row in _rows(source, f"SELECT rowid, {listed} FROM {_quoted(name)}", table):
        values = dict(zip(columns, row[1:], strict=True))
        try:
            if not _can_be_trusted(target, name, values):
                raise ValueError(name)
            target.execute(insert, row[1:])
            table.rows += 1
        except (sqlite3.IntegrityError, sqlite3.DataError, ValueError, TypeError, OverflowError):
            table.refused.append(values)
    return table


def _can_be_trusted(target: sqlite3.Connection, name: str, values: Mapping[str, Any]) -> bool:
    if name == "event":
        times = {at: _utc(values[at]) for at in ("happened_at", "recorded_at")}
        return bool(event_hash(**{key: values[key] for key in HASHED} | times) == values["hash"])
    if name not in _NAMES:
        return True
    table, column = _NAMES[name]
    digest = "words_digest" if table == "event" else "NULL"
    found = target.execute(f"SELECT {digest} FROM {table} WHERE id = ?", (values[column],)).fetchone()
    if found is None:
        return False
    if name == "said" and target.execute(_ERASED, (values[column],)).fetchone() is not None:
        return False
    return name != "said" or words_digest(values["salt"], values["words"]) == found[0]


def _utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _rows(source: sqlite3.Connection, select: str, table: TableRead) -> Iterator[Sequence[Any]]:
    """Every row that can be read, by its number; over what cannot be read it jumps and counts a gap.

    A row is always sought by its own number, never as the one after another: that one may lie on a damaged page.
    """
    number, at_once = 0, _ROWS_AT_ONCE
    while True:
        try:
            found = source.execute(
                f"{select} WHERE rowid >= ? ORDER BY rowid LIMIT ?", (number, at_once)
            ).fetchall()
        except sqlite3.DatabaseError:
            if at_once > 1:
                at_once = 1
                continue
            table.gaps += 1
            beyond = _next_readable(source, select, number)
            if beyond is None:
                return
            number = beyond
            continue
        if not found:
            return
        yield from found
        number = found[-1][0] + 1
        at_once = _ROWS_AT_ONCE if len(found) == at_once else at_once


def _next_readable(source: sqlite3.Connection, select: str, damaged: int) -> int | None:
    """The number of the first row past a damaged place; None where nothing behind it can be read."""
    step, low = 1, damaged
    while damaged + step < _LAST_ROW:
        high = damaged + step
        if (found := _first_from(source, select, high)) is not None:
            while low + 1 < high:
                middle = (low + high) // 2
                if (earlier := _first_from(source, select, middle)) is not None:
                    high, found = middle, earlier
                else:
                    low = middle
            return found
        low, step = high, step * 2
    return None


def _first_from(source: sqlite3.Connection, select: str, number: int) -> int | None:
    """The first row from this number on, where reading it meets no damage."""
    try:
        row = source.execute(f"{select} WHERE rowid >= ? ORDER BY rowid LIMIT 1", (number,)).fetchone()
    except sqlite3.DatabaseError:
        return None
    return None if row is None else int(row[0])


def _fill_in_whom_events_name(target: sqlite3.Connection) -> None:
    """Give origins and people that events name and that could not be read a row again."""
    target.execute(
        "INSERT INTO origin (id, created_at, in_use) SELECT origin, min(recorded_at), 0 FROM event "
        "WHERE origin NOT IN (SELECT id FROM origin) GROUP BY origin"
    )
    target.execute(
        "INSERT INTO staff (id, name, role) SELECT DISTINCT by, '? ' || substr(by, -6), 'agent' FROM event "
        "WHERE by NOT IN (SELECT id FROM staff)"
    )
    target.execute(
        "UPDATE origin SET in_use = 1 WHERE NOT EXISTS (SELECT 1 FROM origin WHERE in_use) AND id = "
        "(SELECT origin FROM event GROUP BY origin ORDER BY max(recorded_at) DESC LIMIT 1)"
    )


def _bring_people_back(target: sqlite3.Connection) -> None:
    """Give whoever joined the staff a row again, by the name and in the role of then; history tells the rest."""
    joined = target.execute(
        "SELECT e.fields, s.words FROM event e JOIN said s ON s.event_id = e.id WHERE e.act = 'staff_joined'"
    ).fetchall()
    for fields, words in joined:
        with suppress(ValueError, KeyError, TypeError, sqlite3.IntegrityError):
            who, name = json.loads(fields), json.loads(words)["name"]
            target.execute(
                "INSERT INTO staff (id, name, role) VALUES (?, ?, ?)", (who["staff"], name, who["role"])
            )


def unused(path: Path) -> Path:
    """The path itself. Raises StoreFault where something lies there already."""
    if path.exists():
        raise StoreFault(_("{file} is there already and was not written over.").format(file=path))
    return path


def give_name(made: Path, new: Path) -> None:
    """Give a file that was made aside its name, whole and on the disk. Raises StoreFault where the name is taken."""
    with as_store_faults(str(new)):
        to_disk(made)
        try:
            os.link(made, new)
        except FileExistsError:
            unused(new)
        except OSError:
            made.rename(unused(new))
        folder_to_disk(new.parent)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
